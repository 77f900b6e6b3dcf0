/** A summary being written, and what was frozen when it was handed in. */
import type { Json } from '../../../kernel/database/tables.ts'

declare module '../../../kernel/database/tables.ts' {
  interface Database {
    summary: {
      countyId: string
      id: string
      orgId: string
      path: string
      period: string
      fromDay: string
      toDay: string
      cutOff: string | null
      title: string
      body: Json<unknown>
      settings: Json<Record<string, unknown>>
      state: string
      version: number
      edition: number
      recordedBy: string
      recordedAt: string
      changedAt: string
      submittedAt: string | null
      submittedBy: string | null
      voidedAt: string | null
    }
    summaryFigure: {
      countyId: string
      summaryId: string
      edition: number
      ref: string
      sentence: string
      question: Json<unknown>
      answer: Json<unknown>
      digest: string
      rowsSha256: string
    }
  }
}
