/** Who I am, where I am signed in, and the accounts that an administrator keeps. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, forbidden, notFound } from '../../../kernel/errors.ts'
import { type AnyRoute, type Call, route } from '../../../kernel/route.ts'
import { actionsOf, may } from '../../../kernel/scope.ts'
import { topOrgs } from '../organisations/queries.ts'
import { postsOf } from './actors.ts'
import * as contract from './contract.ts'
import { demoOf } from './demo.ts'
import { doors } from './entering.ts'
import { type Deciding, orgOfHolder } from './holders.ts'
import { invite } from './invitations.ts'
import { accountById, accountsWithin } from './queries.ts'
import { endOwnSession, endSessionsOf, lengthsOf, ownSessions, setLengths } from './sessions.ts'
import { addAccount } from './setup.ts'

async function me(ctx: Context): Promise<contract.Me> {
  const { actor } = ctx
  const account = await accountById(ctx, actor.accountId)
  const posts = actor.personId ? await postsOf(ctx.db, actor.personId, ctx.now) : []
  const [first] = posts
  return {
    accountId: actor.accountId,
    personId: actor.personId,
    name: actor.name,
    username: account.username,
    hasPassword: account.passwordHash !== null,
    today: ctx.today,
    demo: (await demoOf(ctx.db)) !== null,
    posts,
    home: first ? { id: first.orgId, code: first.orgCode, name: first.orgName } : null,
    actions: actionsOf(posts),
  }
}

async function signOut(ctx: Context) {
  await ctx.db
    .deleteFrom('session')
    .where('tokenDigest', '=', ctx.actor.session ?? '')
    .execute()
  return { setSession: null }
}

async function endOne(ctx: Context, id: string) {
  await endOwnSession(ctx, id)
  return { sessions: await ownSessions(ctx) }
}

async function endOthers(ctx: Context) {
  await endSessionsOf(ctx, ctx.actor.accountId, ctx.actor.session)
  return { sessions: await ownSessions(ctx) }
}

/** What is done to an account, in the name of the organisation by which the caller covers its holder. */
async function deedOn(ctx: Context, account: { id: string; personId: string | null }, verb: string) {
  return { ...deedIn(await orgOfHolder(ctx, account.personId, '这个账号')), verb, subjectId: account.id }
}

const deedIn = ({ orgId, countyId, path }: Deciding) => ({
  action: 'settings.change' as const,
  org: { id: orgId, countyId, path },
  subject: 'account',
})

async function createAccount(ctx: Context, { body }: Call<typeof contract.createAccount>) {
  const { personId, username } = body
  const person = await ctx.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', '=', personId)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (!person) throw notFound('这个人')
  const org = await orgOfHolder(ctx, personId, '这个人的任职。请先登记他的职务，再开账号')
  const deed = { ...deedIn(org), verb: 'openAccount', subjectId: personId }
  return act(ctx, deed, async () => {
    const before = await ctx.db
      .selectFrom('account')
      .select('username')
      .where('personId', '=', personId)
      .where('closedAt', 'is', null)
      .executeTakeFirst()
    if (before)
      throw conflict('hasAccount', `${person.name}已有账号“${before.username}”，可以给他发重设密码的链接。`)
    const id = await addAccount(ctx, { personId, name: person.name, username })
    return invited(ctx, id)
  })
}

async function invited(ctx: Context, id: string) {
  const { token, expiresAt } = await invite(ctx.services, ctx.db, id)
  return { id, link: `/invitation/${token}`, expiresAt }
}

async function inviteAgain(ctx: Context, id: string) {
  const account = await accountById(ctx, id)
  return act(ctx, await deedOn(ctx, account, 'inviteAgain'), () => invited(ctx, id))
}

async function closeAccount(ctx: Context, id: string) {
  const account = await accountById(ctx, id)
  return act(ctx, await deedOn(ctx, account, 'closeAccount'), async () => {
    await ctx.db.updateTable('account').set({ closedAt: ctx.now }).where('id', '=', id).execute()
    await ctx.db.deleteFrom('invitation').where('accountId', '=', id).execute()
    await endSessionsOf(ctx, id)
    return {}
  })
}

async function endSessions(ctx: Context, id: string) {
  const account = await accountById(ctx, id)
  return act(ctx, await deedOn(ctx, account, 'endSessions'), async () => ({
    ended: await endSessionsOf(ctx, id),
  }))
}

async function lengths(ctx: Context) {
  const tops = await topOrgs(ctx)
  const change = tops.some((top) => may(ctx.actor.grants, 'settings.change', top.path))
  return { ...(await lengthsOf(ctx)), may: { change } }
}

/** They hold for everybody, so whoever keeps the top decides them. */
async function changeLengths(ctx: Context, { body }: Call<typeof contract.setSessionLengths>) {
  const [top] = await topOrgs(ctx)
  if (!top) throw notFound('最上级组织')
  if (!may(ctx.actor.grants, 'settings.change', top.path))
    throw forbidden('登录的时限对所有人一样，要由最上级组织的管理员来改。')
  const deed = { action: 'settings.change' as const, verb: 'changeSetting', org: top, subject: 'setting' }
  return act(ctx, { ...deed, subjectId: 'sessions', detail: body }, async () => {
    await setLengths(ctx, body)
    return lengths(ctx)
  })
}

async function roles(ctx: Context) {
  const demo = await demoOf(ctx.db)
  return { roles: (demo?.roles ?? []).map(({ accountId: _account, ...role }) => role) }
}

export const routes: AnyRoute[] = [
  ...doors,
  route(contract.getMe, me),
  route(contract.signOut, signOut),
  route(contract.listSessions, async (ctx) => ({ sessions: await ownSessions(ctx) })),
  route(contract.endSession, (ctx, { params }) => endOne(ctx, params.id)),
  route(contract.endOtherSessions, endOthers),
  route(contract.listAccounts, async (ctx) => ({ accounts: await accountsWithin(ctx) })),
  route(contract.createAccount, createAccount),
  route(contract.inviteAgain, (ctx, { params }) => inviteAgain(ctx, params.id)),
  route(contract.closeAccount, (ctx, { params }) => closeAccount(ctx, params.id)),
  route(contract.endAccountSessions, (ctx, { params }) => endSessions(ctx, params.id)),
  route(contract.getSessionLengths, lengths),
  route(contract.setSessionLengths, changeLengths),
  route(contract.getRoles, roles),
]
