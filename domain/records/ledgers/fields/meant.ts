/** Which things the fields of a record mean, beside the words that are written there. Browser-safe. */
import type { LedgerDefinition, LedgerField } from '../definition.ts'
import type { Noun } from './kit.ts'
import { isReference, kitOf } from './types.ts'

/** One of the three ids. */
export interface Referred {
  field: string
  personId: string | null
  orgId: string | null
  targetRecordId: string | null
}

const COLUMNS = { person: 'personId', org: 'orgId', record: 'targetRecordId' } as const

export const referredTo = (field: string, noun: Noun, id: string): Referred => ({
  field,
  personId: null,
  orgId: null,
  targetRecordId: null,
  [COLUMNS[noun]]: id,
})

export const idIn = ({ personId, orgId, targetRecordId }: Referred): string =>
  personId ?? orgId ?? targetRecordId ?? ''

export const nounOf = ({ type }: LedgerField): Noun => kitOf(type).refersTo ?? 'record'

export const referencesIn = ({ fields }: LedgerDefinition): LedgerField[] => fields.filter(isReference)
