/** What the words of a form say about its cells: by them a cell is known again, wherever it stands next time. Pure. */
import { createHash } from 'node:crypto'
import type { FormCell, FormDocument, FormTable } from './file/model.ts'
import { cellKey, type Mapped } from './mapping.ts'

export interface Labels {
  /** At its left, the farthest first; 其中：女 has what it is a part of before it. */
  row: string[]
  /** Above it, the farthest first. */
  column: string[]
  /** What stands over the whole table. */
  title: string
}

export interface At {
  table: string
  row: number
  column: number
}

/** NFKC without spaces, and without a colon at the end. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b]+/g, '')
    .replace(/:+$/, '')

const NUMERIC = /^[-+]?[\d,.]+%?$/

/** Nothing but lines to write on. */
export const isBlank = (cell: FormCell): boolean =>
  cell.formula === undefined && cell.text.replace(/[\s_＿/／—–-]/g, '') === ''

const labelled = new WeakMap<FormCell, boolean>()

/** Asked of every cell by all its neighbours. */
export function isLabel(cell: FormCell): boolean {
  const known = labelled.get(cell)
  if (known !== undefined) return known
  const label = cell.formula === undefined && !isBlank(cell) && !NUMERIC.test(plain(cell.text))
  labelled.set(cell, label)
  return label
}

/** 填报单位（盖章）：, 填报日期：  年 月 日: what it asks for is written behind its own words. */
const WRITTEN_BEHIND = /[:：][\s_＿年月日\d.]*$/
export const isCaption = (text: string): boolean => WRITTEN_BEHIND.test(text.trim())

interface Grid {
  table: FormTable
  at: (row: number, column: number) => FormCell | undefined
  /** Cells that begin in the row or reach into it from above. */
  inRow: (row: number) => FormCell[]
  /** A row of column heads: words beside words, hardly a cell to write in. */
  isHead: (row: number) => boolean
  /** The first row of the table proper. */
  top: () => number
  /** What stands over the whole table. */
  title: () => string
  /** What stands over a place, the farthest first: the same as over the place above, unless that is a head. */
  headsOver: (row: number, column: number) => FormCell[]
}

const grids = new WeakMap<FormTable, Grid>()

function gridOf(table: FormTable): Grid {
  const known = grids.get(table)
  if (known) return known
  const places = new Map<number, FormCell>()
  const placeOf = (row: number, column: number) => row * table.columns + column
  for (const cell of table.cells)
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++)
        places.set(placeOf(row, column), cell)
  const at = (row: number, column: number) =>
    row < 0 || column < 0 || column >= table.columns ? undefined : places.get(placeOf(row, column))
  const columns = Array.from({ length: table.columns }, (_, column) => column)
  const inRow = once((row: number) => [...new Set(columns.flatMap((column) => at(row, column) ?? []))])
  const isHead = once((row: number) => isHeadRow(inRow(row)))
  const top = once((_row: number) => titleEnd(grid))
  const title = once((_row: number) => titleOf(grid, grid.top()))
  const heads = once((place: number): FormCell[] => {
    const [row, column] = [Math.floor(place / table.columns), place % table.columns]
    const above = row - 1
    if (above < grid.top()) return []
    const head = headOver(grid, above, column)
    if (!head) return grid.headsOver(above, column)
    const next = above - 1 >= grid.top() && headOver(grid, above - 1, column)
    const further = next ? grid.headsOver(above, column) : []
    return further.at(-1) === head ? further : [...further, head]
  })
  const headsOver = (row: number, column: number) => heads(placeOf(row, column))
  const grid: Grid = { table, at, inRow, isHead, top: () => top(0), title: () => title(0), headsOver }
  grids.set(table, grid)
  return grid
}

/** A form asks about each row from every one of its cells. */
function once<T>(reckon: (row: number) => T): (row: number) => T {
  const known = new Map<number, T>()
  return (row) => {
    if (!known.has(row)) known.set(row, reckon(row))
    return known.get(row) as T
  }
}

function isHeadRow(cells: FormCell[]): boolean {
  const labels = cells.filter(isLabel)
  const blanks = cells.filter((c) => isBlank(c) || c.formula !== undefined)
  return labels.length >= 2 && blanks.length * 3 <= labels.length && !labels.some((c) => isCaption(c.text))
}

