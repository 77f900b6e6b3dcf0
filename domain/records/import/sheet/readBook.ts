/** Which sheet of a workbook to read: the one that looks most like a known table, and what the others hold. */
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import type { Workbook } from '../../../../kernel/spreadsheet/workbook.ts'
import type { SheetReading } from './reading.ts'
import { type ReadSheetOptions, readSheet } from './readSheet.ts'

export interface BookReading {
  best: SheetReading
  /** Other sheets that hold rows, likeliest first; each needs an import of its own. */
  others: { sheet: string; kind: string; rows: number }[]
}

/** Null when the workbook holds no sheet at all. Hidden sheets are read only when nothing else is there. */
export function readBook(
  book: Workbook,
  targets: Target | Target[],
  options: ReadSheetOptions,
): BookReading | null {
  const shown = book.sheets.filter((sheet) => !sheet.hidden && sheet.rows.length > 0)
  const sheets = shown.length > 0 ? shown : book.sheets
  const readings = sheets
    .map((sheet) => readSheet(sheet, targets, options))
    .sort((a, b) => weight(b) - weight(a))
  const [best, ...rest] = readings
  if (!best) return null
  const others = rest
    .filter((reading) => reading.rows.length > 0)
    .map((reading) => ({ sheet: reading.sheet, kind: reading.kind, rows: reading.rows.length }))
  const names = others.map((one) => `“${one.sheet}”（${one.rows} 行）`).join('、')
  const note = others.length > 0 ? [`只读了工作表“${best.sheet}”；另有${names}，请分别导入。`] : []
  return { best: { ...best, notes: [...best.notes, ...note] }, others }
}

const weight = (reading: SheetReading) =>
  reading.rows.length > 0 ? reading.confidence : reading.confidence - 1
