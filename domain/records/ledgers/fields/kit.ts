/**
 * What a type of field can do, one file a type: how a value is checked and shown, what is stored (and so how SQL reads,
 * filters and groups it: `sql.ts`), which column of a sheet it is read from, which widget asks for it. Browser-safe.
 */
import type { FieldKind } from '../../../../kernel/spreadsheet/target.ts'
import type { LedgerField } from '../definition.ts'

/** A state that was reached; `on`: 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY', left out where nobody knows. */
export interface Stage {
  state: string
  on?: string
}

/**
 * Stored: text, number, true or false, 'YYYY-MM-DD', an option's value, a list of them, or a course of states. Never an
 * empty text.
 */
export type FieldValue = string | number | boolean | string[] | Stage[]

export interface Fault {
  reason: string
  remedy: string
}
export type Checked = { value: FieldValue | null } | { fault: Fault }

/** What stands in the record. */
export type Holding = 'text' | 'number' | 'date' | 'yesNo' | 'option' | 'options' | 'stages' | 'reference'

/** Things that a field may name. */
export type Noun = 'org' | 'person' | 'record'

/** What the desktop (`web/ledgers/fields`) and the phone (`web/phone/fields.tsx`) each have one of. */
export type Widget =
  | 'line'
  | 'area'
  | 'address'
  | 'number'
  | 'day'
  | 'yesNo'
  | 'oneOf'
  | 'someOf'
  | 'stages'
  | 'reference'

export interface FieldKit {
  /** As the editor of ledgers calls it. */
  title: string
  holds: Holding
  widget: Widget
  /** What was given is trimmed and not empty; a list only where several may be chosen. */
  check(field: LedgerField, given: unknown): Checked
  /** A list may be given. */
  many?: true
  /** As people read it, and as it can be read again. */
  show(field: LedgerField, value: unknown): string
  /** In a column of a list; as shown where nothing is said. */
  brief?(field: LedgerField, value: unknown): string
  /** In a sentence; as shown where nothing is said. */
  say?(field: LedgerField, value: unknown): string
  /** `endings` claim columns that no word of the ledger claims: 举办的具体场所, 活动网址. */
  sheet: { kind: FieldKind; endings?: string[]; course?: true }
  /** The unit where there is but one. */
  unit?: '元'
  /** What a new field of this type begins with in the editor of ledgers. */
  begins?: Partial<LedgerField>
  /** Nobody types it. */
  workedOut?: true
  /** Several sentences: no column of a list, a paragraph of a page. */
  prose?: true
  /** Looked at often enough to be a column of the list from the start. */
  usual?: true
  /** It means a thing that is known here, where one is found. */
  refersTo?: Noun
  /** Whom or what it names. */
  names?: 'person' | 'place' | 'org' | 'enterprise'
}

export const fault = (reason: string, remedy: string): Checked => ({ fault: { reason, remedy } })
