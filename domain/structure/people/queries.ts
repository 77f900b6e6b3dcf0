/** People as lists and cards show them, and who may see whom. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Action } from '../../../kernel/actions.ts'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { named } from '../../../kernel/pinyin.ts'
import { afterSubtree, reach } from '../../../kernel/scope.ts'
import type { AppointmentSpan, MembershipSpan, PersonCard, PersonChoice, TraitSpan } from './contract.ts'
import { moment, shown } from './dated.ts'
import { cleanPhone, type PersonRow } from './entry.ts'
import {
  ageAt,
  column,
  hasTrait,
  inLeague,
  inParty,
  politicsAt,
  type Seen,
  traitAt,
  traitDetailAt,
} from './expressions.ts'
import {
  type FoundPerson,
  holding,
  holds,
  readableUntil,
  type Tie,
  type TieTable,
  tieHere,
  tiesOf,
} from './ties.ts'

/** What `personShape` of the contract promises. */
export type PersonFields = Omit<PersonCard, 'memberships' | 'appointments' | 'version'>

/** The select list that fills `personShape`. */
export const personFields = (seen: Seen): RawBuilder<unknown> => {
  const stored = (name: string) => column(seen, name)
  return sql`${stored('id')} as person_id, ${stored('county_id')}, ${stored('name')}, ${stored('sex')},
    ${stored('birth_date')}, ${stored('birth_precision')}, ${ageAt(seen)} as age, ${stored('ethnicity')},
    ${traitAt(seen, 'education')} as education, ${politicsAt(seen)} as politics,
    (${inParty(seen)} and ${inLeague(seen)}) as dual_member, ${stored('phone_masked')}, ${stored('id_no_masked')},
    ${stored('identity_state')}, ${stored('occupation')}, ${stored('native_place')},
    ${stored('joined_league_on')}, ${stored('joined_league_precision')},
    case when ${hasTrait(seen, 'mobile')}
      then jsonb_build_object('place', ${traitDetailAt(seen, 'mobile')}) end as mobile,
    ${hasTrait(seen, 'graduateVillageOfficial')} as graduate_village_official`
}

/** The name that an organisation had at a moment; outside its life, the nearest. */
export const orgNameAt = (orgId: RawBuilder<unknown>, at: RawBuilder<unknown>): RawBuilder<string> =>
  sql`(select n.name from org_span n where n.org_id = ${orgId}
    order by n.valid_from <= ${at} desc, abs(extract(epoch from n.valid_from - ${at})) limit 1)`

/** The counties in which the caller may read: people are looked up by county and id. */
export async function countiesWithin(ctx: Context): Promise<string[]> {
  const { grants } = ctx.actor
  if (grants.every((g) => g.countyId !== null)) return [...new Set(grants.flatMap((g) => g.countyId ?? []))]
  const { rows } = await sql<{ countyId: string }>`
    select distinct county_id from org_span where ${reach(grants, 'structure.read')}`.execute(ctx.db)
  return rows.map((r) => r.countyId)
}

/** Which of a person's rows is meant, where several counties know them. */
interface Wanted {
  /** What will be done: a row of a county in which the caller may do it comes first. */
  action?: Action
  /** Of those, this county's first. */
  countyId?: string
}

/**
 * A person whom the caller's organisations hold, or else one who stood there, as they were then.
 * @throws notFound for anybody else, and for nobody
 */
export async function findPerson(
  ctx: Context,
  personId: string,
  { action = 'structure.change', countyId }: Wanted = {},
): Promise<FoundPerson> {
  const { rows } = await sql<PersonRow>`
    select * from person where county_id = any(${await countiesWithin(ctx)}::uuid[]) and id = ${personId}
    and voided_at is null order by county_id = ${countyId ?? null}::uuid desc nulls last, recorded_at desc, county_id`.execute(
    ctx.db,
  )
  const ties = rows.length > 0 ? ((await tiesOf(ctx, [personId])).get(personId) ?? []) : []
  const of = (row: PersonRow, among: Tie[]) => among.filter((t) => t.countyId === row.countyId)
  const held = rows.filter((row) => holds(ctx, of(row, holding(ties))))
  const mine = held.find((row) => tieHere(ctx, action, { row, ties })) ?? held[0]
  if (mine) return { row: mine, ties, until: null }
  for (const row of rows) {
    const until = readableUntil(ctx, of(row, ties))
    if (until !== null) return { row, ties, until }
  }
  const keptId = await mergedInto(ctx, personId)
  if (keptId) return findPerson(ctx, keptId, { action, ...(countyId && { countyId }) })
  throw notFound('这个人')
}

