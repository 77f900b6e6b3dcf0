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

/** Of these a value is the id of a thing; filters find it within the caller's reach, by this noun (`references.ts`). */
const NAMING = ['org', 'person', 'record'] as const
export type DimensionType = 'choice' | 'text' | 'number' | 'date' | 'yesNo' | (typeof NAMING)[number]

/** What the values of a dimension are ids of; nothing where they are words, numbers, days. */
export const nounOf = ({ type }: Pick<Dimension, 'type'>): string | undefined =>
  NAMING.find((noun) => noun === type)

/** Something by which rows may be filtered and grouped. */
export interface Dimension {
  title: string
  type: DimensionType
  /** Synonyms are read in filters and shown nowhere. */
  options?: { value: string; title: string; synonyms?: string[] }[]
  sql: (frame: Frame) => RawBuilder<unknown>
  /** Of things that are known by an id: the words that are looked through for a part of a name. */
  words?: (frame: Frame) => RawBuilder<unknown>
  /** Where a row may hold several values at once: does it hold any of these? */
  holds?: (values: string[]) => RawBuilder<SqlBool>
  /** Of yes or no: what a blank means. `none`: no. `unknown`: neither. */
  blank?: 'none' | 'unknown'
  /**
   * Rows of which nobody can tell (the unnamed of a record): a filter neither takes nor drops them, so that what it
   * counts is a lower bound. Any other row without a value is left out by a filter, for else every minority would be
   * one.
   */
  unknownWhen?: (frame: Frame, filter: string) => RawBuilder<SqlBool>
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
  /** What a row shows of others (how many members a branch has), so that a change of it breaks the digest as well. */
  seal?: (frame: Frame) => RawBuilder<unknown>
  /** Distinct person, where rows are about people. */
  person?: RawBuilder<string | null>
  /**
   * Where people may stand by name alone: the name, the row within which a name is one person, and whether the row
   * stands for people of whom not even the name is known.
   */
  names?: { name: RawBuilder<string | null>; within: RawBuilder<unknown>; unnamed: RawBuilder<SqlBool> }
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
  /** The ledger whose 本期无 makes an empty answer 0 instead of missing. */
  ledger?: string
  /** Who is to keep it, by type, sector and level of the organisation; every branch where nothing is said. */
  keptBy?: { types?: string[]; sectors?: string[]; levels?: string[] }
  /** A base that each organisation states for itself: of how many it is known belongs to the answer. */
  base?: true
  /** The register of people whose completeness decides whether its counts of a day are whole (`registers/`). */
  register?: 'members' | 'officers'
  /** Rows of which nobody can tell whether they stood there at that time already: they make a count a lower bound. */
  unsure?: (frame: Frame) => RawBuilder<SqlBool>
  /** A register is kept here, so that nobody coming or going is 0 instead of missing. */
  registered?: (frame: Frame) => RawBuilder<SqlBool>
}

/**
 * top: the value of the row that stands first (`rank`), the latest or the best; none where several do and differ.
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
  | 'top'
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

/** ordinal: a number that says the how-manieth, 第三届. */
export type ValueType = 'number' | 'money' | 'date' | 'text' | 'ordinal'

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
  valueType?: ValueType
  /** Of top: by what the rows are held against each other; the largest stands first. */
  rank?: (frame: Frame) => RawBuilder<unknown>
  /**
   * The unit stands in the rows. Rows of several units are never added: the question names one, or is grouped by a
   * dimension that tells units apart.
   */
  unitOf?: { sql: (frame: Frame) => RawBuilder<string>; apartBy: string[] }
  /** Filters that belong to the measure itself, in the syntax of a question. */
  where?: Record<string, string>
  /** Rows that belong to the measure; null where nobody can tell, which makes the number a lower bound. */
  meets?: (frame: Frame) => RawBuilder<SqlBool | null>
  /** To which rows the value applies: the others neither carry it nor lack it. */
  applies?: (frame: Frame) => RawBuilder<SqlBool>
  /** `none`: a row that does not state the value adds nothing, and is no evidence. Else nobody knows what it adds. */
  blank?: 'none'
  /**
   * Which rows have been looked after at all: unrecorded is not vacant. The others are not counted, and how many they
   * are is said beside the number.
   */
  recorded?: { sql: (frame: Frame) => RawBuilder<SqlBool>; lacking: string }
  /** Of shares: what is no part of the whole may exceed it. */
  mayExceed?: true
  parts?: Part[]
  /** Of falls: by which dimension the difference, whose parts these are, is told apart. */
  falls?: { by: string }
  /** Depth when the question names none: 'all' unless said here. */
  depth?: Depth
  /** Counts only what is below the organisation asked, never itself (direct subordinates). */
  belowOnly?: boolean
  /** Looked at first: on desks until others are chosen. */
  headline?: true
  /** What a question may call it beside its title. */
  asked?: readonly string[]
  /** What the expressions above were made of, as plain JSON, where a declaration says it: part of the definition. */
  declared?: unknown
  /** Ids under which it was known: what was handed in or saved under them is still asked. */
  formerly?: string[]
}

/** It states what a row says, and counts nothing. */
export const statesOne = ({ kind }: { kind: string }): boolean => kind === 'only' || kind === 'top'

export interface Catalogue {
  sources: Map<string, Source>
  measures: Map<string, Measure>
  /** From ids that were to ids that are. */
  renamed: Map<string, string>
}
