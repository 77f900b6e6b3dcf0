/** Officers by person, boards by organisation, at a moment. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { withinDepth } from '../../../kernel/scope.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { endOf } from '../organisations/rules.ts'
import { holds, moment, shown } from '../people/dated.ts'
import type { Seen } from '../people/expressions.ts'
import { isOneOf, type PersonFilter, personConditions, personOrder, scopeOf } from '../people/filters.ts'
import { asReadable, orgNameAt, type PersonFields, personFields } from '../people/queries.ts'
import type { HeldPost, OfficerFilter, OfficerRow, Term } from './contract.ts'
import { OFFICER_POSTS } from './posts.ts'
import { rankOf } from './rules.ts'

interface PostRow extends Omit<HeldPost, 'from' | 'to'> {
  validFrom: string
  validTo: string
}

const asPost = <T extends PostRow>({ validFrom, validTo, ...rest }: T) => ({
  ...rest,
  from: shown(validFrom),
  to: shown(validTo),
})

const postFields = sql`a.id, a.version, a.org_id, a.post, a.post_title, a.officer_kind, a.mode, a.valid_from,
  a.valid_to, a.from_precision`

export interface Officers {
  org: Org
  asOf: string
  total: number
  posts: number
  rows: OfficerRow[]
}

/** One row a person, with every post in force that fits the filter. Without a page: all of them. */
export async function officersOf(
  ctx: Context,
  filter: OfficerFilter,
  page?: { page: number; size: number },
): Promise<Officers> {
  const asOf = filter.asOf ? endOf(filter.asOf) : ctx.now
  const org = await findOrg(ctx, filter.org, { asOf })
  requireOrg(ctx, 'structure.read', org)
  const seen: Seen = { alias: 'p', at: moment(asOf) }
  const found = from(org, filter, seen)
  const totals = await sql<{ people: number; posts: number }>`
    select count(distinct a.person_id) as people, count(*) as posts ${found}`.execute(ctx.db)
  const sort = filter.sort ?? 'org'
  const order = sort === 'org' ? sql`g.path, g.rank, ${personOrder('name', seen)}` : personOrder(sort, seen)
  const cut = page ? sql`limit ${page.size} offset ${(page.page - 1) * page.size}` : sql``
  const { rows } = await sql<PersonFields>`
    select ${personFields(seen)} from (
      select a.county_id, a.person_id, min(s.path) as path, min(${rankSql}) as rank ${found}
      group by a.county_id, a.person_id) as g
    join person p on p.county_id = g.county_id and p.id = g.person_id order by ${order} ${cut}`.execute(
    ctx.db,
  )
  const held = await postsOf(ctx, found, rows)
  const readable = filter.asOf ? await asReadable(ctx, rows) : rows
  return {
    org,
    asOf,
    total: totals.rows[0]?.people ?? 0,
    posts: totals.rows[0]?.posts ?? 0,
    rows: readable.map((row) => ({ ...row, posts: held.get(row.personId) ?? [] })),
  }
}

const rankSql = sql`array_position(array[${sql.join(OFFICER_POSTS.map((p) => sql.lit(p)))}], a.post)`

function from(org: Org, filter: OfficerFilter, seen: Seen): RawBuilder<unknown> {
  const depth = filter.depth === undefined || filter.depth === 'all' ? 'all' : filter.depth === '0' ? 0 : 1
  const pioneers = filter.orgType?.split(',').includes('pioneersCommittee')
  const choices: [string | undefined, string][] = [
    [filter.orgType, 's.type'],
    [filter.sector, 's.sector'],
    [filter.post, 'a.post'],
    [filter.officerKind, 'a.officer_kind'],
    [filter.mode, 'a.mode'],
  ]
  const conditions: RawBuilder<unknown>[] = [
    sql`a.voided_at is null`,
    holds('a', seen.at),
    sql`a.post in (${sql.join(OFFICER_POSTS)})`,
    ...(pioneers ? [] : [sql`s.type <> 'pioneersCommittee'`]),
    withinDepth(scopeOf(org), depth, { countyId: 'a.county_id', path: 's.path' }),
    ...choices.flatMap(([list, column]) => (list ? [isOneOf(sql.ref(column), list)] : [])),
    ...personConditions(filter as PersonFilter, seen),
  ]
  return sql`from appointment a
    join person p on p.county_id = a.county_id and p.id = a.person_id
    join org_span s on s.org_id = a.org_id and ${holds('s', seen.at)}
    where ${sql.join(conditions, sql` and `)}`
}

