/** The doors: signing in, one-time links, the first set-up. None holds a connection while a password is hashed. */
import type { Context } from '../../../kernel/context.ts'
import { invalid, notFound, Refusal } from '../../../kernel/errors.ts'
import { type AnyRoute, type Call, type From, type Steps, stepwise } from '../../../kernel/route.ts'
import { behind, gateOfDevice, gateOfLinks, gateOfPassword, gatesOfStranger, placeOf } from './attempts.ts'
import * as contract from './contract.ts'
import { demoOf } from './demo.ts'
import { deviceOf } from './devices.ts'
import { openInvitation, spendInvitation } from './invitations.ts'
import { officeFactsOf } from './officeFacts.ts'
import { checkPassword, hashPassword } from './password.ts'
import { accountById } from './queries.ts'
import { beginSession, endSessionsOf, type SignedIn } from './sessions.ts'
import { addAccount, addHolder, openTop, plainUsername } from './setup.ts'
import { checkStrength } from './strength.ts'

/** One answer for every failure, so that nobody learns which user names exist. */
const wrongPassword = () =>
  new Refusal(
    'unauthenticated',
    'wrongPassword',
    '用户名或密码不对。请检查大小写；连着输错，每次要等的时间会越来越长。忘记密码请上级团组织的管理员发重设链接。',
  )

/** As long for a name that nobody has as for a wrong password. */
async function signIn(steps: Steps, { body, from }: Call<typeof contract.signIn>): Promise<SignedIn> {
  const username = plainUsername(body.username)
  const account = await steps.part((ctx) => accountNamed(ctx, username))
  const device = account && deviceOf(steps.services.secrets, from.device, account.id)
  const gates = account && device ? [gateOfDevice(device, account.id)] : gatesOfStranger(username, from)
  return behind(steps, gates, async () => {
    const waiter = { place: placeOf(from.address), known: Boolean(device) }
    const right = await checkPassword(body.password, account?.passwordHash ?? null, waiter)
    if (!account || !right) throw wrongPassword()
    return steps.part(async (ctx) => beginSession(ctx, await unchanged(ctx, account), from))
  })
}

const accountNamed = (ctx: Context, username: string) =>
  ctx.db
    .selectFrom('account')
    .select(['id', 'name', 'passwordHash'])
    .where('username', '=', username)
    .where('closedAt', 'is', null)
    .executeTakeFirst()

/** The account, if it still has the password that was checked. */
async function unchanged(ctx: Context, account: { id: string; name: string; passwordHash: string | null }) {
  const found = await ctx.db
    .selectFrom('account')
    .select('passwordHash')
    .where('id', '=', account.id)
    .where('closedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!found || found.passwordHash !== account.passwordHash) throw wrongPassword()
  return account
}

async function changePassword(steps: Steps, { body }: Call<typeof contract.changePassword>) {
  const { accountId, session } = steps.actor
  const account = await steps.part((ctx) => known(ctx, accountId))
  await behind(steps, [gateOfPassword(accountId)], async () => {
    if (await checkPassword(body.current, account.passwordHash)) return
    throw invalid('wrongPassword', '现在的密码不对，请重新输入。', [
      { field: 'current', reason: '与现在的密码不符', remedy: '重新输入' },
    ])
  })
  await checkStrength(body.next, account.facts)
  const passwordHash = await hashPassword(body.next)
  return steps.part(async (ctx) => {
    await unchanged(ctx, account)
    await setPassword(ctx, accountId, passwordHash)
    await endSessionsOf(ctx, accountId, session)
    return {}
  })
}

/** An account with its hash and what its holder may not take for a password. */
async function known(ctx: Context, accountId: string) {
  const account = await accountById(ctx, accountId)
  return { ...account, facts: await officeFactsOf(ctx, account) }
}

const setPassword = (ctx: Context, id: string, passwordHash: string) =>
  ctx.db.updateTable('account').set({ passwordHash }).where('id', '=', id).execute()

/** Whoever guesses at links is slowed down like whoever guesses at passwords. */
const withLink = <T>(steps: Steps, from: From, work: () => Promise<T>): Promise<T> =>
  behind(steps, [gateOfLinks(from)], work)

async function getInvitation(steps: Steps, { params, from }: Call<typeof contract.getInvitation>) {
  return withLink(steps, from, () =>
    steps.part(async (ctx) => {
      const { accountId } = await openInvitation(ctx, params.token)
      if (accountId === null) return { purpose: 'setUp' as const, name: null, username: null }
      const { name, username } = await accountById(ctx, accountId)
      return { purpose: 'password' as const, name, username }
    }),
  )
}

async function accept(steps: Steps, call: Call<typeof contract.acceptInvitation>): Promise<SignedIn> {
  const { params, body, from } = call
  const account = await withLink(steps, from, () =>
    steps.part(async (ctx) => {
      const { accountId } = await openInvitation(ctx, params.token)
      if (accountId === null) throw invalid('linkEnded', '这个链接用于首次设置，请在浏览器中打开它。')
      return known(ctx, accountId)
    }),
  )
  await checkStrength(body.password, account.facts)
  const passwordHash = await hashPassword(body.password)
  return steps.part(async (ctx) => {
    await spendInvitation(ctx, params.token)
    await accountById(ctx, account.id)
    await setPassword(ctx, account.id, passwordHash)
    await endSessionsOf(ctx, account.id)
    return beginSession(ctx, account, from)
  })
}

async function setUp(steps: Steps, { body, from }: Call<typeof contract.setUp>): Promise<SignedIn> {
  const { token, organisation, administrator } = body
  await withLink(steps, from, () =>
    steps.part(async (ctx) => {
      const { accountId } = await openInvitation(ctx, token)
      if (accountId !== null) throw invalid('linkEnded', '这个链接是用来设置密码的，不能用于首次设置。')
    }),
  )
  const { username, password } = administrator
  const name = administrator.name.trim()
  const facts = { names: [name, organisation.name], marks: [username, organisation.code] }
  await checkStrength(password, facts)
  const passwordHash = await hashPassword(password)
  return steps.part(async (ctx) => {
    await spendInvitation(ctx, token)
    const org = await openTop(ctx, organisation)
    const personId = await addHolder(ctx, org, { name, post: 'administrator', postTitle: '系统管理员' })
    const id = await addAccount(ctx, { personId, name, username, passwordHash })
    return beginSession(ctx, { id, name }, from)
  })
}

const signInAs = (steps: Steps, { body, from }: Call<typeof contract.signInAs>): Promise<SignedIn> =>
  steps.part(async (ctx) => {
    const role = (await demoOf(ctx.db))?.roles.find((r) => r.id === body.role)
    if (!role) throw notFound('这个试用角色')
    return beginSession(ctx, await accountById(ctx, role.accountId), from)
  })

export const doors: AnyRoute[] = [
  stepwise(contract.signIn, signIn),
  stepwise(contract.changePassword, changePassword),
  stepwise(contract.getInvitation, getInvitation),
  stepwise(contract.acceptInvitation, accept),
  stepwise(contract.setUp, setUp),
  stepwise(contract.signInAs, signInAs),
]
