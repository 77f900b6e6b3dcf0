/** The members of an organisation and everything below it, at a moment. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { withinDepth } from '../../../kernel/scope.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { endOf } from '../organisations/rules.ts'
import { holds, moment, shown } from '../people/dated.ts'
import type { Seen } from '../people/expressions.ts'
import { type PersonFilter, personConditions, personOrder, scopeOf, yesOrNo } from '../people/filters.ts'
import { asReadable, type PersonFields, personFields } from '../people/queries.ts'
import type { MemberFilter, MemberRow } from './contract.ts'

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
