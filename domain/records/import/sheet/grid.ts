/** A sheet with its merges looked up quickly. */
import { type Cell, EMPTY_CELL, type Merge, type Sheet } from '../../../../kernel/spreadsheet/workbook.ts'

export interface Grid {
  sheet: Sheet
  height: number
  width: number
  cell(row: number, column: number): Cell
  /** The merge that covers a cell, if any. */
  merge(row: number, column: number): Merge | undefined
  /** The cell itself, or the first one of the merge that covers it. */
  origin(row: number, column: number): Cell
}

export function gridOf(sheet: Sheet): Grid {
  const height = sheet.rows.length
  const width = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0)
  const covers = new Map<number, Merge>()
  for (const merge of sheet.merges) {
    for (let r = merge.top; r <= Math.min(merge.bottom, height - 1); r++) {
      for (let c = merge.left; c <= Math.min(merge.right, width - 1); c++) covers.set(r * 1024 + c, merge)
    }
  }
  const cell = (row: number, column: number) => sheet.rows[row]?.[column] ?? EMPTY_CELL
  const merge = (row: number, column: number) => covers.get(row * 1024 + column)
  const origin = (row: number, column: number) => {
    const cover = merge(row, column)
    return cover ? cell(cover.top, cover.left) : cell(row, column)
  }
  return { sheet, height, width, cell, merge, origin }
}

/** Columns of a row that hold something, merges counted at their first cell only. */
export function filledColumns(grid: Grid, row: number, from = 0, to = grid.width): number[] {
  const filled: number[] = []
  for (let c = from; c < to; c++) if (grid.cell(row, c).kind !== 'empty') filled.push(c)
  return filled
}
