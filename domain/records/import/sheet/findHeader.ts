/** Where the header stands: below title and note rows, one to four rows high, with or without merges. */
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { filledColumns, type Grid } from './grid.ts'
import { isSequenceHeader } from './headerText.ts'
import { isKin } from './kin.ts'
import { knownHeaders } from './match.ts'
import { squash } from './parse/text.ts'

export interface HeaderBlock {
  top: number
  bottom: number
  /** From group to leaf, one path a column. */
  paths: string[][]
}

/** Where somebody says that the header stands. */
export interface HeaderPlace {
  /** Of its first row, as numbered in the sheet. */
  row: number
  /** How many rows it has; found when left out. */
  rows?: number
}

const SEARCHED_ROWS = 25

export function findHeader(
  grid: Grid,
  targets: Target[],
  { remembered = {}, header }: { remembered?: Record<string, string>; header?: HeaderPlace },
): HeaderBlock | null {
  if (header) return headerAt(grid, targets, header)
  const anchor = findAnchor(grid, targets, remembered)
  if (anchor === null) return null
  const top = extendUp(grid, anchor)
  const bottom = extendDown(grid, anchor, targets)
  return { top, bottom, paths: flatten(grid, top, bottom) }
}

function headerAt(grid: Grid, targets: Target[], { row, rows }: HeaderPlace): HeaderBlock | null {
  const top = row - 1
  if (top >= grid.height) return null
  const last = rows === undefined ? extendDown(grid, top, targets) : top + rows - 1
  const bottom = Math.min(last, grid.height - 1)
  return { top, bottom, paths: flatten(grid, top, bottom) }
}

export const textsOf = (grid: Grid, row: number) =>
  filledColumns(grid, row).flatMap((c) =>
    grid.cell(row, c).kind === 'text' ? [grid.cell(row, c).shown] : [],
  )

/** So much of a row has to be known for it to need no further words. */
const WELL_KNOWN = 0.7

/** The row in which the most texts are known headers, or kin to some; below two, the first that looks like one. */
function findAnchor(grid: Grid, targets: Target[], remembered: Record<string, string>): number | null {
  const known = (texts: string[]) => knownHeaders(texts, targets, remembered)
  const kin = (texts: string[]) => texts.filter((text) => known([text]) > 0 || isKin(text, targets)).length
  const first = bestRow(grid, known)
  const clear = first !== null && first.found >= WELL_KNOWN * filledColumns(grid, first.row).length
  const best = clear ? first : (bestRow(grid, kin) ?? first)
  if (best && (best.score >= 1 || grid.width === 1)) return best.row
  return firstHeaderLike(grid)
}

interface Scored {
  row: number
  score: number
  found: number
}

function bestRow(grid: Grid, count: (texts: string[]) => number): Scored | null {
  let best: Scored | null = null
  for (let r = 0; r < Math.min(SEARCHED_ROWS, grid.height); r++) {
    const found = count(textsOf(grid, r).filter((text) => squash(text).length <= 40))
    const score = found - 0.3 * (filledColumns(grid, r).length - found)
    if (found >= 1 && (best === null || score > best.score + 0.01)) best = { row: r, score, found }
  }
  return best
}

function firstHeaderLike(grid: Grid): number | null {
  for (let r = 0; r < Math.min(SEARCHED_ROWS, grid.height - 1); r++) {
    const filled = filledColumns(grid, r)
    const below = filledColumns(grid, r + 1).length
    if (filled.length >= 3 && textsOf(grid, r).length === filled.length && below >= 2) return r
  }
  return null
}

const isLabelled = (text: string) => /[:：]./.test(squash(text)) || /[:：]$/.test(squash(text))

/** Rows above belong to the header when they group columns; a title, a note and a 填报单位 row do not. */
function extendUp(grid: Grid, anchor: number): number {
  let top = anchor
  for (let c = 0; c < grid.width; c++) {
    const merge = grid.merge(anchor, c)
    if (merge && merge.bottom > merge.top) top = Math.min(top, merge.top)
  }
  while (top > 0 && anchor - top < 3 && groupsColumns(grid, top - 1)) top--
  return top
}

function groupsColumns(grid: Grid, row: number): boolean {
  const filled = filledColumns(grid, row)
  const texts = textsOf(grid, row)
  if (texts.length === 0 || texts.length < filled.length || texts.some(isLabelled)) return false
  if (texts.some((text) => squash(text).length > 20)) return false
  const widths = filled.map((c) => {
    const merge = grid.merge(row, c)
    return merge ? merge.right - merge.left + 1 : 1
  })
  const widest = Math.max(...widths)
  if (filled.length === 1) return widest > 1 && widest < grid.width * 0.6 && (filled[0] ?? 0) > 0
  const standsOver = widths.some((width) => width > 1) || filled.length < filledColumns(grid, row + 1).length
  return standsOver && widest < grid.width * 0.9
}

