/**
 * What the demo knows of a ledger: rows that organisations recorded, and a sheet as an office keeps it. One file a
 * ledger in `ledgers/`, named like the ledger, exporting `demo`; the first eight ledgers keep their rows elsewhere.
 */
import { type CellValue, type MergeRange, writeXlsx } from 'hucre/xlsx'
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import type { Context } from '../kernel/context.ts'
import { newId } from '../kernel/id.ts'
import { gathered } from './gather.ts'
import { type Records, record, type Stage } from './stage.ts'

/** A record as the demo writes it down. Hosts are named like the organisations that hold rows. */
export interface DemoRow extends Omit<RecordDraft, 'orgId' | 'id'> {
  /** So many members of the organisation and what is below it take part, in the usual role or in this one. */
  members?: number | { count: number; role?: string; hours?: number }
}

/** A spreadsheet as it lies on a desk: title rows, units in headers, merged cells, odd dates, totals. */
export interface MessySheet {
  /** Of the file, without its ending. */
  name: string
  rows: CellValue[][]
  /** 'A1:H1' */
  merges?: string[]
  /** Whose desk: 枫砻镇团委 unless it is the county's. */
  desk?: 'county'
  /** How many rows the import takes in. */
  taken: number
  /** Rows that it does not take in, as numbered in the sheet, and words of what it says of them. */
  refused?: Record<number, string>
}

export interface LedgerDemo {
  /** By organisation: its code (990101), below a township the township's code and the name (990101001/霁塘村团支部). */
  rows: Record<string, DemoRow[]>
  sheet: MessySheet
}

export const ledgerDemos: { ledger: string; demo: LedgerDemo }[] = (
  await gathered<LedgerDemo>(new URL('./ledgers/', import.meta.url), 'demo')
).map(({ file, found }) => ({ ledger: file, demo: found }))

/** Writes down every ledger's rows, each in its month. @throws Error where a row is not taken */
export async function recordLedgers(stage: Stage, now: Context): Promise<void> {
  const found = finder(now)
  const all: Records = {}
  for (const { ledger, demo } of ledgerDemos)
    for (const [key, rows] of Object.entries(demo.rows))
      all[ledger] = [...(all[ledger] ?? []), ...(await draftsOf(found, key, rows))]
  await record(stage, undefined, all)
}

interface Finder {
  org(key: string): Promise<string>
  members(key: string): Promise<string[]>
}

async function draftsOf(find: Finder, key: string, rows: DemoRow[]): Promise<RecordDraft[]> {
  const orgId = await find.org(key)
  const drafts: RecordDraft[] = []
  for (const { members, hosts, participants = [], ...row } of rows) {
    const { count, ...part } = typeof members === 'number' ? { count: members } : { count: 0, ...members }
    const there = count > 0 ? (await find.members(key)).slice(0, count) : []
    if (there.length < count) throw new Error(`demo: ${key} has ${there.length} members, not ${count}`)
    drafts.push({
      ...row,
      id: newId(),
      orgId,
      ...(hosts && { hosts: await Promise.all(hosts.map((host) => find.org(host))) }),
      participants: [...participants, ...there.map((personId) => ({ personId, ...part }))],
    })
  }
  return drafts
}

/** Looks each organisation and its members up once; members in the order of their names. */
function finder({ db, now }: Context): Finder {
  const orgs = new Map<string, Promise<{ id: string; path: string }>>()
  const members = new Map<string, Promise<string[]>>()
  const orgOf = async (key: string) => {
    const [code = '', name] = key.split('/')
    const above = await spans().where('org.code', '=', code).executeTakeFirstOrThrow()
    if (!name) return above
    return spans()
      .where('s.name', '=', name)
      .where('s.path', 'like', `${above.path}%`)
      .executeTakeFirstOrThrow()
  }
  const spans = () =>
    db
      .selectFrom('orgSpan as s')
      .innerJoin('org', 'org.id', 's.orgId')
      .select(['org.id', 's.path'])
      .where('s.validFrom', '<=', now)
      .where('s.validTo', '>', now)
  const once = <T>(kept: Map<string, Promise<T>>, key: string, look: (key: string) => Promise<T>) => {
    const looked = kept.get(key) ?? look(key)
    kept.set(key, looked)
    return looked
  }
  const found = (key: string) => once(orgs, key, orgOf)
  const membersOf = async (key: string) => {
    const { path } = await found(key)
    const rows = await db
      .selectFrom('membership as m')
      .innerJoin('person', 'person.id', 'm.personId')
      .innerJoin('orgSpan as s', 's.orgId', 'm.orgId')
      .select('person.id')
      .distinct()
      .select('person.name')
      .where('s.path', 'like', `${path}%`)
      .where('m.validTo', '>', now)
      .where('s.validTo', '>', now)
      .orderBy('person.name')
      .execute()
    return rows.map((r) => r.id)
  }
  return {
    org: async (key) => (await found(key)).id,
    members: (key) => once(members, key, membersOf),
  }
}

/** The sheet as a workbook. */
export const bytesOf = ({ rows, merges = [] }: MessySheet) =>
  writeXlsx({ sheets: [{ name: 'Sheet1', rows, merges: merges.map(rangeOf) }] })

/** 'B3:B5' */
function rangeOf(range: string): MergeRange {
  const [from, to] = range.split(':').map((cell) => {
    const [, letters = '', digits = ''] = /^([A-Z])(\d+)$/.exec(cell) ?? []
    return { column: letters.charCodeAt(0) - 65, row: Number(digits) - 1 }
  })
  if (!from || !to) throw new Error(`no range: ${range}`)
  return { startRow: from.row, startCol: from.column, endRow: to.row, endCol: to.column }
}
