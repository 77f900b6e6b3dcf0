/** Mappings that were confirmed, kept for each sender: the same header next month needs no second look. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { headerKey } from './sheet/headerText.ts'
import type { SheetColumn } from './sheet/reading.ts'

/** Normalised header → field id, or '' for a column left out. */
export type Mapping = Record<string, string>

/** One for each kind and set of headers, whatever their order. */
export function signatureOf(kind: string, columns: SheetColumn[]): string {
  const headers = columns.map((column) => headerKey(column.header)).filter((header) => header !== '')
  return createHash('sha256')
    .update([kind, ...headers.sort()].join('\n'))
    .digest('hex')
}

const mappingOf = (columns: SheetColumn[]): Mapping =>
  Object.fromEntries(
    columns
      .filter((column) => column.header !== '' && !column.sequence)
      .map((column) => [headerKey(column.header), column.field ?? '']),
  )

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
