/** The rows below the header, one after another: sections and vertical merges carried, totals set aside. */
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { type Cell, columnLetter, type Merge } from '../../../../kernel/spreadsheet/workbook.ts'
import { crossCheck } from './crossChecks.ts'
import { type HeaderBlock, repeatsHeader, startsAnotherTable } from './findHeader.ts'
import { columnOfField, foldInto, recordSpan } from './foldMerged.ts'
import type { Grid } from './grid.ts'
import { type CellContext, parseCell } from './parse/cell.ts'
import type { Complaint } from './parse/outcome.ts'
import { tidy } from './parse/text.ts'
import type { Parsed, RowProblem, SheetReading, SheetRow } from './reading.ts'
import { type Block, type MappedColumn, rowKindOf } from './rowKinds.ts'
import { checkTotal, type StatedTotal } from './totals.ts'

export interface RowsContext {
  grid: Grid
  header: HeaderBlock
  headers: string[]
  target: Target
  targets: Target[]
  block: Block
  /** By column index. */
  cells: Map<number, CellContext>
  /** The organisation last named in a column, filled while reading. */
  lastPlaces: Map<number, string>
  /** Lines above the header, as section texts are written. */
  titleLines: string[]
  /** On which ages were true. */
  onDay: string
}

export type RowsReading = Pick<SheetReading, 'rows' | 'totals' | 'sections' | 'skipped' | 'notes'>

export function readRows(context: RowsContext): RowsReading {
  const { grid, header, block } = context
  const found: RowsReading = { rows: [], totals: [], sections: [], skipped: [], notes: [] }
  const stated: (StatedTotal & { unlabelled?: true })[] = []
  let section: string | undefined
  let groupFrom = 0
  for (let r = header.bottom + 1; r < grid.height; r++) {
    if (repeatsHeader(grid, r, header)) {
      found.skipped.push({ row: r + 1, why: '重复的表头' })
      continue
    }
    if (startsAnotherTable(grid, r, tellingColumn(block), context.targets)) {
      found.notes.push(`第 ${r + 1} 行起是另一张表，没有读；请分开导入。`)
      for (let rest = r; rest < grid.height; rest++) found.skipped.push({ row: rest + 1, why: '另一张表' })
      break
    }
    const kind = rowKindOf(grid, r, block)
    if (kind.kind === 'section' && context.titleLines.includes(kind.text)) {
      found.skipped.push({ row: r + 1, why: '重复的标题' })
    } else if (kind.kind === 'section') {
      section = kind.text
      groupFrom = found.rows.length
      found.sections.push({ row: r + 1, text: kind.text })
    } else if (kind.kind === 'total') {
      const total = { row: r, label: kind.label, scope: kind.scope, from: groupFrom, to: found.rows.length }
      if (kind.unlabelled && !matchesOurs(context, total, found.rows))
        found.rows.push(readRow(context, r, section))
      else {
        stated.push(total)
        found.skipped.push({ row: r + 1, why: `合计行：${kind.label}` })
        if (found.rows.length > 0) groupFrom = found.rows.length
      }
    } else if (kind.kind === 'skip') {
      if (!kind.quiet) found.skipped.push({ row: r + 1, why: kind.why })
    } else if (holdsValues(context, r)) {
      take(found.rows, context, readRow(context, r, section))
    } else {
      found.skipped.push({ row: r + 1, why: '要导入的各列都是空的' })
    }
  }
  found.totals = stated.flatMap((total) => checkTotal(grid, block, total, found.rows))
  return found
}

const tellingColumn = (block: Block) =>
  (block.columns.find(({ field }) => field.required) ?? block.columns[0])?.index ?? 0

/** A row within the merge of its record joins the record's first row. */
function take(rows: SheetRow[], context: RowsContext, row: SheetRow) {
  const { top } = recordSpan(context.grid, row.rowNumber - 1, context.block)
  const last = rows[rows.length - 1]
  if (top === row.rowNumber - 1 || last === undefined || last.rowNumber < top + 1) {
    rows.push(row)
    return
  }
  foldInto(last, row, context.target, (field) => {
    const index = columnOfField(context.block.columns, field)
    return index === null ? null : columnLetter(index)
  })
}

function matchesOurs(context: RowsContext, total: StatedTotal, rows: SheetRow[]): boolean {
  const checks = checkTotal(context.grid, context.block, total, rows)
  return rows.length > 0 && checks.length > 0 && checks.every((check) => check.equal)
}

