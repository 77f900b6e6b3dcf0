/** One record, opened: by whom it may be read and changed, and what happened to it. */
import { sql } from 'kysely'
import type { Action } from '../../../kernel/actions.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { may } from '../../../kernel/scope.ts'
import type { Attachment, RecordDetail, RecordRow } from './contract.ts'
import { ruleProblems, type Stated } from './declared.ts'
import type { DayPrecision, LedgerDefinition } from './definition.ts'
import { coursesOf } from './fields/course.ts'
import { naming } from './fields/types.ts'
import { agrees, hostsOf, isNamed, type StandingHost, standingsOf } from './hosts.ts'
import { livesOf } from './lives.ts'
import type { OrgLife } from './places.ts'
import { homeRecords, type StoredRecord, viewsOf } from './queries.ts'
import { shownReferences } from './referred.ts'
import { ledgerOf } from './registry.ts'
import type { PreparedParticipant } from './rules.ts'
import { recordSentence } from './sentences.ts'
import type { HistoryEntry } from './shapes.ts'

export interface Opened {
  record: StoredRecord
  definition: LedgerDefinition
  life: OrgLife
}

/** For reading. @throws notFound also where the caller may not; of `what` is asked for, where that hangs on a record */
export async function openForReading(ctx: Context, id: string, what = '这条记录'): Promise<Opened> {
  const seen = await openToSee(ctx, id, what)
  if (seen.invited) throw notFound(what)
  return seen
}

export interface WithHosts extends Opened {
  /** Every host that was ever asked. */
  hosts: StandingHost[]
  lives: Map<string, OrgLife>
}

interface Seen extends WithHosts {
  /** By nothing but an invitation: what it says may be seen, not who was there. */
  invited: boolean
}

/** For reading, or for deciding about an invitation. */
export async function openToSee(ctx: Context, id: string, what = '这条记录'): Promise<Seen> {
  const opened = await openWithHosts(ctx, id, what)
  const { record, life, hosts, lives } = opened
  const mayRead = (path: string) => may(ctx.actor.grants, 'records.read', path)
  if (pathsOf(record, life, hosts).some(mayRead)) return { ...opened, invited: false }
  if (!record.voidedAt && hosts.some((h) => isNamed(h) && mayRead(lives.get(h.orgId)?.path ?? h.path)))
    return { ...opened, invited: true }
  throw notFound(what)
}

/** By which a record is read: that of its day, where its organisation stands now, those of hosts that agreed. */
const pathsOf = (record: StoredRecord, life: OrgLife | undefined, hosts: StandingHost[] = []): string[] => [
  record.path,
  ...(life ? [life.path] : []),
  ...hosts.filter(agrees).map((h) => h.path),
]

/** Those that the caller may read; `lives` of their organisations. */
export async function readableAmong(
  ctx: Context,
  records: StoredRecord[],
  lives: Map<string, OrgLife>,
): Promise<StoredRecord[]> {
  const hosts = await hostsOf(ctx.db, records)
  return records.filter((r) =>
    pathsOf(r, lives.get(r.orgId), hosts.get(r.id)).some((path) =>
      may(ctx.actor.grants, 'records.read', path),
    ),
  )
}

/** Before any right is asked. */
export async function openWithHosts(ctx: Context, id: string, what = '这条记录'): Promise<WithHosts> {
  const opened = await open(ctx, id, what)
  const hosts = (await hostsOf(ctx.db, [opened.record])).get(id) ?? []
  const lives = await livesOf(
    ctx.db,
    hosts.map((h) => h.orgId),
  )
  return { ...opened, hosts, lives }
}

/** For changing: the row is held until the end of the transaction. */
export async function openForWriting(ctx: Context, id: string, what = '这条记录'): Promise<Opened> {
  await holdRecord(ctx, id)
  const opened = await open(ctx, id, what)
  require(ctx, 'records.write', opened.life.path, what)
  return opened
}

