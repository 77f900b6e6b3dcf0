/** Bytes to workbook. Runs apart only: a hostile file may exhaust memory or time here. */
import * as xlsx from '@e965/xlsx'
import { invalid, type Refusal } from '../errors.ts'
import { withoutColours } from './colours.ts'
import { sheetOfText } from './csv.ts'
import { serialToMoment } from './dates.ts'
import { judgeParts, tooManyColumns, tooManyRows } from './judge.ts'
import { LIMITS, tooLarge } from './limits.ts'
import { decodeText, type FileFormat, locked, sniffFormat } from './sniff.ts'
import { type Cell, EMPTY_CELL, type Merge, type Sheet, type Workbook } from './workbook.ts'
import { packPlainly, unpackZip } from './zip.ts'

export interface ParseRequest {
  bytes: Uint8Array
  fileName: string
  sheet?: string
}

type Judged = ParseRequest & { format: FileFormat }

const stem = (fileName: string) => fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')

export async function parseWorkbook(request: ParseRequest): Promise<Workbook> {
  const { bytes, fileName } = request
  const format = sniffFormat(bytes, fileName)
  if (format === 'text') {
    const sheet = sheetOfText(decodeText(bytes, fileName), stem(fileName))
    checkCells(sheet)
    return { format: 'csv', sheetNames: [sheet.name], sheets: [sheet] }
  }
  const judged = { ...request, format, bytes: format === 'zip' ? judgedZip(bytes) : bytes }
  if (format === 'ole') xlsx.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'))
  return convert(read(judged), judged)
}

/** Pictures, macros and what else holds no cells are left behind. */
const WITHOUT_CELLS =
  /\/(media|embeddings|printerSettings|pivotCache|externalLinks|activeX|ctrlProps)\/|vbaProject/i

function judgedZip(bytes: Uint8Array): Uint8Array {
  const parts = unpackZip(bytes, { wanted: (name) => !WITHOUT_CELLS.test(name) })
  judgeParts(parts)
  return packPlainly(withoutColours(parts))
}

const OPTIONS: xlsx.ParsingOptions = {
  dense: true,
  cellNF: true,
  cellText: true,
  cellFormula: true,
  cellHTML: false,
}

function read({ bytes, fileName, format, sheet }: Judged): xlsx.WorkBook {
  const only = sheet === undefined ? {} : { sheets: sheet }
  try {
    if (format === 'html')
      return xlsx.read(withoutHead(decodeText(bytes, fileName)), { type: 'string', raw: true, dense: true })
    return xlsx.read(bytes, { ...OPTIONS, ...only, type: 'array', cellStyles: true })
  } catch (error) {
    throw explain(error, fileName)
  }
}

/** Style sheets and scripts in the head may hold text that looks like a table. */
const withoutHead = (html: string) =>
  html.replace(/<(style|script|xml)\b[^>]*>[\s\S]*?<\/\1>/gi, '').replace(/<!--[\s\S]*?-->/g, '')

function explain(error: unknown, fileName: string): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  if (/password|encrypted file/i.test(message)) return locked(fileName)
  return invalid(
    'notSpreadsheet',
    `“${fileName}”读不出来，可能已损坏。请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。`,
  )
}

function convert(book: xlsx.WorkBook, { fileName, format, sheet }: Judged): Workbook {
  const names = book.SheetNames
  if (sheet !== undefined && !names.includes(sheet)) {
    throw invalid('sheetNotFound', `“${fileName}”里没有名为“${sheet}”的工作表。有：${names.join('、')}。`)
  }
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  const wanted = sheet === undefined ? names : [sheet]
  const sheets = wanted.flatMap((name) => {
    const found = book.Sheets[name]
    if (!found?.['!data']) return []
    const hidden = (book.Workbook?.Sheets?.[names.indexOf(name)]?.Hidden ?? 0) > 0
    return [convertSheet(name, found, { date1904, typed: format !== 'html', hidden })]
  })
  const kind = format === 'html' ? 'html' : format === 'ole' ? 'xls' : 'xlsx'
  return { format: kind, sheetNames: names, sheets }
}

interface SheetTraits {
  date1904: boolean
  typed: boolean
  hidden: boolean
}