/** The one text of a line above the table proper. */
function isTitle({ inRow }: Grid, row: number): boolean {
  const cells = inRow(row)
  const [only, ...others] = cells.filter(isLabel)
  if (!only || others.length > 0 || isCaption(only.text)) return false
  return cells.length === 1 || (cells.length > 2 && cells.every((c) => c === only || isBlank(c)))
}

/** The first row of the table proper. Where no row is a head, only lines across the whole width are titles. */
function titleEnd(grid: Grid): number {
  const { rows } = grid.table
  const lines = Array.from({ length: rows }, (_, row) => row)
  const hasHead = lines.some((row) => grid.isHead(row))
  const above = (row: number) =>
    grid.inRow(row).every(isBlank) || (isTitle(grid, row) && (hasHead || grid.inRow(row).length === 1))
  const first = lines.find((row) => !above(row))
  return first ?? 0
}

const PART = /^(其中|含)/

/** 其中：女 is a part of what stands before it. */
function wholeOf(found: FormCell, towards: (cell: FormCell) => FormCell | undefined): string[] {
  if (!PART.test(plain(found.text))) return []
  let before = towards(found)
  while (before && isLabel(before) && PART.test(plain(before.text))) before = towards(before)
  return before && isLabel(before) ? [plain(before.text)] : []
}

function rowWords(grid: Grid, cell: FormCell): string[] {
  const found: FormCell[] = []
  for (let column = cell.column - 1; column >= 0; ) {
    const left = grid.at(cell.row, column)
    if (!left) break
    column = left.column - 1
    if (isLabel(left)) found.unshift(left)
    else if (found.length > 0) break
  }
  const above = (one: FormCell) => {
    const upper = grid.at(one.row - 1, one.column)
    return upper && !grid.isHead(upper.row) ? upper : undefined
  }
  return found.flatMap((one) => [...wholeOf(one, above), plain(captionOf(one.text))])
}

function columnWords(grid: Grid, cell: FormCell): string[] {
  const found = grid.headsOver(cell.row, cell.column)
  const left = (one: FormCell) => grid.at(one.row, one.column - 1)
  return found.flatMap((one) => [...wholeOf(one, left), plain(one.text)])
}

function headOver(grid: Grid, row: number, column: number): FormCell | undefined {
  const cell = grid.at(row, column)
  return cell && isLabel(cell) && grid.isHead(row) ? cell : undefined
}

function titleOf(grid: Grid, top: number): string {
  const words = Array.from({ length: top }, (_, row) => grid.inRow(row).filter(isLabel)).flat()
  return [grid.table.title, ...words.map((c) => c.text)].map(plain).filter(Boolean).join(' ')
}

export type Known = Pick<Map<string, Labels>, 'get'>

const labels = new WeakMap<FormDocument, Known>()

/** Of every cell that is no label itself, and of captions, by `cellKey`: read when it is asked for. */
export function labelsOf(document: FormDocument): Known {
  const known = labels.get(document) ?? readLabels(document)
  labels.set(document, known)
  return known
}

function readLabels({ tables }: FormDocument): Known {
  const cells = new Map(
    tables.flatMap((table) =>
      table.cells.map((cell) => [cellKey({ ...cell, table: table.id }), { table, cell }] as const),
    ),
  )
  const read = new Map<string, Labels>()
  return {
    get(key) {
      const asked = cells.get(key)
      const said = read.get(key) ?? (asked && labelsAt(gridOf(asked.table), asked.cell))
      if (said) read.set(key, said)
      return said
    },
  }
}

function labelsAt(grid: Grid, cell: FormCell): Labels | undefined {
  if (isLabel(cell) && !isCaption(cell.text)) return undefined
  return {
    row: [...rowWords(grid, cell), ...(isLabel(cell) ? [plain(captionOf(cell.text))] : [])],
    column: isLabel(cell) || isBehindCaption(grid, cell) ? [] : columnWords(grid, cell),
    title: grid.title(),
  }
}

/** 填表人： and the place for the name: what stands above has nothing to do with it. */
const isBehindCaption = ({ inRow }: Grid, cell: FormCell): boolean =>
  inRow(cell.row).some((left) => left.column < cell.column && isLabel(left) && isCaption(left.text))

