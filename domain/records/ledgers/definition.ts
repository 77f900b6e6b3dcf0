/**
 * What a ledger (台账) is: a declaration that can be written as JSON. Form, list, template, import mapping, API,
 * export, measures and sentences all come from it. Built-in ledgers and those that an office declares are the same.
 * Browser-safe.
 */
import type { DatePrecision } from '../../../kernel/period.ts'
import type { FieldType } from './fields/types.ts'

export interface FieldOption {
  value: string
  title: string
  synonyms?: string[]
  /** No longer offered; old records keep and show it. */
  retired?: boolean
  /** Of stages: the state without which this one is not reached. */
  implies?: string
}

/** A column of sheets that holds the day on which a state was reached: of the one that the row states, else the first. */
export interface StageDay {
  id: string
  title: string
  of: string[]
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
  /** Header words in real spreadsheets, the likeliest first. */
  synonyms?: string[]
  /** Of numbers; 0 where nothing is said. */
  minimum?: number
  maximum?: number
  hint?: string
  /** Of dates: may lie ahead, as deadlines do. */
  future?: boolean
  /** Of dates of which no more than the month or year is asked. */
  precision?: DatePrecision
  /** Of calculated fields, in the syntax of `formula.ts`: `{price} × {amount}`, `days({start}, {end})`. */
  formula?: string
  /** Of numbers: the field in which the record says their unit. Rows of several units are never put together. */
  unitIn?: string
  /** Of integers: says the how-manieth, 第三届. */
  ordinal?: true
  /** Of choices: the options stand from the best to the least. */
  ranked?: true
  /** Digits behind the point of a calculated field; 2 where nothing is said. */
  decimals?: number
  /** To which records the field applies, in the syntax of a question: trees only to { kind: 'treePlanting' }. */
  appliesWhen?: Record<string, string>
  /**
   * What a blank says where the field applies. `none`: there was nothing, so it adds nothing. `unknown`: nobody knows,
   * so a sum is a lower bound. Numbers are unknown, anything else none, where nothing is said.
   */
  blank?: 'none' | 'unknown'
  /** Of records that are named: of which ledger. */
  ledger?: string
  /** Of what is named: only what is known here may be written, no other name. */
  known?: boolean
  /** Of stages: days that have a column of their own in sheets. */
  days?: StageDay[]
  /** No longer asked for; old records keep and show it. */
  retired?: boolean
}

/** Numbers of a record, each with a factor: { owedPeople: 1, paidPeople: -1 }. Fields or personTimes. */
export type Linear = Record<string, number>

/** A part that people take in a record: 参加, 主讲, 应缴, 获奖 … The first role is the usual one. */
export interface ParticipantRole {
  id: string
  title: string
  synonyms?: string[]
  /** Unit of the amount beside the name, e.g. 元 owed. */
  unit?: string
  /** Hours are kept beside the name. */
  hours?: boolean
  /** False: named without taking part (请假, 欠缴, 主讲): adds nothing to person-times and to people. */
  attends?: false
  /** How many there are by the record's own numbers, so that the unnamed are known of; else by person-times. */
  counted?: Linear
  /** `none`: where nobody is named there was nobody. Otherwise nobody knows who it was. */
  blank?: 'none'
  /** No longer offered; old records keep and show those who took it. */
  retired?: boolean
}

/** What a record must be like beside its single fields. `field`, `other`: field ids, or a common column as named. */
export type LedgerRule =
  /** A date (or day, dayTo, or the day of a state as `state.granted`) that may not lie before another one. */
  | { kind: 'notBefore'; field: string; other: string }
  /**
   * A number (or personTimes) that may not be larger than another one, so many times; `perDay`: for each day that the
   * record lasts. Hours ≤ 24 × person-times a day.
   */
  | { kind: 'atMost'; field: string; other: string; times?: number; perDay?: true }
  /** So many people are named, in whatever role. */
  | { kind: 'named'; least: number }
  /** A record entered by hand has a photo; sheets have none, and list filters find what lacks one. */
  | { kind: 'photo' }

/** Which organisations record in an own ledger, below its owner: all where a list is empty. */
export interface LedgerUsers {
  types: string[]
  sectors: string[]
  levels: string[]
}

/** What the registry knows of a ledger that an office declared. */
export interface OwnLedger {
  owner: { id: string; name: string; path: string }
  version: number
  users: LedgerUsers
  /** Takes no new records. */
  closed?: boolean
}

/**
 * Beside the plain ones:
 * reading: the last `field` on or before the period's last day, of each `per`, added up (关注用户数);
 * growth: by how much these readings grew within the period, of each that had one before it (新增关注);
 * age: average full years from the date `field`, or of the people in `role`, to the last day;
 * latest, highest: the `field` of the row that is the last by its day, or whose field stands highest, of those that state
 * it; none where several stand there and differ (最近一届, 最高奖项);
 * coverage: share (%) of all options, or of all direct subordinates, that the distinct measure `numerator` covers;
 * streak: how many months or years in a row (`field`), up to the last one with a record;
 * linked: of the records of another ledger that name one of this (`from`): how many, or their `field` added up.
 */
export const MEASURE_KINDS = [
  'count',
  'sum',
  'distinct',
  'average',
  'ratio',
  'only',
  'latest',
  'highest',
  'reading',
  'growth',
  'age',
  'coverage',
  'streak',
  'linked',
] as const

export type LedgerMeasureKind = (typeof MEASURE_KINDS)[number]