/** Until the end of the transaction nobody else changes it, or answers for one of its hosts. */
export const holdRecord = (ctx: Context, id: string) =>
  sql`select 1 from record where id = ${id} and home_county_id is null
    and county_id in (select county_id from org) for update`.execute(ctx.db)

/**
 * People who stand in a record that the caller may change: who sends its list again may leave them, though they have
 * moved away since or were named by a superior. Nobody where there is no such record.
 */
export async function standingIn(ctx: Context, id: string | undefined): Promise<Set<string>> {
  const [record] = id ? await homeRecords(ctx.db, [id]) : []
  const life = record && (await livesOf(ctx.db, [record.orgId])).get(record.orgId)
  if (!record || !life || !may(ctx.actor.grants, 'records.write', life.path)) return new Set()
  return new Set((await participantsOfRecord(ctx, record)).flatMap((p) => p.personId ?? []))
}

async function open(ctx: Context, id: string, what: string): Promise<Opened> {
  const [record] = await homeRecords(ctx.db, [id])
  const life = record && (await livesOf(ctx.db, [record.orgId])).get(record.orgId)
  if (!record || !life) throw notFound(what)
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

export async function detailOf(ctx: Context, seen: Seen): Promise<RecordDetail> {
  const { record, life, definition } = seen
  const [view] = await viewsOf(ctx, [record])
  if (!view) throw notFound('这条记录')
  const standings = standingsOf(ctx, life, seen.hosts, seen.lives)
  const { voidReason } = record
  if (seen.invited)
    return {
      ...withoutPeople(definition, view),
      voidReason,
      participants: [],
      broken: [],
      references: [],
      attachments: [],
      history: [],
      mine: false,
      invited: true,
      standings: standings.filter((s) => s.state === 'agreed' || s.mayAnswer),
    }
  const participants = await participantsOfRecord(ctx, record)
  return {
    ...view,
    voidReason,
    standings,
    invited: false,
    participants,
    broken: record.voidedAt
      ? []
      : ruleProblems(definition, statedIn(definition, record, participants.length)),
    references: await shownReferences(ctx, definition, record),
    attachments: await attachmentsOf(ctx, record),
    history: await historyOf(ctx, record),
    mine: may(ctx.actor.grants, 'records.write', life.path),
  }
}

/** As its rules look at it. */
function statedIn(definition: LedgerDefinition, record: StoredRecord, named: number): Stated {
  const { day, dayTo, personTimes } = record
  const dayPrecision = record.dayPrecision as DayPrecision
  const fields = record.fields as Stated['fields']
  return {
    day,
    dayTo,
    personTimes,
    fields,
    named,
    stages: coursesOf(definition, { day, dayPrecision, fields }),
  }
}

/** What somebody may know who is only asked to hold it, too: the facts, not the people. */
export function withoutPeople(definition: LedgerDefinition, view: RecordRow): RecordRow {
  const personal = new Set(definition.fields.filter(naming('person')).map((f) => f.id))
  const fields = Object.fromEntries(Object.entries(view.fields).filter(([id]) => !personal.has(id)))
  const hosts = view.hosts.filter(agrees).map((h) => h.name)
  const sentence = recordSentence(definition, {
    ...view,
    fields,
    org: view.org.name,
    hosts,
    participants: [],
  })
  return { ...view, fields, photos: [], sentence }
}

async function attachmentsOf(ctx: Context, record: StoredRecord): Promise<Attachment[]> {
  return ctx.db
    .selectFrom('attachment')
    .select(['id', 'name', 'mediaType', 'size', 'recordedAt'])
    .where('countyId', '=', record.countyId)
    .where('recordId', '=', record.id)
    .where('voidedAt', 'is', null)
    .orderBy('id')
    .execute()
}

/** What hosts answered stands in their own counties. */
async function historyOf(ctx: Context, record: StoredRecord): Promise<HistoryEntry[]> {
  const rows = await ctx.db
    .selectFrom('history')
    .select(['at', 'actorName', 'verb', 'detail'])
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
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
