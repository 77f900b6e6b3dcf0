/** What a sheet says once read towards a target. Nothing here has touched the database. */
import type { Complaint, Reading, Severity } from './parse/outcome.ts'

export interface Parsed extends Reading {
  /** As the sheet shows it. */
  raw: string
}

export interface SheetColumn {
  index: number
  letter: string
  /** Flattened, A/B for a header of two rows; empty where a column has values but no header. */
  header: string
  field: string | null
  /** 0–1; 1 for a header that was confirmed before or equals the field's own title. */
  confidence: number
  samples: string[]
  /** That the header or the sheet states for the column: 万元. */
  unit?: string
  /** Fields that the header could mean when it names none for sure. */
  candidates?: string[]
  /** A serial-number column. */
  sequence?: true
}

export interface RowProblem {
  /** Letter; null where the problem is the row's, such as a missing column. */
  column: string | null
  field: string
  header: string
  severity: Severity
  reason: string
  remedy: string
  options?: Complaint['options']
}

export interface SheetRow {
  /** As numbered in the sheet, from 1. */
  rowNumber: number
  /** Further rows of the same record, where a merge holds its title together. */
  alsoRows?: number[]
  /** The heading under which the row stands: 柳河村团支部. */
  section?: string
  values: Record<string, Parsed>
  problems: RowProblem[]
}

export interface TotalCheck {
  row: number
  column: string
  field: string
  /** 合计, 小计 … as written. */
  label: string
  stated: number
  ours: number
  equal: boolean
}

export interface TitleDay {
  /** 'YYYY-MM-DD': the first day of what is known. */
  value: string
  precision: 'year' | 'month' | 'day'
}

export interface SheetTitle {
  /** The title lines, joined. */
  text: string
  /** 填报单位. */
  unit?: string
  /** 填报时间, as written. */
  date?: string
  /** 单位：万元 over the whole table. */
  measure?: string
  /** A year named in the title, for dates that lack one. */
  year?: number
  /** When what the title tells of was, as far as it says so; 填报时间 and 截至 say something else. */
  when?: TitleDay
}

export interface SheetReading {
  sheet: string
  kind: string
  confidence: number
  candidates: { kind: string; title: string; confidence: number }[]
  title: SheetTitle
  /** As numbered in the sheet; empty when no header was found. */
  headerRows: number[]
  columns: SheetColumn[]
  rows: SheetRow[]
  totals: TotalCheck[]
  sections: { row: number; text: string }[]
  skipped: { row: number; why: string }[]
  /** Headers whose columns are not taken over. */
  unmapped: string[]
  notes: string[]
}

/** A row that may enter without anybody being asked. */
export const isClean = (row: SheetRow) => row.problems.every((problem) => problem.severity === 'warning')
