/** A filtered ledger as a spreadsheet, under the headers by which it could be imported again. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import type { Download } from '../../../kernel/route.ts'
import { type SheetColumn, writeCsv, writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import type { exportRecords } from './contract.ts'
import type { LedgerDefinition } from './definition.ts'
import { recordColumns } from './measures.ts'
import { frameOf, listed } from './queries.ts'
import { ledger } from './registry.ts'
import { roleHeader } from './sheet.ts'

const NUMERIC = new Set(['integer', 'number', 'money', 'calculated'])

export async function exportSheet(
  ctx: Context,
  { params, query }: Input<typeof exportRecords>,
): Promise<Download> {
  const definition = await ledger(ctx, params.ledger)
  const frame = await frameOf(ctx, query)
  const columns = recordColumns(definition)
  const cells = [
    ...columns.map((c) => sql`(${c.sql(frame)})::text`),
    ...definition.roles.map((r) => namesIn(r.id)),
  ]
  const { rows } = await sql<{ cells: (string | null)[] }>`
    select array[${sql.join(cells)}] as cells ${listed(definition, query, frame)} order by r.day, r.id`.execute(
    ctx.db,
  )
  const numeric = columns.map((c) => c.id === 'personTimes' || NUMERIC.has(typeOf(definition, c.id)))
  const sheet = {
    name: definition.title,
    columns: [
      ...columns.map((c, at) => sheetColumn(definition, c, numeric[at] === true)),
      ...definition.roles.map((r) => ({ title: roleHeader(r) })),
    ],
    rows: rows.map((r) => r.cells.map((cell, at) => (cell !== null && numeric[at] ? Number(cell) : cell))),
  }
  const name = `${definition.title}${query.from ? ` ${query.from} 至 ${query.to ?? ctx.today}` : ''}`
  return query.format === 'csv'
    ? { name: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', body: writeCsv(sheet) }
    : {
        name: `${name}.xlsx`,
        mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: await writeWorkbook([sheet]),
      }
}

const typeOf = (definition: LedgerDefinition, id: string): string =>
  definition.fields.find((f) => f.id === id)?.type ?? 'text'

function sheetColumn(
  definition: LedgerDefinition,
  column: { id: string; title: string },
  numeric: boolean,
): SheetColumn {
  if (typeOf(definition, column.id) === 'money') return { title: `${column.title}（元）`, format: 'money' }
  return numeric ? { title: column.title, format: 'number' } : { title: column.title }
}

const namesIn = (role: string) => sql`(select string_agg(q.name, '、' order by q.id) from participation q
  where q.county_id = r.county_id and q.record_id = r.id and q.role = ${role})`
