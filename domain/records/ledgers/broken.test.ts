/** Old records that break a rule: found by SQL exactly where the check of one record finds them. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { newId } from '../../../kernel/id.ts'
import { plantRecordWorld, type RecordWorld } from '../../../test/worlds/records.ts'
import { brokenSql } from './broken.ts'
import * as contract from './contract.ts'
import { ruleProblems, type Stated } from './declared.ts'
import type { LedgerDefinition } from './definition.ts'
import { coursesOf } from './fields/course.ts'
import { isDate, isNumber, isStaged } from './fields/types.ts'
import { builtInLedgers } from './registry.ts'
import type { Rows } from './store.ts'

let w: RecordWorld

beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

interface Old {
  id: string
  ledger: string
  at: 'willow' | 'peach'
  day: string
  dayTo: string | null
  personTimes: number | null
  people: number
  fields: Record<string, unknown>
}

/** Beneath the door, as rows of before a rule stand there. */
async function plant(all: Old[]): Promise<void> {
  const rows: Rows = { record: [], recordHost: [], participation: [], recordStage: [], recordReference: [] }
  for (const { id, ledger, at, day, dayTo, personTimes, people, fields } of all) {
    const { id: orgId, countyId, path } = w.tree[at]
    const stamp = {
      version: 1,
      recordedBy: orgId,
      recordedAt: `${day} 09:00:00`,
      changedAt: `${day} 09:00:00`,
    }
    const dayPrecision = 'day' as const
    const said = { day, dayPrecision, dayTo, title: '旧记录', personTimes, fields, quantities: null }
    rows.record.push({
      ...stamp,
      ...said,
      id,
      ledger,
      orgId,
      countyId,
      path,
      batchId: null,
      homeCountyId: null,
    })
    for (let n = 0; n < people; n += 1)
      rows.participation.push({
        countyId,
        id: newId(),
        recordId: id,
        personId: null,
        name: `第${n}人`,
        role: 'participant',
        hours: null,
        points: null,
        amount: null,
      })
    const definition = RULED.find((d) => d.id === ledger)
    for (const stage of definition
      ? coursesOf(definition, { day, dayPrecision, fields: fields as Stated['fields'] })
      : [])
      rows.recordStage.push({ ...stage, countyId, recordId: id })
  }
  const { owner } = w.world
  await insertRows(owner, 'record', rows.record)
  await insertRows(owner, 'participation', rows.participation)
  await insertRows(owner, 'recordStage', rows.recordStage)
}

const plain = (id: string, type: 'number' | 'date') => ({ id, title: id, type, usedBy: '对账' })

/** Every kind of rule, with factors that are no binary numbers. */
const strict = {
  ...(builtInLedgers.find((d) => d.id === 'themeActivity') as LedgerDefinition),
  id: 'strict',
  fields: [plain('a', 'number'), plain('b', 'number'), plain('from', 'date'), plain('until', 'date')],
  rules: [
    { kind: 'atMost', field: 'a', other: 'b', times: 0.7 },
    { kind: 'atMost', field: 'a', other: 'personTimes', times: 2, perDay: true },
    { kind: 'atMost', field: 'people', other: 'personTimes' },
    { kind: 'notBefore', field: 'until', other: 'from' },
    { kind: 'notBefore', field: 'until', other: 'dayTo' },
    { kind: 'named', least: 1 },
  ],
} as LedgerDefinition

const RULED = [...builtInLedgers.filter((d) => d.rules?.some((r) => r.kind !== 'photo')), strict]

const someDay = fc
  .integer({ min: 0, max: 90 })
  .map((n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 4 })

