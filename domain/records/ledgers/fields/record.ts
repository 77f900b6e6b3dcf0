import type { FieldKit } from './kit.ts'
import { referring } from './reference.ts'

/** A record of the ledger that the field names: the Youth Home of an activity. */
export const record: FieldKit = { ...referring, title: '另一本台账的一条', refersTo: 'record' }
