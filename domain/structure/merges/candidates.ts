/** Who may be one person: found by keys that duplicates share, then weighed one pair at a time. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Scope } from '../../../kernel/scope.ts'
import { covers, reach, within } from '../../../kernel/scope.ts'
import { moment } from '../people/dated.ts'
import type { PersonRow } from '../people/entry.ts'
import { checkIdNumber } from '../people/idNumber.ts'
import { orgNameAt } from '../people/queries.ts'
import { holding, holds, type TieTable, tiesOf } from '../people/ties.ts'
import type { PersonSide } from './contract.ts'
import { type Beside, type Likeness, lettersApart, likeness, type Person, WORTH } from './rules.ts'

export interface Found extends Likeness {
  one: Looked
  other: Looked
}

/** A person's row with where it stands. */
export interface Looked extends Person {
  row: PersonRow
  standing: string[]
}

const MOST_PAIRS = 20_000

/** Where people stand or stood, below an organisation. */
const standing = (table: TieTable, inScope: RawBuilder<SqlBool>) => sql`
  select m.county_id, m.person_id, m.org_id from ${sql.id(table)} m
  join org_span s on s.org_id = m.org_id and s.valid_from < m.valid_to and s.valid_to > m.valid_from
  where m.voided_at is null and ${inScope}`

/** Of a whole county nobody's path need be looked up. */
const standingIn = (table: TieTable, scope: Scope) =>
  scope.whole
    ? sql`select m.county_id, m.person_id, m.org_id from ${sql.id(table)} m
        where m.voided_at is null and m.county_id = ${scope.countyId}`
    : standing(table, within(scope, { countyId: 'm.county_id', path: 's.path' }))

/** A key that more people share (an office's phone, a name of hundreds) tells nothing. */
const MOST_SHARING = 30

/** Who belongs: of a county everybody who is registered there, as is asked again of each pair; else who stands there. */
const belonging = ({ whole, countyId }: Scope) =>
  whole
    ? sql`p.county_id = ${countyId}`
    : countyId === null
      ? sql`(p.county_id, p.id) in (select county_id, person_id from stands)`
      : sql`p.county_id = ${countyId} and p.id in (select person_id from stands)`

/**
 * People who share a phone, or a sound of the name with a year of birth, an organisation or a bare name, or a birthday
 * and an organisation; what is not known is shared with nobody. Counted first, and gathered only where a key is shared;
 * whatever goes with a name is asked of namesakes alone, who are few.
 */
const keyed = (scope: Scope) => {
  const sharing = (table: 'people' | 'namesakes' | 'named' | 'placed', key: string[], having = sql`true`) => {
    const columns = sql.join(key.map((k) => sql.id(k)))
    const shared = sql`select ${columns} from ${sql.id(table)} group by ${columns} having count(*) > 1 and ${having}`
    return sql`select array_agg(distinct id) as ids from ${sql.id(table)} join (${shared}) as shared using (${columns})
      group by ${columns} having count(distinct id) between 2 and ${sql.lit(MOST_SHARING)}`
  }
  const across = scope.countyId === null
  // Within one county its equality would only be guessed to halve the rows once more.
  const stands = sql`stands s on s.person_id = p.id ${across ? sql`and s.county_id = p.county_id` : sql``}`
  return sql<{ ids: string[] }>`
    with stands as materialized (${standingIn('membership', scope)} union all ${standingIn('appointment', scope)}),
    people as materialized (
      select p.county_id, p.id, p.name_key, p.phone_digest, case when p.birth_precision = 'day' then p.birth_date end as born,
        extract(year from p.birth_date) as year,
        p.birth_date is null and p.phone_digest is null and p.id_no_sealed is null as bare
      from person p where p.voided_at is null and ${belonging(scope)}),
    namesakes as materialized (select p.* from people p
      join (select name_key from people group by name_key having count(*) > 1) as shared using (name_key)),
    named as materialized (select p.id, s.org_id, p.name_key from namesakes p join ${stands}),
    placed as materialized (select p.id, s.org_id, p.born from people p join ${stands} where p.born is not null)
    ${sharing('people', ['phone_digest'])}
    union all ${sharing('namesakes', ['name_key', 'year'])}
    union all ${sharing('namesakes', ['name_key'], sql`bool_or(bare)`)}
    union all ${sharing('named', ['name_key', 'org_id'])}
    union all ${sharing('placed', ['born', 'org_id'])}`
}

