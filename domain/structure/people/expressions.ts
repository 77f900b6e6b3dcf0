/** What can be said of a person at a moment, as SQL over the alias of a person row. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { HAN } from './codes.ts'
import { holds } from './dated.ts'

/** A moment in SQL, and the alias under which the person stands. */
export interface Seen {
  alias: string
  at: RawBuilder<unknown>
}

export const column = ({ alias }: Seen, name: string) => sql.ref(`${alias}.${name}`)

const traitRow = (seen: Seen, trait: string) => sql`
  from person_trait t where t.county_id = ${column(seen, 'county_id')} and t.person_id = ${column(seen, 'id')}
  and t.trait = ${sql.lit(trait)} and t.voided_at is null and ${holds('t', seen.at)}`

export const traitAt = (seen: Seen, trait: string): RawBuilder<string | null> =>
  sql`(select t.value ${traitRow(seen, trait)} order by t.valid_from desc limit 1)`

export const traitDetailAt = (seen: Seen, trait: string): RawBuilder<string | null> =>
  sql`(select t.detail ${traitRow(seen, trait)} order by t.valid_from desc limit 1)`

export const hasTrait = (seen: Seen, trait: string): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (select 1 ${traitRow(seen, trait)})`

export const inParty = (seen: Seen) => hasTrait(seen, 'party')

export const fullPartyMember = (seen: Seen): RawBuilder<SqlBool> =>
  sql<SqlBool>`exists (select 1 ${traitRow(seen, 'party')} and t.value = 'partyMember')`

/** The table belongs to the next slice; political status is derived from both (Party before League). */
export const inLeague = (seen: Seen): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from membership lm where lm.county_id = ${column(seen, 'county_id')}
  and lm.person_id = ${column(seen, 'id')} and lm.voided_at is null and ${holds('lm', seen.at)})`

const everInLeague = (seen: Seen): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from membership em where em.county_id = ${column(seen, 'county_id')}
  and em.person_id = ${column(seen, 'id')} and em.voided_at is null)`

/** 团员 as stated ends where the memberships say more. */
const statedPolitics = (seen: Seen): RawBuilder<string | null> => sql`(
  select t.value ${traitRow(seen, 'politics')} and (t.value <> 'leagueMember' or not ${everInLeague(seen)})
  order by t.valid_from desc limit 1)`

/** Party → League membership in force → what is stated; null where nothing is known. */
export const politicsAt = (seen: Seen): RawBuilder<string | null> => sql`coalesce(
  ${traitAt(seen, 'party')}, case when ${inLeague(seen)} then 'leagueMember' end, ${statedPolitics(seen)})`

/** Full years; a birth date known to the month counts from its first day. From a stated age where there is no date. */
export const ageAt = (seen: Seen): RawBuilder<number | null> => sql`coalesce(
  extract(year from age((${seen.at})::date, ${column(seen, 'birth_date')}))::int,
  ${column(seen, 'reported_age')} + extract(year from age((${seen.at})::date, ${column(seen, 'reported_on')}))::int)`

export const isMinority = (seen: Seen): RawBuilder<SqlBool | null> =>
  sql`(${column(seen, 'ethnicity')} <> ${sql.lit(HAN)})`
