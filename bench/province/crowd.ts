/**
 * One office does not stop the others: how long a small call takes while ten people keep asking for the roll-up of the
 * whole province, and how soon the database is at rest when they have left.
 */
import { performance } from 'node:perf_hooks'
import { sql } from 'kysely'
import { connect } from '../../kernel/database/connect.ts'
import { type Server, startServer } from '../../test/setup/server.ts'
import { OFFICES, PASSWORD } from './province.ts'

const ASKERS = 10
const CALLS = 200

export interface Crowd {
  'me, alone: median (ms)': number
  'me, alone: p95 (ms)': number
  'me, beside them: median (ms)': number
  'me, beside them: p95 (ms)': number
  'p95 beside them, times that alone': number
  'roll-ups answered meanwhile': number
  'at rest after they left (ms)': number
}

export async function crowd(dataDir: string, ownerUrl: string): Promise<Crowd> {
  const server = await startServer(dataDir)
  const owner = connect(ownerUrl, { size: 1 })
  try {
    const me = await signIn(server, 'township')
    await callsOf(server, me)
    const alone = await callsOf(server, me)
    const askers = await Promise.all(
      Array.from({ length: ASKERS }, (_, i) => signIn(server, OFFICES[i % 2]?.username ?? '')),
    )
    const leave = new AbortController()
    const answered = askers.map((token) => keepAsking(server, token, leave.signal))
    const beside = await callsOf(server, me)
    const left = performance.now()
    leave.abort()
    const rollUps = (await Promise.all(answered)).reduce((sum, n) => sum + n, 0)
    while ((await atWork(owner)) > 0) if (performance.now() - left > 60_000) break
    return {
      'me, alone: median (ms)': at(alone, 0.5),
      'me, alone: p95 (ms)': at(alone, 0.95),
      'me, beside them: median (ms)': at(beside, 0.5),
      'me, beside them: p95 (ms)': at(beside, 0.95),
      'p95 beside them, times that alone': Number(
        (at(beside, 0.95) / Math.max(1, at(alone, 0.95))).toFixed(1),
      ),
      'roll-ups answered meanwhile': rollUps,
      'at rest after they left (ms)': Math.round(performance.now() - left),
    }
  } finally {
    await owner.destroy()
    await server.stop()
  }
}

async function signIn({ url }: Server, username: string): Promise<string> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: PASSWORD }),
  })
  if (!answer.ok) throw new Error(`${username}: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}

const asked = (token: string, signal?: AbortSignal): RequestInit => ({
  headers: { authorization: `Bearer ${token}` },
  ...(signal && { signal }),
})

async function callsOf({ url }: Server, token: string): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < CALLS; i++) {
    const begun = performance.now()
    const answer = await fetch(`${url}/api/me`, asked(token))
    await answer.text()
    if (!answer.ok) throw new Error(`/api/me: ${answer.status}`)
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)
}

const at = (times: number[], share: number): number =>
  Math.round(times[Math.floor(times.length * share)] ?? 0)

/** Again and again, until told to leave. @returns how often it was answered */
async function keepAsking({ url }: Server, token: string, signal: AbortSignal): Promise<number> {
  let answered = 0
  while (!signal.aborted) {
    const question = `${url}/api/figures?org=99&measure=members.count&group=org`
    const answer = await fetch(question, asked(token, signal)).catch(() => null)
    if (answer?.ok && (await answer.text().catch(() => null))) answered++
  }
  return answered
}

async function atWork(owner: ReturnType<typeof connect>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()
      and backend_type = 'client backend'`.execute(owner)
  return rows[0]?.n ?? 0
}
