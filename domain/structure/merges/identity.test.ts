import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/id.ts'
import { idNumber, type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { PERSON_APART, PERSON_LINKS, RECORD_APART, RECORD_LINKS } from './links.ts'

let w: MergeWorld

beforeAll(async () => {
  w = await plantMergeWorld()
})
afterAll(() => w.world.close())

describe('every table that names a person or a record', () => {
  const naming = async (column: string) => {
    const { rows } = await sql<{ tableName: string }>`
      select table_name from information_schema.columns
      where table_schema = 'public' and column_name = ${column} order by 1`.execute(w.world.owner)
    return rows.map((r) => r.tableName)
  }

  test('is declared with what a merge does to it', async () => {
    const people = [...PERSON_LINKS.map((l) => l.table), ...Object.keys(PERSON_APART)].sort()
    expect(await naming('person_id')).toEqual(people)
    const records = [...RECORD_LINKS.map((l) => l.table), ...Object.keys(RECORD_APART)].sort()
    expect(await naming('record_id')).toEqual(records)
  })
})

describe('merge, then undo', () => {
  let numbers = 0
  const nextNumber = () => idNumber(`99010120010504${String(++numbers).padStart(3, '0')}`)
  const withNumber = ({ numbered, ...rest }: { numbered?: boolean }) => ({
    ...rest,
    ...(numbered && { idNumber: nextNumber() }),
  })
  const side = fc.constantFrom('one' as const, 'other' as const)
  const someone = fc.record(
    {
      sex: fc.constantFrom('male', 'female'),
      birth: fc.constantFrom('1998', '1999-02', '2001-05-04'),
      ethnicity: fc.constantFrom('01', '02'),
      occupation: fc.constantFrom('农民', '教师'),
      education: fc.constantFrom('college', 'bachelor'),
      politics: fc.constantFrom('partyMember', 'masses'),
      joinedLeague: fc.constantFrom('2015', '2016-05'),
      phone: fc.integer({ min: 0, max: 99_999 }).map((n) => `199000${String(n).padStart(5, '0')}`),
      numbered: fc.constant(true),
    },
    { requiredKeys: [] },
  )
  const given = fc.record({
    people: fc.tuple(someone, someone),
    branches: fc.tuple(
      fc.constantFrom('willow' as const, 'class1' as const),
      fc.constantFrom('willow' as const, 'class1' as const),
    ),
    from: fc.tuple(
      fc.constantFrom('2021', '2021-05-04', '2022-09'),
      fc.constantFrom('2020-01-01', '2021-05-04'),
    ),
    attended: fc.array(fc.constantFrom('one', 'other', 'both'), { maxLength: 3 }),
    keep: side,
    span: fc.constantFrom('one' as const, 'other' as const, 'join' as const, 'sequence' as const),
    fields: fc.dictionary(fc.constantFrom('name', 'phone', 'occupation', 'trait.education'), side),
  })

  test('is as if nothing had been', async () => {
    let merged = 0
    await fc.assert(
      fc.asyncProperty(given, async ({ people, branches, from, attended, keep, span, fields }) => {
        const name = `易${newId().slice(-6)}`
        const one = await w.member(branches[0], { name, ...withNumber(people[0]) }, from[0])
        const other = await w
          .member(branches[1], { name: `${name}二`, ...withNumber(people[1]) }, from[1])
          .catch(() => one)
        if (one === other) return
        const who = { one: [one], other: [other], both: [one, other] }
        await w.working((ctx) =>
          enterRecords(
            ctx,
            'volunteering',
            attended.map((key) => ({
              orgId: w.tree.willow.id,
              day: '2024-04-04',
              title: name,
              fields: { leader: { id: who[key as 'both'].at(-1) ?? '' } },
              participants: who[key as 'both'].map((personId) => ({ personId, hours: 1.5 })),
            })),
          ),
        )
        const before = await w.everyRow()
        const { clashes } = await w.compare(w.at('north'), one, other)
        const spans = Object.fromEntries(clashes.map((c) => [c.id, span]))
        const done = await w.merge(w.at('north'), [one, other], { keep, fields, spans }).catch(() => null)
        if (done) {
          merged++
          await w.undo(w.at('north'), done.merge)
        }
        expect(await w.everyRow()).toEqual(before)
      }),
      { numRuns: 25 },
    )
    expect(merged).toBeGreaterThan(5)
  }, 60_000)
})
