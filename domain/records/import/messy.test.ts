import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { MESSES } from '../../../test/worlds/messyWorkbooks.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import { book } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

async function made(): Promise<Record<string, unknown>[]> {
  const { owner } = desk.world
  const name = sql`(select s.name from org_span s where s.org_id = t.org_id limit 1)`
  const members = await sql<Record<string, unknown>>`
    select p.name, ${name} as org, p.sex, p.birth_date as birth, p.joined_league_on as joined,
      (select x.detail from person_trait x where x.person_id = p.id and x.trait = 'mobile') as mobile,
      (select x.value from person_trait x where x.person_id = p.id and x.trait = 'party') as party,
      (select x.value from person_trait x where x.person_id = p.id and x.trait = 'education') as education
    from membership t join person p on p.id = t.person_id`.execute(owner)
  const officers = await sql<Record<string, unknown>>`
    select p.name, ${name} as org, string_agg(t.post_title, '、' order by t.post_title collate "C") as posts
    from appointment t join person p on p.id = t.person_id group by p.name, t.org_id`.execute(owner)
  const records = await sql<{ fields: object }>`
    select ${name} as org, t.day, t.day_to as "dayTo", t.title, t.person_times as "personTimes", t.fields,
      (select string_agg(s.name, '、') from record_host h join org_span s on s.org_id = h.org_id
       where h.record_id = t.id) as hosts from record t`.execute(owner)
  const orgs = await sql<Record<string, unknown>>`
    select s.name, s.sector, o.opened_at::date as opened from org o join org_span s on s.org_id = o.id
    where o.batch_id is not null`.execute(owner)
  return [
    ...members.rows,
    ...officers.rows,
    ...orgs.rows,
    ...records.rows.map(({ fields, ...rest }) => ({ ...rest, ...fields })),
  ]
}

const holds = (row: Record<string, unknown>, wanted: Record<string, unknown>) =>
  Object.entries(wanted).every(([field, value]) => (row[field] ?? null) === value)

test.each(MESSES)('$name', async ({ kind, rows, options = {}, request = {}, key }) => {
  const org = request.org === 'peach' ? desk.tree.peach : desk.tree.south
  const { org: _org, ...more } = request
  await inTransaction(desk.world.services, (ctx) =>
    openOrg(ctx, { parent: desk.tree.south, name: '大塘村团支部', type: 'branch', sector: 'village' }),
  )
  const report = await desk.take(book(rows, options), org, { ...more, onlyGood: true })
  expect(report.kind).toBe(kind)
  const stored = await made()
  const wrong = Object.entries(key).flatMap(([row, wanted]) => {
    const outcome = report.rows.find((one) => one.row === Number(row))
    const entered = outcome && ['new', 'updated', 'unchanged'].includes(outcome.state)
    if (wanted === 'refused') return entered ? [`row ${row} was taken`] : []
    if (!entered) return [`row ${row}: ${JSON.stringify(outcome?.problems ?? 'not read')}`]
    return stored.some((one) => holds(one, wanted))
      ? []
      : [`row ${row}: ${JSON.stringify(wanted)} is not there`]
  })
  expect(
    wrong.length === 0 ? [] : [...wrong, JSON.stringify(report.mapping), JSON.stringify(stored)],
  ).toEqual([])
  expect(report.rows.map((one) => one.row)).toEqual(Object.keys(key).map(Number))
})
