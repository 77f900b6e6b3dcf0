/** A workbook as read: what each cell held, how it was shown, and nothing interpreted. */

export type CellKind = 'text' | 'number' | 'date' | 'bool' | 'empty' | 'error'

export interface Cell {
  kind: CellKind
  /** A date is text, 'YYYY-MM-DD', 'YYYY-MM-DD HH:MM:SS' or, for an hour alone, 'HH:MM:SS'. */
  value: string | number | boolean | null
  shown: string
  /** The number format of a number or date, such as yyyy"年"m"月". */
  format?: string
  formula?: string
}

/** Both ends included, counted from 0. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface Sheet {
  name: string
  /** False where the file holds texts only (CSV, HTML), so that 2023.10 may have become 2023.1 before us. */
  typed: boolean
  rows: Cell[][]
  merges: Merge[]
  hidden?: boolean
  /** Row indexes from 0. */
  hiddenRows?: number[]
}

export interface Workbook {
  format: 'xlsx' | 'xls' | 'html' | 'csv'
  /** All sheets of the file, also those that were not asked for. */
  sheetNames: string[]
  sheets: Sheet[]
}

export const EMPTY_CELL: Cell = Object.freeze({ kind: 'empty', value: null, shown: '' })

/** 0 → A, 26 → AA, as the sheet shows it. */
export function columnLetter(index: number): string {
  const rest = Math.floor(index / 26)
  return (rest > 0 ? columnLetter(rest - 1) : '') + String.fromCharCode(65 + (index % 26))
}
