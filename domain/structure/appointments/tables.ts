/** A person's post in an organisation, from when to when, and the elected body's terms. */
import type { Generated } from 'kysely'

export interface AppointmentTable {
  countyId: string
  id: string
  personId: string
  orgId: string
  termId: string | null
  post: string
  postTitle: string
  officerKind: string | null
  mode: string | null
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

export interface TermTable {
  countyId: string
  id: string
  orgId: string
  ordinal: number | null
  startedOn: string
  dueOn: string | null
  endedOn: string | null
  recordedBy: string
  recordedAt: string
  voidedAt: string | null
}

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    appointment: AppointmentTable
    term: TermTable
  }
}
