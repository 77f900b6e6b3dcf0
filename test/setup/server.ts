/** The real server in a process of its own, on a demo folder that is thrown away: for errands, pictures, measurements. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { removeDatabase } from '../../kernel/database/embedded.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const STARTED = /明账已启动：(http:\/\/\S+)/

export interface Server {
  url: string
  process: ChildProcess
  /** From the start of the process to the answer of the first page. */
  readyMs: number
  /** As Ctrl-C does. Resolves to the exit code. */
  stop(): Promise<number | null>
}

/** A folder for the data; `remove` ends and deletes the database in it as well. */
export function temporaryFolder(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(join(tmpdir(), 'mingzhang-server-'))
  // Root's database runs under another account, which must be able to walk in.
  chmodSync(dataDir, 0o711)
  const remove = () => {
    removeDatabase(dataDir)
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { dataDir, remove }
}

/** `port` 0: any. `preload`: a module that is loaded first and talks to us. @throws Error with what the server said when it ends before it answers. */
export async function startServer(dataDir: string, port = 0, preload?: string): Promise<Server> {
  const begun = performance.now()
  const args = ['start', '--data', dataDir, '--port', String(port)]
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...(preload ? ['--import', pathToFileURL(join(ROOT, preload)).href] : []),
      'server/main.ts',
      ...args,
    ],
    {
      cwd: ROOT,
      // As the launcher does.
      env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile') },
      stdio: ['ignore', 'pipe', 'pipe', ...(preload ? (['ipc'] as const) : [])],
    },
  )
  const url = await addressOf(child)
  await (await fetch(url)).text()
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const end = once(child, 'exit')
    child.kill('SIGINT')
    return ((await end) as [number | null])[0]
  }
  return { url, process: child, readyMs: performance.now() - begun, stop }
}

function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((found, failed) => {
    const hear = (piece: Buffer) => {
      said += piece
      const url = STARTED.exec(said)?.[1]
      if (url) found(url)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('error', failed)
    child.on('exit', (code) => failed(new Error(`the server ended (${code}):\n${said}`)))
  })
}
