/** What a sheet is read towards. Slices and ledgers declare targets; the reader knows only these shapes. */

export type FieldKind =
  | 'text'
  | 'name'
  | 'idNumber'
  | 'phone'
  | 'date'
  | 'dateTime'
  | 'month'
  | 'integer'
  | 'number'
  | 'money'
  | 'choice'
  | 'yesNo'
  | 'people'
  | 'org'

export interface TargetOption {
  value: string
  title: string
  synonyms?: string[]
}

export interface TargetField {
  id: string
  title: string
  kind: FieldKind
  required?: boolean
  /** Other headers for the same column, the likeliest first: an earlier one wins over a later one. */
  synonyms: string[]
  options?: TargetOption[]
  /** Of a choice: a cell may hold several, each with its day: 已申请 2024-01-05；已发放 2024-06-12. */
  course?: true
  /** With which the header of a column that nothing else claims may end, the most telling first. */
  endings?: string[]
  /** The unit in which values are stored, such as 元 or 人: a column headed 经费（万元） is scaled to it. */
  unit?: string
  /** One cell may hold several, split by 、，；and the like. */
  many?: boolean
  /** The column may be summed, so a stated total is compared with our own sum. */
  totals?: boolean
  minimum?: number
  maximum?: number
  /** Dates after today are allowed. */
  future?: boolean
  /** Where the row stands or happened: a blank below a filled cell may mean the same again, and is asked about. */
  place?: boolean
  /** A choice may follow an organisation's name: 柳河村团支部书记 is 书记. */
  afterOrgName?: boolean
}

export interface Target {
  /** 'members', 'officers', 'organisations' or a ledger's id. */
  kind: string
  title: string
  /** Words in a sheet's title or name that point to this kind. */
  synonyms: string[]
  fields: TargetField[]
}
