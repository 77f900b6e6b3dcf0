/** Rows of all ledgers, built in or declared by an office. */
import type { Json } from '../../../kernel/database/tables.ts'
import type { Reached } from './fields/course.ts'
import type { Referred } from './fields/meant.ts'
import type { Quantity } from './quantities.ts'
import type { HostState } from './shapes.ts'

export interface RecordTable {
  countyId: string
  id: string
  ledger: string
  orgId: string
  /** The path of the organisation on that day. */
  path: string
  day: string
  dayPrecision: string
  dayTo: string | null
  title: string
  personTimes: number | null
  fields: Json<Record<string, unknown>>
  /** Null where there are none. */
  quantities: Json<Quantity[]> | null
  batchId: string | null
  version: number
  /** Set on the mirror row of a joint record that belongs to another county. */
  homeCountyId: string | null
  recordedBy: string
  recordedAt: string
  changedAt: string
  voidedAt: string | null
  voidedBy: string | null
  voidReason: string | null
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    record: RecordTable
    /** Of a mirror: only those of its county that agreed. */
    recordHost: {
      countyId: string
      recordId: string
      orgId: string
      path: string
      state: HostState
      askedAt: string | null
      answeredAt: string | null
      answeredBy: string | null
      answeredByName: string | null
    }
    /** When each state of a record was reached; from the course in `fields`, for questions. */
    recordStage: Reached & { countyId: string; recordId: string }
    /** Which thing a field names, where it is known; its words stand in `fields`. */
    recordReference: Referred & { countyId: string; recordId: string }
    attachment: {
      countyId: string
      id: string
      recordId: string
      sha256: string
      name: string
      mediaType: string
      size: number
      recordedBy: string
      recordedAt: string
      voidedAt: string | null
    }
    picture: {
      /** Digest of the picture as it is kept. */
      photo: string
      smallSha256: string | null
      mediumSha256: string | null
      recordedAt: string
    }
    favouriteLedger: { accountId: string; ledger: string; at: string }
    nilDeclaration: {
      countyId: string
      id: string
      ledger: string
      orgId: string
      path: string
      fromDay: string
      toDay: string
      recordedBy: string
      recordedAt: string
      voidedAt: string | null
    }
  }
}
