/** A person's post in an organisation, from when to when, and the elected body's terms. */
import type { Selectable } from 'kysely'
import type { SpanColumns } from '../spans/tables.ts'

export interface AppointmentTable extends SpanColumns {
  termId: string | null
  post: string
  postTitle: string
  officerKind: string | null
  mode: string | null
}

export type Appointment = Selectable<AppointmentTable>

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
