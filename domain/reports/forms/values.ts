/** What stands in each pointed cell for a period: figures asked in one go, words, lists of rows. */
import type { Context } from '../../../kernel/context.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import { dateInWords, daysBetween, isDay, type Period } from '../../../kernel/period.ts'
import { type Asker, askerOf } from '../../indicators/asker.ts'
import type { FigureAnswer } from '../../indicators/contract.ts'
import { rowsBehind } from '../../indicators/kept/rows.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import type { CellFormat, CellValue, FormDocument } from './file/model.ts'
import { type CellOrg, type ListEntry, type Mapped, questionOf, SERIAL, type TextEntry } from './mapping.ts'
import type { KeptCell } from './queries.ts'

export interface Filling {
  document: FormDocument
  org: Org
  period: Period
  all: Catalogue
  /** Organisations named by the labels of a cell's row and column. */
  placeOf: (cell: Mapped, by: 'row' | 'column') => string | undefined
}

export async function valuesFor(ctx: Context, mapping: Mapped[], how: Filling): Promise<KeptCell[]> {
  const asker = askerOf(ctx, how.all, { digest: true })
  const cells: KeptCell[] = []
  for (const cell of mapping) {
    if (cell.entry.kind === 'blank') continue
    cells.push(await valueAt(ctx, cell, { ...how, asker }))
  }
  return cells
}

type Asking = Filling & { asker: Asker }

async function valueAt(ctx: Context, cell: Mapped, how: Asking): Promise<KeptCell> {
  const { table, row, column, entry } = cell
  const place = { table, row, column }
  if (entry.kind === 'text') return { ...place, source: 'text', ...said(textFor(ctx, entry, how)) }
  if (entry.kind === 'blank') return { ...place, source: 'text', ...said(null) }
  const org = orgFor(cell, entry.org, how)
  if (!org)
    return {
      ...place,
      source: 'figure',
      ...said(null),
      missingReason: '旁边的字没有对上任何下级组织，请改这一格的组织',
    }
  const question = questionOf(entry, org, how.period)
  if (entry.kind === 'list') return { ...place, ...(await listFor(ctx, entry, question, how)) }
  const given = await how.asker(question)
  if ('refused' in given)
    return { ...place, source: 'figure', ...said(null), question, missingReason: given.refused }
  const { answer } = given
  const shape = formatAt(how.document, cell)
  return {
    ...place,
    source: 'figure',
    value: answer.missing ? null : inCell(answer, shape),
    display: answer.missing ? '' : shownIn(answer, shape),
    question,
    answer,
    ...(answer.missing && { missingReason: answer.missingReason ?? '没有记录' }),
  }
}

const said = (value: string | null) => ({ value, display: value ?? '' })

function orgFor(cell: Mapped, org: CellOrg, how: Filling): string | undefined {
  if (org === 'own') return how.org.id
  return typeof org === 'object' ? org.id : how.placeOf(cell, org)
}

function textFor(ctx: Context, { what, text = '' }: TextEntry, { org, period }: Filling): string {
  if (what === 'org') return org.name
  if (what === 'day') return dateInWords(ctx.today)
  if (what === 'period') return period.label
  return what === 'preparer' ? ctx.actor.name : text
}

export const formatAt = (document: FormDocument, { table, row, column }: Omit<Mapped, 'entry'>): CellFormat =>
  document.tables.find((t) => t.id === table)?.cells.find((c) => c.row === row && c.column === column)
    ?.format ?? 'general'

/**
 * A share of 20.5 is 0.205 in a percentage cell; shares and averages are rounded elsewhere as the office rounds them.
 * A date is one where the cell shows dates, and words where it does not.
 */
function inCell(answer: FigureAnswer, format: CellFormat): CellValue {
  const { value, unit, measure, display } = answer
  if (typeof value === 'string') return isDay(value) ? (format === 'date' ? serialOf(value) : display) : value
  if (typeof value !== 'number') return value
  if (unit === '%' && format === 'percent') return value / 100
  if (unit === '%' && format === 'text') return display
  return unit === '%' || measure.kind === 'average' ? (rounded(display) ?? value) : value
}

const rounded = (display: string): number | undefined => {
  const digits = /-?\d+(\.\d+)?/.exec(display.replace(/,/g, ''))?.[0]
  return digits === undefined ? undefined : Number(digits)
}

const serialOf = (day: string): number => daysBetween('1899-12-30', day)

/** With its unit where the value says nothing without it. */
function shownIn(answer: FigureAnswer, format: CellFormat): string {
  if (answer.unit === '%' || typeof answer.value === 'string') return answer.display
  return String(inCell(answer, format) ?? '')
}

async function listFor(
  ctx: Context,
  entry: ListEntry,
  question: ReturnType<typeof questionOf>,
  { asker, all }: Asking,
): Promise<Omit<KeptCell, 'table' | 'row' | 'column'>> {
  const given = await asker(question)
  if ('refused' in given) return { source: 'list', ...said(null), question, missingReason: given.refused }
  const [part] = await rowsBehind(ctx, question, all)
  const at = (id: string) => part?.columns.findIndex((c) => c.id === id) ?? -1
  const rows = (part?.rows ?? []).map((r) => r.cells)
  const sorted = entry.sort ? [...rows].sort(by(at(entry.sort))) : rows
  const lines = sorted.map((cells, line) =>
    entry.columns.map(
      ({ from }): CellValue => (from === SERIAL ? line + 1 : numberOr(cells[at(from)] ?? null)),
    ),
  )
  const list = { through: entry.through, columns: entry.columns.map((c) => c.column), lines }
  const shown = lines.length > 0 ? `${lines.length} 行` : ''
  const missing = given.answer.missing ? { missingReason: given.answer.missingReason ?? '没有记录' } : {}
  return {
    source: 'list',
    value: shown || null,
    display: shown,
    question,
    answer: given.answer,
    lines: lines.length,
    list,
    ...missing,
  }
}

const by = (column: number) => (a: (string | null)[], b: (string | null)[]) =>
  (a[column] ?? '').localeCompare(b[column] ?? '', 'zh-CN', { numeric: true })

/** What is nothing but a short number is one; an ID, a telephone or 001 stays a text. */
const numberOr = (text: string | null): CellValue =>
  text !== null && /^-?(0|[1-9]\d{0,9})(\.\d+)?$/.test(text) ? Number(text) : text
