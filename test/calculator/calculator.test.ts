/** Every declared measure says on a generated county what a plain calculator says that shares no code with it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { silence, upheaval } from './acts.ts'
import { World } from './build.ts'
import { declaredLedgers } from './definitions.ts'
import { differences, groupDifferences, measureIds, PERIODS, questionOn } from './questions.ts'

let world: World

beforeAll(async () => {
  world = await World.build(await declaredLedgers(), 8, { towns: 3, branches: 3, records: 10 })
}, 120_000)
afterAll(() => world?.close())

describe('product and calculator agree', () => {
  test('on every declared measure, once as it is and once by chance', async () => {
    const ids = measureIds(world)
    expect(ids.length).toBeGreaterThan(400)
    const questions = ids.flatMap((id) => [
      { measure: id, org: 'county', from: '2023-01-01', to: '2024-06-18', where: {} },
      questionOn(world, id),
    ])
    expect(await differences(world, questions)).toEqual([])
  })

  test('on groups', async () => {
    const ids = world.chance.some(measureIds(world), 40)
    const questions = ids.map((id) => ({ ...questionOn(world, id), org: 'county' }))
    expect(await groupDifferences(world, questions)).toEqual([])
  })

  test('on what was declared not to be, before and after somebody records it all the same', async () => {
    const few = new Set(['award', 'contest', 'lecture'])
    const ledgers = world.ledgers.filter((l) => few.has(l.id))
    await silence(world, ledgers, 120)
    const questions = [...world.facts.orgs.keys()].flatMap((org) =>
      ledgers.flatMap(({ id }) =>
        PERIODS.flatMap(([from, to]) =>
          ([0, 1, 'all'] as const).map((depth) => ({
            measure: `${id}.count`,
            org,
            from,
            to,
            depth,
            where: {},
          })),
        ),
      ),
    )
    expect(await differences(world, questions)).toEqual([])
    // Else the questions were asked of nothing.
    expect(world.facts.nils.length).toBeGreaterThan(30)
    const groups = ledgers.map(({ id }) => ({
      measure: `${id}.count`,
      org: 'county',
      from: '2023-01-01',
      to: '2023-12-31',
      where: {},
    }))
    expect(await groupDifferences(world, groups)).toEqual([])
  }, 60_000)

  test('after moves, mergers, people merged, records voided and corrected, 本期无', async () => {
    await upheaval(world, 60)
    const ids = measureIds(world)
    expect(
      await differences(
        world,
        ids.map((id) => questionOn(world, id)),
      ),
    ).toEqual([])
  }, 60_000)
})
