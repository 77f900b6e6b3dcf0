/** Merges done, what each row was before and after, and what people decided about pairs. */
import type { Json } from '../../../kernel/database/tables.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    merge: {
      countyId: string
      id: string
      /** 'person' | 'record'. */
      subject: string
      keptId: string
      goneId: string
      keptTitle: string
      goneTitle: string
      /** In whose name it was done, and where both sides stand: who may undo it. */
      orgId: string
      path: string
      otherPath: string
      /** Reasons and choices, without ID or phone numbers. */
      detail: Json<Record<string, unknown>>
      recordedBy: string
      recordedByName: string
      recordedAt: string
      undoneAt: string | null
      undoneByName: string | null
    }
    mergeChange: {
      countyId: string
      id: string
      mergeId: string
      place: number
      /** The table of the row. */
      subject: string
      rowKey: string
      /** Null: the merge made the row. */
      before: Json<unknown> | null
      /** Null: the merge took the row out. */
      after: Json<unknown> | null
    }
    duplicateVerdict: {
      countyId: string
      id: string
      subject: string
      /** The smaller id first. */
      oneId: string
      otherId: string
      /** 'distinct': two different ones. 'proposed': a superior is asked to merge. */
      verdict: string
      note: string | null
      orgId: string
      recordedBy: string
      recordedByName: string
      recordedAt: string
      withdrawnAt: string | null
    }
  }
}
