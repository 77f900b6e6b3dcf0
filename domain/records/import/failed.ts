/** The rows that failed as a workbook: their own columns and why, to be mended and uploaded as it is. */

import type { Cell } from '../../../kernel/spreadsheet/workbook.ts'
import type { SheetToWrite } from '../../../kernel/spreadsheet/write.ts'
import { writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import { type Problem, REASON_HEADER, type RowOutcome } from './contract.ts'
import { type Grid, gridOf } from './sheet/grid.ts'
import type { SheetColumn, SheetRow } from './sheet/reading.ts'
import type { Understood } from './understand.ts'

type Value = string | number | null

export function failedWorkbook(understood: Understood, failed: RowOutcome[]): Promise<Uint8Array> {
  return writeWorkbook([failedSheet(understood, failed)])
}

/** Its columns as they will be read again, for remembering what they mean. */
export const failedColumns = ({ reading }: Understood): SheetColumn[] =>
  reading.columns
    .filter((one) => one.header !== '' || one.field !== null)
    .map((one) => ({ ...one, header: headerOf(one) }))

function failedSheet({ reading, sheet, target }: Understood, failed: RowOutcome[]): SheetToWrite {
  const grid = gridOf(sheet)
  const rows = new Map(reading.rows.map((row) => [row.rowNumber, row]))
  const columns = reading.columns.filter((one) => one.header !== '' || one.field !== null)
  const place = target?.fields.find((field) => field.kind === 'org' && !field.many)
  const sectioned = failed.some((one) => rows.get(one.row)?.section !== undefined)
  const named = reading.columns.some((one) => one.field === place?.id)
  const addSection = place !== undefined && sectioned && !named
  const [title, ...notes] = reading.title.text.split('\n').filter(Boolean)
  return {
    name: reading.sheet,
    ...(title === undefined ? {} : { title, notes }),
    columns: [
      ...columns.map((one) => ({ title: headerOf(one) })),
      ...(addSection ? [{ title: place.title }] : []),
      { title: REASON_HEADER, width: 60 },
    ],
    rows: failed.map((one) => {
      const row = rows.get(one.row)
      return [
        ...columns.map(({ index, field }) =>
          valueAt(grid, one.row - 1, index, field ? row?.values[field] : undefined),
        ),
        ...(addSection ? [row?.section ?? null] : []),
        reasonsOf(one.problems),
      ]
    }),
  }
}

/** The unit that stood above the whole table goes with its column. */
const headerOf = ({ header, letter, unit }: SheetColumn) =>
  unit && !header.includes(unit) ? `${header}（${unit}）` : header || letter

const reasonsOf = (problems: Problem[]) =>
  problems
    .filter((one) => one.severity !== 'warning')
    .map((one) => `${one.header ? `${one.header}：` : ''}${one.reason}。${one.remedy}`)
    .join(' ')

/**
 * As it stood: a number stays one, since 2023.1 as text would be January; what a format showed beside the number, or
 * hid of a date, is written out.
 */
function valueAt(
  grid: Grid,
  row: number,
  column: number,
  parsed: SheetRow['values'][string] | undefined,
): Value {
  const merge = grid.merge(row, column)
  const cell = merge && merge.bottom > merge.top ? grid.origin(row, column) : grid.cell(row, column)
  if (cell.kind === 'number') return /[%"]|^0+$/.test(cell.format ?? '') ? cell.shown : Number(cell.value)
  if (cell.kind === 'date') return dateOf(cell, parsed?.precision)
  return cell.kind === 'empty' ? null : cell.shown
}

function dateOf(cell: Cell, precision: string | undefined): string {
  const value = String(cell.value)
  const [year, month] = value.split('-')
  if (precision === 'year') return `${year}年`
  return precision === 'month' ? `${year}年${Number(month)}月` : value
}
