/** Blank forms, and what was filled into them. */
import type { Json } from '../../../kernel/database/tables.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    form: {
      countyId: string
      id: string
      orgId: string
      path: string
      title: string
      sender: string
      fileName: string
      fileSha256: string
      fingerprint: string
      rhythm: string
      mapping: Json<unknown>
      lost: Json<unknown>
      openCells: number | null
      version: number
      recordedBy: string
      recordedAt: string
      changedAt: string
      voidedAt: string | null
    }
    filledForm: {
      countyId: string
      id: string
      formId: string
      orgId: string
      path: string
      period: string
      cutOff: string | null
      title: string
      sender: string
      fileName: string
      blankSha256: string
      fileSha256: string
      cells: Json<unknown>
      rowsSha256: string
      version: number
      recordedBy: string
      recordedByName: string
      recordedAt: string
      submittedOn: string | null
      submittedTo: string | null
    }
  }
}
