/**
 * 本期无: an office says that it had nothing to record (law 6). It speaks for its subtree, while nothing is recorded
 * there within its days; where only somebody below has recorded, it still speaks for the office itself.
 */
import { sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import { type Context, require } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { addDays } from '../../../kernel/period.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import type * as contract from './contract.ts'
import { HOSTS } from './hosts.ts'
import { livesOf } from './lives.ts'
import { placeOn } from './places.ts'
import { countOf, frameOf, listed } from './queries.ts'
import { ledger } from './registry.ts'

export interface Nil {
  id: string
  ledger: string
  orgId: string
  from: string
  to: string
  /** Everywhere that the office stood within these days. */
  paths: string[]
  /** For whom it still speaks: its subtree; itself alone, since somebody below recorded; nobody, since itself did. */
  speaks: 'all' | 'self' | 'nobody'
  /** How many organisations below it have recorded within these days. */
  below: number
}

interface Asked {
  ledgers?: string[]
  /** One office's own; else those of a county and of offices above it, or of all counties where it is null. */
  of: { orgId: string } | { countyId: string | null }
  /** Declarations that touch these days; as text, both included. */
  from: string
  to: string
}

/** What was declared and stands, with who has recorded since where it speaks. */
export async function nilsDuring(ctx: Context, { ledgers, of, from, to }: Asked): Promise<Nil[]> {
  if (ledgers?.length === 0) return []
  const whose =
    'orgId' in of
      ? sql`d.org_id = ${of.orgId}`
      : of.countyId === null
        ? sql`true`
        : sql`(d.county_id = ${of.countyId} or d.county_id = d.org_id)`
  const { rows } = await sql<Omit<Nil, 'speaks'> & { itself: boolean }>`
    with nil as materialized (
      select d.*, coalesce((select array_agg(distinct s.path) from org_span s where s.org_id = d.org_id
          and s.valid_from < d.to_day + 1 and s.valid_to > d.from_day), array[d.path]) as paths,
        case when d.county_id = d.org_id then (select array_agg(distinct county_id) from org) else array[d.county_id] end
          as counties
      from nil_declaration d where d.voided_at is null and ${whose}
        and d.from_day <= ${to.slice(0, 10)}::date and d.to_day >= ${from.slice(0, 10)}::date
        ${ledgers ? sql`and d.ledger = any(${[...new Set(ledgers)]})` : sql``}),
    hosted as materialized (
      select r.ledger, r.day, h.org_id, h.path from ${HOSTS} h
      join record r on r.county_id = h.county_id and r.id = h.record_id
      where r.voided_at is null and r.ledger in (select ledger from nil))
    select n.id, n.ledger, n.org_id, n.from_day as "from", n.to_day as "to", n.paths,
      coalesce(bool_or(done.org_id = n.org_id), false) as itself,
      count(distinct done.org_id) filter (where done.org_id <> n.org_id) as below
    from nil n left join lateral (
      select r.org_id from unnest(n.paths) as p(path)
      join record r on r.county_id = any(n.counties) and r.ledger = n.ledger and r.voided_at is null
        and r.day between n.from_day and n.to_day and ${below('r.path')}
      union all
      select h.org_id from unnest(n.paths) as p(path) join hosted h
        on h.ledger = n.ledger and h.day between n.from_day and n.to_day and ${below('h.path')}) as done on true
    group by n.id, n.ledger, n.org_id, n.from_day, n.to_day, n.paths`.execute(ctx.db)
  return rows.map(({ itself, ...nil }) => ({
    ...nil,
    speaks: itself ? 'nobody' : nil.below > 0 ? 'self' : 'all',
  }))
}

/** As a range, which an index can be read by: every path below '…/' stands before '…0'. */
const below = (path: string) => sql`${sql.ref(path)} >= p.path and ${sql.ref(path)} < left(p.path, -1) || '0'`

/** An office's own word on a period: of declarations that cover it together, the last. */
export function nilOver(nils: Nil[], from: string, to: string): Nil | undefined {
  let reached = from
  let last: Nil | undefined
  for (const nil of [...nils].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (nil.from > reached) break
    if (nil.to < reached) continue
    last = nil
    reached = addDays(nil.to, 1)
  }
  return reached > to ? last : undefined
}

export async function declareNil(
  ctx: Context,
  { params, body }: Input<typeof contract.declareNil>,
): Promise<{ id: string }> {
  const definition = await ledger(ctx, params.ledger)
  const { from, to } = body
  const frame = await frameOf(ctx, { org: body.orgId, from, to })
  const org = await findOrg(ctx, frame.org.id)
  const id = newId()
  const deed = { action: 'records.write' as const, verb: 'declareNil', org: { ...org, path: org.pathNow } }
  return act(
    ctx,
    { ...deed, subject: 'nil', subjectId: id, detail: { ledger: definition.id, from, to } },
    async () => {
      const { count } = await countOf(ctx, await listed(ctx, definition, {}, frame))
      if (count > 0) throw recorded(definition.title, count, { from, to })
      const life = (await livesOf(ctx.db, [org.id])).get(org.id)
      await ctx.db
        .insertInto('nilDeclaration')
        .values({
          countyId: org.countyId,
          id,
          ledger: definition.id,
          orgId: org.id,
          // As of a record: where it stood then, wherever it stands since.
          path: (life && placeOn(life, to)?.path) ?? org.pathNow,
          fromDay: from,
          toDay: to,
          recordedBy: ctx.actor.accountId,
          recordedAt: ctx.now,
          voidedAt: null,
        })
        .execute()
      return { id }
    },
  )
}

const recorded = (title: string, count: number, { from, to }: { from: string; to: string }) =>
  conflict(
    'recorded',
    `“${title}”在 ${from} 至 ${to} 已有 ${count} 条记录（本级或下级），不能声明本期无。记录有误的，请先作废；` +
      '只是有的下级确实没有的，请打开那个下级，替它单独声明。',
  )

export async function withdrawNil(ctx: Context, id: string): Promise<{ id: string }> {
  const found = await ctx.db
    .selectFrom('nilDeclaration')
    .selectAll()
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('id', '=', id)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (!found) throw notFound('这个声明')
  require(ctx, 'records.write', found.path, '这个声明')
  const org = { id: found.orgId, countyId: found.countyId, path: found.path }
  const detail = { ledger: found.ledger, from: found.fromDay, to: found.toDay }
  return act(
    ctx,
    { action: 'records.write', verb: 'withdrawNil', org, subject: 'nil', subjectId: id, detail },
    async () => {
      await ctx.db
        .updateTable('nilDeclaration')
        .set({ voidedAt: ctx.now })
        .where('countyId', '=', found.countyId)
        .where('id', '=', id)
        .execute()
      return { id }
    },
  )
}
