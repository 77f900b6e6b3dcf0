/** What was imported: by whom, when, from which file, and what it made. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { within } from '../../../kernel/scope.ts'
import { findOrg, orgOf, requireOrg } from '../../structure/organisations/queries.ts'
import { ownOrg } from '../ledgers/lives.ts'
import type { Batch, BatchRef, BatchRow } from './contract.ts'
import { targets } from './targets.ts'
import type { Understood } from './understand.ts'

export interface StoredBatch {
  countyId: string
  id: string
  orgId: string
  orgName: string
  path: string
  kind: string
  fileName: string
  sheet: string
  counts: Record<string, number>
  recordedAt: string
  by: string
  undoneAt: string | null
  undoneBy: string | null
}

const ACROSS_COUNTIES = new Set(['city', 'province'])

const SELECTED = sql`b.county_id, b.id, b.org_id, b.path, b.kind, b.file_name, b.sheet, b.counts, b.recorded_at,
  b.undone_at, coalesce((select h.actor_name from history h where h.county_id = b.county_id
    and h.subject = 'batch' and h.subject_id = b.id::text and h.verb = 'import' limit 1), '') as by,
  (select h.actor_name from history h where h.county_id = b.county_id and h.subject = 'batch'
    and h.subject_id = b.id::text and h.verb = 'undo' order by h.at desc limit 1) as undone_by,
  (select s.name from org_span s where s.org_id = b.org_id order by s.valid_from desc limit 1) as org_name`

/** The latest import of the same file and sheet, within the organisation, that still stands. */
export async function sameFileBefore(
  ctx: Context,
  { stored, org, reading }: Understood,
): Promise<BatchRef | null> {
  const scope = { countyId: null, path: org.pathNow }
  const { rows } = await sql<StoredBatch>`
    select ${SELECTED} from batch b where b.file_digest = ${stored.digest} and b.sheet = ${reading.sheet}
      and b.kind = ${reading.kind} and b.undone_at is null and ${within(scope, { countyId: 'b.county_id', path: 'b.path' })}
    order by b.recorded_at desc limit 1`.execute(ctx.db)
  const [found] = rows
  if (!found) return null
  const { id, recordedAt, by, fileName, orgName } = found
  return { id, at: recordedAt, by, fileName, orgName }
}

export interface BatchFilter {
  org?: string | undefined
  kind?: string | undefined
  page?: number | undefined
  size?: number | undefined
}

export async function batchesOf(
  ctx: Context,
  { org: asked, kind, page = 1, size = 50 }: BatchFilter,
): Promise<{ batches: Batch[]; total: number }> {
  const org = await findOrg(ctx, asked ?? ownOrg(ctx))
  requireOrg(ctx, 'records.import', org)
  const countyId = ACROSS_COUNTIES.has(org.level ?? '') ? null : org.countyId
  const scope = within({ countyId, path: org.pathNow }, { countyId: 'b.county_id', path: 'b.path' })
  const where = kind === undefined ? scope : sql`${scope} and b.kind = ${kind}`
  const { rows } = await sql<StoredBatch & { total: number }>`
    select ${SELECTED}, count(*) over () as total from batch b where ${where}
    order by b.recorded_at desc, b.id desc limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  const titles = await titlesOf(ctx)
  return { batches: rows.map((row) => shown(row, titles)), total: rows[0]?.total ?? 0 }
}

export const titlesOf = async (ctx: Context): Promise<Map<string, string>> =>
  new Map((await targets(ctx)).map((one) => [one.kind, one.title]))

export const shown = (row: StoredBatch, titles: Map<string, string>): Batch => ({
  id: row.id,
  kind: row.kind,
  kindTitle: titles.get(row.kind) ?? row.kind,
  org: { id: row.orgId, name: row.orgName },
  fileName: row.fileName,
  sheet: row.sheet,
  counts: row.counts,
  at: row.recordedAt,
  by: row.by,
  undoneAt: row.undoneAt,
  undoneBy: row.undoneAt === null ? null : row.undoneBy,
})

/** @throws notFound outside the caller's organisations */
export async function findBatch(ctx: Context, id: string, lock = false): Promise<StoredBatch> {
  const { rows } = await sql<StoredBatch>`
    select ${SELECTED} from batch b where b.id = ${id}
    ${lock ? sql`for update of b` : sql``}`.execute(ctx.db)
  const [batch] = rows
  if (!batch) throw notFound('这个批次')
  requireOrg(ctx, 'records.import', await orgOf(ctx, batch, '这个批次'))
  return batch
}

const orgName = (orgId: RawBuilder<unknown>) =>
  sql`(select s.name from org_span s where s.org_id = ${orgId} order by s.valid_from desc limit 1)`

/** What a batch made, undone or not; mirrors of joint records are their records. */
export async function rowsOf(
  ctx: Context,
  { path, id }: StoredBatch,
  { page = 1, size = 50 }: { page?: number | undefined; size?: number | undefined },
): Promise<{ rows: BatchRow[]; total: number }> {
  const counties = sql`(select s.county_id from org_span s where ${within({ countyId: null, path }, { countyId: 's.county_id', path: 's.path' })})`
  const { rows } = await sql<BatchRow & { total: number }>`
    with made as (
      select 'org' as subject, o.id, s.name as title, null as org, o.opened_at::date as day, 1 as rank
      from org o join lateral (select name from org_span where org_id = o.id order by valid_from desc limit 1) s on true
      where o.batch_id = ${id}
      union all
      select 'record', r.id, r.title, ${orgName(sql`r.org_id`)}, r.day, 2
      from record r where r.county_id in ${counties} and r.batch_id = ${id} and r.home_county_id is null
      union all
      select 'membership', m.person_id, p.name, ${orgName(sql`m.org_id`)}, null, 3
      from membership m join person p on p.county_id = m.county_id and p.id = m.person_id
      where m.county_id in ${counties} and m.batch_id = ${id}
      union all
      select 'appointment', a.person_id, p.name || ' ' || a.post_title, ${orgName(sql`a.org_id`)}, null, 4
      from appointment a join person p on p.county_id = a.county_id and p.id = a.person_id
      where a.county_id in ${counties} and a.batch_id = ${id})
    select subject, id, title, org, day, count(*) over () as total from made
    order by rank, org nulls first, title, id limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export async function alteredBy(ctx: Context, { id }: StoredBatch): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(distinct subject_id) as n from batch_change where batch_id = ${id}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}