function oldOf(definition: LedgerDefinition): fc.Arbitrary<Old> {
  const fields = definition.fields.map((field) => {
    if (isDate(field)) return [field.id, maybe(someDay)]
    if (isNumber(field)) return [field.id, maybe(fc.integer({ min: 0, max: 60 }).map((n) => n / 10))]
    if (!isStaged(field)) return [field.id, fc.constant(undefined)]
    const step = fc.record({
      state: fc.constantFrom(...(field.options ?? []).map((o) => o.value)),
      on: maybe(someDay),
    })
    return [field.id, maybe(fc.uniqueArray(step, { selector: (s) => s.state, minLength: 1, maxLength: 3 }))]
  }) as [string, fc.Arbitrary<unknown>][]
  return fc
    .record({
      day: someDay,
      days: maybe(fc.integer({ min: 1, max: 4 })),
      personTimes: fc.option(fc.integer({ min: 0, max: 3 })),
      people: fc.integer({ min: 0, max: 3 }),
      fields: fc.record(Object.fromEntries(fields)),
    })
    .map(({ day, days, fields: said, ...more }) => ({
      ...more,
      id: newId(),
      ledger: definition.id,
      at: 'willow' as const,
      day,
      dayTo: days ? new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10) : null,
      fields: JSON.parse(JSON.stringify(said)),
    }))
}

describe('a rule compiled to SQL', () => {
  test('finds what the check of one record finds, in every ledger that has rules', async () => {
    let broken = 0
    for (const definition of RULED) {
      const all = fc.sample(oldOf(definition), { numRuns: 60, seed: 8 })
      await plant(all)
      const { rows } = await sql<{ id: string }>`select r.id from record r
        where r.ledger = ${definition.id} and ${brokenSql(definition)}`.execute(w.world.services.db)
      const expected = all.filter(({ day, dayTo, personTimes, people, ...r }) => {
        const fields = r.fields as Stated['fields']
        const stages = coursesOf(definition, { day, dayPrecision: 'day', fields })
        return ruleProblems(definition, { day, dayTo, personTimes, named: people, fields, stages }).length > 0
      })
      expect([definition.id, rows.map((r) => r.id).sort()]).toEqual([
        definition.id,
        expected.map((r) => r.id).sort(),
      ])
      broken += expected.length
    }
    expect(broken).toBeGreaterThan(100)
    await w.world.owner.updateTable('record').set({ voidedAt: '2024-06-01 09:00:00' }).execute()
  }, 60_000)
})

describe('what breaks a rule', () => {
  const meeting = (more: Partial<Old>): Old => ({
    id: newId(),
    ledger: 'electionResult',
    at: 'willow',
    day: '2023-03-05',
    dayTo: null,
    personTimes: null,
    people: 0,
    fields: { due: 30, present: 32 },
    ...more,
  })

  test('is listed, counted and said with both values and the remedy, within reach, until it is mended', async () => {
    const old = meeting({})
    const well = meeting({ fields: { due: 30, present: 30 } })
    const half = meeting({ fields: { present: 32 } })
    const away = meeting({ at: 'peach' })
    await plant([old, well, half, away])
    const params = { ledger: 'electionResult' }
    const listed = async (actor = w.secretary) =>
      w.call(actor, contract.listRecords, { params, query: { broken: 'yes' } })
    const counted = async (actor = w.secretary) =>
      (await w.call(actor, contract.countBroken, { query: {} })).ledgers.map((l) => [l.id, l.count])
    expect((await listed()).rows.map((r) => r.id)).toEqual([old.id])
    expect(await counted()).toEqual([['electionResult', 1]])
    expect((await listed(w.neighbour)).rows.map((r) => r.id)).toEqual([away.id])
    expect(await counted(w.at('county', 'reader'))).toEqual([['electionResult', 2]])
    const open = (id: string) => w.call(w.secretary, contract.getRecord, { params: { id } })
    expect((await open(old.id)).broken).toEqual([
      { field: 'present', reason: '“实到人数”（32）多于“应到人数”（30）', remedy: '请核对后再保存' },
    ])
    expect((await open(well.id)).broken).toEqual([])
    await w.call(w.secretary, contract.changeRecord, {
      params: { id: old.id },
      body: { version: 1, fields: { present: 28 } },
    })
    expect([(await listed()).total, await counted()]).toEqual([0, []])
    await w.call(w.neighbour, contract.voidRecord, { params: { id: away.id }, body: { reason: '重复' } })
    expect(await counted(w.at('county', 'reader'))).toEqual([])
  })
})
