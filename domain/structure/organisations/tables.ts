/** Rows of the tree: an organisation, and what it was called and where it stood from when to when. */
import type { Generated } from 'kysely'

export interface OrgTable {
  id: string
  countyId: string
  /** The parent's code at opening and three digits; kept after a move. */
  code: string
  openedAt: string
  openedPrecision: string
  closedAt: Generated<string>
  closeReason: string | null
  successorId: string | null
  batchId: string | null
  version: number
  recordedBy: string
  recordedAt: string
}

export interface OrgSpanTable {
  id: string
  orgId: string
  countyId: string
  name: string
  nameKey: string
  type: string
  sector: string
  /** province, city, county or township for committees; null below. */
  level: string | null
  /** Kind of branch with rules of its own (joint, mobile, temporary, graduates). */
  kind: string | null
  parentId: string | null
  /** '/code/code/', COLLATE "C". */
  path: string
  partyLink: string | null
  place: string | null
  validFrom: string
  validTo: Generated<string>
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    org: OrgTable
    orgSpan: OrgSpanTable
  }
}
