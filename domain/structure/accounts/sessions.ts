/** Who is signed in where. Tokens are given out once; the database keeps their digests. */
import { sql } from 'kysely'
import { momentOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { From } from '../../../kernel/route.ts'
import type { OwnSession } from './contract.ts'
import { rememberedIn } from './devices.ts'
import { digestOf, newToken } from './password.ts'
import { agentWords, kindOfAgent, type Lengths, usualLengths } from './rules.ts'

const DAY_MS = 86_400_000

export interface SignedIn {
  name: string
  token: string
  /** Become cookies and leave the answer (kernel/serve.ts). */
  setSession: string
  setDevice: string
}

/** A new token each time: whoever knew the one that this browser had before knows nothing of the new one. */
export async function beginSession(
  ctx: Context,
  account: { id: string; name: string },
  from: From,
): Promise<SignedIn> {
  const token = newToken()
  await ctx.db.deleteFrom('session').where('expiresAt', '<', ctx.now).execute()
  if (ctx.actor.session)
    await ctx.db.deleteFrom('session').where('tokenDigest', '=', ctx.actor.session).execute()
  const { longestDays } = await lengthsOf(ctx)
  await ctx.db
    .insertInto('session')
    .values({
      tokenDigest: digestOf(token),
      id: crypto.randomUUID(),
      accountId: account.id,
      kind: kindOfAgent(from.agent),
      agent: from.agent.slice(0, 300),
      address: from.address,
      createdAt: ctx.now,
      lastUsedAt: ctx.now,
      expiresAt: momentOf(new Date(ctx.services.clock.now().getTime() + longestDays * DAY_MS)),
    })
    .execute()
  const setDevice = rememberedIn(ctx.services.secrets, from.device, account.id)
  return { name: account.name, token, setSession: token, setDevice }
}

const LENGTHS_SETTING = 'sessions'

export async function lengthsOf(ctx: Context): Promise<Lengths> {
  const found = await ctx.db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', LENGTHS_SETTING)
    .executeTakeFirst()
  return { ...usualLengths, ...(found?.value as Lengths | undefined) }
}

export async function setLengths(ctx: Context, lengths: Lengths): Promise<void> {
  const value = JSON.stringify(lengths)
  await ctx.db
    .insertInto('setting')
    .values({ key: LENGTHS_SETTING, value })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value }))
    .execute()
}

/** Sessions `s` that have not ended: neither unused for too long nor too old. */
export const stillOpen = (now: string) => sql<boolean>`s.expires_at > ${now}::timestamp and s.last_used_at >
  ${now}::timestamp - (select case when s.kind = 'phone'
    then make_interval(days => coalesce((max(value->>'phoneDays'))::int, ${usualLengths.phoneDays}))
    else make_interval(hours => coalesce((max(value->>'desktopHours'))::int, ${usualLengths.desktopHours})) end
  from setting where key = ${LENGTHS_SETTING})`

/** The one in use first, then the latest used. */
export async function ownSessions(ctx: Context): Promise<OwnSession[]> {
  const { rows } = await sql<Omit<OwnSession, 'device'> & { agent: string }>`
    select s.id, s.kind, s.agent, s.address, s.created_at, s.last_used_at,
      s.token_digest = ${ctx.actor.session ?? ''} as current
    from session s where s.account_id = ${ctx.actor.accountId} and ${stillOpen(ctx.now)}
    order by current desc, s.last_used_at desc, s.id`.execute(ctx.db)
  return rows.map(({ agent, ...session }) => ({ ...session, device: agentWords(agent) }))
}

/** @throws notFound for a session of somebody else, and for none */
export async function endOwnSession(ctx: Context, id: string): Promise<void> {
  const ended = await ctx.db
    .deleteFrom('session')
    .where('accountId', '=', ctx.actor.accountId)
    .where('id', '=', id)
    .returning('id')
    .execute()
  if (ended.length === 0) throw notFound('这处登录，它可能已经退出')
}

/** Answers how many ended. */
export async function endSessionsOf(ctx: Context, accountId: string, except = ''): Promise<number> {
  const ended = await ctx.db
    .deleteFrom('session')
    .where('accountId', '=', accountId)
    .where('tokenDigest', '!=', except)
    .returning('id')
    .execute()
  return ended.length
}
