/** A stored file read towards the kinds there are: which sheet, what it is, which column is which. */
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { readWorkbook } from '../../../kernel/spreadsheet/read.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { type Cell, EMPTY_CELL, type Sheet, type Workbook } from '../../../kernel/spreadsheet/workbook.ts'
import { findOrg, type Org, requireOrg } from '../../structure/organisations/queries.ts'
import { type ImportRequest, REASON_HEADER, SURE_ENOUGH } from './contract.ts'
import { type Mapping, recall, signatureOf } from './memory.ts'
import { placeColumn } from './placeColumn.ts'
import { namesUnder } from './places.ts'
import { headerKey } from './sheet/headerText.ts'
import { parseDate } from './sheet/parse/dates.ts'
import { squash } from './sheet/parse/text.ts'
import type { SheetReading } from './sheet/reading.ts'
import { readSheet } from './sheet/readSheet.ts'
import { targets } from './targets.ts'
import { openFile, type StoredFile } from './uploads.ts'

export interface Understood {
  stored: StoredFile
  org: Org
  sheets: { name: string; hidden: boolean }[]
  sheet: Sheet
  /** Null when no header was found. */
  target: Target | null
  targets: Target[]
  reading: SheetReading
  remembered: boolean
  /** Somebody said what it is, or the sheet says so itself. */
  sure: boolean
  /** The day asked for. */
  statementDate: string | null
  /** The day written above the table: a proposal, no more. */
  dayAbove: string | null
}

export async function understand(ctx: Context, request: ImportRequest): Promise<Understood> {
  const stored = openFile(ctx.services, ctx.actor, request.file)
  const org = await findOrg(ctx, request.org)
  requireOrg(ctx, 'records.import', org)
  const workbook = await readWorkbook(stored.bytes, { fileName: stored.name })
  const all = await targets(ctx)
  const asked = all.filter((one) => request.kind === undefined || one.kind === request.kind)
  if (asked.length === 0) throw unknownKind(request.kind ?? '', all)
  const sheet = corrected(chooseSheet(workbook, asked, { ctx, request }), request)
  requireRow(sheet, request)
  const found = await readRemembered(ctx, { org, sheet, asked, request })
  const { reading } = found
  return {
    stored,
    org,
    sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden: hidden === true })),
    sheet,
    target: all.find((one) => one.kind === reading.kind) ?? null,
    targets: all,
    reading,
    remembered: found.remembered,
    sure: request.kind !== undefined || found.remembered || isSure(reading),
    statementDate: request.statementDate ?? null,
    dayAbove: dayAbove(reading, ctx.today),
  }
}

const CLEAR_LEAD = 0.02

/** A sheet that would do as well as another kind is a guess, however well it fits. */
export function isSure({ confidence, candidates }: SheetReading): boolean {
  const rival = candidates[1]?.confidence ?? 0
  return confidence >= SURE_ENOUGH && confidence - rival >= CLEAR_LEAD
}

const unknownKind = (kind: string, all: Target[]) =>
  invalid(
    'unknownKind',
    `没有“${kind}”这种表，可以是：${all.map((one) => `${one.kind}（${one.title}）`).join('、')}。`,
  )

const optionsOf = (ctx: Context, request: ImportRequest, remembered: Mapping = {}) => ({
  today: ctx.today,
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
function chooseSheet(
  { sheets }: Workbook,
  asked: Target[],
  { ctx, request }: { ctx: Context; request: ImportRequest },
): Sheet {
  const named = sheets.find((one) => one.name === request.sheet)
  if (named) return named
  if (request.sheet !== undefined)
    throw invalid(
      'sheetNotFound',
      `文件里没有工作表“${request.sheet}”，有：${sheets.map((one) => one.name).join('、')}。`,
    )
  const worth = (sheet: Sheet) => {
    const reading = readSheet(sheet, asked, optionsOf(ctx, request))
    const size = Math.min(1, reading.rows.length / 3)
    return (sheet.hidden ? 0 : 1) * (reading.confidence * size + 0.0001) + reading.confidence * 0.0001
  }
  const [first] = sheets
  if (sheets.length <= 1) return first ?? { name: '', typed: true, rows: [], merges: [] }
  const ranked = sheets.map((sheet) => ({ sheet, worth: worth(sheet) })).sort((a, b) => b.worth - a.worth)
  return ranked[0]?.sheet ?? { name: '', typed: true, rows: [], merges: [] }
}

interface Reader {
  org: Org
  sheet: Sheet
  asked: Target[]
  request: ImportRequest
}

/** Read once as it stands; when its headers are remembered, or columns are mapped by hand, once more so. */
async function readRemembered(ctx: Context, reader: Reader) {
  const { org, sheet, asked, request } = reader
  const first = readSheet(sheet, asked, optionsOf(ctx, request))
  const known = await recall(
    ctx,
    org.id,
    asked.map((target) => signatureOf(target.kind, first.columns)),
  )
  const byHand = Object.fromEntries(
    Object.entries(request.mapping ?? {}).map(([header, field]) => [headerKey(header), field]),
  )
  const mapping = { ...known?.mapping, ...byHand }
  const narrowed = asked.filter((target) => target.kind === (known?.kind ?? target.kind))
  const again = Object.keys(mapping).length > 0
  const read = again ? readSheet(sheet, narrowed, optionsOf(ctx, request, mapping)) : first
  const place = await placeColumn({
    ...{ sheet, reading: read, own: org.id, at: ctx.now, names: () => namesUnder(ctx, org) },
    target: asked.find((one) => one.kind === read.kind),
  })
  Object.assign(mapping, known ? {} : place)
  const placed = !known && Object.keys(place).length > 0
  const reading = placed ? readSheet(sheet, narrowed, optionsOf(ctx, request, mapping)) : read
  checkMapping(byHand, reading, asked)
  return picked(ctx, { ...reader, asked: narrowed }, { reading, mapping, remembered: known !== null })
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
function picked(ctx: Context, { sheet, asked, request }: Reader, found: Found): Found {
  const picks = new Map(request.picks?.map((pick) => [pick.column, pick.option]))
  if (picks.size === 0) return found
  const corrections = found.reading.rows.flatMap((row) =>
    row.problems.flatMap(({ column, options }) => {
      const value = options?.[picks.get(column ?? '') ?? -1]?.value
      return value === undefined || column === null ? [] : [{ row: row.rowNumber, column, value }]
    }),
  )
  const mended = corrected(sheet, { corrections })
  return { ...found, reading: readSheet(mended, asked, optionsOf(ctx, request, found.mapping)) }
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

/** 填报时间 above the table as a day; a month alone is none. */
function dayAbove(reading: SheetReading, today: string): string | null {
  const { date } = reading.title
  if (!date) return null
  const { value, precision } = parseDate(
    { kind: 'text', value: date, shown: date },
    { today, keepsZeros: true, future: true },
  ).reading
  return typeof value === 'string' && precision === 'day' ? value : null
}
