/** What a parser says about one cell. It never guesses silently: it reads, reads with a warning, or refuses. */

export type Precision = 'year' | 'month' | 'day' | 'time'

/** Dates 'YYYY-MM-DD' (first day of what is known), with precision 'time' 'YYYY-MM-DD HH:MM:SS'; months 'YYYY-MM'. */
export type ParsedValue = string | number | boolean | string[] | null

export interface Reading {
  value: ParsedValue
  precision?: Precision
  /** Last day of a span of days. */
  to?: string
  /** Of several choices: the word behind each value, in the same order (组织委员 behind committeeMember). */
  words?: string[]
  /** What stood beside the value and is no part of it: 张三（兼） → 兼. */
  note?: string
}

/** error: the row cannot enter as it is. confirm: only after a person chose. warning: enters, and is shown. */
export type Severity = 'error' | 'warning' | 'confirm'

export interface Complaint {
  severity: Severity
  /** Says what is wrong without repeating an ID or phone number. */
  reason: string
  remedy: string
  /** Readings among which a person may choose. */
  options?: { value: string; title: string }[]
}

export interface Outcome {
  reading: Reading
  complaint?: Complaint
}

export const NOTHING: Outcome = { reading: { value: null } }

export const read = (value: ParsedValue, more: Omit<Reading, 'value'> = {}): Outcome => ({
  reading: { value, ...more },
})

export const refuse = (reason: string, remedy: string): Outcome => ({
  reading: { value: null },
  complaint: { severity: 'error', reason, remedy },
})

export const warn = (outcome: Outcome, reason: string, remedy = '请核对。'): Outcome => ({
  reading: outcome.reading,
  complaint: outcome.complaint ?? { severity: 'warning', reason, remedy },
})

export const askWhich = (
  reason: string,
  remedy: string,
  options: { value: string; title: string }[] = [],
): Outcome => ({
  reading: { value: null },
  complaint: { severity: 'confirm', reason, remedy, ...(options.length > 0 ? { options } : {}) },
})
