/** Records on their way into the database: few statements, however many rows. */
import { type Kysely, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { newId } from '../../../kernel/id.ts'
import type { PreparedParticipant, PreparedRecord } from './rules.ts'

const CHUNK = 1000

const COLUMNS = {
  record: {
    county_id: 'uuid',
    id: 'uuid',
    ledger: 'text',
    org_id: 'uuid',
    path: 'text',
    day: 'date',
    day_precision: 'text',
    day_to: 'date',
    title: 'text',
    person_times: 'int',
    fields: 'jsonb',
    batch_id: 'uuid',
    version: 'int',
    home_county_id: 'uuid',
    recorded_by: 'uuid',
    recorded_at: 'timestamp',
    changed_at: 'timestamp',
  },
  record_host: { county_id: 'uuid', record_id: 'uuid', org_id: 'uuid', path: 'text' },
  participation: {
    county_id: 'uuid',
    id: 'uuid',
    record_id: 'uuid',
    person_id: 'uuid',
    name: 'text',
    role: 'text',
    hours: 'numeric',
    points: 'numeric',
    amount: 'numeric',
  },
} as const

type Table = keyof typeof COLUMNS
type Row<T extends Table> = Record<keyof (typeof COLUMNS)[T], unknown>

export interface Rows {
  record: Row<'record'>[]
  record_host: Row<'record_host'>[]
  participation: Row<'participation'>[]
}

/** One parameter a statement: thousands of rows would exceed the number of parameters that PostgreSQL takes. */
async function insertAll<T extends Table>(db: Kysely<Database>, table: T, rows: Row<T>[]): Promise<void> {
  const columns = Object.entries(COLUMNS[table])
  const names = sql.raw(columns.map(([name]) => name).join(', '))
  const shape = sql.raw(columns.map(([name, type]) => `${name} ${type}`).join(', '))
  for (let from = 0; from < rows.length; from += CHUNK) {
    const json = JSON.stringify(rows.slice(from, from + CHUNK))
    await sql`insert into ${sql.table(table)} (${names})
      select ${names} from jsonb_to_recordset(${json}::jsonb) as x(${shape})`.execute(db)
  }
}

export async function insertRows(db: Kysely<Database>, rows: Rows): Promise<void> {
  await insertAll(db, 'record', rows.record)
  await insertAll(db, 'record_host', rows.record_host)
  await insertAll(db, 'participation', rows.participation)
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
  const rows: Rows = { record: [], record_host: [], participation: [] }
  for (const countyId of [record.countyId, ...away]) {
    const home = countyId === record.countyId
    const hosts = home ? record.hosts : record.hosts.filter((h) => h.countyId === countyId)
    const stands = home ? record : hosts[0]
    if (!stands) continue
    rows.record.push(recordRow(record, stamp, { countyId, orgId: stands.orgId, path: stands.path, home }))
    for (const h of hosts)
      rows.record_host.push({ county_id: countyId, record_id: record.id, org_id: h.orgId, path: h.path })
    for (const p of people) rows.participation.push(participationRow(record.id, countyId, p))
  }
  return rows
}

function recordRow(
  record: PreparedRecord,
  stamp: Stamp,
  at: { countyId: string; orgId: string; path: string; home: boolean },
): Row<'record'> {
  return {
    county_id: at.countyId,
    id: record.id,
    ledger: stamp.ledger,
    org_id: at.orgId,
    path: at.path,
    day: record.day,
    day_precision: record.dayPrecision,
    day_to: record.dayTo,
    title: record.title,
    person_times: record.personTimes,
    fields: record.fields,
    batch_id: stamp.batchId,
    version: stamp.version,
    home_county_id: at.home ? null : record.countyId,
    recorded_by: stamp.recordedBy,
    recorded_at: stamp.recordedAt,
    changed_at: stamp.changedAt,
  }
}

const participationRow = (
  recordId: string,
  countyId: string,
  p: PreparedParticipant & { id: string },
): Row<'participation'> => ({
  county_id: countyId,
  id: p.id,
  record_id: recordId,
  person_id: p.personId,
  name: p.name,
  role: p.role,
  hours: p.hours,
  points: p.points,
  amount: p.amount,
})

export function joined(all: Rows[]): Rows {
  return {
    record: all.flatMap((r) => r.record),
    record_host: all.flatMap((r) => r.record_host),
    participation: all.flatMap((r) => r.participation),
  }
}

/** Takes out a record's rows in every county, before they are written anew in the same transaction. */
export async function removeRows(db: Kysely<Database>, id: string): Promise<void> {
  const counties = db.selectFrom('org').select('countyId')
  await db.deleteFrom('participation').where('countyId', 'in', counties).where('recordId', '=', id).execute()
  await db.deleteFrom('recordHost').where('countyId', 'in', counties).where('recordId', '=', id).execute()
  await db.deleteFrom('record').where('countyId', 'in', counties).where('id', '=', id).execute()
}
