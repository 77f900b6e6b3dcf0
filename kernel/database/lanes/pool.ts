/**
 * The pools behind one database: a lane of its own for quick calls, for heavy questions, and for work without a limit.
 * The limits of a lane are set as its connections open, so that no call pays for them. A question whose asker has left
 * is cancelled in the database itself.
 */
import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { PostgresPool } from 'kysely'
import pg from 'pg'
import { type LaneSize, openTurns } from './turns.ts'
import { type Lane, type Work, workNow } from './work.ts'

/** In milliseconds; 0 is no limit. */
export interface Limits {
  statement: number
  lock: number
  /** Of a transaction that does nothing: its connection is taken away. */
  idle: number
}

export type LaneLimits = Record<Lane, Limits>

export const LIMITS: LaneLimits = {
  quick: { statement: 10_000, lock: 8_000, idle: 60_000 },
  heavy: { statement: 60_000, lock: 8_000, idle: 60_000 },
  door: { statement: 10_000, lock: 8_000, idle: 60_000 },
  free: { statement: 0, lock: 0, idle: 0 },
}

/** More than the cores at once would only make each slower, and others with them. */
const HEAVY: LaneSize = { places: Math.min(5, Math.max(3, availableParallelism())), waitMs: 20_000 }

/** Tries to sign in wait for each other's counts: with more places they would wait in the database. */
const DOOR_PLACES = 2

export interface LanesOptions {
  limits?: LaneLimits
  heavy?: LaneSize
}

/** `config` is that of a single pool; its size that of the quick lane. */
export function openLanes(config: pg.PoolConfig, options: LanesOptions = {}): PostgresPool {
  const { limits = LIMITS, heavy = HEAVY } = options
  const turns = openTurns(heavy)
  const open = (lane: Lane, size: number | undefined) => poolOf({ ...config, max: size }, limits[lane])
  const pools = {
    quick: open('quick', config.max),
    heavy: open('heavy', heavy.places),
    door: open('door', Math.min(DOOR_PLACES, config.max ?? DOOR_PLACES)),
    free: open('free', config.max),
  }
  // As whoever owns the tables: a role of less may not end the work of that login.
  const canceller = poolOf({ ...config, max: 1, options: '' }, limits.quick)
  return {
    options: config,
    async connect() {
      const work = workNow()
      const giveBack = work.lane === 'heavy' ? await turns.take(work) : () => undefined
      const client = await pools[work.lane].connect().catch((error: unknown) => {
        giveBack()
        throw error
      })
      return held(client, work, { canceller, giveBack })
    },
    async end() {
      // Last: those who still work may have to be cancelled before they give back their connections.
      await Promise.all(Object.values(pools).map((pool) => pool.end()))
      await canceller.end()
    },
  }
}

function poolOf(config: pg.PoolConfig, { statement, lock, idle }: Limits): pg.Pool {
  const settings = [
    `statement_timeout=${statement}`,
    `lock_timeout=${lock}`,
    `idle_in_transaction_session_timeout=${idle}`,
  ]
  const options = [config.options ?? '', ...settings.map((one) => `-c ${one}`)].join(' ')
  const pool = new pg.Pool({ ...config, options })
  // A connection that dies while idle is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // So does one that dies in use: whoever uses it hears of it from its next statement.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

interface Means {
  canceller: pg.Pool
  giveBack: () => void
}

const AGAIN_MS = 100

/** Its release also gives back the place, and waits for a cancelling under way, which must not hit the next user. */
function held(client: pg.PoolClient, { gone }: Work, { canceller, giveBack }: Means): pg.PoolClient {
  const release = client.release.bind(client)
  const pid = (client as unknown as { processID: number }).processID
  let inUse = true
  let cancelling: Promise<void> = Promise.resolve()
  // Again and again: a handler that was between two statements goes on to the next.
  const cancel = async () => {
    while (inUse) {
      await canceller.query('select pg_cancel_backend($1)', [pid]).catch(() => undefined)
      if (inUse) await delay(AGAIN_MS)
    }
  }
  const onGone = () => {
    cancelling = cancel()
  }
  if (gone?.aborted) onGone()
  gone?.addEventListener('abort', onGone, { once: true })
  client.release = (error) => {
    inUse = false
    gone?.removeEventListener('abort', onGone)
    void cancelling.then(() => {
      release(error)
      giveBack()
    })
  }
  return client
}
