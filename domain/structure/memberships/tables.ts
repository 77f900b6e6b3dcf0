/** A person's League membership in one branch, from when to when. */
import type { Generated } from 'kysely'

export interface MembershipTable {
  countyId: string
  id: string
  personId: string
  orgId: string
  memberNo: string | null
  /** admission, transferIn, merge, roster … (rules.ts lists them). */
  startReason: string
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

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    membership: MembershipTable
  }
}
