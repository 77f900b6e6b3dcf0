/**
 * `npm start` as a user types it, again and again with everything in place: how long until the first page is answered
 * (limit 3 s), and how long until Ctrl-C has ended server and database.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { temporaryFolder } from '../test/setup/server.ts'

const ROUNDS = Number(process.argv[2] ?? 5)
const LIMIT_MS = 3000
const ROOT = resolve(import.meta.dirname, '..')

interface Start {
  'first page after (ms)': number
  'stopped after (ms)': number
  'exit code': number | null
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

async function firstPage(url: string, starting: ChildProcess): Promise<void> {
  while (starting.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return void (await answer.text())
    await delay(20)
  }
  throw new Error(`npm start ended (${starting.exitCode})`)
}

async function start(dataDir: string): Promise<Start> {
  const port = await freePort()
  const args = [join(ROOT, 'tools/run.js'), 'start', '--data', dataDir, '--port', String(port)]
  const begun = performance.now()
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  await firstPage(`http://127.0.0.1:${port}/`, child)
  const answered = performance.now()
  const end = once(child, 'exit')
  child.kill('SIGINT')
  const [code] = (await end) as [number | null]
  return {
    'first page after (ms)': Math.round(answered - begun),
    'stopped after (ms)': Math.round(performance.now() - answered),
    'exit code': code,
  }
}

const { dataDir, remove } = temporaryFolder()
try {
  const first = await start(dataDir)
  const later: Start[] = []
  for (let i = 0; i < ROUNDS; i++) later.push(await start(dataDir))
  console.table({ 'loading the demo': first, ...later })
  process.exitCode = later.some((s) => s['first page after (ms)'] > LIMIT_MS || s['exit code'] !== 0) ? 1 : 0
} finally {
  remove()
}