function convertSheet(name: string, sheet: xlsx.WorkSheet, traits: SheetTraits): Sheet {
  const data: (xlsx.CellObject | undefined)[][] = sheet['!data'] ?? []
  const height = lastUsed(data) + 1
  const width = data.slice(0, height).reduce((most, row) => Math.max(most, row?.length ?? 0), 0)
  checkSize(height, width)
  const rows: Cell[][] = []
  for (let r = 0; r < height; r++) {
    const source = data[r] ?? []
    rows.push(Array.from({ length: source.length }, (_, c) => convertCell(source[c], traits.date1904)))
  }
  const merges = mergesIn(sheet, { height, width })
  checkCells({ rows })
  const hiddenRows = (sheet['!rows'] ?? []).flatMap((row, r) => (row?.hidden && r < height ? [r] : []))
  return {
    name,
    typed: traits.typed,
    rows,
    merges,
    ...(traits.hidden ? { hidden: true } : {}),
    ...(hiddenRows.length > 0 ? { hiddenRows } : {}),
  }
}

/** Clipped to what is used: each place that they cover is remembered by whoever reads the sheet. */
function mergesIn(sheet: xlsx.WorkSheet, { height, width }: { height: number; width: number }): Merge[] {
  const merges = (sheet['!merges'] ?? [])
    .map(mergeOf)
    .filter((merge) => merge.top < height)
    .map((merge) => ({
      ...merge,
      bottom: Math.min(merge.bottom, height - 1),
      right: Math.min(merge.right, Math.max(width - 1, merge.left)),
    }))
  const covered = merges.reduce((sum, m) => sum + (m.bottom - m.top + 1) * (m.right - m.left + 1), 0)
  if (covered > LIMITS.cells) throw tooLarge('合并的格子太多，互相重叠')
  return merges
}

const mergeOf = ({ s, e }: xlsx.Range): Merge => ({ top: s.r, left: s.c, bottom: e.r, right: e.c })

function lastUsed(data: (xlsx.CellObject | undefined)[][]): number {
  for (let r = data.length - 1; r >= 0; r--) {
    if (data[r]?.some((cell) => cell && cell.t !== 'z' && cell.v !== '')) return r
  }
  return -1
}

function checkSize(rows: number, columns: number) {
  if (rows > LIMITS.rows) throw tooManyRows(rows)
  if (columns > LIMITS.columns) throw tooManyColumns(columns)
  if (rows * columns > LIMITS.cells) throw tooLarge(`有 ${rows} 行 ${columns} 列`)
}

function checkCells({ rows }: Pick<Sheet, 'rows'>) {
  for (const [at, row] of rows.entries())
    for (const cell of row)
      if (cell.shown.length > LIMITS.cellText || String(cell.value ?? '').length > LIMITS.cellText)
        throw tooLarge(`第 ${at + 1} 行有一格的文字超过 ${LIMITS.cellText} 个字`)
}

function convertCell(cell: xlsx.CellObject | undefined, date1904: boolean): Cell {
  if (!cell || (cell.t === 'z' && !cell.f)) return EMPTY_CELL
  const formula = cell.f === undefined ? {} : { formula: cell.f }
  if (cell.t === 'e' || cell.v === undefined || cell.v === null) {
    return { kind: 'error', value: null, shown: cell.w ?? '公式没有结果', ...formula }
  }
  if (cell.t === 'b')
    return { kind: 'bool', value: cell.v === true, shown: cell.v ? 'TRUE' : 'FALSE', ...formula }
  if (cell.t === 'n' && typeof cell.v === 'number')
    return { ...numberCell(cell.v, cell, date1904), ...formula }
  const text = String(cell.v)
  return text.trim() === '' ? EMPTY_CELL : { kind: 'text', value: text, shown: text, ...formula }
}

function numberCell(value: number, cell: xlsx.CellObject, date1904: boolean): Cell {
  const format = cell.z === undefined ? 'General' : String(cell.z)
  const shown = cell.w ?? String(value)
  const moment = xlsx.SSF.is_date(format) ? serialToMoment(value, date1904) : null
  return moment === null
    ? { kind: 'number', value, shown, format }
    : { kind: 'date', value: moment, shown, format }
}
