/**
 * What a ledger (台账) is: a declaration that can be written as JSON. Form, list, template, import mapping, API,
 * export, measures and sentences all come from it. Built-in ledgers and those that an office declares are the same.
 */

export type FieldType =
  | 'text'
  | 'longText'
  | 'integer'
  | 'number'
  | 'money'
  | 'date'
  | 'choice'
  | 'choices'
  | 'yesNo'
  | 'place'
  | 'person'
  | 'org'
  | 'link'

export interface FieldOption {
  value: string
  title: string
  synonyms?: string[]
}

export interface LedgerField {
  id: string
  title: string
  type: FieldType
  /** Who uses what is typed here, and for what: a field that nobody uses is not asked for. */
  usedBy: string
  /** 元, 小时, 份 … of numbers. Money is kept in 元. */
  unit?: string
  required?: boolean
  options?: FieldOption[]
  /** Header words in real spreadsheets. */
  synonyms?: string[]
  minimum?: number
  maximum?: number
  hint?: string
}

/** A part that people take in a record: 参加, 主讲, 应缴, 获奖 … */
export interface ParticipantRole {
  id: string
  title: string
  synonyms?: string[]
  /** Amount beside the name, e.g. 元 owed. */
  unit?: string
}

/** What may be counted in this ledger, beside the three that every ledger has (count, personTimes, people). */
export interface LedgerMeasure {
  id: string
  title: string
  unit: string
  kind: 'count' | 'sum' | 'distinct' | 'average' | 'ratio' | 'only'
  definition: string
  /** Field summed, averaged, told apart or stated; 'day', 'title' and 'org' are the common columns. */
  field?: string
  /** Filters that belong to the measure, as `field: value`. */
  where?: Record<string, string>
  /** Counts distinct people in this role instead of records. */
  role?: string
  /** Of ratios: ids of measures of this ledger, or full ids of others. */
  numerator?: string
  denominator?: string
}

/**
 * A sentence that a record or a period puts into a summary. `{day}`, `{org}`, `{title}`, `{personTimes}`, `{people}`
 * and field ids are filled in; a `[bracketed part]` is dropped when anything in it is missing.
 */
export interface LedgerSentence {
  id: string
  of: 'record' | 'period'
  text: string
}

export interface LedgerDefinition {
  id: string
  title: string
  /** 组织建设, 思想引领, 志愿服务 …: the line of work under which it is listed. */
  line: string
  /** Place among the ledgers of its line and in the summary. */
  order: number
  about: string
  /** Words in sheet titles by which its spreadsheets are recognised. */
  sheetTitles: string[]
  /** Unit of one record: 场, 次, 篇 … */
  measureWord: string
  name: { label: string; synonyms?: string[] }
  day: { label: string; synonyms?: string[]; span?: boolean }
  personTimes?: { label: string; synonyms?: string[] }
  roles: ParticipantRole[]
  /** Several organisations may hold one record together. */
  joint?: boolean
  photos?: boolean
  fields: LedgerField[]
  measures: LedgerMeasure[]
  sentences: LedgerSentence[]
}
