/** Records on their way into the database: few statements, however many rows. */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { newId } from '../../../kernel/id.ts'
import { agrees, type HostedRecord, type StandingHost } from './hosts.ts'
import type { PreparedParticipant } from './rules.ts'
import type { RecordTable } from './tables.ts'

type RecordRow = Omit<Selectable<RecordTable>, 'voidedAt' | 'voidedBy' | 'voidReason'>
type HostRow = Database['recordHost']
/** Amounts as they were typed, or as the database writes them. */
type Amount = number | string | null
interface ParticipationRow extends Omit<PreparedParticipant, 'hours' | 'points' | 'amount'> {
  countyId: string
  id: string
  recordId: string
  hours: Amount
  points: Amount
  amount: Amount
}

export interface Rows {
  record: RecordRow[]
  recordHost: HostRow[]
  participation: ParticipationRow[]
  recordStage: Database['recordStage'][]
  recordReference: Database['recordReference'][]
}

export async function insertAll(db: Kysely<Database>, rows: Rows): Promise<void> {
  await insertRows(db, 'record', rows.record)
  await insertRows(db, 'recordHost', rows.recordHost)
  await insertRows(db, 'participation', rows.participation)
  await insertRows(db, 'recordStage', rows.recordStage)
  await insertRows(db, 'recordReference', rows.recordReference)
}

interface Stamp {
  ledger: string
  batchId: string | null
  version: number
  recordedBy: string
  recordedAt: string
  changedAt: string
}

export const stampOf = (ctx: Context, ledger: string, batchId: string | null = null): Stamp => ({
  ledger,
  batchId,
  version: 1,
  recordedBy: ctx.actor.accountId,
  recordedAt: ctx.now,
  changedAt: ctx.now,
})

/** A record's rows at home, and its mirrors. */
export function rowsOf(
  record: HostedRecord,
  stamp: Stamp,
  idsOfParticipants: (string | undefined)[] = [],
): Rows {
  const { countyId, id: recordId, hosts } = record
  const home: Rows = {
    record: [recordRow(record, stamp)],
    recordHost: hosts.map((host) => hostRow(host, { countyId, recordId })),
    participation: record.participants.map((p, at) => ({
      ...p,
      countyId,
      id: idsOfParticipants[at] ?? newId(),
      recordId,
    })),
    recordStage: record.stages.map((stage) => ({ ...stage, countyId, recordId })),
    recordReference: record.references.map((reference) => ({ ...reference, countyId, recordId })),
  }
  return joined([home, mirrorsOf(home, hosts)])
}

/** One in every other county that holds the record too, which it does once a host there agrees. */
export function mirrorsOf({ record: [record], recordHost, ...beside }: Rows, hosts: StandingHost[]): Rows {
  const mirrors = joined([])
  const away = hosts.filter((h) => agrees(h) && h.countyId !== record?.countyId)
  for (const countyId of new Set(away.map((h) => h.countyId))) {
    const here = away.filter((h) => h.countyId === countyId)
    const [stands] = here
    if (!record || !stands) continue
    const { orgId, path } = stands
    mirrors.record.push({ ...record, countyId, orgId, path, homeCountyId: record.countyId })
    const rows = recordHost.filter((row) => here.some((h) => h.orgId === row.orgId))
    mirrors.recordHost.push(...rows.map((row) => ({ ...row, countyId })))
    mirrors.participation.push(...beside.participation.map((p) => ({ ...p, countyId })))
    mirrors.recordStage.push(...beside.recordStage.map((s) => ({ ...s, countyId })))
    mirrors.recordReference.push(...beside.recordReference.map((r) => ({ ...r, countyId })))
  }
  return mirrors
}

const hostRow = (
  { orgId, path, state, askedAt, answeredAt, answeredBy, answeredByName }: StandingHost,
  of: { countyId: string; recordId: string },
): HostRow => ({ ...of, orgId, path, state, askedAt, answeredAt, answeredBy, answeredByName })

function recordRow(record: HostedRecord, stamp: Stamp): RecordRow {
  const { id, countyId, orgId, path, day, dayPrecision, dayTo, title, personTimes, fields } = record
  const quantities = record.quantities.length > 0 ? record.quantities : null
  const said = { day, dayPrecision, dayTo, title, personTimes, fields, quantities }
  return { ...stamp, ...said, countyId, id, orgId, path, homeCountyId: null }
}

export function joined(all: Rows[]): Rows {
  return {
    record: all.flatMap((r) => r.record),
    recordHost: all.flatMap((r) => r.recordHost),
    participation: all.flatMap((r) => r.participation),
    recordStage: all.flatMap((r) => r.recordStage),
    recordReference: all.flatMap((r) => r.recordReference),
  }
}

/** Takes out records' rows in every county, before they are written anew in the same transaction. */
export const removeRows = (db: Kysely<Database>, ids: string[]): Promise<void> =>
  remove(db, ids, sql<boolean>`true`)

/** Takes out what stands in other counties. */
export const removeMirrors = (db: Kysely<Database>, { id, countyId }: { id: string; countyId: string }) =>
  remove(db, [id], sql<boolean>`county_id <> ${countyId}`)

async function remove(db: Kysely<Database>, ids: string[], where: RawBuilder<boolean>): Promise<void> {
  const counties = db.selectFrom('org').select('countyId')
  const among = (column: string) => sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[]) and ${where}`
  await db.deleteFrom('participation').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('recordStage').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('recordReference').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('recordHost').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('record').where('countyId', 'in', counties).where(among('id')).execute()
}