function extendDown(grid: Grid, anchor: number, targets: Target[]): number {
  let bottom = anchor
  for (let c = 0; c < grid.width; c++) {
    const merge = grid.merge(anchor, c)
    if (merge && merge.bottom > bottom && merge.bottom - anchor <= 3) bottom = merge.bottom
  }
  while (bottom - anchor < 3 && bottom + 1 < grid.height && namesSubColumns(grid, bottom, targets)) bottom++
  return bottom
}

/** The next row names parts of this row's groups: texts only, and only where a group spans or a gap stands above. */
function namesSubColumns(grid: Grid, row: number, targets: Target[]): boolean {
  const below = filledColumns(grid, row + 1)
  const texts = textsOf(grid, row + 1)
  if (
    below.length === 0 ||
    texts.length < below.length ||
    below.some((c) => grid.merge(row + 1, c)?.bottom !== undefined && spansDown(grid, row + 1, c))
  )
    return false
  const spanning = filledColumns(grid, row).filter((c) => {
    const merge = grid.merge(row, c)
    return merge !== undefined && merge.right > merge.left && merge.bottom === row
  })
  const inSpans = below.filter((c) =>
    spanning.some((start) => c >= start && c <= (grid.merge(row, start)?.right ?? start)),
  )
  if (spanning.length > 0 && inSpans.length >= 2 && inSpans.length >= below.length * 0.5) return true
  const gaps = below.filter((c) => grid.origin(row, c).kind === 'empty')
  const covered = below.length - gaps.length
  const groups = below.filter(
    (c) => grid.origin(row, c).kind !== 'empty' && grid.origin(row, c + 1).kind === 'empty',
  )
  if (gaps.length === 0 || covered > gaps.length || groups.length !== covered) return false
  const joined = below.map((c) => leftGroup(grid, row, c) + grid.cell(row + 1, c).shown)
  return knownHeaders([...texts, ...joined], targets) > 0 || texts.every((text) => PART.test(squash(text)))
}

/** Words that name a part of a group and are no value. */
const PART = /^[男女]性?$|合计|人数|人次|小计|金额|小时|时长/

function leftGroup(grid: Grid, row: number, column: number): string {
  for (let c = column; c >= 0; c--) if (grid.origin(row, c).kind !== 'empty') return grid.origin(row, c).shown
  return ''
}

const spansDown = (grid: Grid, row: number, column: number) => {
  const merge = grid.merge(row, column)
  return merge !== undefined && merge.bottom > row
}

function flatten(grid: Grid, top: number, bottom: number): string[][] {
  return Array.from({ length: grid.width }, (_, c) => {
    const path: string[] = []
    for (let r = top; r <= bottom; r++) {
      const text = squash(groupText(grid, r, c, bottom))
      if (text !== '' && text !== path[path.length - 1]) path.push(text)
    }
    return path
  })
}

/** A group without merges reaches over the empty cells to its right, as far as leaves stand below them. */
function groupText(grid: Grid, row: number, column: number, bottom: number): string {
  const own = grid.origin(row, column)
  if (own.kind !== 'empty' || row === bottom || grid.merge(row, column)) return own.shown
  if (grid.origin(bottom, column).kind === 'empty') return ''
  for (let c = column - 1; c >= 0; c--) {
    if (grid.origin(bottom, c).kind === 'empty') return ''
    const group = grid.origin(row, c)
    if (group.kind !== 'empty')
      return grid.merge(row, c) || !standsOverLeaf(grid, row, c, bottom) ? '' : group.shown
  }
  return ''
}

const standsOverLeaf = (grid: Grid, row: number, column: number, bottom: number) => {
  for (let r = row + 1; r <= bottom; r++) if (grid.cell(r, column).kind !== 'empty') return true
  return false
}

/** True when a row repeats the header, as printed lists do on each page. */
export function repeatsHeader(grid: Grid, row: number, header: HeaderBlock): boolean {
  const filled = filledColumns(grid, row)
  if (filled.length < 2) return false
  const same = filled.filter((c) => header.paths[c]?.includes(squash(grid.cell(row, c).shown)))
  return same.length >= Math.max(2, filled.length * 0.6)
}

/** Another table's header below this one: mostly known headers, also in the column that tells rows apart. */
export function startsAnotherTable(grid: Grid, row: number, telling: number, targets: Target[]): boolean {
  const there = grid.cell(row, telling)
  if (there.kind !== 'text' || knownHeaders([there.shown], targets) === 0) return false
  const filled = filledColumns(grid, row)
  const texts = textsOf(grid, row)
  if (filled.length < 3 || texts.length < filled.length) return false
  const known = knownHeaders(texts, targets)
  return known >= 3 && known >= filled.length * 0.6 && texts.filter(isSequenceHeader).length <= 1
}
