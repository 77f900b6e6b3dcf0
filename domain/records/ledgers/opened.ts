/** One record, opened: by whom it may be read and changed, and what happened to it. */
import { sql } from 'kysely'
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import type { HistoryEntry, RecordDetail } from './contract.ts'
import type { LedgerDefinition } from './definition.ts'
import { livesOf } from './lives.ts'
import type { OrgLife } from './places.ts'
import { homeRecords, type StoredRecord, viewsOf } from './queries.ts'
import { ledgerOf } from './registry.ts'
import type { PreparedParticipant } from './rules.ts'

export interface Opened {
  record: StoredRecord
  definition: LedgerDefinition
  life: OrgLife
}

/** For reading: by the path of its day, that of a host, or where its organisation stands now. */
export async function openForReading(ctx: Context, id: string): Promise<Opened> {
  const opened = await open(ctx, id)
  const hosts = await ctx.db
    .selectFrom('recordHost')
    .select('path')
    .where('countyId', '=', opened.record.countyId)
    .where('recordId', '=', id)
    .execute()
  const paths = [opened.record.path, opened.life.path, ...hosts.map((h) => h.path)]
  if (!paths.some((path) => may(ctx.actor.grants, 'records.read', path))) throw notFound('这条记录')
  return opened
}

/** For changing: the row is held until the end of the transaction. */
export async function openForWriting(ctx: Context, id: string): Promise<Opened> {
  await sql`select 1 from record where id = ${id} and home_county_id is null
    and county_id in (select county_id from org) for update`.execute(ctx.db)
  const opened = await open(ctx, id)
  require(ctx, 'records.write', opened.life.path, '这条记录')
  return opened
}

async function open(ctx: Context, id: string): Promise<Opened> {
  const [record] = await homeRecords(ctx.db, [id])
  const life = record && (await livesOf(ctx.db, [record.orgId])).get(record.orgId)
  if (!record || !life) throw notFound('这条记录')
  return { record, life, definition: await ledgerOf(ctx, record.ledger) }
}

/** What `act` is told of a deed on a record. */
export const deedOn = (
  { record, life }: Opened,
  verb: string,
  detail: Record<string, unknown> = {},
): {
  action: Action
  verb: string
  org: OrgLife
  subject: string
  subjectId: string
  detail: Record<string, unknown>
} => ({
  action: 'records.write',
  verb,
  org: life,
  subject: 'record',
  subjectId: record.id,
  detail,
})

export interface StoredParticipant extends PreparedParticipant {
  id: string
}

const numberOf = (text: string | null) => (text === null ? null : Number(text))

export async function participantsOfRecord(ctx: Context, record: StoredRecord): Promise<StoredParticipant[]> {
  return (await participantsOfRecords(ctx, [record])).get(record.id) ?? []
}

/** By record, of records that are at home. */
export async function participantsOfRecords(
  ctx: Context,
  records: StoredRecord[],
): Promise<Map<string, StoredParticipant[]>> {
  const counties = [...new Set(records.map((r) => r.countyId))]
  const rows = await ctx.db
    .selectFrom('participation')
    .select(['recordId', 'id', 'personId', 'name', 'role', 'hours', 'points', 'amount'])
    .where(sql<boolean>`county_id = any(${counties}::uuid[])`)
    .where(sql<boolean>`record_id = any(${records.map((r) => r.id)}::uuid[])`)
    .orderBy('id')
    .execute()
  const found = new Map<string, StoredParticipant[]>(records.map((r) => [r.id, []]))
  for (const { recordId, ...r } of rows)
    found.get(recordId)?.push({
      ...r,
      hours: numberOf(r.hours),
      points: numberOf(r.points),
      amount: numberOf(r.amount),
    })
  return found
}

export async function detailOf(ctx: Context, opened: Opened): Promise<RecordDetail> {
  const { record, life } = opened
  const [view] = await viewsOf(ctx, [record])
  if (!view) throw notFound('这条记录')
  const attachments = await ctx.db
    .selectFrom('attachment')
    .select(['id', 'name', 'mediaType', 'size', 'recordedAt'])
    .where('countyId', '=', record.countyId)
    .where('recordId', '=', record.id)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .execute()
  return {
    ...view,
    voidReason: record.voidReason,
    participants: await participantsOfRecord(ctx, record),
    attachments,
    history: await historyOf(ctx, record),
    mine: may(ctx.actor.grants, 'records.write', life.path),
  }
}

async function historyOf(ctx: Context, record: StoredRecord): Promise<HistoryEntry[]> {
  const rows = await ctx.db
    .selectFrom('history')
    .select(['at', 'actorName', 'verb', 'detail'])
    .where('countyId', '=', record.countyId)
    .where('subjectId', '=', record.id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const told = rows.map(({ at, actorName, verb, detail }) => ({
    at,
    by: actorName,
    verb,
    ...(typeof detail.reason === 'string' && { reason: detail.reason }),
    changes: (detail.changes ?? []) as HistoryEntry['changes'],
  }))
  return told[0]?.verb === 'record' ? told : [await enteredWithOthers(ctx, record), ...told]
}

/** Many records entered at once share one entry of history, which stands at their batch. */
async function enteredWithOthers(ctx: Context, record: StoredRecord): Promise<HistoryEntry> {
  const account = await ctx.db
    .selectFrom('account')
    .select('name')
    .where('id', '=', record.recordedBy)
    .executeTakeFirst()
  return {
    at: record.recordedAt,
    by: account?.name ?? '',
    verb: record.batchId ? 'import' : 'record',
    changes: [],
  }
}
