/** Merges that were done, of people or of records: listed, and taken back when nothing later stands in the way. */
import { sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { may, within } from '../../../kernel/scope.ts'
import { findOrg, requireOrg } from '../organisations/queries.ts'
import { scopedCounty } from '../organisations/rules.ts'
import { moment } from '../people/dated.ts'
import { orgNameAt } from '../people/queries.ts'
import type { MergeDone, MergeQuery } from './contract.ts'
import { forgetCounts } from './counts.ts'
import { keepingImages, keptOf, putBack, type Watched, wordsOf, workedOn } from './images.ts'

export type Subject = 'person' | 'record'

export interface StoredMerge {
  countyId: string
  id: string
  subject: Subject
  keptId: string
  goneId: string
  keptTitle: string
  goneTitle: string
  orgId: string
  orgName: string
  path: string
  otherPath: string
  detail: Record<string, unknown>
  recordedByName: string
  recordedAt: string
  undoneAt: string | null
  undoneByName: string | null
}

export interface NewMerge {
  subject: Subject
  org: { id: string; countyId: string; path: string }
  otherPath: string
  kept: { id: string; title: string }
  gone: { id: string; title: string }
  detail: Record<string, unknown>
}

/** Does the work, and keeps how to take it back. The caller acts. */
export async function keepMerge(
  ctx: Context,
  made: NewMerge,
  watch: () => Watched[],
  work: () => Promise<void>,
): Promise<string> {
  const id = newId()
  const { org, kept, gone } = made
  forgetCounts(ctx)
  await keepingImages(ctx, { id, countyId: org.countyId }, watch, work)
  await ctx.db
    .insertInto('merge')
    .values({
      countyId: org.countyId,
      id,
      subject: made.subject,
      keptId: kept.id,
      goneId: gone.id,
      keptTitle: kept.title,
      goneTitle: gone.title,
      orgId: org.id,
      path: org.path,
      otherPath: made.otherPath,
      detail: JSON.stringify(made.detail),
      recordedBy: ctx.actor.accountId,
      recordedByName: ctx.actor.name,
      recordedAt: ctx.now,
      undoneAt: null,
      undoneByName: null,
    })
    .execute()
  return id
}

const selected = (ctx: Context) => sql`
  m.*, ${orgNameAt(sql`m.org_id`, moment(ctx.now))} as org_name from merge m`

export async function mergesWithin(
  ctx: Context,
  subject: Subject,
  right: Action,
  { org: asked, page = 1, size = 50 }: MergeQuery,
): Promise<{ merges: MergeDone[]; total: number }> {
  const org = await findOrg(ctx, asked ?? ctx.actor.grants[0]?.orgId ?? '')
  requireOrg(ctx, right, org)
  const scope = { countyId: null, path: org.pathNow }
  const side = (path: string) => within(scope, { countyId: 'm.county_id', path: `m.${path}` })
  const county = scopedCounty(org)
  const { rows } = await sql<StoredMerge & { total: number }>`
    select count(*) over () as total, ${selected(ctx)}
    where ${county === null ? sql`true` : sql`m.county_id = ${county}`} and m.subject = ${subject}
      and (${side('path')} or ${side('other_path')})
    order by m.recorded_at desc, m.id desc limit ${size} offset ${(page - 1) * size}`.execute(ctx.db)
  return { merges: rows.map(shownMerge), total: rows[0]?.total ?? 0 }
}

export const shownMerge = (m: StoredMerge): MergeDone => ({
  id: m.id,
  keptId: m.keptId,
  goneId: m.goneId,
  keptTitle: m.keptTitle,
  goneTitle: m.goneTitle,
  orgName: m.orgName,
  by: m.recordedByName,
  at: m.recordedAt,
  undoneBy: m.undoneByName,
  undoneAt: m.undoneAt,
})

/** @throws notFound outside the caller's organisations */
export async function findMerge(
  ctx: Context,
  subject: Subject,
  right: Action,
  id: string,
): Promise<StoredMerge> {
  const { rows } = await sql<StoredMerge>`select ${selected(ctx)}
    where m.county_id in (select county_id from org) and m.id = ${id} and m.subject = ${subject}`.execute(
    ctx.db,
  )
  const [merge] = rows
  if (!merge || ![merge.path, merge.otherPath].some((path) => may(ctx.actor.grants, right, path)))
    throw notFound('这次合并')
  return merge
}

/** The merge by which a row was given up, while it stands. */
export async function mergeOfGone(ctx: Context, id: string): Promise<StoredMerge | undefined> {
  const { rows } = await sql<StoredMerge>`select ${selected(ctx)}
    where m.gone_id = ${id} and m.undone_at is null order by m.recorded_at desc limit 1`.execute(ctx.db)
  return rows[0]
}

/** Merges by which others were taken into a row, while they stand. */
export async function mergesInto(ctx: Context, id: string): Promise<StoredMerge[]> {
  const { rows } = await sql<StoredMerge>`select ${selected(ctx)}
    where m.kept_id = ${id} and m.undone_at is null order by m.recorded_at desc`.execute(ctx.db)
  return rows
}

/** Later work that an undo would lose, in words; reads only. */
export async function obstaclesTo(ctx: Context, merge: StoredMerge): Promise<string[]> {
  if (merge.undoneAt !== null) return []
  const later = await laterMerges(ctx, merge)
  if (later.length > 0) return later
  const worked = workedOn(await keptOf(ctx, merge))
  const byTable = new Map<string, number>()
  for (const { subject } of worked) byTable.set(subject, (byTable.get(subject) ?? 0) + 1)
  const whose = merge.subject === 'person' ? merge.keptTitle : `“${merge.keptTitle}”`
  return [...byTable].map(
    ([table, n]) => `${whose}的${wordsOf(table)}后来又改过${n > 1 ? `（${n} 处）` : ''}`,
  )
}

async function laterMerges(ctx: Context, merge: StoredMerge): Promise<string[]> {
  const { rows } = await sql<StoredMerge>`select ${selected(ctx)}
    where m.undone_at is null and m.id > ${merge.id} and m.subject = ${merge.subject}
      and (m.kept_id = any(${[merge.keptId, merge.goneId]}::uuid[]) or m.gone_id = ${merge.keptId})`.execute(
    ctx.db,
  )
  return rows.map(
    (m) => `${m.recordedAt.slice(0, 16)} 又把“${m.goneTitle}”并入“${m.keptTitle}”，请先撤销那一次`,
  )
}

interface Undoing {
  /** Later work in the way; of the merge's own rows unless given. */
  obstacles?: () => Promise<string[]>
  afterwards?: () => Promise<void>
}

/** Both rows are as they were. Idempotent. @throws conflict `dependsOn` naming the later work */
export async function undoMerge(
  ctx: Context,
  merge: StoredMerge,
  action: Action,
  { obstacles = () => obstaclesTo(ctx, merge), afterwards }: Undoing = {},
): Promise<MergeDone> {
  if (merge.undoneAt !== null) return shownMerge(merge)
  require(ctx, action, merge.otherPath, '这次合并的另一方')
  const deed = {
    action,
    verb: '撤销合并',
    org: { id: merge.orgId, countyId: merge.countyId, path: merge.path },
    subject: merge.subject,
    subjectId: merge.keptId,
    detail: { kept: merge.keptTitle, gone: merge.goneTitle },
  }
  return act(ctx, deed, async () => {
    await sql`select 1 from merge where county_id = ${merge.countyId} and id = ${merge.id} for update`.execute(
      ctx.db,
    )
    const found = await obstacles()
    if (found.length > 0)
      throw conflict(
        'dependsOn',
        `不能撤销，后来的工作会受影响：${found.join('；')}。请先处理这些，或直接更正资料。`,
      )
    await putBack(ctx, merge)
    await afterwards?.()
    forgetCounts(ctx)
    await ctx.db
      .updateTable('merge')
      .set({ undoneAt: ctx.now, undoneByName: ctx.actor.name })
      .where('countyId', '=', merge.countyId)
      .where('id', '=', merge.id)
      .execute()
    return { ...shownMerge(merge), undoneAt: ctx.now, undoneBy: ctx.actor.name }
  })
}
