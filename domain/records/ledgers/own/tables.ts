/** Rows of ledgers that offices declare. */
import type { ColumnType } from 'kysely'
import type { Json } from '../../../../kernel/database/tables.ts'
import type { LedgerDefinition, LedgerUsers } from '../definition.ts'

/** What is written down of a ledger: the declaration, and who records in it. */
export interface Declared {
  definition: LedgerDefinition
  users: LedgerUsers
}

declare module '../../../../kernel/database/tables.ts' {
  interface Database {
    ownLedger: {
      countyId: string
      id: string
      orgId: string
      /** Null when nothing is waiting to be published. */
      draft: ColumnType<Declared | null, string | null, string | null>
      /** The version in force; null before the first. */
      published: number | null
      /** Grows with every deed. */
      version: number
      closedAt: string | null
      recordedBy: string
      recordedAt: string
      changedAt: string
    }
    ownLedgerVersion: {
      countyId: string
      ledger: string
      version: number
      definition: Json<LedgerDefinition>
      users: Json<LedgerUsers>
      recordedBy: string
      recordedAt: string
    }
  }
}
