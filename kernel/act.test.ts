/** Law 10: whatever is done leaves a trace, and a trace stays as it was written. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from '../migrations/index.ts'
import { act, type Deed } from './act.ts'
import { type Context, contextOf } from './context.ts'
import { newId } from './id.ts'
import { actorWith, openWorld, type TestWorld } from './testing.ts'

const org = { id: newId(), countyId: newId(), path: '/1/2/' }
const deed = (subjectId: string): Deed => ({
  action: 'records.write',
  verb: 'record',
  org,
  subject: 'record',
  subjectId,
})

let world: TestWorld
beforeAll(async () => {
  world = await openWorld(migrations)
})
afterAll(() => world.close())

const within = <T>(path: string, work: (ctx: Context) => Promise<T>): Promise<T> =>
  world.services.db.transaction().execute((db) => {
    const grant = { orgId: org.id, countyId: org.countyId, path, role: 'staff' as const }
    return work(contextOf(world.services, db, actorWith([grant])))
  })

const traces = (subjectId: string) =>
  world.owner.selectFrom('history').select('verb').where('subjectId', '=', subjectId).execute()

test('a deed is kept with its work, or neither is', async () => {
  const [done, failed, foreign] = [newId(), newId(), newId()]
  expect(await within('/1/', (ctx) => act(ctx, deed(done), async () => 7))).toBe(7)
  const failing = within('/1/', (ctx) => act(ctx, deed(failed), () => Promise.reject(new Error('no work'))))
  await expect(failing).rejects.toThrow('no work')
  let worked = false
  const work = async () => {
    worked = true
  }
  await expect(within('/1/23/', (ctx) => act(ctx, deed(foreign), work))).rejects.toMatchObject({
    kind: 'notFound',
  })
  expect(worked).toBe(false)
  expect(await traces(done)).toEqual([{ verb: 'record' }])
  expect([...(await traces(failed)), ...(await traces(foreign))]).toEqual([])
})

test('the application may add to history, and neither change nor take from it', async () => {
  const id = newId()
  await within('/1/', (ctx) => act(ctx, deed(id), async () => null))
  const { db } = world.services
  await expect(sql`update history set verb = 'other'`.execute(db)).rejects.toThrow('permission denied')
  await expect(sql`delete from history`.execute(db)).rejects.toThrow('permission denied')
  await expect(sql`truncate history`.execute(db)).rejects.toThrow('permission denied')
  expect(await traces(id)).toEqual([{ verb: 'record' }])
})