/** The words before the colon. */
export const captionOf = (text: string): string => text.replace(WRITTEN_BEHIND, '')

/** Months, years, quarters and numbers of issue change from one time to the next. */
export const timeless = (text: string): string =>
  plain(text)
    .replace(/[\d〇零一二三四五六七八九十]+(?=[年月日期季号份])/g, '#')
    .replace(/\d+/g, '#')
    .replace(/[上下]半年|第#季度|#季度|全年|年度/g, '#')
    .replace(/[年月日#]*#[年月日#]*/g, '#')

function fixedWords({ tables }: FormDocument): string[] {
  return tables.flatMap((table) => {
    const top = gridOf(table).top()
    return table.cells.filter(isLabel).map((c) => {
      const text = isCaption(c.text) ? captionOf(c.text) : c.text
      return `${table.id} ${c.row} ${c.column} ${c.row < top ? timeless(text) : plain(text)}`
    })
  })
}

/** Alike for forms with the same labels at the same places, whatever month their titles name. */
export const fingerprintOf = (document: FormDocument): string =>
  createHash('sha256')
    .update([document.format, ...fixedWords(document)].join('\n'))
    .digest('hex')

/** The head over each column of a row. */
export function headsOf(document: FormDocument, { table: id, row }: Omit<At, 'column'>): Map<number, string> {
  const table = document.tables.find((t) => t.id === id)
  const labels = labelsOf(document)
  return new Map(
    (table ? gridOf(table).inRow(row) : []).flatMap((cell) => {
      const said = labels.get(cellKey({ table: id, row: cell.row, column: cell.column }))
      const head = said?.column.join('/')
      return head ? [[cell.column, head] as const] : []
    }),
  )
}

/** The last of the rows from this one on that are blank but for numbers in the first column. */
export function blankThrough(table: FormTable, from: number): number {
  const grid = gridOf(table)
  const free = (row: number) => {
    const cells = grid.inRow(row).filter((c) => c.row === row)
    return (
      cells.length > 0 && cells.every((c) => isBlank(c) || (c.column === 0 && NUMERIC.test(plain(c.text))))
    )
  }
  let row = from
  while (row + 1 < table.rows && free(row + 1)) row++
  return row
}

const asking = new WeakMap<FormDocument, At[]>()

/** Cells that ask for something, in reading order. */
export function askingIn(document: FormDocument): At[] {
  const known = asking.get(document)
  if (known) return known
  const labels = labelsOf(document)
  const found = document.tables.flatMap((table) => {
    const grid = gridOf(table)
    return table.cells
      .filter((cell) => asks(grid, cell, labels.get(cellKey({ ...cell, table: table.id }))))
      .map(({ row, column }) => ({ table: table.id, row, column }))
  })
  asking.set(document, found)
  return found
}

/** What was found elsewhere: of a large form the search takes longer than others should wait. */
export const rememberAsking = (document: FormDocument, cells: At[]): void => void asking.set(document, cells)

/** Cells that ask for something and about which nobody has decided, in reading order. */
export function openCellsOf(document: FormDocument, mapping: Mapped[]): At[] {
  const decided = new Set(mapping.map(cellKey))
  const lists = mapping.filter((m) => m.entry.kind === 'list')
  return askingIn(document).filter(
    (at) => !decided.has(cellKey(at)) && !lists.some((list) => inList(list, at)),
  )
}

function asks(grid: Grid, cell: FormCell, labels: Labels | undefined): boolean {
  const right = grid.at(cell.row, cell.column + cell.columnSpan)
  if (isLabel(cell)) return isCaption(cell.text) && !(right && isBlank(right))
  if (!isBlank(cell) || !labels) return false
  if (cell.row < grid.top() || grid.isHead(cell.row)) return false
  if (labels.row.length === 0) return labels.column.length > 0 && !isBlankLine(grid, cell.row - 1)
  const left = grid.at(cell.row, cell.column - 1)
  return labels.column.length > 0 || (left !== undefined && isLabel(left))
}

/** Of many blank lines the first stands for all. */
const isBlankLine = ({ inRow }: Grid, row: number): boolean => row >= 0 && !inRow(row).some(isLabel)

function inList({ table, row, entry }: Mapped, at: At): boolean {
  if (entry.kind !== 'list' || table !== at.table) return false
  return at.row >= row && at.row <= entry.through
}