async function postsOf(
  ctx: Context,
  found: RawBuilder<unknown>,
  people: PersonFields[],
): Promise<Map<string, HeldPost[]>> {
  const ids = people.map((p) => p.personId)
  const { rows } = await sql<PostRow & { personId: string }>`
    select a.person_id, s.name as org_name, ${postFields} ${found} and a.person_id = any(${ids}::uuid[])
    order by s.path, ${rankSql}`.execute(ctx.db)
  return byPerson(rows)
}

function byPerson(rows: (PostRow & { personId: string })[]): Map<string, HeldPost[]> {
  const map = new Map<string, HeldPost[]>()
  for (const { personId, ...row } of rows) map.set(personId, [...(map.get(personId) ?? []), asPost(row)])
  return map
}

const ofOrg = (org: Org): RawBuilder<SqlBool> =>
  sql<SqlBool>`a.county_id = ${org.countyId} and a.org_id = ${org.id} and a.voided_at is null`

/** Posts in force in one organisation, the highest first. */
export async function boardPosts(ctx: Context, org: Org, at: string) {
  const seen: Seen = { alias: 'p', at: moment(at) }
  const { rows } = await sql<PostRow & { personKey: string }>`
    select ${postFields}, ${org.name}::text as org_name, p.id as person_key from appointment a
    join person p on p.county_id = a.county_id and p.id = a.person_id
    where ${ofOrg(org)} and ${holds('a', seen.at)}
    order by p.name_key`.execute(ctx.db)
  const people = await peopleOf(
    ctx,
    org.countyId,
    rows.map((r) => r.personKey),
    seen,
  )
  return rows
    .flatMap(({ personKey, ...row }) => {
      const person = people.get(personKey)
      return person ? [{ ...asPost(row), person }] : []
    })
    .sort((a, b) => rankOf(a.post) - rankOf(b.post))
}

async function peopleOf(ctx: Context, countyId: string, ids: string[], seen: Seen) {
  const { rows } = await sql<PersonFields>`
    select ${personFields(seen)} from person p
    where p.county_id = ${countyId} and p.id = any(${ids}::uuid[])`.execute(ctx.db)
  return new Map((await asReadable(ctx, rows)).map((r) => [r.personId, r]))
}

export async function formerPosts(ctx: Context, org: Org, at: string) {
  const { rows } = await sql<PostRow & { personId: string; name: string; endReason: string | null }>`
    select ${postFields}, ${org.name}::text as org_name, p.id as person_id, p.name, a.end_reason from appointment a
    join person p on p.county_id = a.county_id and p.id = a.person_id
    where ${ofOrg(org)} and a.valid_to <= ${at}::timestamp order by a.valid_to desc limit 100`.execute(ctx.db)
  return rows.map(asPost)
}

/** What the members of this board hold in other organisations of the caller's scope. */
export async function postsElsewhere(ctx: Context, org: Org, personIds: string[], at: string) {
  const seen = moment(at)
  const { rows } = await sql<PostRow & { personId: string; path: string }>`
    select a.person_id, ${orgNameAt(sql`a.org_id`, seen)} as org_name, s.path, ${postFields} from appointment a
    join org_span s on s.org_id = a.org_id and ${holds('s', seen)}
    where a.person_id = any(${personIds}::uuid[]) and a.county_id = ${org.countyId} and a.org_id <> ${org.id}
      and a.voided_at is null and ${holds('a', seen)} order by s.path`.execute(ctx.db)
  const mine = rows.filter((r) => ctx.actor.grants.some((g) => r.path.startsWith(g.path)))
  return byPerson(mine.map(({ path: _path, ...row }) => row))
}

export async function termsOf(ctx: Context, org: Org, at: string): Promise<Term[]> {
  const { rows } = await sql<Omit<Term, 'overdue'>>`
    select id, ordinal, started_on, due_on, ended_on from term
    where county_id = ${org.countyId} and org_id = ${org.id} and voided_at is null
    order by started_on desc`.execute(ctx.db)
  const day = at.slice(0, 10)
  return rows.map((t) => ({ ...t, overdue: t.dueOn !== null && t.dueOn < day && (t.endedOn ?? day) >= day }))
}

/** Who is secretary there at that moment, beside the one appointed. */
export async function secretaryOf(ctx: Context, org: Org, at: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select p.name from appointment a join person p on p.county_id = a.county_id and p.id = a.person_id
    where ${ofOrg(org)} and a.post = 'secretary' and ${holds('a', moment(at))} limit 1`.execute(ctx.db)
  return rows[0]?.name ?? null
}
