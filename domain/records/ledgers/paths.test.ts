import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../../kernel/id.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import '../../index.ts'
import { moveOrg } from '../../structure/organisations/operations.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

async function record(day: string, dayPrecision: string): Promise<string> {
  const id = newId()
  const { willow, peach } = tree
  const { countyId } = willow
  const made = {
    recordedBy: newId(),
    recordedAt: day,
    changedAt: day,
    voidedAt: null,
    voidedBy: null,
    voidReason: null,
  }
  await world.owner
    .insertInto('record')
    .values({
      countyId,
      id,
      ledger: 'themeDay',
      orgId: willow.id,
      path: willow.path,
      day,
      dayPrecision,
      dayTo: null,
      title: '活动',
      personTimes: null,
      fields: '{}',
      batchId: null,
      version: 1,
      homeCountyId: null,
      ...made,
    })
    .execute()
  await world.owner
    .insertInto('recordHost')
    .values([
      { countyId, recordId: id, orgId: willow.id, path: willow.path, state: 'agreed' },
      { countyId, recordId: id, orgId: peach.id, path: peach.path, state: 'invited' },
    ])
    .execute()
  return id
}

test('a back-dated move takes the records since that day along, and no others', async () => {
  const { willow, south, peach } = tree
  const before = await record('2024-04-30', 'day')
  const month = await record('2024-04-01', 'month')
  const since = await record('2024-05-01', 'day')
  await world.owner
    .insertInto('nilDeclaration')
    .values({
      countyId: willow.countyId,
      id: newId(),
      ledger: 'award',
      orgId: willow.id,
      path: willow.path,
      fromDay: '2024-04-01',
      toDay: '2024-06-30',
      recordedBy: newId(),
      recordedAt: '2024-06-30',
      voidedAt: null,
    })
    .execute()
  await inTransaction(world.services, (ctx) => moveOrg(ctx, willow, south, '2024-05-01'))

  const moved = `${south.path}${willow.code}/`
  const pathsOf = async (id: string) => {
    const row = await world.owner
      .selectFrom('record')
      .select(['path', 'version'])
      .where('id', '=', id)
      .execute()
    const hosts = await world.owner
      .selectFrom('recordHost')
      .select('path')
      .where('recordId', '=', id)
      .execute()
    return [row[0], hosts.map((h) => h.path).sort()]
  }
  expect(await pathsOf(before)).toEqual([{ path: willow.path, version: 1 }, [willow.path, peach.path].sort()])
  expect(await pathsOf(month)).toEqual([{ path: willow.path, version: 1 }, [willow.path, peach.path].sort()])
  expect(await pathsOf(since)).toEqual([{ path: moved, version: 1 }, [moved, peach.path].sort()])
  const nil = await world.owner.selectFrom('nilDeclaration').select('path').execute()
  expect(nil).toEqual([{ path: moved }])
})
