/** A real Chromium for tests and screenshots: the machine's own, or the one that comes as an npm package. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import places from './browsers.json' with { type: 'json' }

/** The part of @sparticuz/chromium that we use; npm leaves that optional package out where it is of no use. */
interface Packed {
  default: { executablePath(): Promise<string> }
  inflate(archive: string): Promise<string>
}

const PACKAGE = '@sparticuz/chromium'
const unpackedIn = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url))
const ownLibraries = join(unpackedIn, 'al2023/lib')

export async function launchBrowser(): Promise<Browser> {
  // Without a UTF-8 locale Chromium saves what has a Chinese name as 'download'.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  return chromium.launch({ executablePath: await findChromium(), env })
}

/** @returns path of an executable that starts. MINGZHANG_CHROMIUM overrides the search. */
export async function findChromium(): Promise<string> {
  const { MINGZHANG_CHROMIUM } = process.env
  if (MINGZHANG_CHROMIUM) return MINGZHANG_CHROMIUM
  const installed = [...places, chromium.executablePath()].find((file) => existsSync(file))
  if (installed) return installed
  const unpacked = await unpack()
  if (unpacked) return unpacked
  throw new Error(
    '没有找到可用的 Chromium。Debian、Ubuntu 等请运行：apt-get install -y chromium fonts-noto-cjk；' +
      '其他系统请安装 Chrome 或 Edge，或用环境变量 MINGZHANG_CHROMIUM 指定其路径。',
  )
}

async function unpack(): Promise<string | undefined> {
  const packed = (await import(PACKAGE).catch(() => undefined)) as Packed | undefined
  if (!packed || process.platform !== 'linux' || process.arch !== 'x64') return undefined
  return inFolder(unpackedIn, async () => {
    if (existsSync(ownLibraries)) addOwnLibraries()
    const file = await packed.default.executablePath()
    if (starts(file)) return file
    // A minimal machine lacks its libraries, which the package brings along; or an earlier unpacking was cut short.
    rmSync(unpackedIn, { recursive: true, force: true })
    mkdirSync(unpackedIn, { recursive: true })
    const archives = join(dirname(fileURLToPath(import.meta.resolve(PACKAGE))), '../bin')
    await packed.inflate(join(archives, 'al2023.tar.br'))
    addOwnLibraries()
    const again = await packed.default.executablePath()
    return starts(again) ? again : undefined
  })
}

/** For the browser that this process will launch. */
function addOwnLibraries(): void {
  process.env.LD_LIBRARY_PATH = ownLibraries
  if (!existsSync('/etc/fonts')) process.env.FONTCONFIG_PATH = join(unpackedIn, 'fonts')
}

/** The package unpacks into the temporary folder; a folder of our own is safe from other users and is kept. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.env.TMPDIR
  mkdirSync(folder, { recursive: true })
  process.env.TMPDIR = folder
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

function starts(file: string): boolean {
  try {
    return /\d+\./.test(
      execFileSync(file, ['--version', '--no-sandbox'], { encoding: 'utf8', timeout: 20_000 }),
    )
  } catch {
    return false
  }
}
