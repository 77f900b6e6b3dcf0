/** A spreadsheet read towards the kinds there are. Runs apart only: it comes from a stranger, and may be long. */
import { invalid } from '../../../kernel/errors.ts'
import { parseWorkbook } from '../../../kernel/spreadsheet/parse.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { type Cell, EMPTY_CELL, type Sheet, type Workbook } from '../../../kernel/spreadsheet/workbook.ts'
import { type ImportRequest, PREVIEW_ROWS, REASON_HEADER } from './contract.ts'
import { type Mapping, signatureOf } from './mapping.ts'
import { orgNames } from './orgNames.ts'
import { placeColumn } from './placeColumn.ts'
import { headerKey } from './sheet/headerText.ts'
import { squash } from './sheet/parse/text.ts'
import type { SheetReading, SheetRow } from './sheet/reading.ts'
import { readSheet } from './sheet/readSheet.ts'

export interface Asked {
  bytes: Uint8Array
  fileName: string
  request: ImportRequest
  /** The kinds that it may be, as text: what was worked out about them is kept from one file to the next. */
  kinds: string
  /** Id of the organisation for whom it speaks. */
  org: string
  now: string
  today: string
  /** Rows are told when there are no more than so many. */
  rows: number
  /** The whole sheet is told as it stands, not its first rows alone. */
  cells: boolean
}

/** What the reading needs to know on its way, and where it puts what is long. */
export interface Calls {
  recall(signatures: string[]): Promise<{ kind: string; mapping: Mapping } | null>
  places(nothing: null): Promise<Parameters<typeof orgNames>>
  rows(part: SheetRow[]): Promise<void>
  cells(part: Cell[][]): Promise<void>
}

export interface Told {
  sheets: { name: string; hidden: boolean }[]
  /** Without its rows, and the reading without its own. */
  sheet: Sheet
  reading: SheetReading
  dataRows: number
  remembered: boolean
}

export async function readTowards(asking: Asked, calls: Calls): Promise<Told> {
  const workbook = await parseWorkbook(asking)
  const asked = { ...asking, targets: targetsIn(asking) }
  const sheet = corrected(chooseSheet(workbook, asked), asked.request)
  requireRow(sheet, asked.request)
  const { reading, remembered } = await readRemembered(sheet, asked, calls)
  const { rows } = reading
  const across = Math.max(1, reading.columns.length)
  if (rows.length <= asked.rows) await inParts(rows, across, calls.rows)
  await inParts(asked.cells ? sheet.rows : sheet.rows.slice(0, PREVIEW_ROWS), across, calls.cells)
  return {
    sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden: hidden === true })),
    sheet: { ...sheet, rows: [], merges: asked.cells ? sheet.merges : [] },
    reading: { ...reading, rows: [] },
    dataRows: rows.length,
    remembered,
  }
}

type Reading = Asked & { targets: Target[] }

let known: { kinds: string; targets: Target[] } = { kinds: '[]', targets: [] }

function targetsIn({ kinds, request }: Asked): Target[] {
  if (known.kinds !== kinds) known = { kinds, targets: JSON.parse(kinds) as Target[] }
  return known.targets.filter((one) => request.kind === undefined || one.kind === request.kind)
}

/** Whoever takes a part in does nothing else meanwhile. */
const PART_CELLS = 5_000

async function inParts<T>(all: T[], across: number, tell: (part: T[]) => Promise<void>): Promise<void> {
  const size = Math.ceil(PART_CELLS / across)
  for (let from = 0; from < all.length; from += size) await tell(all.slice(from, from + size))
}

const optionsOf = ({ today, request }: Reading, remembered: Mapping = {}) => ({
  today,
  ...(request.statementDate === undefined ? {} : { statementDate: request.statementDate }),
  ...(request.headerRow === undefined ? {} : { header: headerPlace(request.headerRow, request.headerRows) }),
  remembered,
})

const headerPlace = (row: number, rows: number | undefined) => ({
  row,
  ...(rows === undefined ? {} : { rows }),
})

function requireRow({ name, rows }: Sheet, { headerRow }: ImportRequest): void {
  if (headerRow !== undefined && headerRow > rows.length)
    throw invalid('noSuchRow', `工作表“${name}”只有 ${rows.length} 行，没有第 ${headerRow} 行可以作表头。`)
}

