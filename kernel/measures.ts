/**
 * The seam between the slices that know facts and everything that shows numbers. A slice declares sources (where
 * rows are) and measures (what may be counted in them); pages, reports, plans and the command line know only measures.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { afterSubtree, type Scope, withinDepth } from './scope.ts'

/** The frame of one question, as SQL needs it. Moments are 'YYYY-MM-DD HH:MM:SS', both ends included. */
export interface Frame {
  org: { id: string; code: string; countyId: string | null }
  /** Paths that the organisation had while the question looks; several after a move. */
  scopes: Scope[]
  depth: Depth
  /** For flows: the period. For stocks `asOf` alone matters. */
  from: string
  to: string
  asOf: string
}

/** 0: the organisation alone; 1: with its direct subordinates; all: the subtree. */
export type Depth = 0 | 1 | 'all'

/** Rows that the question covers: of the organisation, with its direct subordinates, or of the subtree. */
export function inFrame(frame: Frame, columns?: { countyId: string; path: string }): RawBuilder<SqlBool> {
  if (frame.scopes.length === 0) return sql<SqlBool>`false`
  const each = frame.scopes.map((scope) => withinDepth(scope, frame.depth, columns))
  return sql<SqlBool>`(${sql.join(each, sql` or `)})`
}

/** The segment of a path that follows the organisation's own: its child's code; '' for the organisation itself. */
export function childOf(frame: Frame, path: RawBuilder<unknown>): RawBuilder<string | null> {
  if (frame.scopes.length === 0) return sql<null>`null`
  const cases = frame.scopes.map(
    (s) =>
      sql`when ${path} >= ${s.path} and ${path} < ${afterSubtree(s.path)} then split_part(substr(${path}, ${s.path.length + 1}), '/', 1)`,
  )
  return sql<string>`case ${sql.join(cases, sql` `)} end`
}

export type DimensionType = 'choice' | 'text' | 'number' | 'date' | 'yesNo' | 'org' | 'person'

/** Something by which rows may be filtered and grouped. */
export interface Dimension {
  title: string
  type: DimensionType
  /** Synonyms are read in filters and shown nowhere. */
  options?: { value: string; title: string; synonyms?: string[] }[]
  sql: (frame: Frame) => RawBuilder<unknown>
  /** Where a row may hold several values at once: does it hold any of these? */
  holds?: (values: string[]) => RawBuilder<SqlBool>
}

/** A column of the evidence table. */
export interface EvidenceColumn {
  id: string
  title: string
  sql: (frame: Frame) => RawBuilder<unknown>
}

/** Where rows of one kind are. Aliases used in the expressions are the slice's own. */
export interface Source {
  id: string
  title: string
  /** flow: events within a period; stock: a state at a moment. */
  timing: 'flow' | 'stock'
  /** Everything after FROM, without filters of the question's `where`; scope and time are the source's job. */
  from: (frame: Frame) => RawBuilder<unknown>
  where: (frame: Frame) => RawBuilder<SqlBool>
  countyId: RawBuilder<string>
  rowId: RawBuilder<string>
  version: RawBuilder<number>
  /** Distinct person, where rows are about people. */
  person?: RawBuilder<string | null>
  /** The path by which a row belongs to an organisation. */
  path: RawBuilder<string>
  /** Which rows belong to several organisations at once, and all paths of such a row; left out where none does. */
  joint?: (frame: Frame) => { rows: RawBuilder<SqlBool>; paths: RawBuilder<string[]> }
  dimensions: Record<string, Dimension>
  columns: EvidenceColumn[]
  /** What the screens call to open one row: 'people', 'organisations', 'records'. */
  opens: string
  /** The id by which it is opened, where that is not the row's own. */
  opensId?: RawBuilder<string>
  /** Never missing: an empty answer is 0 (the tree is always complete). */
  complete?: boolean
  /** Declared "nothing this period", which makes an empty answer 0 instead of missing. */
  nil?: (frame: Frame) => RawBuilder<SqlBool>
}

/**
 * streak: how many whole numbers (`value`: months or years, numbered) in a row, up to the last one that has a row.
 * falls: in how many groups (`falls`) a difference is below 0.
 */
export type MeasureKind =
  | 'count'
  | 'sum'
  | 'distinct'
  | 'average'
  | 'ratio'
  | 'difference'
  | 'only'
  | 'streak'
  | 'falls'

export interface Part {
  /** 'numerator', 'denominator', 'now', 'before'. */
  role: string
  title: string
  measure: string
  where?: Record<string, string>
  /** For differences: the same period or the last day of the one before; the day before the period begins. */
  shift?: 'previousPeriod' | 'yearBefore' | 'beforePeriod'
  /** The question's filters are not asked of this part: it is the whole that another part is held against. */
  unfiltered?: true
}

export interface Measure {
  id: string
  title: string
  /** 团员, 主题活动 … the group under which it is found. */
  group: string
  /** 人, 人次, 个, 场, 元, %, or '' for dates and texts. */
  unit: string
  kind: MeasureKind
  /** In words: what is counted, what is not. */
  definition: string
  source?: string
  /** Of sum, average, only and distinct: what is added, averaged, stated or told apart. */
  value?: (frame: Frame) => RawBuilder<unknown>
  valueType?: 'number' | 'money' | 'date' | 'text'
  /**
   * The unit stands in the rows. Rows of several units are never added: the question names one, or is grouped by a
   * dimension that tells units apart.
   */
  unitOf?: { sql: (frame: Frame) => RawBuilder<string>; apartBy: string[] }
  /** Filters that belong to the measure itself, in the syntax of a question. */
  where?: Record<string, string>
  parts?: Part[]
  /** Of falls: by which dimension the difference, whose parts these are, is told apart. */
  falls?: { by: string }
  /** Depth when the question names none: 'all' unless said here. */
  depth?: Depth
  /** Counts only what is below the organisation asked, never itself (direct subordinates). */
  belowOnly?: boolean
  /** A lower bound: true where rows exist whose people are not all named. */
  partial?: (frame: Frame) => RawBuilder<SqlBool>
}

export interface Catalogue {
  sources: Map<string, Source>
  measures: Map<string, Measure>
}