/** Every two of those who share a key, once. */
function pairsOf(groups: { ids: string[] }[]): [string, string][] {
  const pairs = new Map<string, [string, string]>()
  for (const { ids } of groups)
    for (const one of ids) for (const other of ids) if (one < other) pairs.set(one + other, [one, other])
  return [...pairs.values()].slice(0, MOST_PAIRS)
}

/** Pairs below an organisation that are worth a look, the likeliest first. */
export async function pairsWithin(ctx: Context, scope: Scope): Promise<Found[]> {
  const pairs = pairsOf((await keyed(scope).execute(ctx.db)).rows)
  const people = await lookAt(ctx, await heldWithin(ctx, scope, [...new Set(pairs.flat())]))
  const found: Found[] = []
  for (const [one, other] of pairs) {
    const [a, b] = [people.get(one), people.get(other)]
    if (!a || !b) continue
    const first = weigh(ctx, a, b)
    if (first.score >= WORTH) found.push({ one: a, other: b, ...first })
  }
  return withMeetings(ctx, found)
}

/** Being named in one record speaks against it: asked only of those that are left. */
async function withMeetings(ctx: Context, found: Found[]): Promise<Found[]> {
  const met = await meetings(
    ctx,
    found.map((f) => [f.one.row.id, f.other.row.id]),
  )
  return found
    .map((f) => {
      const together = met.get(`${f.one.row.id},${f.other.row.id}`) ?? 0
      return together > 0 ? { ...f, ...weigh(ctx, f.one, f.other, together) } : f
    })
    .filter((f) => f.score >= WORTH)
    .sort((a, b) => b.score - a.score || (a.one.nameKey < b.one.nameKey ? -1 : 1))
}

export const weigh = (ctx: Context, a: Looked, b: Looked, together = 0): Likeness =>
  likeness(a, b, { ids: idsOf(ctx, a.row, b.row), together })

function idsOf({ services: { secrets } }: Context, a: PersonRow, b: PersonRow): Beside['ids'] {
  if (!a.idNoSealed || !b.idNoSealed) return 'none'
  const [one, other] = [secrets.open(a.idNoSealed), secrets.open(b.idNoSealed)]
  if (one === other) return 'none'
  const wrong = [one, other].some((id) => {
    const check = checkIdNumber(id)
    return !check.ok || check.warnings.includes('checkDigit')
  })
  return wrong && lettersApart(one, other) <= 2 ? 'slip' : 'apart'
}

/** In how many records both are named, by 'one,other'. */
async function meetings(ctx: Context, pairs: string[][]): Promise<Map<string, number>> {
  if (pairs.length === 0) return new Map()
  const { rows } = await sql<{ one: string; other: string; n: number }>`
    select v.one, v.other, count(distinct p.record_id) as n
    from unnest(${pairs.map((p) => p[0])}::uuid[], ${pairs.map((p) => p[1])}::uuid[]) as v(one, other)
    join participation p on p.person_id = v.one and p.county_id in (select county_id from org)
    join participation q on q.county_id = p.county_id and q.record_id = p.record_id and q.person_id = v.other
    join record r on r.county_id = p.county_id and r.id = p.record_id and r.voided_at is null
    group by v.one, v.other`.execute(ctx.db)
  return new Map(rows.map((r) => [`${r.one},${r.other}`, r.n]))
}

export const togetherOf = async (ctx: Context, one: string, other: string): Promise<number> =>
  (await meetings(ctx, [[one, other]])).get(`${one},${other}`) ?? 0

interface Stand {
  personId: string
  orgId: string
  name: string
  path: string
  what: string
  inForce: boolean
}

/** Of pairs below an organisation, those of people whom it holds: who has moved on is not shown there any more. */
async function heldWithin(ctx: Context, scope: Scope, ids: string[]): Promise<string[]> {
  const ties = await tiesOf(ctx, ids)
  return ids.filter((id) => holding(ties.get(id) ?? []).some((t) => covers(scope, t.pathNow)))
}

