/**
 * kill -9 at a random moment while theme activities are recorded: what was answered must be there, what was not is sent
 * again under its key and must not double. A server that was killed answers within 5 s of its next start without help;
 * one whose database was killed lives on, says 503 meanwhile, and has the database back within 5 s. At last SIGTERM under
 * the same load: exit 0 within 3 s.
 * `npm run bench -- crash [rounds] [rows]`: rounds of each kind (20), rows a round (300).
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Server, startServer, temporaryFolder } from '../test/setup/server.ts'

const ROUNDS = Number(process.argv[2] ?? 20)
const ROWS = Number(process.argv[3] ?? 300)
const AT_ONCE = 4
const START_LIMIT_MS = 5000
const END_LIMIT_MS = 3000
const kinds = ['server', 'database', 'both'] as const
type Kind = (typeof kinds)[number]

interface Round {
  kind: Kind
  'answered before': number
  'sent again': number
  lost: number
  doubled: number
  changed: number
  'answers again after (ms)': number
}

interface Client {
  url: string
  token: string
  today: string
}

/** One row, and the id that was answered. */
interface Row {
  key: string
  title: string
  id?: string
}

async function ask<T>({ url, token }: Client, path: string, init: RequestInit = {}): Promise<T> {
  const headers = { ...init.headers, authorization: `Bearer ${token}` }
  const answer = await fetch(`${url}/api${path}`, { ...init, headers })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

const json = (body: object, key?: string): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
})

async function signIn(url: string): Promise<Client> {
  const { token } = await ask<{ token: string }>(
    { url, token: '', today: '' },
    '/demo/session',
    json({ role: 'townshipSecretary' }),
  )
  const { today } = await ask<{ today: string }>({ url, token, today: '' }, '/me')
  return { url, token, today }
}

async function record(client: Client, row: Row): Promise<string> {
  const body = { day: client.today, title: row.title, personTimes: 1 }
  const { id } = await ask<{ id: string }>(client, '/ledgers/themeActivity/records', json(body, row.key))
  return id
}

/** Records the rows, some at a time, until all are answered or the server is gone. */
async function recordAll(client: Client, rows: Row[], onAnswer: (answered: number) => void): Promise<void> {
  const waiting = rows.filter((row) => !row.id)
  let answered = 0
  const hand = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      row.id = await record(client, row)
      onAnswer(++answered)
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, hand))
  for (const end of ends) if (end.status === 'rejected' && !isLost(end.reason)) throw end.reason
}

/** The connection broke, as fetch says, or the server has said that its database is away. */
const isLost = (error: unknown) => /fetch failed|terminated|: 503 /.test((error as Error).message)

async function kill(server: Server, dataDir: string, kind: Kind): Promise<void> {
  const end = once(server.process, 'exit')
  const database = kind === 'server' ? [] : databaseProcesses(dataDir)
  if (kind !== 'database') server.process.kill('SIGKILL')
  for (const pid of database) process.kill(pid, 'SIGKILL')
  if (kind !== 'database') await end
}

/** The same server, once its database is back. @throws Error when it has ended, or does not recover in a minute. */
async function recovered(server: Server, client: Client): Promise<Server> {
  const begun = performance.now()
  for (;;) {
    if (server.process.exitCode !== null || server.process.signalCode !== null)
      throw new Error('the server ended with its database')
    try {
      await ask(client, '/me')
      return { ...server, readyMs: performance.now() - begun }
    } catch (error) {
      if (!isLost(error) || performance.now() - begun > 60_000) throw error
      await delay(20)
    }
  }
}

/** The postmaster alone, whose orphans then stand in the way of the next, or all at once, as in a power cut. */
function databaseProcesses(dataDir: string): number[] {
  const pointer = join(dataDir, 'postgres.path')
  const folder = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(dataDir, 'postgres')
  const postmaster = Number.parseInt(readFileSync(join(folder, 'postmaster.pid'), 'utf8'), 10)
  if (Math.random() < 0.5) return [postmaster]
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' })
  return [postmaster, ...children.split('\n').filter(Boolean).map(Number)]
}

