/**
 * Rows typed or pasted into the entry grid, read by the parsers of the import. One line of the grid is one record:
 * nothing is taken for a total, a heading or a footer. Browser-safe, so that the grid says the same while one types.
 */
import { dateInWords } from '../../../../kernel/period.ts'
import type { Target, TargetField } from '../../../../kernel/spreadsheet/target.ts'
import { type Cell, columnLetter, EMPTY_CELL } from '../../../../kernel/spreadsheet/workbook.ts'
import type { LedgerDefinition } from '../../ledgers/definition.ts'
import { targetOf } from '../../ledgers/sheet.ts'
import { type CellContext, parseCell } from '../sheet/parse/cell.ts'
import type { Complaint } from '../sheet/parse/outcome.ts'
import { tidy } from '../sheet/parse/text.ts'
import type { RowProblem, SheetReading, SheetRow } from '../sheet/reading.ts'

/** Text by field id, as typed. */
export type TypedCells = Record<string, string>

const targets = new WeakMap<LedgerDefinition, Target>()

/** The columns of the grid: those of the ledger's spreadsheet, the day first. */
export function gridTarget(definition: LedgerDefinition): Target {
  const known = targets.get(definition)
  if (known) return known
  const target = targetOf(definition)
  const rank = (field: TargetField) => FIRST.indexOf(field.id)
  const first = target.fields.filter((field) => rank(field) >= 0).sort((a, b) => rank(a) - rank(b))
  const made = { ...target, fields: [...first, ...target.fields.filter((field) => rank(field) < 0)] }
  targets.set(definition, made)
  return made
}

const FIRST = ['day', 'dayTo', 'title', 'org']

/** 3月5日 and 6.18 are of this year, unless that day is still to come: then of the last. */
function contextOf(text: string, today: string): CellContext {
  const year = Number(today.slice(0, 4))
  const [, month, day] = /^(\d{1,2})[月./-](\d{1,2})日?$/.exec(text) ?? []
  const later = month && day && `${month.padStart(2, '0')}-${day.padStart(2, '0')}` > today.slice(5, 10)
  return { today, keepsZeros: true, pairs: 'monthDay', year: later ? year - 1 : year }
}

const WITHOUT_YEAR = '没有写年份'

/** 1-based number, in the order of the grid. */
export function readTyped(target: Target, cells: TypedCells, at: { row: number; today: string }): SheetRow {
  const row: SheetRow = { rowNumber: at.row, values: {}, problems: [] }
  target.fields.forEach((field, index) => {
    const text = cells[field.id] ?? ''
    const { reading, complaint } = parseCell(cellOf(text), field, contextOf(tidy(text), at.today))
    row.values[field.id] = { ...reading, raw: tidy(text) }
    const told = complaint && yearTold(complaint, reading.value)
    if (told) row.problems.push(problemOf(told, field, index))
    const missing = field.required && !complaint && reading.value === null && field.kind !== 'org'
    if (missing) row.problems.push(problemOf(MISSING(field.title), field, index))
  })
  return row
}

const MISSING = (title: string): Complaint => ({
  severity: 'error',
  reason: `没有填${title}`,
  remedy: `请填${title}。`,
})

/** There is no title above a grid: the year is said in full. */
const yearTold = (complaint: Complaint, value: unknown): Complaint =>
  complaint.reason.startsWith(WITHOUT_YEAR) && typeof value === 'string'
    ? { ...complaint, reason: `${WITHOUT_YEAR}，记为${dateInWords(value.slice(0, 10))}` }
    : complaint

const cellOf = (text: string): Cell =>
  text.trim() === '' ? EMPTY_CELL : { kind: 'text', value: text, shown: text }

const problemOf = (complaint: Complaint, { id, title }: TargetField, index: number): RowProblem => ({
  column: columnLetter(index),
  field: id,
  header: title,
  severity: complaint.severity,
  reason: complaint.reason,
  remedy: complaint.remedy,
  ...(complaint.options && { options: complaint.options }),
})

/** The whole grid as a sheet that was read, for the import to take over. */
export const gridOfRows = (target: Target, rows: SheetRow[]): SheetReading => ({
  sheet: '',
  kind: target.kind,
  confidence: 1,
  candidates: [],
  title: { text: '' },
  headerRows: [],
  columns: target.fields.map((field, index) => ({
    index,
    letter: columnLetter(index),
    header: field.title,
    field: field.id,
    confidence: 1,
    samples: [],
  })),
  rows,
  totals: [],
  sections: [],
  skipped: [],
  unmapped: [],
  notes: [],
})