/** The newest row of each person, and where it stands. Whoever asks has asked for the right before. */
export async function lookAt(ctx: Context, ids: string[]): Promise<Map<string, Looked>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<PersonRow>`
    select distinct on (id) * from person where county_id in (select county_id from org)
    and id = any(${ids}::uuid[]) and voided_at is null order by id, recorded_at desc`.execute(ctx.db)
  const stands = await standsOf(ctx, ids)
  return new Map(rows.map((row) => [row.id, looked(row, stands.get(row.id) ?? [])]))
}

async function standsOf(ctx: Context, ids: string[]): Promise<Map<string, Stand[]>> {
  const each = (table: TieTable, what: RawBuilder<unknown>) => sql`
    select m.person_id, m.org_id, ${orgNameAt(sql`m.org_id`, moment(ctx.now))} as name,
      (select l.path from org_span l where l.org_id = m.org_id order by l.valid_from desc limit 1) as path,
      ${what} as what, m.valid_to > ${ctx.now}::timestamp as in_force, m.valid_from
    from ${sql.id(table)} m where m.county_id in (select county_id from org)
      and m.person_id = any(${ids}::uuid[]) and m.voided_at is null`
  const { rows } = await sql<Stand>`select * from (
    ${each('membership', sql`'团员'`)} union all ${each('appointment', sql`m.post_title`)}) as stands
    order by in_force desc, valid_from desc`.execute(ctx.db)
  const found = new Map<string, Stand[]>()
  for (const row of rows) found.set(row.personId, [...(found.get(row.personId) ?? []), row])
  return found
}

function looked(row: PersonRow, stands: Stand[]): Looked {
  const { name, nameKey, sex, birthDate, birthPrecision, phoneDigest, joinedLeagueOn } = row
  return {
    row,
    name,
    nameKey,
    sex,
    birthDate,
    birthPrecision,
    phoneDigest,
    joinedLeagueOn,
    hasId: row.idNoSealed !== null,
    orgs: stands.map((s) => ({ id: s.orgId, name: s.name, path: s.path, inForce: s.inForce })),
    standing: stands.slice(0, 3).map((s) => `${s.name} ${s.what}${s.inForce ? '' : '（已结束）'}`),
  }
}

export const sideOf = ({ row, standing: stands }: Looked): PersonSide => ({
  personId: row.id,
  countyId: row.countyId,
  name: row.name,
  sex: row.sex,
  birthDate: row.birthDate,
  birthPrecision: row.birthPrecision,
  idNoMasked: row.idNoMasked,
  phoneMasked: row.phoneMasked,
  standing: stands,
})

/** People whom the caller's organisations hold and who share a key with somebody about to be entered. */
export async function likeDraft(
  ctx: Context,
  draft: Person & { orgId: string | null; digest: string | null },
): Promise<{ person: Looked; score: number; reasons: Likeness['reasons'] }[]> {
  const inScope = reach(ctx.actor.grants, 'structure.read', { countyId: 'm.county_id', path: 's.path' })
  const stood = (table: TieTable) => sql<SqlBool>`exists (${standing(table, inScope)}
    and m.county_id = p.county_id and m.person_id = p.id)`
  const { rows } = await sql<{ id: string }>`
    select p.id from person p where p.county_id in (select county_id from org) and p.voided_at is null
      and (p.name = ${draft.name} or p.phone_digest = ${draft.phoneDigest}
        or p.id = (select i.person_id from identity i where i.digest = ${draft.digest})
        or p.id in (select m.person_id from membership m join person q
          on q.county_id = m.county_id and q.id = m.person_id
          where m.org_id = ${draft.orgId} and m.voided_at is null
            and (q.name_key = ${draft.nameKey} or q.birth_date = ${draft.birthDate}::date)))
      and (${stood('membership')} or ${stood('appointment')}) limit 50`.execute(ctx.db)
  const ids = rows.map((r) => r.id)
  const ties = await tiesOf(ctx, ids)
  const people = await lookAt(
    ctx,
    ids.filter((id) => holds(ctx, ties.get(id))),
  )
  return [...people.values()]
    .map((person) => ({ person, ...likeness(draft, person, { ids: 'none', together: 0 }) }))
    .filter((found) => found.score >= WORTH)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
}
