/** Long work is stopped where it is, by whom it belongs to, and leaves nothing. */
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { everywhere, plantTree, type Tree } from '../../test/worlds/tree.ts'
import { type Actor, contextOf } from '../context.ts'
import { openWorld, type TestWorld } from '../testing.ts'
import { askCancel, enqueue, type JobKind, type Runner, startRunner } from './runner.ts'

let world: TestWorld
let tree: Tree
let runner: Runner | undefined
beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterEach(() => runner?.stop())
afterAll(() => world.close())

const owner = everywhere()
const stranger: Actor = { ...owner, accountId: '018f0000-0000-7000-8000-0000000000aa' }

/** Writes, then asks the database something that takes far longer than this test. */
const endless: JobKind = {
  kind: 'endless',
  run: async ({ services, progress }) => {
    await progress('正在算', 0)
    await services.db.transaction().execute(async (db) => {
      await sql`insert into setting (key, value) values ('half', '1')`.execute(db)
      await sql`select pg_sleep(120)`.execute(db)
    })
  },
}

const begun = async () => {
  const id = await world.services.db.transaction().execute((db) =>
    enqueue(contextOf(world.services, db, owner), {
      kind: 'endless',
      title: '算',
      org: tree.north,
      input: {},
    }),
  )
  runner = startRunner(world.services, [endless], async () => owner)
  await expect.poll(async () => (await jobOf(id)).stage).toBe('正在算')
  await expect.poll(asleep).toBe(1)
  return id
}
const jobOf = (id: string) =>
  world.owner.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
const asleep = async () =>
  (
    await sql`select 1 from pg_stat_activity where datname = current_database() and query like 'select pg_sleep%'
      and state = 'active'`.execute(world.owner)
  ).rows.length
const stop = (id: string, actor: Actor) =>
  world.services.db.transaction().execute((db) => askCancel(contextOf(world.services, db, actor), id))

describe('a running job', () => {
  test('stops in the middle of a statement within a second, and leaves nothing half written', async () => {
    const id = await begun()
    await stop(id, owner)
    const asked = performance.now()
    await expect.poll(async () => (await jobOf(id)).state, { interval: 20, timeout: 5000 }).toBe('cancelled')
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(await asleep()).toBe(0)
    expect(await world.owner.selectFrom('setting').select('key').where('key', '=', 'half').execute()).toEqual(
      [],
    )
  })

  test('goes on when somebody else asks, and the next one runs after it was stopped', async () => {
    const id = await begun()
    await stop(id, stranger)
    expect(await jobOf(id)).toMatchObject({ cancelAsked: false, state: 'running' })
    await stop(id, owner)
    await expect.poll(async () => (await jobOf(id)).state).toBe('cancelled')
    const next = await begun()
    await stop(next, owner)
    await expect.poll(async () => (await jobOf(next)).state).toBe('cancelled')
  })
})
