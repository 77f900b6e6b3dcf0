import type { Json } from '../../../kernel/database/tables.ts'
import type { Overlay } from '../ledgers/change.ts'
import type { BulkDeed } from './contract.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    bulkChange: {
      countyId: string
      id: string
      ledger: string
      orgId: string
      path: string
      change: Json<BulkDeed>
      recordedBy: string
      recordedAt: string
      undoneAt: string | null
    }
    /** What to lay over a record to have it as it was; its version after the change. */
    bulkChangeRow: {
      countyId: string
      bulkId: string
      recordId: string
      version: number
      before: Json<Overlay>
    }
  }
}
