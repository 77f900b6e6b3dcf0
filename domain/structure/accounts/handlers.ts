import { sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import { momentOf } from '../../../kernel/clock.ts'
import { type Context, require } from '../../../kernel/context.ts'
import { conflict, invalid, notFound, Refusal } from '../../../kernel/errors.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { actionsOf, reach } from '../../../kernel/scope.ts'
import { orgAt } from '../organisations/queries.ts'
import { forgetSessions, postsOf } from './actors.ts'
import * as contract from './contract.ts'
import { demoOf } from './demo.ts'
import { checkPassword, hashPassword } from './password.ts'
import { beginSession, invite, openInvitation, type SignedIn, spendInvitation } from './sessions.ts'
import { addAccount, addHolder, checkStrength, openTop, plainUsername } from './setup.ts'

async function me(ctx: Context): Promise<contract.Me> {
  const { actor } = ctx
  const account = await ownAccount(ctx)
  const posts = actor.personId ? await postsOf(ctx.db, actor.personId, ctx.now) : []
  const [first] = posts
  return {
    accountId: actor.accountId,
    personId: actor.personId,
    name: actor.name,
    username: account.username,
    today: ctx.today,
    demo: (await demoOf(ctx.db)) !== null,
    posts,
    home: first ? { id: first.orgId, code: first.orgCode, name: first.orgName } : null,
    actions: actionsOf(posts),
  }
}

async function ownAccount(ctx: Context) {
  const found = await ctx.db
    .selectFrom('account')
    .select(['id', 'name', 'username', 'passwordHash'])
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirst()
  if (!found) throw notFound('这个账号')
  return found
}

const TRIES = 8
const LOCKED_MINUTES = 10

/** One answer for every failure, so that nobody learns which user names exist. */
const refused = () =>
  new Refusal(
    'unauthenticated',
    'wrongPassword',
    `用户名或密码不对。请检查大小写；连续输错 ${TRIES} 次要等 ${LOCKED_MINUTES} 分钟。忘记密码请上级团组织的管理员发重设链接。`,
  )

async function signIn(ctx: Context, body: { username: string; password: string }): Promise<SignedIn> {
  const account = await ctx.db
    .selectFrom('account')
    .selectAll()
    .where('username', '=', plainUsername(body.username))
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  const right = await checkPassword(body.password, account?.passwordHash ?? null)
  if (!account || (account.lockedUntil ?? '') > ctx.now) throw refused()
  if (!right) {
    await countFailure(ctx, account.id)
    throw refused()
  }
  await ctx.db
    .updateTable('account')
    .set({ failedAttempts: 0, lockedUntil: null })
    .where('id', '=', account.id)
    .execute()
  return beginSession(ctx, account)
}

/** On a connection of its own: the refusal that follows undoes everything of this request. */
async function countFailure(ctx: Context, accountId: string): Promise<void> {
  const until = momentOf(new Date(ctx.services.clock.now().getTime() + LOCKED_MINUTES * 60_000))
  await sql`update account set
      failed_attempts = case when failed_attempts + 1 >= ${TRIES} then 0 else failed_attempts + 1 end,
      locked_until = case when failed_attempts + 1 >= ${TRIES} then ${until}::timestamp else locked_until end
    where id = ${accountId}`.execute(ctx.services.db)
}

async function signOut(ctx: Context) {
  await ctx.db
    .deleteFrom('session')
    .where('tokenDigest', '=', ctx.actor.session ?? '')
    .execute()
  forgetSessions(ctx.services)
  return { setSession: null }
}

async function changePassword(ctx: Context, { current, next }: { current: string; next: string }) {
  const account = await ownAccount(ctx)
  if (!(await checkPassword(current, account.passwordHash)))
    throw invalid('wrongPassword', '现在的密码不对，请重新输入。', [
      { field: 'current', reason: '与现在的密码不符', remedy: '重新输入' },
    ])
  await setPassword(ctx, account, next)
  await ctx.db
    .deleteFrom('session')
    .where('accountId', '=', account.id)
    .where('tokenDigest', '!=', ctx.actor.session ?? '')
    .execute()
  forgetSessions(ctx.services)
  return {}
}

async function setPassword(ctx: Context, account: { id: string; username: string }, password: string) {
  checkStrength(password, account.username)
  await ctx.db
    .updateTable('account')
    .set({ passwordHash: await hashPassword(password), failedAttempts: 0, lockedUntil: null })
    .where('id', '=', account.id)
    .execute()
}

interface SetUp {
  token: string
  organisation: { name: string; level: string; code: string }
  administrator: { name: string; username: string; password: string }
}

async function setUp(ctx: Context, { token, organisation, administrator }: SetUp): Promise<SignedIn> {
  const { accountId } = await spendInvitation(ctx, token)
  if (accountId !== null) throw invalid('linkEnded', '这个链接是用来设置密码的，不能用于首次设置。')
  const org = await openTop(ctx, organisation)
  const name = administrator.name.trim()
  const personId = await addHolder(ctx, org, { name, post: 'administrator', postTitle: '系统管理员' })
  const id = await addAccount(ctx, { ...administrator, personId })
  return beginSession(ctx, { id, name })
}

async function accountById(ctx: Context, id: string) {
  const account = await ctx.db
    .selectFrom('account')
    .select(['id', 'name', 'username', 'personId'])
    .where('id', '=', id)
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  if (!account) throw notFound('这个账号')
  return account
}

async function getInvitation(ctx: Context, token: string) {
  const { accountId } = await openInvitation(ctx, token)
  if (accountId === null) return { purpose: 'setUp' as const, name: null, username: null }
  const { name, username } = await accountById(ctx, accountId)
  return { purpose: 'password' as const, name, username }
}

async function accept(ctx: Context, token: string, password: string): Promise<SignedIn> {
  const { accountId } = await spendInvitation(ctx, token)
  if (accountId === null) throw invalid('linkEnded', '这个链接用于首次设置，请在浏览器中打开它。')
  const account = await accountById(ctx, accountId)
  await setPassword(ctx, account, password)
  await ctx.db.deleteFrom('session').where('accountId', '=', account.id).execute()
  forgetSessions(ctx.services)
  return beginSession(ctx, account)
}

interface AccountRow {
  id: string
  name: string
  username: string
  personId: string | null
  createdAt: string
  closedAt: string | null
  hasPassword: boolean
  posts: string[]
}

/** Accounts of those who hold or held a post within the caller's reach. */
async function listAccounts(ctx: Context): Promise<{ accounts: AccountRow[] }> {
  const within = reach(ctx.actor.grants, 'settings.change', { countyId: 's.county_id', path: 's.path' })
  const { rows } = await sql<AccountRow>`
    select c.id, c.name, c.username, c.person_id, c.created_at, c.closed_at, c.password_hash is not null as has_password,
      coalesce(array_agg(s.name || '：' || a.post_title order by s.path)
        filter (where a.valid_from <= ${ctx.now}::timestamp and a.valid_to > ${ctx.now}::timestamp), '{}') as posts
    from account c join appointment a on a.person_id = c.person_id and a.voided_at is null
    join lateral (select * from org_span l where l.org_id = a.org_id order by l.valid_from desc limit 1) s on true
    where ${within} group by c.id order by c.name, c.username`.execute(ctx.db)
  return { accounts: rows }
}

/** The organisation by whose post the caller may manage this person's account. */
async function deedOn(ctx: Context, personId: string | null, verb: string, accountId: string) {
  const { rows } = await sql<{ orgId: string }>`
    select org_id from appointment where person_id = ${personId} and voided_at is null
    order by valid_to desc, valid_from desc`.execute(ctx.db)
  for (const { orgId } of rows) {
    const org = await orgAt(ctx.db, orgId, ctx.now)
    if (!org || !ctx.actor.grants.some((g) => org.pathNow.startsWith(g.path))) continue
    require(ctx, 'settings.change', org.pathNow)
    return {
      action: 'settings.change' as const,
      verb,
      org: { id: org.id, countyId: org.countyId, path: org.pathNow },
      subject: 'account',
      subjectId: accountId,
    }
  }
  throw notFound('这个人的任职。请先登记他的职务，再开账号')
}

async function createAccount(ctx: Context, { personId, username }: { personId: string; username: string }) {
  const person = await ctx.db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', '=', personId)
    .where('voidedAt', 'is', null)
    .executeTakeFirst()
  if (!person) throw notFound('这个人')
  return act(ctx, await deedOn(ctx, personId, 'openAccount', personId), async () => {
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
  return act(ctx, await deedOn(ctx, account.personId, 'inviteAgain', id), () => invited(ctx, id))
}

async function closeAccount(ctx: Context, id: string) {
  const account = await accountById(ctx, id)
  return act(ctx, await deedOn(ctx, account.personId, 'closeAccount', id), async () => {
    await ctx.db.updateTable('account').set({ closedAt: ctx.now }).where('id', '=', id).execute()
    await ctx.db.deleteFrom('session').where('accountId', '=', id).execute()
    forgetSessions(ctx.services)
    return {}
  })
}

async function roles(ctx: Context) {
  const demo = await demoOf(ctx.db)
  return { roles: (demo?.roles ?? []).map(({ accountId: _account, ...role }) => role) }
}

async function signInAs(ctx: Context, id: string): Promise<SignedIn> {
  const role = (await demoOf(ctx.db))?.roles.find((r) => r.id === id)
  if (!role) throw notFound('这个试用角色')
  return beginSession(ctx, await accountById(ctx, role.accountId))
}

export const routes: AnyRoute[] = [
  route(contract.getMe, me),
  route(contract.signIn, (ctx, { body }) => signIn(ctx, body)),
  route(contract.signOut, signOut),
  route(contract.changePassword, (ctx, { body }) => changePassword(ctx, body)),
  route(contract.setUp, (ctx, { body }) => setUp(ctx, body)),
  route(contract.getInvitation, (ctx, { params }) => getInvitation(ctx, params.token)),
  route(contract.acceptInvitation, (ctx, { params, body }) => accept(ctx, params.token, body.password)),
  route(contract.listAccounts, listAccounts),
  route(contract.createAccount, (ctx, { body }) => createAccount(ctx, body)),
  route(contract.inviteAgain, (ctx, { params }) => inviteAgain(ctx, params.id)),
  route(contract.closeAccount, (ctx, { params }) => closeAccount(ctx, params.id)),
  route(contract.getRoles, roles),
  route(contract.signInAs, (ctx, { body }) => signInAs(ctx, body.role)),
]
