/** Which things the fields of stored records mean, and how these are called today. */
import { type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { kindOf } from '../../../kernel/references.ts'
import type { LedgerDefinition } from './definition.ts'
import type { Noun } from './fields/kit.ts'
import { idIn, nounOf, type Referred, referencesIn } from './fields/meant.ts'
import type { StoredRecord } from './queries.ts'
import type { ShownReference } from './shapes.ts'

/** By record, of records at home. */
export async function referencesOf(
  ctx: Context,
  records: Pick<StoredRecord, 'id' | 'countyId'>[],
): Promise<Map<string, Referred[]>> {
  const counties = [...new Set(records.map((r) => r.countyId))]
  const found = new Map<string, Referred[]>(records.map((r) => [r.id, []]))
  const rows = await ctx.db
    .selectFrom('recordReference')
    .select(['recordId', 'field', 'personId', 'orgId', 'targetRecordId'])
    .where(sql<SqlBool>`county_id = any(${counties}::uuid[])`)
    .where(sql<SqlBool>`record_id = any(${records.map((r) => r.id)}::uuid[])`)
    .orderBy('field')
    .execute()
  for (const { recordId, ...row } of rows) found.get(recordId)?.push(row)
  return found
}

/** What lies beyond the caller's reach is known to be something, and no more. */
export async function shownReferences(
  ctx: Context,
  definition: LedgerDefinition,
  record: StoredRecord,
): Promise<ShownReference[]> {
  const fields = new Map(referencesIn(definition).map((f) => [f.id, f]))
  const all = ((await referencesOf(ctx, [record])).get(record.id) ?? []).flatMap((r) => {
    const field = fields.get(r.field)
    return field ? [{ field: r.field, noun: nounOf(field), id: idIn(r) }] : []
  })
  const titles = new Map<Noun, Awaited<ReturnType<ReturnType<typeof kindOf>['titled']>>>()
  for (const [noun, those] of Map.groupBy(all, (r) => r.noun))
    titles.set(
      noun,
      await kindOf(noun).titled(
        ctx,
        those.map((r) => r.id),
      ),
    )
  return all.map((r) => {
    const known = titles.get(r.noun)?.get(r.id)
    return { ...r, title: known?.title ?? null, about: known?.about ?? '' }
  })
}
