/** Two records become one: what is kept is written anew with both sides' people and pictures, the other is void. */
import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import type { Watched } from '../../structure/merges/images.ts'
import { RECORD_LINKS, RECORD_ROWS } from '../../structure/merges/links.ts'
import { layOver, rewrite } from '../ledgers/change.ts'
import type { Written } from '../ledgers/contract.ts'
import type { DayPrecision } from '../ledgers/definition.ts'
import { idIn } from '../ledgers/fields/meant.ts'
import { isReference } from '../ledgers/fields/types.ts'
import { QUANTITIES } from '../ledgers/quantities.ts'
import { referencesOf } from '../ledgers/referred.ts'
import {
  asInput,
  comparedCells,
  personTimesOf,
  type Side,
  typedFields,
  unitedPeople,
  wayOf,
} from './compare.ts'
import type { Pair, Whole } from './pair.ts'

export interface Choices {
  keep: Side
  fields: Record<string, Side>
  /** As proposed when left out. */
  personTimes: number | null | undefined
}

/** Everything that stands with the two records, in every county. */
export function watchedOf(ids: string[]): Watched[] {
  const those = (column: string) =>
    sql<SqlBool>`t.county_id in (select county_id from org) and t.${sql.id(column)} = any(${ids}::uuid[])`
  return [
    { linked: RECORD_ROWS, where: those('id') },
    ...RECORD_LINKS.map((linked) => ({ linked, where: those('record_id') })),
    ...RECORD_LINKS.filter((l) => l.table === 'record_reference').map((linked) => ({
      linked,
      where: those('target_record_id'),
    })),
  ]
}

type Laid = Awaited<ReturnType<typeof layOver>>

/** What the kept record will say. @throws invalid `record` naming what is wrong */
export async function laid(ctx: Context, pair: Pair, { keep, fields, personTimes }: Choices): Promise<Laid> {
  const kept = pair[keep]
  const gone = pair[keep === 'one' ? 'other' : 'one']
  const proposed = new Map(comparedCells(pair).map((c) => [c.field, c.proposed]))
  const from = (field: string): Whole => pair[fields[field] ?? proposed.get(field) ?? keep]
  const dated = from('day').opened.record
  const known = await referencesOf(
    ctx,
    [kept, gone].map((w) => w.opened.record),
  )
  const all = [...known.values()].flat()
  /** Of two who write the same words, the one that knows what they mean. */
  const meant = (field: string, name: string, chosen: Whole) => {
    const alike = [chosen, kept, gone].filter((w) => w.opened.record.fields[field] === name)
    const found = alike.flatMap((w) => known.get(w.looked.id) ?? []).find((r) => r.field === field)
    return { name, ...(found && { id: idIn(found) }) }
  }
  return layOver(ctx, kept.opened, {
    title: from('title').looked.title,
    day: dated.day,
    dayPrecision: dated.dayPrecision as DayPrecision,
    dayTo: dated.dayTo,
    fields: Object.fromEntries(
      typedFields(pair).map((f) => {
        const value = from(f.id).opened.record.fields[f.id] ?? null
        return [f.id, isReference(f) && value !== null ? meant(f.id, String(value), from(f.id)) : value]
      }),
    ),
    standing: all,
    quantities: from(QUANTITIES).opened.record.quantities ?? [],
    personTimes: personTimes === undefined ? personTimesOf(pair).proposedPersonTimes : personTimes,
    participants: unitedPeople(pair, keep).map(asInput),
    ...(wayOf(pair) === 'joint' && {
      hosts: [...new Set([...kept.looked.hosts, gone.looked.orgId, ...gone.looked.hosts])].filter(
        (id) => id !== kept.looked.orgId,
      ),
    }),
  })
}

export async function mergeRows(ctx: Context, pair: Pair, keep: Side, after: Laid): Promise<Written> {
  const kept = pair[keep]
  const gone = pair[keep === 'one' ? 'other' : 'one']
  const written = await rewrite(ctx, kept.opened, after)
  await copyFiles(ctx, kept, gone)
  await sql`update record_reference set target_record_id = ${kept.looked.id}
    where county_id in (select county_id from org) and target_record_id = ${gone.looked.id}`.execute(ctx.db)
  await ctx.db
    .updateTable('record')
    .set({
      voidedAt: ctx.now,
      voidedBy: ctx.actor.accountId,
      voidReason: `重复，并入${kept.looked.orgName} ${after.after.day} ${after.after.title}`.slice(0, 200),
      version: gone.opened.record.version + 1,
      changedAt: ctx.now,
    })
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('id', '=', gone.looked.id)
    .execute()
  return written
}

/** The void record keeps its own files; the same bytes are not shown twice in the kept one. */
async function copyFiles(ctx: Context, kept: Whole, gone: Whole): Promise<void> {
  const known = new Set(kept.files.map((f) => f.sha256))
  for (const { id, sha256 } of gone.files) {
    if (known.has(sha256)) continue
    known.add(sha256)
    await sql`insert into attachment
      (county_id, id, record_id, sha256, name, media_type, size, recorded_by, recorded_at, voided_at)
      select ${kept.looked.countyId}, ${newId()}, ${kept.looked.id}, sha256, name, media_type, size, recorded_by,
        recorded_at, null
      from attachment where county_id = ${gone.looked.countyId} and id = ${id}`.execute(ctx.db)
  }
}
