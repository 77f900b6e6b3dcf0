/** A filtered ledger as a spreadsheet, under the headers by which it could be imported again. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { cursorOf } from '../../../kernel/database/cursor.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { invalid } from '../../../kernel/errors.ts'
import { CSV, type SheetPlan, XLSX } from '../../../kernel/jobs/sheet.ts'
import type { Frame } from '../../../kernel/measures.ts'
import type { Download } from '../../../kernel/route.ts'
import type { StreamedRow } from '../../../kernel/spreadsheet/stream.ts'
import { type SheetColumn, writeCsv, writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import type { RecordFilter } from './contract.ts'
import type { LedgerDefinition } from './definition.ts'
import { recordColumns } from './dimensions.ts'
import type { exportRecords } from './exportContract.ts'
import { isNumber, kitOf, unitOf } from './fields/types.ts'
import { frameOf, listed, orderOf } from './queries.ts'
import { ledger } from './registry.ts'
import { roleHeader } from './sheet.ts'

export interface ExportAsked extends RecordFilter {
  format?: 'xlsx' | 'csv' | undefined
  /** As lists are sorted; by day when left out. */
  sort?: string | undefined
  /** Ids in their order, with commas; all of the ledger's when left out. */
  columns?: string | undefined
}

const CHUNK = 2000

export async function planExport(ctx: Context, ledgerId: string, asked: ExportAsked): Promise<SheetPlan> {
  const definition = await ledger(ctx, ledgerId)
  const frame = await frameOf(ctx, asked)
  const columns = chosen(columnsOf(definition, frame), asked.columns)
  const from = await listed(ctx, definition, asked, frame)
  const numeric = columns.map((c) => c.sheet.format === 'number' || c.sheet.format === 'money')
  const cells = sql.join(columns.map((c) => sql`(${c.sql})::text`))
  const query = sql<{ cells: (string | null)[] }>`select array[${cells}] as cells ${from}
    order by ${orderOf(definition, asked.sort ?? 'day')}`
  return {
    name: `${definition.title}${asked.from ? ` ${asked.from} 至 ${asked.to ?? ctx.today}` : ''}`,
    title: definition.title,
    columns: columns.map((c) => c.sheet),
    async count() {
      const { rows } = await sql<{ count: number }>`select count(*) as count ${from}`.execute(ctx.db)
      return rows[0]?.count ?? 0
    },
    async *rows() {
      for await (const rows of cursorOf(ctx.db, query, CHUNK))
        yield rows.map((r) => r.cells.map((cell, at) => (cell !== null && numeric[at] ? Number(cell) : cell)))
    },
  }
}

interface ExportColumn {
  id: string
  sheet: SheetColumn
  sql: RawBuilder<unknown>
}

function columnsOf(definition: LedgerDefinition, frame: Frame): ExportColumn[] {
  return [
    ...recordColumns(definition).map((c) => ({
      id: c.id,
      sheet: sheetColumn(definition, c),
      sql: c.sql(frame),
    })),
    ...definition.roles.map((r) => ({
      id: `role.${r.id}`,
      sheet: { title: roleHeader(r) },
      sql: namesIn(r.id),
    })),
  ]
}

/** The names stand in one column of the screen, and by role in the file. */
const NAMED = '_named'

function chosen(columns: ExportColumn[], ids: string | undefined): ExportColumn[] {
  if (!ids) return columns
  const found = ids
    .split(',')
    .flatMap((id) =>
      id === NAMED ? columns.filter((c) => c.id.startsWith('role.')) : columns.filter((c) => c.id === id),
    )
  return found.length > 0 ? found : columns
}

/** Held in memory; more goes by a job, row after row into a file. */
const MOST_AT_ONCE = 20_000

export async function exportSheet(
  ctx: Context,
  { params, query }: Input<typeof exportRecords>,
): Promise<Download> {
  const plan = await planExport(ctx, params.ledger, query)
  const rows: StreamedRow[] = []
  for await (const part of plan.rows()) {
    rows.push(...part)
    if (rows.length > MOST_AT_ONCE)
      throw invalid('tooMany', `超过 ${MOST_AT_ONCE} 条，请用“后台导出”，做好后在收件箱下载。`)
  }
  const sheet = { name: plan.title, columns: plan.columns, rows }
  return query.format === 'csv'
    ? { name: `${plan.name}.csv`, mediaType: CSV, body: writeCsv(sheet) }
    : { name: `${plan.name}.xlsx`, mediaType: XLSX, body: await writeWorkbook([sheet]) }
}

function sheetColumn(definition: LedgerDefinition, column: { id: string; title: string }): SheetColumn {
  const field = definition.fields.find((f) => f.id === column.id)
  if (field && kitOf(field.type).unit)
    return { title: `${column.title}（${unitOf(field)}）`, format: 'money' }
  const numeric = column.id === 'personTimes' || (field && isNumber(field))
  return numeric ? { title: column.title, format: 'number' } : { title: column.title }
}

const namesIn = (role: string) => sql`(select string_agg(q.name, '、' order by q.id) from participation q
  where q.county_id = r.county_id and q.record_id = r.id and q.role = ${role})`
