/** Rows of summaries, and the records that a summary tells one by one. */

import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { reach, within } from '../../../kernel/scope.ts'
import { HOSTS } from '../../records/ledgers/hosts.ts'
import type { Quantity } from '../../records/ledgers/quantities.ts'
import { type Org, orgAt } from '../../structure/organisations/queries.ts'
import { scopeAt } from '../../structure/organisations/rules.ts'
import type { Body, SummarySettings, SummaryState } from './model.ts'

export interface SummaryRow {
  id: string
  countyId: string
  orgId: string
  path: string
  period: string
  fromDay: string
  toDay: string
  cutOff: string | null
  title: string
  body: Body
  settings: SummarySettings
  state: SummaryState
  version: number
  edition: number
  changedAt: string
  submittedAt: string | null
}

const rows = (ctx: Context) =>
  ctx.db
    .selectFrom('summary')
    .select([
      'id',
      'countyId',
      'orgId',
      'path',
      'period',
      'fromDay',
      'toDay',
      'cutOff',
      'title',
      'body',
      'settings',
      'state',
      'version',
      'edition',
      'changedAt',
      'submittedAt',
    ])
    .where('voidedAt', 'is', null)
    .$castTo<SummaryRow>()

export interface Found {
  row: SummaryRow
  /** As it stands now: rights are asked there. */
  org: Org
}

/** @throws notFound */
export async function summaryById(ctx: Context, id: string): Promise<Found> {
  const row = await rows(ctx).where('id', '=', id).executeTakeFirst()
  const org = row && (await orgAt(ctx.db, row.orgId, ctx.now))
  if (!row || !org) throw notFound('这份总结')
  return { row, org }
}

export const editionsOf = (ctx: Context, org: { id: string; countyId: string }, period: string) =>
  rows(ctx)
    .where('countyId', '=', org.countyId)
    .where('orgId', '=', org.id)
    .where('period', '=', period)
    .orderBy('edition', 'desc')
    .execute()

/** Two people who begin the same summary at once make one. */
export const lockPeriod = (ctx: Context, orgId: string, period: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`summary ${orgId} ${period}`}, 0))`.execute(ctx.db)

/** The latest edition of each summary of the organisation and below it, newest period first. */
export async function listed(
  ctx: Context,
  org: Org,
  filter: { period?: string | undefined; state?: SummaryState | undefined },
): Promise<SummaryRow[]> {
  const scope = scopeAt(org, org.pathNow)
  const found = await rows(ctx)
    .where(within(scope))
    .where(reach(ctx.actor.grants, 'summaries.read'))
    .$if(filter.period !== undefined, (q) => q.where('period', '=', filter.period ?? ''))
    .orderBy('toDay', 'desc')
    .orderBy('path')
    .orderBy('edition', 'desc')
    .execute()
  const latest = new Map<string, SummaryRow>()
  for (const row of found) {
    const key = `${row.orgId} ${row.period}`
    if (!latest.has(key)) latest.set(key, row)
  }
  return [...latest.values()].filter((r) => !filter.state || r.state === filter.state)
}

/** Who changed each of these last. */
export async function lastHands(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows: found } = await sql<{ id: string; name: string }>`
    select distinct on (subject_id) subject_id as id, actor_name as name from history
    where subject_id = any(${ids}) order by subject_id, at desc, id desc`.execute(ctx.db)
  return new Map(found.map((r) => [r.id, r.name]))
}

/** A record as a sentence needs it. */
export interface ToldRecord {
  id: string
  ledger: string
  orgName: string
  day: string
  dayPrecision: string
  dayTo: string | null
  title: string
  personTimes: number | null
  fields: Record<string, unknown>
  quantities: Quantity[]
  hosts: string[]
  participants: { name: string; role: string }[]
}

/** Records that the organisation itself held, or held with others, in order of date. */
export async function ownRecords(
  ctx: Context,
  org: { id: string; countyId: string },
  days: { from: string; to: string },
): Promise<ToldRecord[]> {
  const { rows: found } = await sql<ToldRecord>`
    select r.id, r.ledger, r.day, r.day_precision, r.day_to, r.title, r.person_times, r.fields,
      coalesce(r.quantities, '[]') as quantities,
      (select s.name from org_span s where s.org_id = r.org_id and s.valid_from < r.day + 1
        order by s.valid_from desc limit 1) as org_name,
      array(select (select s.name from org_span s where s.org_id = h.org_id and s.valid_from < r.day + 1
        order by s.valid_from desc limit 1) from ${HOSTS} h
        where h.county_id = r.county_id and h.record_id = r.id and h.org_id <> r.org_id) as hosts,
      coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'role', p.role) order by p.id)
        from participation p where p.county_id = r.county_id and p.record_id = r.id), '[]') as participants
    from record r
    where r.county_id = ${org.countyId} and r.voided_at is null
      and r.day between ${days.from}::date and ${days.to}::date
      and (r.org_id = ${org.id} or exists (select 1 from ${HOSTS} h
        where h.county_id = r.county_id and h.record_id = r.id and h.org_id = ${org.id}))
    order by r.day, r.id`.execute(ctx.db)
  return found
}
