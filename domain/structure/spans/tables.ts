/** The columns that memberships and appointments have in common: whose, where, from when to when, and how that is known. */
import type { Generated } from 'kysely'

export interface SpanColumns {
  countyId: string
  id: string
  personId: string
  orgId: string
  validFrom: string
  fromPrecision: string
  validTo: Generated<string>
  toPrecision: string | null
  endReason: string | null
  batchId: string | null
  version: number
  recordedBy: string
  recordedAt: string
  voidedAt: string | null
}
