/** Spans of people found, held against each other, written. */
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { type Org, orgAt } from '../organisations/queries.ts'
import type { PersonRow } from '../people/entry.ts'
import { countiesWithin, personOf } from '../people/queries.ts'
import { requireSpan } from '../people/ties.ts'
import type { SpanKind } from './rules.ts'
import type { SpanColumns } from './tables.ts'

/** What every kind has; a kind's row has more. */
export type SpanRow = Selectable<SpanColumns>

export interface Found<T> {
  span: T
  org: Org
  person: PersonRow
}

/** One that the caller may change. @throws notFound; forbidden */
export async function findSpan<T extends SpanRow>(
  ctx: Context,
  kind: SpanKind,
  id: string,
): Promise<Found<T>> {
  const { rows } = await sql<T>`
    select * from ${sql.id(kind.table)}
    where id = ${id} and county_id = any(${await countiesWithin(ctx)}::uuid[])`.execute(ctx.db)
  const [span] = rows
  const org = span && (await orgAt(ctx.db, span.orgId, ctx.now))
  const what = `这条${kind.noun}`
  if (!span || !org) throw notFound(what)
  const person = await personOf(ctx, span)
  await requireSpan(ctx, org, span, { row: person, what })
  return { span, org, person }
}

/** By person: what is not voided, in whatever county, the earliest first. `locked` until the work is done. */
export async function spansHeld<T extends SpanRow>(
  ctx: Context,
  kind: SpanKind,
  personIds: string[],
  { locked = false } = {},
): Promise<Map<string, T[]>> {
  const { rows } = await sql<T>`
    select * from ${sql.id(kind.table)} where person_id = any(${[...new Set(personIds)]}::uuid[])
    and voided_at is null order by valid_from ${locked ? sql`for update` : sql``}`.execute(ctx.db)
  return Map.groupBy(rows, (row) => row.personId)
}

/** The others of the same person, which a correction must not run into; locked. */
export async function othersOf<T extends SpanRow>(ctx: Context, kind: SpanKind, span: T): Promise<T[]> {
  const held = await spansHeld<T>(ctx, kind, [span.personId], { locked: true })
  return (held.get(span.personId) ?? []).filter((other) => other.id !== span.id)
}

/** Writes these columns if nobody has written since; answers the new version. @throws conflict */
export async function writeSpan<T extends SpanRow>(
  ctx: Context,
  kind: SpanKind,
  { span, version }: { span: T; version: number },
  set: Partial<T>,
): Promise<{ version: number }> {
  const { numUpdatedRows } = await ctx.db
    .updateTable(kind.table)
    // Which columns there are, the row of this kind has said.
    .set({ ...set, version: version + 1 } as never)
    .where('countyId', '=', span.countyId)
    .where('id', '=', span.id)
    .where('version', '=', version)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw conflict('changedMeanwhile', `这条${kind.noun}刚被别人改过，请刷新后在新内容上再改。`)
  return { version: version + 1 }
}

/** What is done to one span, for the trace. */
export const deed = (
  kind: SpanKind,
  verb: string,
  org: Org,
  { id, ...detail }: { id: string; [told: string]: unknown },
) => ({
  action: 'structure.change' as const,
  verb,
  org: { id: org.id, countyId: org.countyId, path: org.pathNow },
  subject: kind.table as string,
  subjectId: id,
  detail,
})
