/** A person's League membership in one branch, from when to when. */
import type { Selectable } from 'kysely'
import type { SpanColumns } from '../spans/tables.ts'

export interface MembershipTable extends SpanColumns {
  memberNo: string | null
  /** admission, transferIn, merge, roster … (reasons.ts lists them). */
  startReason: string
}

export type Membership = Selectable<MembershipTable>

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    membership: MembershipTable
  }
}
