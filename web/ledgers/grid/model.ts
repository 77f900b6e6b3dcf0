/** The entry grid without its screen: lines, places in it, pasting, filling down. Everything here is pure. */
import { headerKey, readHeader } from '../../../domain/records/import/sheet/headerText.ts'
import { matchColumns } from '../../../domain/records/import/sheet/match.ts'
import { MOST_TYPED } from '../../../domain/records/import/typed/contract.ts'
import type { TypedCells } from '../../../domain/records/import/typed/read.ts'
import { newId } from '../../../kernel/id.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'

/** A line keeps its object as long as its text is the same: what was worked out for it holds by that. */
export interface Line {
  id: string
  cells: TypedCells
}

export interface Place {
  row: number
  column: number
}

/** Both ends included. */
export interface Area {
  top: number
  left: number
  bottom: number
  right: number
}

const SPARE = 20
const MORE = 10

const blankLine = (): Line => ({ id: newId(), cells: {} })
const blanks = (count: number): Line[] => Array.from({ length: count }, blankLine)

export const emptyGrid = (): Line[] => blanks(SPARE)

export const isFilled = (line: Line): boolean => Object.values(line.cells).some((text) => text.trim() !== '')

/** There is always an empty line below the last filled one, up to the most that a grid holds. */
export function withSpare(lines: Line[]): Line[] {
  const last = lines.reduce((found, line, row) => (isFilled(line) ? row : found), -1)
  const wanted = Math.min(MOST_TYPED, Math.max(SPARE, last + 1 + MORE))
  return lines.length >= wanted ? lines : [...lines, ...blanks(wanted - lines.length)]
}

export function setCell(lines: Line[], at: { row: number; field: string; text: string }): Line[] {
  const line = lines[at.row]
  if (!line || (line.cells[at.field] ?? '') === at.text) return lines
  const changed = { ...line, cells: { ...line.cells, [at.field]: at.text } }
  return withSpare(lines.map((one, row) => (row === at.row ? changed : one)))
}

export const areaOf = (a: Place, b: Place): Area => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})

const fieldsIn = (target: Target, { left, right }: Area): string[] =>
  target.fields.slice(left, right + 1).map((field) => field.id)

export function clearArea(lines: Line[], target: Target, area: Area): Line[] {
  const blank = Object.fromEntries(fieldsIn(target, area).map((field) => [field, '']))
  return mapArea(lines, area, (line) => ({ ...line.cells, ...blank }))
}

/** The first line of the area goes down over it; a single line takes what stands above. */
export function fillDown(lines: Line[], target: Target, area: Area): Line[] {
  const single = area.top === area.bottom
  const source = lines[single ? area.top - 1 : area.top]
  if (!source) return lines
  const copied = Object.fromEntries(fieldsIn(target, area).map((field) => [field, source.cells[field] ?? '']))
  return mapArea(lines, { ...area, top: single ? area.top : area.top + 1 }, (line) => ({
    ...line.cells,
    ...copied,
  }))
}

function mapArea(lines: Line[], { top, bottom }: Area, cellsOf: (line: Line) => TypedCells): Line[] {
  const changed = lines.map((line, row) =>
    row < top || row > bottom ? line : { ...line, cells: cellsOf(line) },
  )
  return withSpare(changed)
}

export const removeLines = (lines: Line[], { top, bottom }: Area): Line[] =>
  withSpare(lines.filter((_, row) => row < top || row > bottom))

/** As a spreadsheet takes it: tabs between cells, cells with line breaks in quotes. */
export function copiedText(lines: Line[], target: Target, area: Area): string {
  const quoted = (text: string) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return lines
    .slice(area.top, area.bottom + 1)
    .map((line) =>
      fieldsIn(target, area)
        .map((field) => quoted(line.cells[field] ?? ''))
        .join('\t'),
    )
    .join('\n')
}

/** Cells as Excel and WPS put them on the clipboard; a quoted cell may hold tabs, line breaks and doubled quotes. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y
  const whole = text.replace(/[\r\n]+$/, '')
  while (pattern.lastIndex <= whole.length) {
    const found = pattern.exec(whole)
    if (!found) break
    row.push(
      found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"').replaceAll('\r\n', '\n'),
    )
    if (found[3] === '\t') continue
    rows.push(row)
    row = []
    if (found[3] === '') break
  }
  return rows.length === 1 && rows[0]?.length === 1 && rows[0][0] === '' ? [] : rows
}

export interface Header {
  /** The field of each column of the block; null where the column is none of the ledger's. */
  fields: (string | null)[]
  /** Header words whose columns are left out. */
  unknown: string[]
}

const SEQUENCE = new Set(['序号', '编号', '序', 'no', '行号', '#'])

/** The first line of a block, if it holds the names of columns: at least two, and at least half of what it says. */
export function headerOf(first: string[], target: Target): Header | null {
  const columns = first.flatMap((text, index) =>
    text.trim() && !SEQUENCE.has(headerKey(text)) ? [{ index, path: [text], samples: [] }] : [],
  )
  const matches = matchColumns(columns, target, { agrees: () => false, disagrees: () => false })
  const known = matches.filter((one) => one.field !== null)
  const said = known.some(({ index }) => (readHeader(first[index] ?? '').forms[0] ?? '').length >= 2)
  if (!said || known.length < Math.min(2, columns.length) || known.length * 2 < columns.length) return null
  const byIndex = new Map(matches.map((one) => [one.index, one.field?.id ?? null]))
  return {
    fields: first.map((_, index) => byIndex.get(index) ?? null),
    unknown: columns.filter(({ index }) => !byIndex.get(index)).map(({ path }) => path[0] ?? ''),
  }
}

export interface Pasted {
  lines: Line[]
  area: Area
  /** Rows and columns for which there was no room, and columns that are none of the ledger's. */
  cutRows: number
  cutColumns: number
  header: Header | null
}

/** A block with its header goes where its words belong, from this line on; without one, as it stands. */
export function paste(lines: Line[], target: Target, at: Place, block: string[][]): Pasted {
  const [first = [], ...rest] = block
  const header = headerOf(first, target)
  const rows = header ? rest : block
  const width = Math.max(0, ...rows.map((row) => row.length))
  const fields = header
    ? header.fields
    : target.fields.slice(at.column, at.column + width).map((field) => field.id)
  const room = rows.slice(0, MOST_TYPED - at.row)
  const needed = at.row + room.length - lines.length
  const changed = needed > 0 ? [...lines, ...blanks(needed)] : [...lines]
  room.forEach((cells, i) => {
    const line = changed[at.row + i] ?? blankLine()
    const laid = fields.flatMap((field, column) =>
      field === null ? [] : [[field, (cells[column] ?? '').trim()]],
    )
    changed[at.row + i] = { ...line, cells: { ...line.cells, ...Object.fromEntries(laid) } }
  })
  const places = fields.flatMap((id) =>
    id === null ? [] : target.fields.findIndex((field) => field.id === id),
  )
  return {
    lines: withSpare(changed),
    area: {
      top: at.row,
      bottom: Math.max(at.row, at.row + room.length - 1),
      left: Math.min(at.column, ...places),
      right: Math.max(at.column, ...places),
    },
    cutRows: rows.length - room.length,
    cutColumns: header ? 0 : Math.max(0, width - fields.length),
    header,
  }
}
