/** Builds the web when its sources have changed: by time and size first, by content when those differ. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runTool } from './child.js'
import { friendly, root } from './packages.js'

const FOLDERS = ['web', 'domain', 'kernel']
const FILES = ['index.html', 'm.html', 'vite.config.ts', 'package-lock.json']
const stampFile = join(root, 'dist/web/.stamp')

export async function buildWeb() {
  if (!existsSync(join(root, 'web'))) return
  const files = sources()
  const quick = digest(files, (file) => `${statSync(file).mtimeMs} ${statSync(file).size}`)
  const [lastQuick, lastFull] = existsSync(stampFile) ? readFileSync(stampFile, 'utf8').split('\n') : []
  if (quick === lastQuick) return
  const full = digest(files, (file) => readFileSync(file))
  if (full !== lastFull) {
    console.error('正在生成网页……')
    const code = await runTool(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
    if (code !== 0) throw friendly('网页没有生成，原因见上面几行。')
  }
  writeFileSync(stampFile, `${quick}\n${full}`)
}

function sources() {
  const found = FOLDERS.flatMap((folder) => filesUnder(join(root, folder)))
  return [...found, ...FILES.map((file) => join(root, file)).filter((file) => existsSync(file))].sort()
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
}

function digest(files, of) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(of(file)).update('\0')
  return hash.digest('hex')
}
