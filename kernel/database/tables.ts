/** Row types of all tables. Each slice adds its own beside its SQL by declaration merging; these belong to the kernel. */
import type { ColumnType } from 'kysely'
import type { Action } from '../actions.ts'

/** jsonb: written as text, read as a value. */
export type Json<T> = ColumnType<T, string, string>

export interface Database {
  setting: { key: string; value: Json<unknown> }
  history: {
    countyId: string
    id: string
    at: string
    accountId: string
    actorName: string
    verb: string
    subject: string
    subjectId: string
    orgId: string
    detail: Json<Record<string, unknown>>
  }
  idempotency: {
    accountId: string
    key: string
    request: string
    rights: Json<{ action: Action; path: string }[]> | null
    answer: Json<unknown> | null
    at: string
  }
  job: JobTable
}

export interface JobTable {
  id: string
  countyId: string
  orgId: string
  accountId: string
  kind: string
  title: string
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  stage: string | null
  done: number
  total: number | null
  input: Json<unknown>
  result: Json<unknown> | null
  failure: string | null
  cancelAsked: boolean
  /** Which process runs it, and when it last said so. */
  runner: string | null
  beatAt: string | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}
