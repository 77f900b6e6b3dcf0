import type { Json } from '../../../kernel/database/tables.ts'
import type { ViewState } from './contract.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    savedView: {
      countyId: string
      id: string
      list: string
      name: string
      /** Whose it is, shared or not. */
      accountId: string
      /** For whom its owner worked when it was saved; where it is shared. */
      orgId: string
      shared: boolean
      state: Json<ViewState>
      recordedAt: string
      changedAt: string
    }
    savedViewDefault: { accountId: string; list: string; viewId: string }
  }
}
