/** One office does not stop the others: heavy questions wait among themselves, end in time, and end when nobody waits. */
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '../../../migrations/index.ts'
import type { Services } from '../../context.ts'
import { endpoint } from '../../endpoint.ts'
import { type AnyRoute, route } from '../../route.ts'
import { createApp } from '../../serve.ts'
import { actorWith, openWorld, type TestWorld } from '../../testing.ts'
import { APP_ROLE, connect } from '../connect.ts'
import { LIMITS } from './pool.ts'

const answer = Type.Object({ ok: Type.Boolean() })
const asked = { right: 'signedIn', summary: '', response: answer } as const
const quick = endpoint({ ...asked, id: 'test.quick', method: 'GET', path: '/quick' })
const heavy = endpoint({ ...asked, id: 'test.heavy', method: 'GET', path: '/heavy', work: 'heavy' })
const write = endpoint({ ...asked, id: 'test.write', method: 'POST', path: '/write' })
const LONG = 60

/** Asks until the moment is over, as a figure over a province does. */
const routes: AnyRoute[] = [
  route(quick, async (ctx) => {
    await sql`select 1`.execute(ctx.db)
    return { ok: true }
  }),
  route(heavy, async (ctx) => {
    await sql`select pg_sleep(${sql.lit(LONG)})`.execute(ctx.db)
    return { ok: true }
  }),
  route(write, async (ctx) => {
    await sql`lock table setting`.execute(ctx.db)
    await sql`insert into setting values (${`key ${Math.random()}`}, '1')`.execute(ctx.db)
    return { ok: true }
  }),
]

let world: TestWorld
let services: Services
let app: FastifyInstance
let url: string

async function serveWith(limits = LIMITS, waitMs = 30_000): Promise<void> {
  const db = connect(world.url, { role: APP_ROLE, size: 2, limits, heavy: { places: 3, waitMs } })
  services = { ...world.services, db }
  const accounts = new Map(['one', 'other'].map((token) => [token, actorWith([], token)]))
  app = await createApp({
    services,
    routes,
    actorOf: async (token) => accounts.get(token) ?? null,
    version: '0',
  })
  url = await app.listen({ port: 0, host: '127.0.0.1' })
}

beforeEach(async () => {
  world = await openWorld(migrations)
})
afterEach(async () => {
  app.server.closeAllConnections()
  await app.close()
  await services.db.destroy()
  await world.close()
})

const ask = (path: string, token = 'one', init: RequestInit = {}) =>
  fetch(`${url}/api${path}`, { ...init, headers: { authorization: `Bearer ${token}` } })

const asleep = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`.execute(
    world.owner,
  )
  return rows[0]?.n ?? 0
}

/** Waits until so many heavy questions are being answered. @returns after how many milliseconds */
async function untilAsleep(wanted: number): Promise<number> {
  const begun = performance.now()
  while ((await asleep()) !== wanted)
    if (performance.now() - begun > 10_000) throw new Error(`not ${wanted} at work`)
  return performance.now() - begun
}

/** Many heavy questions whose askers can leave together. */
function crowd(size: number, token: string): { leave: () => Promise<unknown> } {
  const away = new AbortController()
  const answers = Array.from({ length: size }, () => ask('/heavy', token, { signal: away.signal }))
  return {
    leave: () => {
      away.abort()
      return Promise.allSettled(answers)
    },
  }
}

describe('heavy questions', () => {
  test('leave quick calls alone, and end in the database when their askers have left', async () => {
    await serveWith()
    const crowds = [crowd(10, 'one'), crowd(10, 'other')]
    await untilAsleep(3)
    for (let i = 0; i < 5; i++) expect((await ask('/quick')).status).toBe(200)
    await Promise.all(crowds.map((c) => c.leave()))
    // Within a second on a machine of its own (bench/province); here the cores are shared.
    expect(await untilAsleep(0)).toBeLessThan(5000)
  })

  test('of one account leave a place to others', async () => {
    await serveWith()
    const one = crowd(5, 'one')
    await untilAsleep(2)
    const other = crowd(1, 'other')
    await untilAsleep(3)
    await other.leave()
    await untilAsleep(2)
    await one.leave()
  })

  test('that find no place in time are told to come again', async () => {
    await serveWith(LIMITS, 50)
    const one = crowd(2, 'one')
    await untilAsleep(2)
    const late = await ask('/heavy')
    expect(late.status).toBe(503)
    expect(late.headers.get('retry-after')).toBe('5')
    expect(await late.json()).toMatchObject({ code: 'crowded' })
    await one.leave()
  })

  test('that take too long end with words', async () => {
    await serveWith({ ...LIMITS, heavy: { ...LIMITS.heavy, statement: 100 } })
    const long = await ask('/heavy')
    expect(long.status).toBe(503)
    expect(await long.json()).toMatchObject({
      code: 'tooLarge',
      title: expect.stringContaining('缩小范围'),
    })
    expect((await ask('/quick')).status).toBe(200)
  })
})

describe('a write', () => {
  test('that waits too long for another is told so, and is done when asked again', async () => {
    await serveWith({ ...LIMITS, quick: { ...LIMITS.quick, lock: 100 } })
    const post = () => ask('/write', 'one', { method: 'POST' })
    const holding = world.owner.transaction().execute(async (db) => {
      await sql`lock table setting`.execute(db)
      const refused = await post()
      expect(refused.status).toBe(503)
      expect(await refused.json()).toMatchObject({ code: 'locked' })
    })
    await holding
    expect((await post()).status).toBe(200)
  })

  test('is finished although whoever sent it has left', async () => {
    await serveWith()
    const before = await world.owner.selectFrom('setting').select('key').execute()
    const away = new AbortController()
    await world.owner.transaction().execute(async (db) => {
      await sql`lock table setting in share mode`.execute(db)
      const arrived = once(app.server, 'request')
      const sent = ask('/write', 'one', { method: 'POST', signal: away.signal })
      await arrived
      const waits = sql<{ n: number }>`select count(*)::int as n from pg_locks where not granted`
      while ((await waits.execute(world.owner)).rows[0]?.n !== 1) if (app.server.listening === false) break
      away.abort()
      await expect(sent).rejects.toThrow()
    })
    const count = async () => (await world.owner.selectFrom('setting').select('key').execute()).length
    while ((await count()) === before.length) if (app.server.listening === false) break
    expect(await count()).toBe(before.length + 1)
  })
})