/** Links to a row that was merged into another lead to that other. */
async function mergedInto(ctx: Context, personId: string): Promise<string | undefined> {
  const { rows } = await sql<{ keptId: string }>`
    select kept_id from merge where gone_id = ${personId} and subject = 'person' and undone_at is null
    order by id desc limit 1`.execute(ctx.db)
  return rows[0]?.keptId
}

/** The caller's own row: the newest, where several counties know the person. */
export async function ownRow(ctx: Context): Promise<PersonRow | undefined> {
  if (!ctx.actor.personId) return undefined
  const { rows } = await sql<PersonRow>`
    select * from person where id = ${ctx.actor.personId} and voided_at is null
    order by recorded_at desc limit 1`.execute(ctx.db)
  return rows[0]
}

/** The person of a membership or post that the caller was found to reach. */
export async function personOf(
  ctx: Context,
  key: { countyId: string; personId: string },
): Promise<PersonRow> {
  const row = await ctx.db
    .selectFrom('person')
    .selectAll()
    .where('countyId', '=', key.countyId)
    .where('id', '=', key.personId)
    .executeTakeFirst()
  if (!row) throw notFound('这个人')
  return row
}

/** As much of the person as the caller may read, at the moment asked about or the last one readable before it. */
export async function cardOf(ctx: Context, found: FoundPerson, asOf: string = ctx.now): Promise<PersonCard> {
  const { row, until } = found
  const at = until !== null && until < asOf ? until : asOf
  const seen: Seen = { alias: 'p', at: moment(at) }
  const { rows } = await sql<PersonFields & { version: number }>`
    select ${personFields(seen)}, p.version from person p
    where p.county_id = ${row.countyId} and p.id = ${row.id}`.execute(ctx.db)
  const [fields] = rows
  if (!fields) throw notFound('这个人')
  return {
    ...(until === null ? fields : { ...fields, ...UNDATED }),
    memberships: await membershipsOf(ctx, found, at),
    appointments: await postsOf(ctx, found, at),
    version: fields.version,
  }
}

/** What is kept without a date may be newer than the tie by which it is read. */
const UNDATED = { phoneMasked: null, idNoMasked: null, occupation: null }

/** In lists of the past: of those who have moved on, what is kept without a date is left out. */
export async function asReadable<T extends PersonFields>(ctx: Context, rows: T[]): Promise<T[]> {
  const ties = await tiesOf(
    ctx,
    rows.map((r) => r.personId),
  )
  return rows.map((row) => (holds(ctx, ties.get(row.personId)) ? row : { ...row, ...UNDATED }))
}

interface Span {
  validFrom: string
  validTo: string
}

const asShown = <T extends Span>({ validFrom, validTo, ...rest }: T) => ({
  ...rest,
  from: shown(validFrom),
  to: shown(validTo),
})

