/** Lives of organisations taken out of the database and put back, and who hears of it. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { codesOf } from './queries.ts'
import type { Lives, Span } from './spans.ts'

/** Told after paths changed, within the same transaction: whoever keeps paths of their own rewrites them. */
export type PathListener = (ctx: Context, change: { orgIds: string[]; from: string }) => Promise<void>

const listeners: PathListener[] = []
/** Facts to the right of the tree keep copies of paths; the wiring lets them know without the tree knowing them. */
export const whenPathsChange = (listener: PathListener): unknown => listeners.push(listener)

const TREE_LOCK = 7_240_010

/** One act on the tree at a time: each must see the tree as the one before left it. */
export async function lockTree(ctx: Context): Promise<void> {
  await sql`select pg_advisory_xact_lock(${TREE_LOCK})`.execute(ctx.db)
}

export interface Concerned {
  /** With everything that ever stood below. */
  whole?: string[]
  /** With their superiors only. */
  alone?: string[]
}

/** The lives of the organisations concerned, and of all their superiors at any time. */
export async function livesAround(ctx: Context, { whole = [], alone = [] }: Concerned): Promise<Lives> {
  const own = await ctx.db
    .selectFrom('org')
    .select(['id', 'code'])
    .where(sql<boolean>`id = any(${[...whole, ...alone]})`)
    .execute()
  const marks = own.filter((o) => whole.includes(o.id)).map(({ code }) => `%/${code}/%`)
  const { rows } = await sql<{ code: string }>`
    select distinct o.code from org_span s join org o on o.id = s.org_id where s.path like any(${marks})`.execute(
    ctx.db,
  )
  // Those below may at other times have stood elsewhere, and so may their superiors.
  const codes = new Set([...own, ...rows].map((r) => r.code))
  let unread = [...codes]
  while (unread.length > 0) {
    const above = await sql<{ path: string }>`
      select distinct s.path from org_span s join org o on o.id = s.org_id where o.code = any(${unread})`.execute(
      ctx.db,
    )
    unread = [...new Set(above.rows.flatMap((r) => codesOf(r.path)))].filter((code) => !codes.has(code))
    for (const code of unread) codes.add(code)
  }
  return livesOf(ctx, [...codes])
}

async function livesOf(ctx: Context, codes: string[]): Promise<Lives> {
  const spans = await ctx.db
    .selectFrom('orgSpan as s')
    .innerJoin('org as o', 'o.id', 's.orgId')
    .selectAll('s')
    .select('o.code')
    .where(sql<boolean>`o.code = any(${codes})`)
    .orderBy('s.validFrom')
    .execute()
  const lives: Lives = new Map()
  for (const { code, ...span } of spans) {
    const life = lives.get(span.orgId) ?? { code, spans: [] }
    life.spans.push(span)
    lives.set(span.orgId, life)
  }
  return lives
}

/** Puts back the lives that changed, and tells who keeps copies of paths. */
export async function keep(ctx: Context, before: Lives, after: Lives, from: string): Promise<void> {
  const changed = [...after].filter(([id, life]) => !sameSpans(before.get(id)?.spans ?? [], life.spans))
  const ids = changed.map(([id]) => id)
  if (ids.length === 0) return
  await ctx.db.deleteFrom('orgSpan').where('orgId', 'in', ids).execute()
  const spans = changed.flatMap(([, life]) => life.spans)
  for (let i = 0; i < spans.length; i += 1000)
    await ctx.db
      .insertInto('orgSpan')
      .values(spans.slice(i, i + 1000))
      .execute()
  await ctx.db
    .updateTable('org')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute()
  const orgIds = changed
    .filter(([id, life]) => wayOf(before.get(id)?.spans ?? []) !== wayOf(life.spans))
    .map(([id]) => id)
  if (orgIds.length > 0) for (const listener of listeners) await listener(ctx, { orgIds, from })
}

/** Where an organisation stood from when on: a new name is no new place. */
function wayOf(spans: readonly Span[]): string {
  const turns = spans.filter((span, i) => span.path !== spans[i - 1]?.path)
  return [...turns.map((s) => `${s.validFrom} ${s.path}`), spans.at(-1)?.validTo].join(', ')
}

const sameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length && a.every((span, i) => JSON.stringify(span) === JSON.stringify(b[i]))
