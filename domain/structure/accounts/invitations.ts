/** One-time links. Tokens are given out once; the database keeps their digests. */
import { momentOf } from '../../../kernel/clock.ts'
import type { Context, Outside } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { digestOf, newToken } from './password.ts'

const DAY_MS = 86_400_000
const VALID_DAYS = 7

/** A link that works once, for a week: for an account to set its password, or, without one, for the first set-up. */
export async function invite(
  services: Outside,
  db: Pick<Context['db'], 'insertInto' | 'deleteFrom'>,
  accountId: string | null,
): Promise<{ token: string; expiresAt: string }> {
  const token = newToken()
  const expiresAt = momentOf(new Date(services.clock.now().getTime() + VALID_DAYS * DAY_MS))
  const earlier = db.deleteFrom('invitation').where('usedAt', 'is', null)
  await earlier.where('accountId', accountId === null ? 'is' : '=', accountId).execute()
  await db
    .insertInto('invitation')
    .values({ tokenDigest: digestOf(token), accountId, expiresAt, usedAt: null })
    .execute()
  return { token, expiresAt }
}

/** The invitation behind a link that may still be used. @throws invalid `linkEnded`. */
export async function openInvitation(ctx: Context, token: string): Promise<{ accountId: string | null }> {
  const found = await ctx.db
    .selectFrom('invitation')
    .select('accountId')
    .where('tokenDigest', '=', digestOf(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', ctx.now)
    .executeTakeFirst()
  if (found) return found
  throw invalid('linkEnded', '这个链接已经用过、过期或不完整。请向发给您链接的管理员要一个新的。')
}

/** Uses a link up: of two who use it at once, one wins. */
export async function spendInvitation(ctx: Context, token: string): Promise<{ accountId: string | null }> {
  const invitation = await openInvitation(ctx, token)
  const used = await ctx.db
    .updateTable('invitation')
    .set({ usedAt: ctx.now })
    .where('tokenDigest', '=', digestOf(token))
    .where('usedAt', 'is', null)
    .returning('tokenDigest')
    .execute()
  if (used.length === 0) await openInvitation(ctx, token)
  return invitation
}
