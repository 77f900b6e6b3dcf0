/** People of records: who a name can only mean. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import type { Database } from '../../../kernel/database/tables.ts'
import { type Scope, within } from '../../../kernel/scope.ts'
import type { KnownPerson } from './contract.ts'

/** Members and officers of a subtree, as of a day, who bear one of these names; each person once. */
export async function namesakesIn(
  db: Kysely<Database>,
  scope: Scope,
  names: string[],
  day: string,
): Promise<Map<string, KnownPerson[]>> {
  const at = `${day} 23:59:59`
  const { rows } = await sql<KnownPerson>`
    select distinct on (pe.id) pe.id as person_id, pe.name, s.name as org_name, pe.sex,
           extract(year from pe.birth_date)::int as birth_year
    from person pe
    join lateral (
      select m.org_id from membership m where m.county_id = pe.county_id and m.person_id = pe.id
        and m.voided_at is null and m.valid_from <= ${at}::timestamp and m.valid_to > ${at}::timestamp
      union all
      select a.org_id from appointment a where a.county_id = pe.county_id and a.person_id = pe.id
        and a.voided_at is null and a.valid_from <= ${at}::timestamp and a.valid_to > ${at}::timestamp) k on true
    join org_span s on s.org_id = k.org_id and s.valid_from <= ${at}::timestamp and s.valid_to > ${at}::timestamp
    where pe.name = any(${[...new Set(names)]}) and pe.voided_at is null
      and ${within(scope, { countyId: 'pe.county_id', path: 's.path' })}
    order by pe.id, s.path`.execute(db)
  const found = new Map<string, KnownPerson[]>()
  for (const row of rows) found.set(row.name, [...(found.get(row.name) ?? []), row])
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
