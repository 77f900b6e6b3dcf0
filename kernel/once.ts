/** A write that is sent again under its key happens once: the key is bound to what was asked, and keeps the answer. */
import { momentOf } from './clock.ts'
import { type Context, require, type Services } from './context.ts'
import { Refusal } from './errors.ts'

/** A phone that was without a signal sends again when it has one; a fortnight covers holidays. */
const KEPT_DAYS = 14

export interface Keyed {
  key: string
  /** All that was asked: any other question under the same key is refused. */
  question: unknown
  /** The answer may lie nowhere: asked again, the work is done again. */
  secret?: boolean | undefined
}

/**
 * Two at once: the second waits at the key until the first one's transaction ends.
 * @throws mismatch `keyUsed` when something else was asked under this key.
 */
export async function once<T>(
  ctx: Context,
  { key, question, secret }: Keyed,
  work: () => Promise<T>,
): Promise<T> {
  const request = digestOf(ctx, question)
  if (await claim(ctx, key, request)) {
    const result = await work()
    if (!secret) await keep(ctx, key, result)
    return result
  }
  const kept = await ctx.db
    .selectFrom('idempotency')
    .select(['request', 'rights', 'answer'])
    .where('accountId', '=', ctx.actor.accountId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (kept.request !== request) throw otherRequest()
  if (secret) return work()
  for (const { action, path } of kept.rights ?? []) require(ctx, action, path)
  return (kept.answer as { result: T }).result
}

async function claim(ctx: Context, key: string, request: string): Promise<boolean> {
  const made = await ctx.db
    .insertInto('idempotency')
    .values({ accountId: ctx.actor.accountId, key, request, rights: null, answer: null, at: ctx.now })
    .onConflict((taken) => taken.doNothing())
    .returning('key')
    .executeTakeFirst()
  return made !== undefined
}

async function keep(ctx: Context, key: string, result: unknown): Promise<void> {
  await ctx.db
    .updateTable('idempotency')
    .set({ answer: JSON.stringify({ result: result ?? null }), rights: JSON.stringify(ctx.used) })
    .where('accountId', '=', ctx.actor.accountId)
    .where('key', '=', key)
    .execute()
}

const otherRequest = () =>
  new Refusal(
    'mismatch',
    'keyUsed',
    '这个重试编号已经用在另一次提交上，这次的内容没有保存。请刷新页面后重新提交；用程序提交的，请换一个新的 Idempotency-Key。',
  )

/** By which the same words are known again, whatever the order of their fields; nothing can be guessed from it. */
export const digestOf = (ctx: Context, value: unknown): string =>
  ctx.services.secrets.digest(JSON.stringify(value, inOrder) ?? '')

const inOrder = (_key: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** Keys that nobody will send again. */
export async function forgetKeys({ db, clock }: Services): Promise<void> {
  const before = momentOf(new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000))
  await db.deleteFrom('idempotency').where('at', '<', before).execute()
}
