/** Law 3 over everything that may be counted: units are said, and never mixed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Catalogue, Measure } from '../../kernel/measures.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { inTransaction } from '../../test/worlds/tree.ts'
import { catalogue, measureOf } from './catalogue.ts'

let world: TestWorld
let all: Catalogue
let measures: Measure[]

beforeAll(async () => {
  world = await openWorld(migrations)
  all = await inTransaction(world.services, catalogue)
  measures = [...all.measures.values()]
})
afterAll(() => world.close())

const ids = (found: Measure[]) => found.map((m) => m.id)
const unitsOf = (measure: Measure) => (measure.parts ?? []).map((part) => measureOf(all, part.measure).unit)

describe('every measure', () => {
  test('says what is counted, and in what', () => {
    const stated = (m: Measure) => m.valueType === 'date' || m.valueType === 'text' || m.kind === 'only'
    expect(ids(measures.filter((m) => m.unit === '' && !stated(m) && !m.unitOf))).toEqual([])
    expect(ids(measures.filter((m) => m.definition.length < 6))).toEqual([])
  })

  test('stays within one unit when it takes one number from another', () => {
    const mixed = measures.filter(
      (m) => m.kind === 'difference' && unitsOf(m).some((unit) => unit !== m.unit),
    )
    expect(ids(mixed)).toEqual([])
  })

  test('of a share divides like by like', () => {
    const shares = measures.filter((m) => m.unit === '%' && m.parts)
    expect(shares.length).toBeGreaterThan(5)
    expect(ids(shares.filter((m) => new Set(unitsOf(m)).size > 1))).toEqual([])
  })

  test('in 人次 adds attendances up; named people are told apart', () => {
    const attendances = measures.filter((m) => m.unit === '人次')
    expect(attendances.length).toBeGreaterThan(3)
    expect(ids(attendances.filter((m) => m.kind === 'distinct'))).toEqual([])
    const people = measures.filter((m) => m.unit === '人' && all.sources.get(m.source ?? '')?.person)
    expect(people.length).toBeGreaterThan(10)
    expect(ids(people.filter((m) => m.kind === 'count' || m.kind === 'sum'))).toEqual([])
  })
})
