/** A sheet read towards the best of several targets: header, columns, rows, totals, and what was left out and why. */
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { type Cell, columnLetter, type Sheet } from '../../../../kernel/spreadsheet/workbook.ts'
import type { HeaderPath } from './bids.ts'
import { findHeader, type HeaderBlock, type HeaderPlace } from './findHeader.ts'
import { type Grid, gridOf } from './grid.ts'
import { headerKey, isSequenceHeader } from './headerText.ts'
import { type Match, matchColumns } from './match.ts'
import { type CellContext, parseCell } from './parse/cell.ts'
import { keepsZeros, pairStyle } from './parse/dates.ts'
import { squash, tidy } from './parse/text.ts'
import { knownUnit } from './parse/units.ts'
import type { SheetColumn, SheetReading, SheetTitle } from './reading.ts'
import { type RowsReading, readRows } from './readRows.ts'
import { type Block, sectionText } from './rowKinds.ts'
import { calledBy, readTitle } from './titles.ts'

export interface ReadSheetOptions {
  /** 'YYYY-MM-DD' in Shanghai. */
  today: string
  /** The day for which the sheet speaks, if known. */
  statementDate?: string
  /** Confirmed before: header as headerKey writes it → field id, or '' to leave the column out. */
  remembered?: Record<string, string>
  /** Said by somebody; found when left out. */
  header?: HeaderPlace
}

interface Candidate {
  target: Target
  matches: Match[]
  confidence: number
}

export function readSheet(sheet: Sheet, targets: Target | Target[], options: ReadSheetOptions): SheetReading {
  const all = Array.isArray(targets) ? targets : [targets]
  const grid = gridOf(sheet)
  const header = findHeader(grid, all, options)
  const title = readTitle(grid, header?.top ?? Math.min(grid.height, 3))
  if (!header) return noHeader(sheet, title)
  const columns = headerColumns(grid, header)
  const year = title.year ?? yearOf(options.statementDate)
  const base: CellContext = {
    today: options.today,
    keepsZeros: sheet.typed,
    ...(year === undefined ? {} : { year }),
  }
  const called = calledBy(all, [title.text, sheet.name])
  const candidates = all
    .map((target) => judge(target, { grid, header, columns, title, base, options }, called.get(target) ?? 0))
    .sort((a, b) => b.confidence - a.confidence)
  const best = candidates[0]
  if (!best) return noHeader(sheet, title)
  return compose({ grid, header, columns, title, base, options }, best, candidates)
}

const yearOf = (day: string | undefined) => (day === undefined ? undefined : Number(day.slice(0, 4)))

interface Scene {
  grid: Grid
  header: HeaderBlock
  columns: HeaderPath[]
  title: SheetTitle
  base: CellContext
  options: ReadSheetOptions
}

function noHeader(sheet: Sheet, title: SheetTitle): SheetReading {
  return {
    sheet: sheet.name,
    kind: '',
    confidence: 0,
    candidates: [],
    title,
    headerRows: [],
    columns: [],
    rows: [],
    totals: [],
    sections: [],
    skipped: [],
    unmapped: [],
    notes: [
      sheet.rows.length === 0 ? '这张工作表是空的。' : '没有找到表头：请确认表里有一行列名，如“姓名”“性别”。',
    ],
  }
}

const SAMPLED_ROWS = 40

function headerColumns(grid: Grid, header: HeaderBlock): HeaderPath[] {
  return header.paths.map((path, index) => {
    const samples: string[] = []
    for (let r = header.bottom + 1; r < grid.height && r <= header.bottom + SAMPLED_ROWS; r++) {
      const cell = grid.cell(r, index)
      if (cell.kind !== 'empty' && samples.length < 3) samples.push(tidy(cell.shown).slice(0, 30))
    }
    return { index, path, samples }
  })
}

function judge(target: Target, scene: Scene, called: number): Candidate {
  const { columns, options } = scene
  const agrees = (index: number, field: TargetField) => valuesAgree(scene, index, field)
  const disagrees = (index: number, field: TargetField) => strangeValues(scene, index, field)
  const named = columns.filter((column) => column.path.length > 0 && !isSequenceHeader(leafOf(column.path)))
  const matches = matchColumns(named, target, {
    agrees,
    disagrees,
    ...(options.remembered ? { remembered: options.remembered } : {}),
  })
  const mapped = matches.filter((match) => match.field !== null)
  const share = mapped.reduce((sum, match) => sum + match.confidence, 0) / Math.max(1, named.length)
  const required = target.fields.filter((field) => field.required && field.kind !== 'org')
  const held = required.filter((field) => mapped.some((match) => match.field?.id === field.id)).length
  const coverage = required.length === 0 ? 1 : held / required.length
  const confidence = 0.55 * share + 0.25 * coverage + 0.2 * called
  return { target, matches, confidence: mapped.length === 0 ? 0 : Math.round(confidence * 1000) / 1000 }
}

