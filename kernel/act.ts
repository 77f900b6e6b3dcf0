/** Every write goes through here: right, history, one transaction (the request's own). */
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
  ctx.used.push({ action: deed.action, path: deed.org.path })
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
  return result
}
