/** What a widget is given, whichever it is. */
import type { LedgerField } from '../../../domain/records/ledgers/definition.ts'
import type { ListState } from '../../kit/list.ts'

export interface InputProps {
  field: LedgerField
  value: unknown
  onChange: (value: unknown) => void
  id: string
  /** What was written here before. */
  offered?: string[]
}

export interface FilterProps {
  field: LedgerField
  list: ListState
}