/** The one asked for, else the visible one that says most; a hidden one only when there is no other. */
function chooseSheet({ sheets }: Workbook, asked: Reading): Sheet {
  const { request, targets } = asked
  const named = sheets.find((one) => one.name === request.sheet)
  if (named) return named
  if (request.sheet !== undefined)
    throw invalid(
      'sheetNotFound',
      `文件里没有工作表“${request.sheet}”，有：${sheets.map((one) => one.name).join('、')}。`,
    )
  const worth = (sheet: Sheet) => {
    const reading = readSheet(sheet, targets, optionsOf(asked))
    const size = Math.min(1, reading.rows.length / 3)
    return (sheet.hidden ? 0 : 1) * (reading.confidence * size + 0.0001) + reading.confidence * 0.0001
  }
  const [first] = sheets
  if (sheets.length <= 1) return first ?? { name: '', typed: true, rows: [], merges: [] }
  const ranked = sheets.map((sheet) => ({ sheet, worth: worth(sheet) })).sort((a, b) => b.worth - a.worth)
  return ranked[0]?.sheet ?? { name: '', typed: true, rows: [], merges: [] }
}

/** Read once as it stands; when its headers are remembered, or columns are mapped by hand, once more so. */
async function readRemembered(sheet: Sheet, asked: Reading, calls: Calls): Promise<Found> {
  const { request, targets } = asked
  const first = readSheet(sheet, targets, optionsOf(asked))
  const known = await calls.recall(targets.map((target) => signatureOf(target.kind, first.columns)))
  const byHand = Object.fromEntries(
    Object.entries(request.mapping ?? {}).map(([header, field]) => [headerKey(header), field]),
  )
  const mapping = { ...known?.mapping, ...byHand }
  const narrowed = targets.filter((target) => target.kind === (known?.kind ?? target.kind))
  const again = Object.keys(mapping).length > 0
  const read = again ? readSheet(sheet, narrowed, optionsOf(asked, mapping)) : first
  const place = await placeColumn({
    sheet,
    reading: read,
    own: asked.org,
    at: asked.now,
    names: async () => orgNames(...(await calls.places(null))),
    target: targets.find((one) => one.kind === read.kind),
  })
  Object.assign(mapping, known ? {} : place)
  const placed = !known && Object.keys(place).length > 0
  const reading = placed ? readSheet(sheet, narrowed, optionsOf(asked, mapping)) : read
  checkMapping(byHand, reading, targets)
  return picked(sheet, { ...asked, targets: narrowed }, { reading, mapping, remembered: known !== null })
}

function checkMapping(byHand: Mapping, reading: SheetReading, asked: Target[]): void {
  const target = asked.find((one) => one.kind === reading.kind)
  const ids = new Set(target?.fields.map((field) => field.id))
  const wrong = Object.values(byHand).find((field) => field !== '' && !ids.has(field))
  if (wrong !== undefined && target)
    throw invalid('unknownField', `“${target.title}”没有“${wrong}”这一项，请重新选择这一列对应什么。`)
}

interface Found {
  reading: SheetReading
  mapping: Mapping
  remembered: boolean
}

/** A doubt that one answer settles for a whole column: every cell concerned is mended by its own option. */
function picked(sheet: Sheet, asked: Reading, found: Found): Found {
  const { request, targets } = asked
  const picks = new Map(request.picks?.map((pick) => [pick.column, pick.option]))
  if (picks.size === 0) return found
  const corrections = found.reading.rows.flatMap((row) =>
    row.problems.flatMap(({ column, options }) => {
      const value = options?.[picks.get(column ?? '') ?? -1]?.value
      return value === undefined || column === null ? [] : [{ row: row.rowNumber, column, value }]
    }),
  )
  const mended = corrected(sheet, { corrections })
  return { ...found, reading: readSheet(mended, targets, optionsOf(asked, found.mapping)) }
}

/** The sheet with mended cells, and without the reasons that we wrote beside rows sent back before. */
function corrected(sheet: Sheet, { corrections = [] }: Pick<ImportRequest, 'corrections'>): Sheet {
  const reasons = reasonColumn(sheet)
  if (corrections.length === 0 && reasons < 0) return sheet
  const rows = sheet.rows.map((row) => row.map((cell, c) => (c === reasons ? EMPTY_CELL : cell)))
  for (const { row, column, value } of corrections) {
    const cells = rows[row - 1]
    if (!cells) throw invalid('noSuchRow', `表里没有第 ${row} 行，无法改正。`)
    cells[indexOf(column)] = textCell(value)
  }
  for (const cells of rows) for (let c = 0; c < cells.length; c++) cells[c] ??= EMPTY_CELL
  return { ...sheet, rows }
}

const textCell = (value: string): Cell =>
  value.trim() === '' ? EMPTY_CELL : { kind: 'text', value, shown: value }

const HEADER_SEARCHED = 15

function reasonColumn(sheet: Sheet): number {
  for (const row of sheet.rows.slice(0, HEADER_SEARCHED)) {
    const at = row.findIndex((cell) => cell.kind === 'text' && squash(cell.shown) === REASON_HEADER)
    if (at >= 0) return at
  }
  return -1
}

/** A → 0, AA → 26. */
const indexOf = (column: string): number =>
  [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
