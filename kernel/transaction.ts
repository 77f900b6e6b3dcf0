/**
 * A call's transaction, and what it needs that takes long and no connection: that is done between two tries, so that
 * nobody holds a connection while a file is read.
 */
import { type Actor, type Apart, type Context, contextOf, type Services } from './context.ts'
import { holdingConnection } from './database/lanes/work.ts'

export type InTransaction = <T>(work: (ctx: Context) => Promise<T>) => Promise<T>

export interface Transacting {
  reading?: boolean
  snapshot?: boolean | undefined
}

/** Thrown out of a transaction, which begins anew once this is done. No handler catches it. */
class NotYet extends Error {
  override name = 'NotYet'
  readonly key: string
  readonly work: (part: InTransaction) => Promise<unknown>

  constructor(key: string, work: (part: InTransaction) => Promise<unknown>) {
    super(`${key} is to be done apart, in a transaction begun by inContext`)
    this.key = key
    this.work = work
  }
}

export const isNotYet = (error: unknown): boolean => error instanceof NotYet

/**
 * What this answers is worked out while no connection is held: all that was done in the transaction so far is undone,
 * and done once more with the answer. `key` says what is asked, in the same words each time. `part` is a transaction of
 * its own for what the work has to look up. Throws here what the work threw.
 */
export async function apart<T>(
  ctx: Context,
  key: string,
  work: (part: InTransaction) => Promise<T>,
): Promise<T> {
  if (!ctx.apart) return work((within) => within(ctx))
  const known = ctx.apart.get(key)
  if (!known) throw new NotYet(key, work)
  return known() as T
}

const RETRIED = new Set(['40001', '40P01'])
/** A handler whose questions are other ones each time would never end. */
const MOST_APART = 500

/** Tried again where two were in each other's way. */
export async function inContext<T>(
  services: Services,
  actor: Actor,
  { reading, snapshot }: Transacting,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const known: Apart = new Map()
  const part: InTransaction = (within) => inContext(services, actor, {}, within)
  const whole = () =>
    services.db
      .transaction()
      .setIsolationLevel(snapshot ? 'repeatable read' : 'read committed')
      .setAccessMode(reading ? 'read only' : 'read write')
      .execute((db) => work(contextOf(services, db, actor, known)))
  for (let attempt = 1; ; ) {
    try {
      return await holdingConnection(whole)
    } catch (error) {
      if (error instanceof NotYet && known.size < MOST_APART) known.set(error.key, await settled(error, part))
      else if (attempt++ === 3 || !RETRIED.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** @returns what gives the answer, or throws the failure, as often as it is asked */
const settled = ({ work }: NotYet, part: InTransaction): Promise<() => unknown> =>
  work(part).then(
    (answer) => () => answer,
    (error: unknown) => () => {
      throw error
    },
  )
