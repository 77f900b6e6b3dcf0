/** People of records: who a name can only mean. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../kernel/database/tables.ts'
import type { KnownPerson } from './contract.ts'

/** A name, and where it was written on what day: members of that subtree may bear it. */
export interface Written {
  name: string
  day: string
  scope: { countyId: string; path: string }
}

/** Of each, in their order: members and officers of the subtree, in force on the day, who bear the name; each once. */
export async function namesakesOf(db: Kysely<Database>, written: Written[]): Promise<KnownPerson[][]> {
  const found = written.map((): KnownPerson[] => [])
  if (written.length === 0) return found
  const asked = JSON.stringify(
    written.map(({ name, day, scope }, n) => ({ n, name, day, county_id: scope.countyId, path: scope.path })),
  )
  const inForce = (alias: 'm' | 'a') => sql`${sql.ref(`${alias}.county_id`)} = pe.county_id
    and ${sql.ref(`${alias}.person_id`)} = pe.id and ${sql.ref(`${alias}.voided_at`)} is null
    and ${sql.ref(`${alias}.valid_from`)} < w.day + 1 and ${sql.ref(`${alias}.valid_to`)} >= w.day + 1`
  const { rows } = await sql<KnownPerson & { n: number }>`
    select distinct on (w.n, pe.id) w.n, pe.id as person_id, pe.name, s.name as org_name, pe.sex,
      extract(year from pe.birth_date)::int as birth_year,
      case when pe.birth_precision in ('day', 'month') then to_char(pe.birth_date, 'YYYY-MM') end as birth_month
    from jsonb_to_recordset(${asked}::jsonb) as w(n int, name text, day date, county_id uuid, path text)
    join person pe on pe.county_id = w.county_id and pe.name = w.name and pe.voided_at is null
    join lateral (
      select m.org_id from membership m where ${inForce('m')}
      union all select a.org_id from appointment a where ${inForce('a')}) k on true
    join org_span s on s.org_id = k.org_id and s.valid_from < w.day + 1 and s.valid_to >= w.day + 1
      and starts_with(s.path, w.path)
    order by w.n, pe.id, s.path`.execute(db)
  for (const { n, ...person } of rows) found[n]?.push(person)
  return found
}

/** Names by id, of those that exist. */
export async function namesOfPeople(db: Kysely<Database>, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('countyId', 'in', db.selectFrom('org').select('countyId'))
    .where(sql<SqlBool>`id = any(${[...new Set(ids)]}::uuid[])`)
    .where('voidedAt', 'is', null)
    .execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}
