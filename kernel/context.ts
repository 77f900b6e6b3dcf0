/** What a handler is given: the request's transaction, the caller, the clock. There is no other way to the database. */
import type { Kysely, Transaction } from 'kysely'
import type { Action } from './actions.ts'
import type { Clock } from './clock.ts'
import { momentOf, todayOf } from './clock.ts'
import type { Database } from './database/tables.ts'
import { forbidden, notFound } from './errors.ts'
import type { FileStore } from './files.ts'
import { covers, type Grant, may } from './scope.ts'
import type { Secrets } from './secrets.ts'

export interface Actor {
  accountId: string
  personId: string | null
  name: string
  grants: Grant[]
  /** Digest of the session's token, for ending it; callers without a session have none. */
  session?: string
}

/** What lives as long as the process. */
export interface Services {
  db: Kysely<Database>
  clock: Clock
  secrets: Secrets
  files: FileStore
}

/** All of it but the pool: who holds a transaction and asks for a second connection waits for others who do the same. */
export type Outside = Omit<Services, 'db'>

/** What was worked out apart for this transaction: see transaction.ts. */
export type Apart = Map<string, () => unknown>

export interface Context {
  db: Transaction<Database>
  actor: Actor
  services: Outside
  /** The rights that this request has acted by so far. */
  used: { action: Action; path: string }[]
  /** Null in a transaction that is not begun anew, as the demo's is not. */
  apart: Apart | null
  /** This moment in Shanghai, 'YYYY-MM-DD HH:MM:SS'; the same throughout the request. */
  now: string
  today: string
}

export function contextOf(
  services: Outside,
  db: Transaction<Database>,
  actor: Actor,
  apart: Apart | null = null,
): Context {
  const at = services.clock.now()
  return { db, actor, services, used: [], apart, now: momentOf(at), today: todayOf(services.clock) }
}

/** Refuses unless the caller may do this there. What lies outside every grant is "not there" rather than "forbidden". */
export function require(ctx: Context, action: Action, path: string, what = '这个组织'): void {
  if (may(ctx.actor.grants, action, path)) return
  if (!ctx.actor.grants.some((g) => covers(g, path))) throw notFound(what)
  throw forbidden()
}