/** Everything to those who hold the person; to others only what lies in their own organisations. */
const readable = (ctx: Context, { until }: FoundPerson, orgId: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  until === null
    ? sql<SqlBool>`true`
    : sql<SqlBool>`exists (select 1 from org_span w join org wo on wo.id = w.org_id where w.org_id = ${orgId}
        and ${reach(ctx.actor.grants, 'structure.read', { countyId: 'wo.county_id', path: 'w.path' })})`

async function membershipsOf(ctx: Context, found: FoundPerson, at: string): Promise<MembershipSpan[]> {
  const { row } = found
  const { rows } = await sql<Omit<MembershipSpan, 'from' | 'to'> & Span>`
    select m.id, m.org_id, ${orgNameAt(sql`m.org_id`, moment(at))} as org_name, m.valid_from, m.valid_to,
      m.from_precision, m.end_reason, m.version, m.member_no, m.start_reason
    from membership m where m.person_id = ${row.id} and m.county_id = ${row.countyId} and m.voided_at is null
      and ${readable(ctx, found, sql`m.org_id`)} order by m.valid_from desc`.execute(ctx.db)
  return rows.map(asShown)
}

async function postsOf(ctx: Context, found: FoundPerson, at: string): Promise<AppointmentSpan[]> {
  const { row } = found
  const { rows } = await sql<Omit<AppointmentSpan, 'from' | 'to'> & Span>`
    select a.id, a.org_id, ${orgNameAt(sql`a.org_id`, moment(at))} as org_name, a.valid_from, a.valid_to,
      a.from_precision, a.end_reason, a.version, a.post, a.post_title, a.officer_kind, a.mode
    from appointment a where a.person_id = ${row.id} and a.county_id = ${row.countyId} and a.voided_at is null
      and ${readable(ctx, found, sql`a.org_id`)} order by a.valid_from desc`.execute(ctx.db)
  return rows.map(asShown)
}

/** What ended later was in force then. */
export async function traitsOf(ctx: Context, { row, until }: FoundPerson): Promise<TraitSpan[]> {
  const { rows } = await sql<Omit<TraitSpan, 'from' | 'to'> & Span>`
    select id, trait, value, detail, valid_from, from_precision,
      case when valid_to > ${until ?? 'infinity'}::timestamp then 'infinity' else valid_to end as valid_to
    from person_trait where county_id = ${row.countyId} and person_id = ${row.id} and voided_at is null
      and valid_from <= ${until ?? 'infinity'}::timestamp order by valid_from desc, trait`.execute(ctx.db)
  return rows.map(asShown)
}

/** Records in which the person took part: to those who do not hold the person, only those that they may read. */
export async function participationsOf(ctx: Context, { row, until }: FoundPerson): Promise<number> {
  const mine = reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })
  const { rows } = await sql<{ n: number }>`
    select count(distinct q.record_id) as n from participation q
    join record r on r.county_id = q.county_id and r.id = q.record_id
    where q.county_id = ${row.countyId} and q.person_id = ${row.id} and r.voided_at is null
      and ${until === null ? sql`true` : mine}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

interface HistoryEntry {
  at: string
  by: string
  verb: string
  detail: unknown
}

/** Of the person and of their memberships and posts, voided ones included. */
export async function historyOf(ctx: Context, found: FoundPerson): Promise<HistoryEntry[]> {
  const { row } = found
  const ids = (table: TieTable) =>
    sql`select id::text from ${sql.id(table)} where person_id = ${row.id} and county_id = ${row.countyId}`
  const { rows } = await sql<HistoryEntry>`
    select h.at, h.actor_name as by, h.verb, h.detail from history h
    where h.county_id = ${row.countyId} and (h.subject_id = ${row.id}
      or h.subject_id in (select gone_id::text from merge where kept_id = ${row.id} and undone_at is null)
      or h.subject_id in (${ids('membership')} union ${ids('appointment')}))
      and ${readable(ctx, found, sql`h.org_id`)} order by h.at desc, h.id desc limit 100`.execute(ctx.db)
  return rows
}

/**
 * By name, pinyin, initials or a whole phone number; members and officers in force come first. Who has moved on is
 * found by name, where they stood, and not by phone.
 */
export async function searchWithin(ctx: Context, text: string, under?: string): Promise<PersonChoice[]> {
  const typed = text.trim()
  const phone = /\d/.test(typed) && !/\p{L}/u.test(typed) ? cleanPhone(typed) : null
  const wanted = phone
    ? sql`p.phone_digest = ${ctx.services.secrets.digest(phone)}`
    : named(typed, { name: 'p.name', key: 'p.name_key' })
  const inScope = reach(ctx.actor.grants, 'structure.read', { countyId: 'm.county_id', path: 's.path' })
  const below = under ? sql`and s.path >= ${under} and s.path < ${afterSubtree(under)}` : sql``
  const standing = (table: TieTable, rank: number) => sql`
    select m.county_id, m.person_id, m.org_id, s.name as org_name, ${sql.lit(rank)} as rank,
      m.valid_from <= ${ctx.now}::timestamp and m.valid_to > ${ctx.now}::timestamp as in_force
    from ${sql.id(table)} m join org_span s on s.org_id = m.org_id
      and s.valid_from < m.valid_to and s.valid_to > m.valid_from
    join person p on p.county_id = m.county_id and p.id = m.person_id
    where m.voided_at is null and ${inScope} ${below} and p.voided_at is null and ${wanted}`
  const { rows } = await sql<PersonChoice>`
    select p.id as person_id, p.county_id, p.name, p.sex, p.birth_date, p.birth_precision, p.phone_masked,
      t.org_id, t.org_name
    from (select distinct on (county_id, person_id) * from (
        ${standing('membership', 1)} union all ${standing('appointment', 2)}) as each_tie
      order by county_id, person_id, in_force desc, rank) as t
    join person p on p.county_id = t.county_id and p.id = t.person_id
    order by t.in_force desc, p.name = ${typed} desc, p.name_key, p.name limit 20`.execute(ctx.db)
  const ties = await tiesOf(
    ctx,
    rows.map((r) => r.personId),
  )
  return rows.flatMap((row) => {
    const standing = ties.get(row.personId) ?? []
    if (holds(ctx, standing)) return [row]
    return phone || readableUntil(ctx, standing) === null ? [] : [{ ...row, phoneMasked: null }]
  })
}
