/** One uploaded file taken in: its batch, what it changed, and the mapping that was confirmed. */
import type { Json } from '../../../kernel/database/tables.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    batch: {
      countyId: string
      id: string
      orgId: string
      path: string
      kind: string
      fileName: string
      fileDigest: string
      sheet: string
      counts: Json<Record<string, number>>
      recordedBy: string
      recordedAt: string
      undoneAt: string | null
      undoneBy: string | null
    }
    /** The state before, for rows that a batch altered rather than made. */
    batchChange: {
      countyId: string
      id: string
      batchId: string
      subject: string
      subjectId: string
      before: Json<Record<string, unknown>>
    }
    importMapping: {
      orgId: string
      signature: string
      kind: string
      mapping: Json<Record<string, string>>
      recordedBy: string
      recordedAt: string
    }
  }
}
