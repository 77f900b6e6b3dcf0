/** 10,000 questions of chance, before and after whatever may happen to records, organisations and people. */
import { afterEach, describe, expect, test } from 'vitest'
import { upheaval } from './acts.ts'
import { World } from './build.ts'
import { declaredLedgers } from './definitions.ts'
import { differences, groupDifferences, measureIds, questionOn } from './questions.ts'

const SEEDS = [1, 2, 3, 4, 5]
const EACH = 1000

let world: World
afterEach(() => world?.close())

describe('product and calculator agree', () => {
  test.each(SEEDS)('before and after, seed %i', async (seed) => {
    world = await World.build(await declaredLedgers(), seed, { towns: 4, branches: 4, records: 25 })
    const ids = measureIds(world)
    const chosen = () => Array.from({ length: EACH }, () => questionOn(world, world.chance.one(ids)))
    expect(await differences(world, chosen())).toEqual([])
    await upheaval(world, 150)
    expect(await differences(world, chosen())).toEqual([])
    const apart = Array.from({ length: 100 }, () => ({
      ...questionOn(world, world.chance.one(ids)),
      org: world.chance.one(['county', 'town1', 'town2']),
    }))
    expect(await groupDifferences(world, apart)).toEqual([])
  })
})
