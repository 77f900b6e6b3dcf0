/** The first organisation and its first administrator. */
import type { Context, Services } from '../../../kernel/context.ts'
import { conflict } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { nameKey } from '../../../kernel/pinyin.ts'
import { openOrg } from '../organisations/operations.ts'
import type { Org } from '../organisations/queries.ts'
import { invite } from './invitations.ts'

export interface TopOrg {
  name: string
  level: string
  code: string
}

/** Opens the top of an empty deployment. Its opening is unknown, so that facts of any year may be entered. */
export async function openTop(ctx: Context, { name, level, code }: TopOrg): Promise<Org> {
  if (!(await isEmpty(ctx.db)))
    throw conflict(
      'alreadySetUp',
      '这套系统已经设置过，请直接登录。要另建一套，请换一个数据文件夹（--data）。',
    )
  const founder = { orgId: '', countyId: null, path: '/', role: 'administrator' as const }
  const founding = { ...ctx, actor: { ...ctx.actor, grants: [founder] } }
  return openOrg(founding, { parent: null, name, type: 'committee', sector: 'territory', level, code })
}

export const isEmpty = async (db: Pick<Services['db'], 'selectFrom'>): Promise<boolean> =>
  (await db.selectFrom('org').select('id').limit(1).execute()).length === 0

export interface NewAccount {
  personId: string | null
  name: string
  username: string
  passwordHash?: string
}

/** @throws conflict `usernameTaken`. */
export async function addAccount(ctx: Context, wanted: NewAccount): Promise<string> {
  const username = plainUsername(wanted.username)
  const taken = await ctx.db
    .selectFrom('account')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirst()
  if (taken) throw conflict('usernameTaken', `用户名“${username}”已有人使用，请换一个。`)
  const id = newId()
  await ctx.db
    .insertInto('account')
    .values({
      id,
      personId: wanted.personId,
      name: wanted.name.trim(),
      username,
      passwordHash: wanted.passwordHash ?? null,
      createdAt: ctx.now,
      closedAt: null,
    })
    .execute()
  return id
}

/** Capitals and full-width letters make no difference when signing in. */
export const plainUsername = (username: string): string => username.normalize('NFKC').trim().toLowerCase()

export interface Holder {
  name: string
  /** Value of appointments/posts.ts. */
  post: string
  postTitle: string
}

/** A person of whom nothing but the name is known, with a post, so that rights follow a post from the first day. */
export async function addHolder(ctx: Context, org: Org, { name, post, postTitle }: Holder): Promise<string> {
  const personId = newId()
  const made = {
    batchId: null,
    version: 1,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  }
  await ctx.db
    .insertInto('person')
    .values({ ...unknownPerson, ...made, countyId: org.countyId, id: personId, name, nameKey: nameKey(name) })
    .execute()
  await ctx.db
    .insertInto('appointment')
    .values({
      ...made,
      countyId: org.countyId,
      id: newId(),
      personId,
      orgId: org.id,
      termId: null,
      post,
      postTitle,
      officerKind: null,
      mode: null,
      validFrom: ctx.now,
      fromPrecision: 'hour',
      toPrecision: null,
      endReason: null,
    })
    .execute()
  return personId
}

const unknownPerson = {
  sex: null,
  birthDate: null,
  birthPrecision: null,
  ethnicity: null,
  nativePlace: null,
  idNoSealed: null,
  idNoMasked: null,
  phoneSealed: null,
  phoneMasked: null,
  phoneDigest: null,
  identityState: 'pending',
  occupation: null,
  joinedLeagueOn: null,
  joinedLeaguePrecision: null,
  reportedAge: null,
  reportedOn: null,
}

/** The one-time link of an empty deployment, as a path; null when it is set up. */
export async function setUpLink(services: Services): Promise<string | null> {
  if (!(await isEmpty(services.db))) return null
  const { token } = await invite(services, services.db, null)
  return `/setup/${token}`
}
