/** Every write goes through here: right, idempotency, history, one transaction (the request's own). */
import { sql } from 'kysely'
import type { Action } from './actions.ts'
import { type Context, require } from './context.ts'
import { newId } from './id.ts'

/** What is being done, to what, where. `detail` is what history keeps: never ID or phone numbers. */
export interface Deed {
  action: Action
  /** The verb of the trade, e.g. 'record', 'open', 'move', 'appoint'. */
  verb: string
  org: { id: string; countyId: string; path: string }
  subject: string
  subjectId: string
  detail?: Record<string, unknown>
}

export async function act<T>(ctx: Context, deed: Deed, work: () => Promise<T>): Promise<T> {
  require(ctx, deed.action, deed.org.path)
  const before = await answered<T>(ctx)
  if (before !== undefined) return before
  const result = await work()
  await ctx.db
    .insertInto('history')
    .values({
      countyId: deed.org.countyId,
      id: newId(),
      at: ctx.now,
      accountId: ctx.actor.accountId,
      actorName: ctx.actor.name,
      verb: deed.verb,
      subject: deed.subject,
      subjectId: deed.subjectId,
      orgId: deed.org.id,
      detail: JSON.stringify(deed.detail ?? {}),
    })
    .execute()
  if (ctx.idempotencyKey) await remember(ctx, result)
  return result
}

/** The answer already given to this key. The lock makes a retry that races the first attempt wait for it. */
async function answered<T>(ctx: Context): Promise<T | undefined> {
  if (!ctx.idempotencyKey) return undefined
  await sql`select pg_advisory_xact_lock(hashtextextended(${ctx.actor.accountId + ctx.idempotencyKey}, 0))`.execute(
    ctx.db,
  )
  const row = await ctx.db
    .selectFrom('idempotency')
    .select('answer')
    .where('accountId', '=', ctx.actor.accountId)
    .where('key', '=', ctx.idempotencyKey)
    .executeTakeFirst()
  return row && (row.answer as { result: T }).result
}

async function remember(ctx: Context, result: unknown): Promise<void> {
  await ctx.db
    .insertInto('idempotency')
    .values({
      accountId: ctx.actor.accountId,
      key: ctx.idempotencyKey ?? '',
      answer: JSON.stringify({ result: result ?? null }),
      at: ctx.now,
    })
    .execute()
}