async function found(client: Client, prefix: string): Promise<Map<string, string[]>> {
  const byTitle = new Map<string, string[]>()
  for (let page = 1, left = 1; left > 0; page++) {
    const query = new URLSearchParams({ text: prefix, page: String(page), size: '200', sort: 'title' })
    query.set('from', client.today)
    query.set('to', client.today)
    const { rows, total } = await ask<{ rows: { id: string; title: string }[]; total: number }>(
      client,
      `/ledgers/themeActivity/records?${query}`,
    )
    for (const { id, title } of rows) byTitle.set(title, [...(byTitle.get(title) ?? []), id])
    left = rows.length === 0 ? 0 : total - page * 200
  }
  return byTitle
}

async function round(server: Server, dataDir: string, kind: Kind, n: number): Promise<[Server, Round]> {
  const client = await signIn(server.url)
  const prefix = `断电${n}轮`
  const rows: Row[] = Array.from({ length: ROWS }, (_, i) => ({
    key: `crash-${n}-${i}`,
    title: `${prefix}第${i}场`,
  }))
  const moment = 1 + Math.floor(Math.random() * (ROWS - AT_ONCE - 1))
  let killed: Promise<void> | undefined
  await recordAll(client, rows, (answered) => {
    if (answered === moment) killed = delay(Math.random() * 10).then(() => kill(server, dataDir, kind))
  })
  await killed
  const answered = rows.flatMap((row) => (row.id ? [{ ...row, id: row.id }] : []))
  const next =
    kind === 'database'
      ? await recovered(server, client)
      : await startServer(dataDir, Number(new URL(server.url).port))
  await recordAll(client, rows, () => undefined)
  const ids = await found(client, prefix)
  // A caller that lost an answer on the way asks again, and must get the same one.
  const repeated = await Promise.all(answered.slice(-20).map((row) => record(client, row)))
  return [
    next,
    {
      kind,
      'answered before': answered.length,
      'sent again': ROWS - answered.length,
      lost: rows.filter((row) => !row.id || !ids.get(row.title)?.includes(row.id)).length,
      doubled: [...ids.values()].filter((list) => list.length > 1).length,
      changed: answered.slice(-20).filter((row, i) => row.id !== repeated[i]).length,
      'answers again after (ms)': Math.round(next.readyMs),
    },
  ]
}

/** As a machine that is shut down asks, while rows are being recorded. */
async function terminate({ url, process: child }: Server): Promise<{ code: number | null; ms: number }> {
  const client = await signIn(url)
  const rows: Row[] = Array.from({ length: ROWS }, (_, i) => ({ key: `end-${i}`, title: `收尾第${i}场` }))
  const end = once(child, 'exit')
  let begun = 0
  await recordAll(client, rows, (answered) => {
    if (answered !== AT_ONCE) return
    begun = performance.now()
    child.kill('SIGTERM')
  })
  const [code] = (await end) as [number | null]
  return { code, ms: Math.round(performance.now() - begun) }
}

const { dataDir, remove } = temporaryFolder()
let server = await startServer(dataDir)
try {
  const rounds: Round[] = []
  for (const kind of kinds) {
    for (let i = 0; i < ROUNDS; i++) {
      const [next, told] = await round(server, dataDir, kind, rounds.length + 1)
      server = next
      rounds.push(told)
    }
  }
  console.table(rounds)
  const bad = rounds.filter(
    (r) => r.lost + r.doubled + r.changed > 0 || r['answers again after (ms)'] > START_LIMIT_MS,
  )
  console.log(bad.length === 0 ? `${rounds.length} kills, nothing lost` : `${bad.length} rounds failed`)
  const ended = await terminate(server)
  console.log(`SIGTERM under load: exit ${ended.code} after ${ended.ms} ms`)
  process.exitCode = bad.length === 0 && ended.code === 0 && ended.ms <= END_LIMIT_MS ? 0 : 1
} finally {
  await server.stop()
  remove()
}
