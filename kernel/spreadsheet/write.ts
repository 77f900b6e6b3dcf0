/** Our own sheets: templates, exports, failed rows, evidence annexes. */
import { type CellStyle, type DataValidation, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import { invalid } from '../errors.ts'
import { guarded } from '../guard/guard.ts'
import { columnLetter } from './workbook.ts'
import type { writePulled } from './writePulled.ts'

export type ColumnFormat = 'text' | 'number' | 'money' | 'date'

export interface SheetColumn {
  title: string
  /** In characters; a Chinese one counts two. */
  width?: number
  /** Text is the default, so that an ID number typed into it keeps its digits. */
  format?: ColumnFormat
  /** Offered as a drop-down. */
  options?: string[]
}

export interface SheetToWrite {
  name: string
  title?: string
  /** Lines between title and header. */
  notes?: string[]
  columns: SheetColumn[]
  rows: (string | number | null)[][]
}

export const NUMBER_FORMATS: Record<ColumnFormat, string> = {
  text: '@',
  number: 'General',
  money: '#,##0.00',
  date: '@',
}
const LINE = { style: 'thin' as const, color: { rgb: 'BFBFBF' } }
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE }
const TITLE: CellStyle = {
  font: { bold: true, size: 16 },
  alignment: { horizontal: 'center', vertical: 'center' },
}
const NOTE: CellStyle = {
  font: { color: { rgb: '595959' } },
  alignment: { wrapText: true, vertical: 'center' },
}
const HEADER: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F2F2F2' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
  border: BORDER,
}
/** Rows below the data that still offer the drop-downs, for filling in. */
const SPARE_ROWS = 500
/** A list written into the validation itself may hold 255 characters; longer ones live on a hidden sheet. */
const INLINE_OPTIONS = 250
const OPTIONS_SHEET = '选项'

/** More than these are written apart: some forty milliseconds in which nobody else is served. */
const CELLS_HERE = 3_000
const PART = 500

const apart = guarded<typeof writePulled>(new URL('./writePulled.ts', import.meta.url), 'writePulled', {
  own: true,
})

/** Numbers stay numbers; every text is stored as text, so none can become a formula. */
export function writeWorkbook(sheets: SheetToWrite[]): Promise<Uint8Array> {
  const cells = sheets.reduce((sum, sheet) => sum + sheet.rows.length * sheet.columns.length, 0)
  if (cells <= CELLS_HERE) return written(sheets)
  const heads = sheets.map((sheet) => ({ ...sheet, rows: [] }))
  return apart(heads, {
    milliseconds: 60_000,
    words: { tooLarge: notWritten, broken: () => notWritten('没有写成') },
    calls: { rows: async ({ sheet, from }) => sheets[sheet]?.rows.slice(from, from + PART) ?? [] },
  })
}

const notWritten = (why: string) => invalid('exportTooLarge', `表太大，写不出来：${why}。请缩小范围再导出。`)

export async function written(sheets: SheetToWrite[]): Promise<Uint8Array> {
  const lists: string[][] = []
  const written = sheets.map((sheet) => layOut(sheet, lists))
  const hidden: WriteSheet = { name: OPTIONS_SHEET, veryHidden: true, rows: transpose(lists) }
  return writeXlsx({
    sheets: lists.length > 0 ? [...written, hidden] : written,
    defaultFont: { name: '宋体', size: 11 },
  })
}

function layOut(sheet: SheetToWrite, lists: string[][]): WriteSheet {
  const above = [...(sheet.title === undefined ? [] : [sheet.title]), ...(sheet.notes ?? [])]
  const headerAt = above.length
  const cells = new Map<string, { value: string | number | null; style: CellStyle }>()
  above.forEach((text, r) => {
    cells.set(`${r},0`, { value: text, style: r === 0 && sheet.title !== undefined ? TITLE : NOTE })
  })
  sheet.columns.forEach((column, c) => {
    cells.set(`${headerAt},${c}`, { value: column.title, style: HEADER })
    const style: CellStyle = { numFmt: NUMBER_FORMATS[column.format ?? 'text'], border: BORDER }
    sheet.rows.forEach((row, r) => {
      cells.set(`${headerAt + 1 + r},${c}`, { value: row[c] ?? null, style })
    })
  })
  return {
    name: safeSheetName(sheet.name),
    columns: sheet.columns.map((column) => ({
      width: widthOf(column),
      numFmt: NUMBER_FORMATS[column.format ?? 'text'],
    })),
    rows: [
      ...above.map((text) => [text]),
      sheet.columns.map((column) => column.title),
      ...sheet.rows.map((row) => sheet.columns.map((_, c) => row[c] ?? null)),
    ],
    cells,
    merges: sheet.columns.length < 2 ? [] : above.map((_, r) => fullWidth(r, sheet.columns.length)),
    dataValidations: validations(sheet, headerAt + 2, lists),
    freezePane: { rows: headerAt + 1 },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${headerAt + 1}:${headerAt + 1}`,
    },
  }
}

const fullWidth = (row: number, columns: number) => ({
  startRow: row,
  startCol: 0,
  endRow: row,
  endCol: columns - 1,
})

function validations(sheet: SheetToWrite, firstRow: number, lists: string[][]): DataValidation[] {
  const lastRow = firstRow + sheet.rows.length + SPARE_ROWS
  return sheet.columns.flatMap((column, c) => {
    const options = column.options ?? []
    if (options.length === 0) return []
    const letter = columnLetter(c)
    const inline =
      options.join(',').length <= INLINE_OPTIONS && options.every((option) => !/[,"]/.test(option))
    const source = inline ? { values: options } : { formula1: optionRange(lists, options) }
    return [
      {
        type: 'list' as const,
        ...source,
        range: `${letter}${firstRow}:${letter}${lastRow}`,
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: 'warning' as const,
        errorTitle: column.title,
        errorMessage: '请从下拉中选择。',
      },
    ]
  })
}

function optionRange(lists: string[][], options: string[]): string {
  lists.push(options)
  const letter = columnLetter(lists.length - 1)
  return `'${OPTIONS_SHEET}'!$${letter}$1:$${letter}$${options.length}`
}

function transpose(lists: string[][]): (string | null)[][] {
  const height = Math.max(0, ...lists.map((list) => list.length))
  return Array.from({ length: height }, (_, r) => lists.map((list) => list[r] ?? null))
}

export const widthOf = (column: SheetColumn): number =>
  column.width ?? Math.max(10, displayWidth(column.title) + 4)

const displayWidth = (text: string) => [...text].reduce((sum, char) => sum + (char > '\u00ff' ? 2 : 1), 0)

/** Sheet names hold at most 31 characters and none of : \ / ? * [ ]. */
export const safeSheetName = (name: string) =>
  name
    .replace(/[:\\/?*[\]']/g, ' ')
    .trim()
    .slice(0, 31) || '表'

/** UTF-8 with mark and CRLF, as spreadsheet programs expect; texts that look like formulas are disarmed. */
export function writeCsv(sheet: SheetToWrite): Uint8Array {
  const lines = [sheet.columns.map((column) => column.title), ...sheet.rows]
  return new TextEncoder().encode(`\uFEFF${lines.map(csvLine).join('')}`)
}

export const csvLine = (line: (string | number | null)[]): string => `${line.map(csvField).join(',')}\r\n`

function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