const leafOf = (path: string[]) => path[path.length - 1] ?? ''

/** Whether at least four in five of the first values can be read as the field. */
function valuesAgree({ grid, header, base }: Scene, index: number, field: TargetField): boolean {
  let seen = 0
  let read = 0
  for (let r = header.bottom + 1; r < grid.height && seen < 30; r++) {
    const cell = grid.cell(r, index)
    if (cell.kind === 'empty') continue
    seen++
    if (parseCell(cell, field, base).complaint?.severity !== 'error') read++
  }
  return seen > 0 && read >= seen * 0.8
}

/** Numbers are no names, 第1期 is no number, 名 and 个 are no organisations; and an optional choice that mostly holds other words, two or more, is another column. */
function strangeValues(scene: Scene, index: number, field: TargetField): boolean {
  if (field.kind === 'people')
    return mostly(scene, index, (cell) => cell.kind === 'number' || /^[\d.]+$/.test(squash(cell.shown)))
  if (field.kind === 'org') return mostly(scene, index, (cell) => knownUnit(squash(cell.shown)) !== null)
  if (NUMERIC.has(field.kind)) return mostly(scene, index, (cell) => NO_NUMBER.test(squash(cell.shown)))
  return strangeChoices(scene, index, field)
}

const NUMERIC = new Set(['integer', 'number', 'money'])
/** 第1期, 甄不识; 近百, 若干, 十余人 are numbers, if bad ones. */
const NO_NUMBER = /^第.{1,4}[期次届批轮场]$|^(?!.*[\d百千万余约近若数])\p{Script=Han}{2,4}$/u

/** Asked for every column and field of every kind of sheet: the first so many cells tell as well as 100,000. */
const MOSTLY_OF = 1_000

function mostly({ grid, header }: Scene, index: number, holds: (cell: Cell) => boolean): boolean {
  let seen = 0
  let held = 0
  for (let r = header.bottom + 1; r < grid.height && seen < MOSTLY_OF; r++) {
    const cell = grid.cell(r, index)
    if (cell.kind === 'empty') continue
    seen++
    if (holds(cell)) held++
  }
  return held > seen * 0.5
}

function strangeChoices({ grid, header, base }: Scene, index: number, field: TargetField): boolean {
  if (field.required || (field.kind !== 'choice' && field.kind !== 'yesNo')) return false
  const strange = new Set<string>()
  let seen = 0
  let refused = 0
  for (let r = header.bottom + 1; r < grid.height && seen < 200; r++) {
    const cell = grid.cell(r, index)
    if (cell.kind === 'empty' || cell.kind === 'error') continue
    seen++
    if (parseCell(cell, field, base).complaint?.severity !== 'error') continue
    refused++
    strange.add(squash(cell.shown))
  }
  return strange.size >= 2 && refused > seen * 0.5
}

function compose(scene: Scene, best: Candidate, candidates: Candidate[]): SheetReading {
  const { grid, header, title, options } = scene
  const columns = describeColumns(scene, best)
  const { blocks, notes } = blocksOf(scene, best, columns)
  const parts: RowsReading[] = blocks.map((block) =>
    readRows({
      grid,
      header,
      headers: columns.map((column) => column.header),
      target: best.target,
      targets: candidates.map((one) => one.target),
      block,
      cells: cellContexts(scene, block),
      lastPlaces: new Map(),
      titleLines: title.text.split('\n').map(sectionText),
      onDay: options.statementDate ?? options.today,
    }),
  )
  const rows = parts.flatMap((part) => part.rows)
  const hidden = new Set(grid.sheet.hiddenRows ?? [])
  const hiddenCount = rows.filter((row) => hidden.has(row.rowNumber - 1)).length
  if (hiddenCount > 0) notes.push(`有 ${hiddenCount} 行在表里是隐藏的，也读进来了。`)
  const inBlocks = new Set(blocks.flatMap((block) => block.columns.map((column) => column.index)))
  return {
    sheet: grid.sheet.name,
    kind: best.target.kind,
    confidence: best.confidence,
    candidates: candidates.map(({ target, confidence }) => ({
      kind: target.kind,
      title: target.title,
      confidence,
    })),
    title,
    headerRows: Array.from({ length: header.bottom - header.top + 1 }, (_, i) => header.top + i + 1),
    columns,
    rows,
    totals: parts.flatMap((part) => part.totals),
    sections: parts.flatMap((part) => part.sections),
    skipped: mergeSkipped(parts, rows),
    unmapped: columns.flatMap((column) =>
      column.field === null &&
      !column.sequence &&
      !inBlocks.has(column.index) &&
      (column.header !== '' || column.samples.length > 0)
        ? [column.header || `${column.letter}列（无表头）`]
        : [],
    ),
    notes: [...notes, ...new Set(parts.flatMap((part) => part.notes))],
  }
}

