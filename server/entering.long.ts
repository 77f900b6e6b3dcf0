/**
 * A crowd of wrong tries at a real server, from one address: those who are signed in do not feel it, and whoever has the
 * right password at that address gets in, with a browser that nobody knows.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '../domain/structure/accounts/password.ts'
import { type Server, startServer, temporaryFolder } from '../test/setup/server.ts'
import { openServices } from './services.ts'

const WRONG = 30
const BURSTS = 6
const OTHERS_MS = 500
const RIGHT_MS = 3_000
const PASSWORD = 'songshu-7-baohu'

const folder = temporaryFolder()
let server: Server
let username: string
let signedIn: Record<string, string>

const post = (path: string, body: object) =>
  fetch(`${server.url}/api${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

beforeAll(async () => {
  server = await startServer(folder.dataDir)
  const { token } = (await (await post('/demo/session', { role: 'countyStaff' })).json()) as { token: string }
  signedIn = { authorization: `Bearer ${token}` }
  const beside = await openServices({ dataDir: folder.dataDir })
  const account = await beside.services.db
    .updateTable('account')
    .set({ passwordHash: await hashPassword(PASSWORD) })
    .where('closedAt', 'is', null)
    .returning('username')
    .execute()
  username = account[0]?.username ?? ''
  await beside.close()
}, 180_000)
afterAll(async () => {
  await server.stop()
  folder.remove()
})

/** As a browser does, and its user: comes again when told to. @returns after how many milliseconds it was in */
async function rightOne(): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const answer = await post('/session', { username, password: PASSWORD })
    await answer.text()
    if (answer.ok || performance.now() - begun > 20_000) return performance.now() - begun
    await new Promise((again) => setTimeout(again, 1000 * Number(answer.headers.get('retry-after') ?? 1)))
  }
}

/** @returns the longest that somebody signed in waited while the work went on */
async function longestWait(work: Promise<unknown>): Promise<number> {
  let longest = 0
  let over = false
  void work.finally(() => {
    over = true
  })
  while (!over) {
    const begun = performance.now()
    await (await fetch(`${server.url}/api/me`, { headers: signedIn })).text()
    longest = Math.max(longest, performance.now() - begun)
  }
  return longest
}

test('a crowd of wrong tries keeps nobody waiting, and the right one gets in', async () => {
  const told: { others: number; right: number; answers: Record<number, number> }[] = []
  for (let burst = 0; burst < BURSTS; burst++) {
    const answers: Record<number, number> = {}
    const wrong = Promise.all(
      Array.from({ length: WRONG }, async (_, n) => {
        const { status } = await post('/session', { username: `nobody-${burst}-${n}`, password: 'wrong' })
        answers[status] = (answers[status] ?? 0) + 1
      }),
    )
    let right = 0
    const others = await longestWait(
      Promise.all([
        wrong,
        rightOne().then((ms) => {
          right = ms
        }),
      ]),
    )
    told.push({ others: Math.round(others), right: Math.round(right), answers })
  }
  console.log(JSON.stringify(told))
  expect(Math.max(...told.map(({ others }) => others))).toBeLessThanOrEqual(OTHERS_MS)
  expect(Math.max(...told.map(({ right }) => right))).toBeLessThanOrEqual(RIGHT_MS)
})
