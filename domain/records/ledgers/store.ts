/** Records on their way into the database: few statements, however many rows. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { newId } from '../../../kernel/id.ts'
import type { PreparedParticipant, PreparedRecord } from './rules.ts'
import type { RecordTable } from './tables.ts'

type RecordRow = Omit<Selectable<RecordTable>, 'voidedAt' | 'voidedBy' | 'voidReason'>
type ParticipationRow = PreparedParticipant & { countyId: string; id: string; recordId: string }

export interface Rows {
  record: RecordRow[]
  recordHost: Database['recordHost'][]
  participation: ParticipationRow[]
}

export async function insertAll(db: Kysely<Database>, rows: Rows): Promise<void> {
  await insertRows(db, 'record', rows.record)
  await insertRows(db, 'recordHost', rows.recordHost)
  await insertRows(db, 'participation', rows.participation)
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

/** A record's rows at home, and a mirror in every other county that held it too. */
export function rowsOf(
  record: PreparedRecord,
  stamp: Stamp,
  idsOfParticipants: (string | undefined)[] = [],
): Rows {
  const away = [...new Set(record.hosts.map((h) => h.countyId))].filter((c) => c !== record.countyId)
  const people = record.participants.map((p, at) => ({ ...p, id: idsOfParticipants[at] ?? newId() }))
  const rows: Rows = { record: [], recordHost: [], participation: [] }
  for (const countyId of [record.countyId, ...away]) {
    const home = countyId === record.countyId
    const hosts = home ? record.hosts : record.hosts.filter((h) => h.countyId === countyId)
    const stands = home ? record : hosts[0]
    if (!stands) continue
    rows.record.push(recordRow(record, stamp, { countyId, orgId: stands.orgId, path: stands.path, home }))
    for (const { orgId, path } of hosts) rows.recordHost.push({ countyId, recordId: record.id, orgId, path })
    for (const p of people) rows.participation.push({ ...p, countyId, recordId: record.id })
  }
  return rows
}

function recordRow(
  { id, day, dayPrecision, dayTo, title, personTimes, fields, quantities, countyId }: PreparedRecord,
  stamp: Stamp,
  at: { countyId: string; orgId: string; path: string; home: boolean },
): RecordRow {
  const { home, ...place } = at
  const said = { day, dayPrecision, dayTo, title, personTimes, fields }
  const counted = { quantities: quantities.length > 0 ? quantities : null }
  return { ...stamp, ...place, ...said, ...counted, id, homeCountyId: home ? null : countyId }
}

export function joined(all: Rows[]): Rows {
  return {
    record: all.flatMap((r) => r.record),
    recordHost: all.flatMap((r) => r.recordHost),
    participation: all.flatMap((r) => r.participation),
  }
}

/** Takes out records' rows in every county, before they are written anew in the same transaction. */
export async function removeRows(db: Kysely<Database>, ids: string[]): Promise<void> {
  const counties = db.selectFrom('org').select('countyId')
  const among = (column: string) => sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[])`
  await db.deleteFrom('participation').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('recordHost').where('countyId', 'in', counties).where(among('recordId')).execute()
  await db.deleteFrom('record').where('countyId', 'in', counties).where(among('id')).execute()
}