function mergeSkipped(parts: RowsReading[], rows: { rowNumber: number }[]) {
  const kept = new Set(rows.map((row) => row.rowNumber))
  const byRow = new Map(parts.flatMap((part) => part.skipped).map((one) => [one.row, one]))
  return [...byRow.values()].filter((one) => !kept.has(one.row)).sort((a, b) => a.row - b.row)
}

function describeColumns({ columns, title }: Scene, best: Candidate): SheetColumn[] {
  const matches = new Map(best.matches.map((match) => [match.index, match]))
  return columns.map(({ index, path, samples }) => {
    const match = matches.get(index)
    const unit = match?.unit ?? (match?.field?.unit === '元' ? title.measure : undefined)
    return {
      index,
      letter: columnLetter(index),
      header: path.join('/'),
      field: match?.field?.id ?? null,
      confidence: match?.confidence ?? 0,
      samples,
      ...(unit === undefined ? {} : { unit }),
      ...(match && match.field === null && match.candidates.length > 0
        ? { candidates: match.candidates }
        : {}),
      ...(isSequenceHeader(leafOf(path)) ? { sequence: true as const } : {}),
    }
  })
}

/** One block, or several where the same headers stand again to the right (two lists side by side). */
function blocksOf(
  scene: Scene,
  best: Candidate,
  columns: SheetColumn[],
): { blocks: Block[]; notes: string[] } {
  const fields = new Map(best.target.fields.map((field) => [field.id, field]))
  const keys = columns.map((column) => headerKey(column.header))
  const mapped = columns.filter((column) => column.field !== null)
  const starts = repeatStarts(keys, mapped)
  const notes = starts.length > 1 ? [`左右并排有 ${starts.length} 张同样的表，都读了。`] : []
  const blocks = starts.map((from, i): Block => {
    const to = starts[i + 1] ?? columns.length
    const here = columns.slice(from, to).flatMap((column) => {
      const twin = mapped.find((one) => headerKey(one.header) === keys[column.index])
      const field = fields.get(column.field ?? (i > 0 ? twin?.field : null) ?? '')
      return field
        ? [{ index: column.index, field, ...(column.unit === undefined ? {} : { unit: column.unit }) }]
        : []
    })
    return { from, to, columns: here, sequence: sequenceColumn(scene, columns, from, to) }
  })
  return { blocks, notes }
}

function repeatStarts(keys: string[], mapped: SheetColumn[]): number[] {
  const first = keys.findIndex((key) => key !== '')
  const starts = keys.flatMap((key, i) => (key !== '' && key === keys[first] ? [i] : []))
  if (starts.length < 2 || mapped.length === 0) return [0]
  const width = (starts[1] ?? 0) - first
  const regular = starts.every((start, i) => start === first + i * width)
  const same = starts.every((start) =>
    keys.slice(start, start + width).every((key, i) => key === keys[first + i]),
  )
  return regular && same && width >= 2 ? [0, ...starts.slice(1)] : [0]
}

function sequenceColumn(scene: Scene, columns: SheetColumn[], from: number, to: number): number | null {
  const named = columns.slice(from, to).find((column) => column.sequence)
  if (named) return named.index
  const first = columns[from]
  const counts = first && first.header === '' && first.samples.every((sample, i) => Number(sample) === i + 1)
  return counts && scene.grid.height > 0 && first.samples.length > 0 ? first.index : null
}

function cellContexts(scene: Scene, block: Block): Map<number, CellContext> {
  const { grid, header, base } = scene
  return new Map(
    block.columns.map(({ index, field, unit }) => {
      const dated = ['date', 'dateTime', 'month'].includes(field.kind)
      const texts = dated ? textsBelow(grid, header, index) : []
      const pairs = pairStyle(texts)
      return [
        index,
        {
          ...base,
          keepsZeros: base.keepsZeros || keepsZeros(texts),
          ...(pairs === undefined ? {} : { pairs }),
          ...(unit === undefined ? {} : { headerUnit: unit }),
        },
      ]
    }),
  )
}

function textsBelow(grid: Grid, header: HeaderBlock, index: number): string[] {
  const texts: string[] = []
  for (let r = header.bottom + 1; r < grid.height; r++) {
    const cell = grid.cell(r, index)
    if (cell.kind === 'text') texts.push(cell.shown)
    if (cell.kind === 'number') texts.push(String(cell.value))
  }
  return texts
}
