/** What goes into the cells of a form (报表): pointed at once, asked anew for every period. Browser-safe and pure. */
import { cutAt, type Period, parsePeriod, precedingOf, previousOf } from '../../../kernel/period.ts'
import type { FigureQuestion } from '../../indicators/contract.ts'

/**
 * Relative to the period for which the form is filled. own 本期 · preceding 上期 · yearBefore 去年同期 ·
 * thisYear 今年以来 · everUntil 截至期末累计.
 */
export type CellPeriod = 'own' | 'preceding' | 'yearBefore' | 'thisYear' | 'everUntil'

export const periodTitles: Record<CellPeriod, string> = {
  own: '本期',
  preceding: '上期',
  yearBefore: '去年同期',
  thisYear: '今年以来',
  everUntil: '截至期末累计',
}

/** Whose figure: the form's organisation, the one that the row or the column is labelled with, or one by id. */
export type CellOrg = 'own' | 'row' | 'column' | { id: string }

interface Asked {
  measure: string
  where?: Record<string, string> | undefined
  depth?: '0' | '1' | 'all' | undefined
  period: CellPeriod
  org: CellOrg
}

export interface FigureEntry extends Asked {
  kind: 'figure'
}

/** org 填报单位 · day 填报日期 · period 时段 · preparer 填报人 · constant: always the same words. */
export interface TextEntry {
  kind: 'text'
  what: 'org' | 'day' | 'period' | 'preparer' | 'constant'
  text?: string | undefined
}

export const SERIAL = 'serial'

/** The rows behind a figure, one a line from the cell downwards. */
export interface ListEntry extends Asked {
  kind: 'list'
  /** The last row of the form that is blank for the list; longer lists get rows of their own below it. */
  through: number
  /** `from`: a column of the figure's rows, or 'serial' for 1, 2, 3 … */
  columns: { column: number; from: string }[]
  /** Ascending by this column of the rows; as the evidence is ordered when left out. */
  sort?: string | undefined
}

/** Stays empty on purpose: nobody is asked about it again. */
export interface BlankEntry {
  kind: 'blank'
}

export type Entry = FigureEntry | TextEntry | ListEntry | BlankEntry

export interface Mapped {
  table: string
  row: number
  column: number
  entry: Entry
}

export const cellKey = ({ table, row, column }: { table: string; row: number; column: number }) =>
  `${table}.${row}.${column}`

/** Organisations that cells name by id. */
export const orgsOf = (mapping: Mapped[]): Set<string> =>
  new Set(
    mapping.flatMap(({ entry }) => ('org' in entry && typeof entry.org === 'object' ? [entry.org.id] : [])),
  )

/** How often the superior asks for it. */
export type Rhythm = 'month' | 'quarter' | 'half' | 'year'

export const rhythmTitles: Record<Rhythm, string> = {
  month: '月报',
  quarter: '季报',
  half: '半年报',
  year: '年报',
}

/** The days that a cell speaks of. */
export function daysOf(
  period: Period,
  relative: CellPeriod,
): { from?: string; to: string } | { asOf: string } {
  const { from, to } = period
  if (relative === 'everUntil') return { asOf: to }
  if (relative === 'thisYear') return { from: `${to.slice(0, 4)}-01-01`, to }
  if (relative === 'own') return { from, to }
  const other = relative === 'preceding' ? precedingOf(period) : previousOf(period)
  return { from: other.from, to: other.to }
}

/** @throws invalid `period`, `cutOff` */
export const coveredBy = (period: string, cutOff?: string | null): Period =>
  cutAt(parsePeriod(period), cutOff)

/** The question of a cell; `org` is the id that its organisation came to. */
export function questionOf(asked: FigureEntry | ListEntry, org: string, period: Period): FigureQuestion {
  const { measure, where, depth } = asked
  return {
    org,
    measure,
    ...(depth && { depth }),
    ...(where && Object.keys(where).length > 0 && { where }),
    ...daysOf(period, asked.period),
  }
}
