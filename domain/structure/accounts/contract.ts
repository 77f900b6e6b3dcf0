/** Who may sign in. What they may do follows from their posts. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { nullable, opens, ref } from '../../../kernel/shapes.ts'
import { Level } from '../organisations/contract.ts'

const Username = Type.String({ minLength: 2, maxLength: 40, pattern: '^[^\\s/]+$' })
const Password = Type.String({ minLength: 8, maxLength: 200 })
const Token = Type.String({ minLength: 20, maxLength: 100 })

const Grant = Type.Object({
  orgId: Type.String(),
  orgName: Type.String(),
  orgCode: Type.String(),
  path: Type.String(),
  /** administrator, manager, staff or reader. */
  role: Type.String(),
  /** As the office says it: 书记, 组织委员. */
  title: Type.String(),
})

export const Me = Type.Object({
  accountId: Type.String(),
  personId: nullable(Type.String()),
  name: Type.String(),
  username: Type.String(),
  /** Others sign in by the demo's entry or have yet to follow their link. */
  hasPassword: Type.Boolean(),
  /** Today's date of the server's clock. */
  today: Type.String(),
  demo: Type.Boolean(),
  posts: Type.Array(Grant),
  /** The organisation of the highest post. */
  home: nullable(Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() })),
  /** Everything that any of the posts allows somewhere. */
  actions: Type.Array(Type.String()),
})
export type Me = Static<typeof Me>

export const getMe = endpoint({
  id: 'accounts.me',
  method: 'GET',
  path: '/me',
  summary: '我是谁、任什么职务、今天是哪天',
  right: 'signedIn',
  response: Me,
})

/** The token is also set as a cookie; programs send it as `Authorization: Bearer …`. */
const SignedIn = Type.Object({ name: Type.String(), token: Type.String() })

export const signIn = endpoint({
  id: 'accounts.signIn',
  method: 'POST',
  path: '/session',
  summary: '登录',
  right: 'public',
  secret: true,
  body: Type.Object({ username: Type.String({ maxLength: 100 }), password: Type.String({ maxLength: 200 }) }),
  response: SignedIn,
})

export const signOut = endpoint({
  id: 'accounts.signOut',
  method: 'DELETE',
  path: '/session',
  summary: '退出登录',
  right: 'signedIn',
  response: Type.Object({}),
})

export const changePassword = endpoint({
  id: 'accounts.changePassword',
  method: 'PUT',
  path: '/me/password',
  summary: '修改自己的密码；其他地方的登录随之退出',
  right: 'signedIn',
  body: Type.Object({ current: Type.String({ maxLength: 200 }), next: Password }),
  response: Type.Object({}),
})

export const OwnSession = Type.Object({
  id: Type.String(),
  /** 'desktop' | 'phone': which of the two idle ends holds. */
  kind: Type.String(),
  /** 微信 · 安卓手机. */
  device: Type.String(),
  address: Type.String(),
  createdAt: Type.String(),
  /** To the minute. */
  lastUsedAt: Type.String(),
  /** The one that asks. */
  current: Type.Boolean(),
})
export type OwnSession = Static<typeof OwnSession>

const OwnSessions = Type.Object({ sessions: Type.Array(OwnSession) })

export const listSessions = endpoint({
  id: 'accounts.sessions',
  method: 'GET',
  path: '/me/sessions',
  summary: '我在哪些地方登录着',
  right: 'signedIn',
  response: OwnSessions,
})

export const endSession = endpoint({
  id: 'accounts.endSession',
  method: 'DELETE',
  path: '/me/sessions/:id',
  summary: '退出自己的一处登录',
  right: 'signedIn',
  params: Type.Object({ id: opens('session') }),
  response: OwnSessions,
})

export const endOtherSessions = endpoint({
  id: 'accounts.endOtherSessions',
  method: 'DELETE',
  path: '/me/sessions',
  summary: '退出自己的其他登录，只留这一处',
  right: 'signedIn',
  response: OwnSessions,
})

const lengthsShape = {
  /** Unused for so long, a sign-in on a computer ends. */
  desktopHours: Type.Integer({ minimum: 1, maximum: 720 }),
  phoneDays: Type.Integer({ minimum: 1, maximum: 180 }),
  /** Used or not, any sign-in ends. */
  longestDays: Type.Integer({ minimum: 1, maximum: 365 }),
}
const SessionLengths = Type.Object({ ...lengthsShape, may: Type.Object({ change: Type.Boolean() }) })

export const getSessionLengths = endpoint({
  id: 'accounts.sessionLengths',
  method: 'GET',
  path: '/settings/sessions',
  summary: '登录多久不用就退出',
  right: 'signedIn',
  response: SessionLengths,
})

