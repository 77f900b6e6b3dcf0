/**
 * A superior's form as it is: the tables in which one can point at a cell. An Excel sheet is one table; in Word every
 * table is one, with the text that stands before it. Browser-safe.
 */

/** What a cell shows numbers as; a share of 20.5 % is written as 0.205 where the cell is a percentage. */
export type CellFormat = 'general' | 'number' | 'percent' | 'text' | 'date'

/** Rows and columns count from 0. A merged area is one cell, at its upper left corner. */
export interface FormCell {
  row: number
  column: number
  rowSpan: number
  columnSpan: number
  text: string
  format: CellFormat
  /** Counted by the form itself; never written to. */
  formula?: string
  bold?: boolean
  align?: 'left' | 'center' | 'right'
}

export interface FormTable {
  /** Stable within the file: 's0' the first sheet, 't0' the first table of a Word file. */
  id: string
  /** The sheet's name, or what stands before a Word table. */
  title: string
  rows: number
  columns: number
  /** Widths in pixels, one a column. */
  widths: number[]
  /** All cells that exist, empty ones too, row by row. */
  cells: FormCell[]
}

export interface FormDocument {
  format: 'xlsx' | 'docx'
  tables: FormTable[]
}

export type CellValue = string | number | null

/** One cell that gets a value. null empties it. */
export interface CellFill {
  table: string
  row: number
  column: number
  value: CellValue
}

/**
 * A list that is written downwards from a row, one line a row; `columns` says into which column each value goes.
 * The rows down to `through` (blank rows of the form) are used first; further rows are inserted below, formed like the
 * last of them.
 */
export interface ListFill {
  table: string
  row: number
  through: number
  columns: number[]
  lines: CellValue[][]
}

/** A form file, opened. */
export interface FormFile {
  document: FormDocument
  /**
   * The file with these cells written and everything else as it was.
   * @throws invalid `formulaCell` where a formula would be overwritten, `noCell` where there is no such cell.
   */
  fill(cells: CellFill[], lists?: ListFill[]): Uint8Array
}

/** Word by its name, else Excel. */
export const isDocument = (fileName: string): boolean => /\.docx$/i.test(fileName)
