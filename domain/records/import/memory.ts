/** Mappings that were confirmed, kept for each sender: the same header next month needs no second look. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { type Mapping, mappingOf, signatureOf } from './mapping.ts'
import type { SheetColumn } from './sheet/reading.ts'

/** The latest of the mappings remembered under one of these signatures. */
export async function recall(
  ctx: Context,
  orgId: string,
  signatures: string[],
): Promise<{ kind: string; mapping: Mapping } | null> {
  const row = await ctx.db
    .selectFrom('importMapping')
    .select(['kind', 'mapping'])
    .where('orgId', '=', orgId)
    .where('signature', 'in', signatures)
    .orderBy('recordedAt', 'desc')
    .executeTakeFirst()
  return row ?? null
}

export async function remember(
  ctx: Context,
  at: { orgId: string; kind: string },
  columns: SheetColumn[],
): Promise<void> {
  const mapping = JSON.stringify(mappingOf(columns))
  await sql`
    insert into import_mapping (org_id, signature, kind, mapping, recorded_by, recorded_at)
    values (${at.orgId}, ${signatureOf(at.kind, columns)}, ${at.kind}, ${mapping}::jsonb,
      ${ctx.actor.accountId}, ${ctx.now}::timestamp)
    on conflict (org_id, signature) do update set
      mapping = excluded.mapping, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`.execute(
    ctx.db,
  )
}