export const setSessionLengths = endpoint({
  id: 'accounts.setSessionLengths',
  method: 'PUT',
  path: '/settings/sessions',
  summary: '改登录多久不用就退出；对所有人，由最上级的管理员定',
  right: 'settings.change',
  body: Type.Object(lengthsShape),
  response: SessionLengths,
})

export const setUp = endpoint({
  id: 'accounts.setUp',
  method: 'POST',
  path: '/setup',
  summary: '首次设置：建立最上级组织和第一个管理员（用一次性链接）',
  right: 'public',
  secret: true,
  body: Type.Object({
    token: Token,
    organisation: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 100 }),
      level: Level,
      code: Type.String({ pattern: '^[0-9]{1,12}$' }),
    }),
    administrator: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 50 }),
      username: Username,
      password: Password,
    }),
  }),
  response: SignedIn,
})

export const getInvitation = endpoint({
  id: 'accounts.invitation',
  method: 'GET',
  path: '/invitations/:token',
  summary: '一次性链接是给谁、做什么用的',
  right: 'public',
  params: Type.Object({ token: Token }),
  response: Type.Object({
    /** setUp: the first set-up; password: setting a password. */
    purpose: Type.Enum(['setUp', 'password']),
    name: nullable(Type.String()),
    username: nullable(Type.String()),
  }),
})

export const acceptInvitation = endpoint({
  id: 'accounts.accept',
  method: 'POST',
  path: '/invitations/:token',
  summary: '用一次性链接设置密码并登录',
  right: 'public',
  secret: true,
  params: Type.Object({ token: Token }),
  body: Type.Object({ password: Password }),
  response: SignedIn,
})

const Account = Type.Object({
  id: Type.String(),
  name: Type.String(),
  username: Type.String(),
  personId: nullable(Type.String()),
  createdAt: Type.String(),
  closedAt: nullable(Type.String()),
  hasPassword: Type.Boolean(),
  /** 青石镇：书记 … of the posts in force. */
  posts: Type.Array(Type.String()),
  /** How many sign-ins are open. */
  sessions: Type.Integer(),
})

export const listAccounts = endpoint({
  id: 'accounts.list',
  method: 'GET',
  path: '/accounts',
  summary: '能管的账号：持有人的全部任职都在本级和下级',
  right: 'settings.change',
  response: Type.Object({ accounts: Type.Array(Account) }),
})

/** The link is shown once: it is not kept. */
const Invited = Type.Object({ id: Type.String(), link: Type.String(), expiresAt: Type.String() })

export const createAccount = endpoint({
  id: 'accounts.create',
  method: 'POST',
  path: '/accounts',
  summary: '为有职务的人开账号，得到设置密码的一次性链接',
  right: 'settings.change',
  secret: true,
  body: Type.Object({ personId: ref('person'), username: Username }),
  response: Invited,
})

export const inviteAgain = endpoint({
  id: 'accounts.inviteAgain',
  method: 'POST',
  path: '/accounts/:id/invitations',
  summary: '发一个新的一次性链接，用来重设密码',
  right: 'settings.change',
  secret: true,
  params: Type.Object({ id: opens('account') }),
  response: Invited,
})

export const closeAccount = endpoint({
  id: 'accounts.close',
  method: 'DELETE',
  path: '/accounts/:id',
  summary: '停用账号，立即退出登录',
  right: 'settings.change',
  params: Type.Object({ id: opens('account') }),
  response: Type.Object({}),
})

export const endAccountSessions = endpoint({
  id: 'accounts.endSessions',
  method: 'DELETE',
  path: '/accounts/:id/sessions',
  summary: '让一个账号在所有地方退出登录',
  right: 'settings.change',
  params: Type.Object({ id: opens('account') }),
  response: Type.Object({ ended: Type.Integer() }),
})

export const DemoRole = Type.Object({
  id: Type.String(),
  /** 乡镇团委书记 … */
  title: Type.String(),
  name: Type.String(),
  /** What this person comes for. */
  errand: Type.String(),
  /** The page on which their day begins. */
  start: Type.String(),
})
export type DemoRole = Static<typeof DemoRole>

export const getRoles = endpoint({
  id: 'demo.roles',
  method: 'GET',
  path: '/demo/roles',
  summary: '可以试用的角色；正式系统里没有',
  right: 'public',
  response: Type.Object({ roles: Type.Array(DemoRole) }),
})

export const signInAs = endpoint({
  id: 'demo.session',
  method: 'POST',
  path: '/demo/session',
  summary: '试用一个角色（只在演示数据里）',
  right: 'public',
  secret: true,
  body: Type.Object({ role: Type.String() }),
  response: SignedIn,
})
