/** Totals that a sheet states, never imported, held against our own sums and counts. */
import { columnLetter } from '../../../../kernel/spreadsheet/workbook.ts'
import type { Grid } from './grid.ts'
import { parseNumber } from './parse/numbers.ts'
import type { SheetRow, TotalCheck } from './reading.ts'
import type { Block, MappedColumn } from './rowKinds.ts'

export interface StatedTotal {
  /** Index from 0. */
  row: number
  label: string
  scope: 'group' | 'all'
  /** Rows read before this line: the group is from the last subtotal or section to here. */
  from: number
  to: number
}

const NUMERIC = new Set(['integer', 'number', 'money'])

export function checkTotal(grid: Grid, block: Block, stated: StatedTotal, rows: SheetRow[]): TotalCheck[] {
  const group = rows.slice(stated.from, stated.to)
  // 全镇合计 directly under the header stands before every row.
  const spans =
    stated.scope === 'group' && group.length > 0
      ? [group]
      : [rows, group, rows.slice(0, stated.to)].filter((span) => span.length > 0)
  const found: TotalCheck[] = []
  const add = (column: number, field: string, value: number, ours: (span: SheetRow[]) => number) => {
    const sums = (spans.length > 0 ? spans : [group]).map(ours)
    const best = sums.find((sum) => Math.abs(sum - value) < 0.005) ?? sums[0] ?? 0
    found.push({
      row: stated.row + 1,
      column: columnLetter(column),
      field,
      label: stated.label,
      stated: value,
      ours: best,
      equal: Math.abs(best - value) < 0.005,
    })
  }
  for (const column of block.columns) {
    const value = statedValue(grid, stated.row, column)
    if (value === null) continue
    if (!NUMERIC.has(column.field.kind)) add(column.index, column.field.id, value, (span) => span.length)
    else if (column.field.totals !== false)
      add(column.index, column.field.id, value, (span) => sumOf(span, column.field.id))
  }
  const counted = /(\d+)(人|名|个|户|条|场|次)/.exec(stated.label)
  if (counted) add(block.from, '', Number(counted[1]), (span) => span.length)
  return found
}

const sumOf = (rows: SheetRow[], field: string) =>
  Number(rows.reduce((sum, row) => sum + Number(row.values[field]?.value ?? 0), 0).toFixed(6))

/** A number in the total's row, in the column's unit; in a column of names it is a count of rows. */
function statedValue(grid: Grid, row: number, column: MappedColumn): number | null {
  const cell = grid.cell(row, column.index)
  if (cell.kind !== 'number' && cell.kind !== 'text') return null
  const numeric = NUMERIC.has(column.field.kind)
  const rule = numeric
    ? {
        kind: 'number' as const,
        minimum: Number.NEGATIVE_INFINITY,
        ...(column.field.unit === undefined ? {} : { unit: column.field.unit }),
        ...(column.unit === undefined ? {} : { headerUnit: column.unit }),
      }
    : { kind: 'number' as const, unit: '人' }
  if (!numeric && !['name', 'people', 'text', 'org'].includes(column.field.kind)) return null
  const value = parseNumber(cell, rule).reading.value
  return typeof value === 'number' ? value : null
}