/** What may be counted in this ledger, beside the three that follow from its shape (count, personTimes, people). */
export interface LedgerMeasure {
  id: string
  title: string
  unit: string
  kind: LedgerMeasureKind
  definition: string
  /**
   * Field summed, averaged, told apart or stated; 'day', 'title' and 'org' are the common columns, 'subordinate' the
   * direct subordinate below which a record stands. The number of a `choices` field is how many are chosen. With a
   * role: 'hours', 'points' or 'amount' beside the name.
   */
  field?: string
  /**
   * Of readings: what was read, a column or field; the title where nothing is said. Of what is told apart: within what,
   * e.g. the issues of each organisation.
   */
  per?: string
  /** Of distinct subordinates: which of them, by type, sector or level, e.g. { level: 'township' }. */
  among?: Record<string, string>
  /** In a ledger whose rows last: counts what began within the period instead of what stands at its end. */
  began?: boolean
  /** Filters that belong to the measure, in the syntax of a question. */
  where?: Record<string, string>
  /**
   * Counts a record on the day on which the first of these states was reached, instead of on its own day: 发放 in June
   * of an application of January. `states`: values with commas.
   */
  at?: { field: string; states: string }
  /** Of linked: the ledger whose records name those of this one, and the field in which they do. `where` is its. */
  from?: { ledger: string; field: string }
  /** Looks at the people in this role instead of the records. */
  role?: string
  /** Of shares: the part may exceed the whole (完成率). */
  mayExceed?: true
  /** Of ratios: ids of measures of this ledger, or full ids of others. */
  numerator?: string
  denominator?: string
  /** Ids that it had: what was handed in or saved under them is still asked. */
  formerly?: string[]
}

/**
 * A sentence that a record or a period puts into a summary; `sentences.ts` reads it. Of a record: `{day}`, `{org}`,
 * `{title}`, `{personTimes}`, `{people}`, `{hosts}`, field ids and role ids (their names). Of a period: `{org}`,
 * `{period}` and ids of measures, with filters as `{count?kind=themeDay}`. A `[bracketed part]` is dropped when
 * anything in it is missing.
 */
export interface LedgerSentence {
  id: string
  of: 'record' | 'period'
  text: string
  /** Of a record: for lists only. Too many are alike to be told one by one in a summary (期, 笔, 读数). */
  listed?: boolean
  /** Of a period: left out unless the base is known for so many of a hundred organisations. */
  needs?: number
}

export interface LedgerDefinition {
  id: string
  title: string
  /** 组织建设, 思想引领, 志愿服务 …: the line of work under which it is listed. */
  line: string
  /** Place among all ledgers and in the summary; a line of work has its hundred. */
  order: number
  about: string
  /** Words in sheet titles by which its spreadsheets are recognised. */
  sheetTitles: string[]
  /** Unit of one record: 场, 次, 篇 … */
  measureWord: string
  /** `fallback` names a record whose title nobody gave, as a sentence of its own fields: '{day}团费'. */
  name: { label: string; synonyms?: string[]; fallback?: string }
  /** Header words for the organisation's column, beside the usual ones. */
  org?: { synonyms: string[] }
  /** `span`: may last until a later day. `future`: may be recorded before it happens. */
  day: {
    label: string
    synonyms?: string[]
    span?: boolean
    future?: boolean
    precision?: DatePrecision
  }
  /** Absent where attendances mean nothing (funds, awards). */
  personTimes?: { label: string; synonyms?: string[] }
  /**
   * Rows last (名册: member firms, bases, Youth Homes): from their day on, until the date in this field if it is filled.
   * Figures then are what stands on the last day; `added` counts what began within the period.
   */
  standing?: { until?: string }
  roles: ParticipantRole[]
  /** A base that each organisation states for itself: figures say for how many of them it is known. */
  base?: boolean
  /** Several organisations may hold one record together. */
  joint?: boolean
  photos?: boolean
  fields: LedgerField[]
  measures: LedgerMeasure[]
  sentences: LedgerSentence[]
  rules?: LedgerRule[]
  /** Measures by which the ledger is looked at first, by id: on desks until others are chosen, and in overviews. */
  headlines?: string[]
  /** Inspectors ask for it first: chosen from the start for their bundle. */
  inspected?: true
  /** Its titles are offered where a field names such a thing. */
  lists?: 'enterprise'
  /** What a summary proposes as a shortcoming. */
  problems?: LedgerProblem[]
  /** Money comes in and goes out: sheets may have a column for each, or say it in their title. */
  cashBook?: CashBook
  /** What each owes and pays: sheets with one person a row become one record for the unit and month. */
  settling?: Settling
  /** Other words for its measures in a question, by their id: count, personTimes, people or one of `measures`. */
  asked?: Record<string, string[]>
  /** Absent in built-in ledgers and in files: set by the registry. */
  own?: OwnLedger
}

export interface LedgerProblem {
  id: string
  title: string
  /** A sentence whose slots are `figures`; below it, what is to be done. */
  text: string
  next: string
  /** Measures of this ledger by id, or full ids of others. */
  figures: Record<string, { measure: string; where?: Record<string, string> }>
  /** It is one where this figure is above 0, or above that other one. Missing is never a problem. */
  when: { figure: string; above?: string }
}

/** The field of the amount, and that which tells income from spending, by its two values. */
export interface CashBook {
  amount: string
  direction: string
  income: string
  spending: string
}

interface SettlingSide {
  role: string
  people: string
  amount: string
}

/** What is owed and paid, by whom and by how many; the role of those in arrears; how many there are at all. */
export interface Settling {
  owed: SettlingSide
  paid: SettlingSide
  arrears: string
  whole: string
}

/** As a built-in ledger is written down: its words stand in ../words. */
export type LedgerDeclaration = Omit<LedgerDefinition, 'sheetTitles' | 'org' | 'asked' | 'own'>

export type DayPrecision = DatePrecision
