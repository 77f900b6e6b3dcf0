/** The members of an organisation and everything below it, at a moment. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { withinDepth } from '../../../kernel/scope.ts'
import { findOrg, type Org, orgAt, requireOrg } from '../organisations/queries.ts'
import { endOf } from '../organisations/rules.ts'
import type { PersonRow } from '../people/entry.ts'
import type { Seen } from '../people/expressions.ts'
import { type PersonFilter, personConditions, personOrder, scopeOf, yesOrNo } from '../people/filters.ts'
import { asReadable, countiesWithin, type PersonFields, personFields, personOf } from '../people/queries.ts'
import { holds, moment, shown } from '../people/spans.ts'
import { requireSpan } from '../people/ties.ts'
import type { MemberFilter, MemberRow } from './contract.ts'
import type { Held } from './rules.ts'

interface Listed {
  org: Org
  asOf: string
  rows: MemberRow[]
}

interface Row extends PersonFields {
  id: string
  version: number
  orgId: string
  orgName: string
  memberNo: string | null
  startReason: string
  validFrom: string
  validTo: string
  fromPrecision: string
  endReason: string | null
  posts: string[]
}

export interface Page {
  page: number
  size: number
}

/** Without a page: all of them. */
export async function membersOf(
  ctx: Context,
  filter: MemberFilter,
  page?: Page,
): Promise<Listed & { total: number }> {
  const asOf = filter.asOf ? endOf(filter.asOf) : ctx.now
  const org = await findOrg(ctx, filter.org, { asOf })
  requireOrg(ctx, 'structure.read', org)
  const seen: Seen = { alias: 'p', at: moment(asOf) }
  const found = from(org, filter, seen)
  const order =
    filter.sort === 'org'
      ? sql`s.path, ${personOrder('name', seen)}`
      : personOrder(filter.sort ?? 'name', seen)
  const cut = page ? sql`limit ${page.size} offset ${(page.page - 1) * page.size}` : sql``
  const { rows } = await sql<Row>`
    select ${personFields(seen)}, m.id, m.version, m.org_id, s.name as org_name, m.member_no, m.start_reason,
      m.valid_from, m.valid_to, m.from_precision, m.end_reason, ${postsAt(seen)} as posts
    ${found} order by ${order} ${cut}`.execute(ctx.db)
  const total = page ? await countOf(ctx, found) : rows.length
  const readable = filter.asOf ? await asReadable(ctx, rows) : rows
  return { org, asOf, total, rows: readable.map(shownRow) }
}

function from(org: Org, filter: MemberFilter, seen: Seen): RawBuilder<unknown> {
  const depth = filter.depth === undefined || filter.depth === 'all' ? 'all' : filter.depth === '0' ? 0 : 1
  const conditions = [
    sql`m.voided_at is null`,
    holds('m', seen.at),
    withinDepth(scopeOf(org), depth, { countyId: 'm.county_id', path: 's.path' }),
    ...personConditions(filter as PersonFilter, seen),
    ...(filter.officer ? [yesOrNo(sql`exists (${posts(seen)})`, filter.officer)] : []),
  ]
  return sql`from membership m
    join person p on p.county_id = m.county_id and p.id = m.person_id
    join org_span s on s.org_id = m.org_id and ${holds('s', seen.at)}
    where ${sql.join(conditions, sql` and `)}`
}

/** The table belongs to the next slice; rosters show who holds a post. */
const posts = (seen: Seen): RawBuilder<unknown> => sql`
  select o.name || ' ' || a.post_title from appointment a
  join org_span o on o.org_id = a.org_id and ${holds('o', seen.at)}
  where a.county_id = p.county_id and a.person_id = p.id and a.voided_at is null and ${holds('a', seen.at)}`

const postsAt = (seen: Seen) => sql`array(${posts(seen)} order by o.path, a.post)`

async function countOf(ctx: Context, found: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n ${found}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

const shownRow = ({ validFrom, validTo, ...row }: Row): MemberRow => ({
  ...row,
  from: shown(validFrom),
  to: shown(validTo),
})

export interface Membership extends Held {
  personId: string
  memberNo: string | null
  startReason: string
  fromPrecision: string
  toPrecision: string | null
  endReason: string | null
  version: number
}

/** A membership that the caller may change, with its person. @throws notFound; forbidden */
export async function findMembership(
  ctx: Context,
  id: string,
): Promise<{ membership: Membership; person: PersonRow; org: Org }> {
  const rows = await ctx.db
    .selectFrom('membership')
    .selectAll()
    .where('id', '=', id)
    .where('countyId', 'in', await countiesWithin(ctx))
    .execute()
  const [membership] = rows
  const org = membership && (await orgAt(ctx.db, membership.orgId, ctx.now))
  if (!membership || !org) throw notFound('这条团籍')
  const person = await personOf(ctx, membership)
  await requireSpan(ctx, org, membership, { row: person, what: '这条团籍' })
  return { membership, org, person }
}

/** Every membership of a person, in whatever county, that is not voided. */
export async function heldBy(ctx: Context, personId: string): Promise<Held[]> {
  return ctx.db
    .selectFrom('membership')
    .select(['id', 'countyId', 'orgId', 'validFrom', 'validTo'])
    .where('personId', '=', personId)
    .where('voidedAt', 'is', null)
    .orderBy('validFrom')
    .forUpdate()
    .execute()
}

/** Writes these columns if nobody has written since; answers the new version. */
export async function updateMembership(
  ctx: Context,
  { countyId, id }: Held,
  version: number,
  set: Partial<{
    memberNo: string | null
    startReason: string
    validFrom: string
    fromPrecision: string
    validTo: string
    toPrecision: string | null
    endReason: string | null
    voidedAt: string
  }>,
): Promise<{ version: number }> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('membership')
    .set({ ...set, version: version + 1 })
    .where('countyId', '=', countyId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw conflict('changedMeanwhile', '这条团籍刚被别人改过，请刷新后在新内容上再改。')
  return { version: version + 1 }
}