/** A row counts when a mapped column other than one filled down by a merge holds something. */
function holdsValues({ grid, block }: RowsContext, row: number): boolean {
  return block.columns.some(({ index }) => grid.cell(row, index).kind !== 'empty')
}

const ADDABLE = new Set(['integer', 'number', 'money'])

function readRow(context: RowsContext, r: number, section: string | undefined): SheetRow {
  const row: SheetRow = {
    rowNumber: r + 1,
    values: {},
    problems: [],
    ...(section === undefined ? {} : { section }),
  }
  for (const column of context.block.columns) readInto(row, context, r, column)
  for (const field of context.target.fields) {
    const blank = (row.values[field.id]?.value ?? null) === null
    const complained = row.problems.some((problem) => problem.field === field.id)
    if (!field.required || !blank || complained || field.kind === 'org') continue
    const column = context.block.columns.find((one) => one.field.id === field.id)
    const where = column ? columnLetter(column.index) : null
    const complaint: Complaint = {
      severity: 'error',
      reason: `没有填${field.title}`,
      remedy: `请填${field.title}。`,
    }
    row.problems.push(problemOf(complaint, field.id, where, field.title))
  }
  for (const { field, reason, remedy, impossible } of crossCheck(
    row.values,
    context.target.fields,
    context.onDay,
  )) {
    const column = context.block.columns.find((one) => one.field.id === field)
    if (!column) continue
    const header = context.headers[column.index] ?? ''
    row.problems.push(
      problemOf(
        { severity: impossible ? 'error' : 'warning', reason, remedy },
        field,
        columnLetter(column.index),
        header,
      ),
    )
  }
  return row
}

function readInto(row: SheetRow, context: RowsContext, r: number, column: MappedColumn) {
  const { index, field } = column
  const { grid } = context
  const merge = grid.merge(r, index)
  const carried = merge !== undefined && merge.bottom > merge.top && merge.left === index
  const cell: Cell = carried ? grid.origin(r, index) : grid.cell(r, index)
  const cellContext = context.cells.get(index)
  if (!cellContext) return
  const { reading, complaint } = parseCell(cell, field, cellContext)
  const raw = tidy(cell.shown)
  const parsed: Parsed = { ...reading, raw }
  if (field.place && cell.kind === 'empty') askPlace(row, context, column)
  if (field.place && raw !== '') context.lastPlaces.set(index, raw)
  const whole = carried && withinRecord(context, r, merge)
  const shared = carried && !whole && ADDABLE.has(field.kind) && reading.value !== null
  const problem: Complaint | undefined = shared
    ? {
        severity: 'confirm',
        reason: `这个数填在合并的 ${(merge?.bottom ?? 0) - (merge?.top ?? 0) + 1} 行里，不知是每行各有还是合在一起`,
        remedy: '请取消合并，逐行填写。',
      }
    : complaint
  row.values[field.id] = shared ? { value: null, raw } : parsed
  if (problem)
    row.problems.push(
      problemOf(problem, field.id, columnLetter(index), context.headers[index] ?? field.title),
    )
}

/** A blank below a filled cell: the same organisation again, or the one that hands in the sheet? */
function askPlace(row: SheetRow, { headers, lastPlaces }: RowsContext, { index, field }: MappedColumn) {
  const above = lastPlaces.get(index)
  if (above === undefined || row.section !== undefined) return
  const header = headers[index] ?? field.title
  const complaint: Complaint = {
    severity: 'confirm',
    reason: '没有填，不知是否与上面相同',
    remedy: `请逐行填写${header}。`,
    options: [{ value: above, title: `与上面相同：${above}` }],
  }
  row.problems.push(problemOf(complaint, field.id, columnLetter(index), header))
}

/** An amount merged over the rows of one record is that record's. */
function withinRecord({ grid, block }: RowsContext, row: number, merge: Merge): boolean {
  const record = recordSpan(grid, row, block)
  return merge.top >= record.top && merge.bottom <= record.bottom
}

const problemOf = (
  complaint: Complaint,
  field: string,
  column: string | null,
  header: string,
): RowProblem => ({
  column,
  field,
  header,
  severity: complaint.severity,
  reason: complaint.reason,
  remedy: complaint.remedy,
  ...(complaint.options ? { options: complaint.options } : {}),
})
