/** From a token or an account to who is calling and what their posts of this moment give them. */
import { type Kysely, sql } from 'kysely'
import { type Role, roleOfPost } from '../../../kernel/actions.ts'
import { momentOf } from '../../../kernel/clock.ts'
import type { Actor, Services } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import type { Grant } from '../../../kernel/scope.ts'
import { scopedCounty } from '../organisations/rules.ts'
import { digestOf } from './password.ts'

/** Stands in history for whoever works at the machine itself. */
const LOCAL_ACCOUNT = '00000000-0000-0000-0000-000000000001'

/** A post in force, with the organisation as it is now. */
export interface Post extends Grant {
  orgName: string
  orgCode: string
  title: string
}

const RANK: Role[] = ['administrator', 'manager', 'staff', 'reader']

interface PostRow {
  orgId: string
  orgName: string
  orgCode: string
  path: string
  level: string | null
  countyId: string
  post: string
  title: string
}

/** Posts that give rights, the highest organisation and the strongest role first. */
export async function postsOf(db: Kysely<Database>, personId: string, now: string): Promise<Post[]> {
  const { rows } = await sql<PostRow>`
    select a.org_id, s.name as org_name, o.code as org_code, s.path, s.level, o.county_id, a.post,
      a.post_title as title
    from appointment a join org o on o.id = a.org_id
    join org_span s on s.org_id = o.id and s.valid_from <= ${now}::timestamp and s.valid_to > ${now}::timestamp
    where a.person_id = ${personId} and a.voided_at is null
      and a.valid_from <= ${now}::timestamp and a.valid_to > ${now}::timestamp
    order by length(s.path), s.path`.execute(db)
  const posts = rows.flatMap(({ post, level, ...row }): Post[] => {
    const role = roleOfPost[post]
    return role ? [{ ...row, role, countyId: scopedCounty({ level, countyId: row.countyId }) }] : []
  })
  return posts.sort((a, b) => a.path.length - b.path.length || RANK.indexOf(a.role) - RANK.indexOf(b.role))
}

const nowOf = (services: Services) => momentOf(services.clock.now())

/** Null when the account is closed or unknown. */
export async function actorOfAccount(services: Services, accountId: string): Promise<Actor | null> {
  if (accountId === LOCAL_ACCOUNT) return localActor(services)
  const account = await services.db
    .selectFrom('account')
    .select(['id', 'personId', 'name'])
    .where('id', '=', accountId)
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  if (!account) return null
  const posts = account.personId ? await postsOf(services.db, account.personId, nowOf(services)) : []
  const grants = posts.map(({ orgId, countyId, path, role }) => ({ orgId, countyId, path, role }))
  return { accountId: account.id, personId: account.personId, name: account.name, grants }
}

const KEPT_MS = 3000

interface Kept {
  actor: Promise<Actor | null>
  until: number
}

const kept = new WeakMap<Services, Map<string, Kept>>()

const keptOf = (services: Services): Map<string, Kept> => {
  const found = kept.get(services) ?? new Map<string, Kept>()
  kept.set(services, found)
  return found
}

/** Who holds the token. Remembered for three seconds, within which an ended post may still give its right. */
export function actorOfToken(services: Services, token: string): Promise<Actor | null> {
  const digest = digestOf(token)
  const known = keptOf(services)
  const found = known.get(digest)
  if (found && found.until > performance.now()) return found.actor
  if (known.size > 10_000) known.clear()
  const actor = readSession(services, digest)
  known.set(digest, { actor, until: performance.now() + KEPT_MS })
  actor.catch(() => known.delete(digest))
  return actor
}

/** After a session or an account ended in this process. */
export const forgetSessions = (services: Services): void => keptOf(services).clear()

async function readSession(services: Services, digest: string): Promise<Actor | null> {
  const session = await services.db
    .selectFrom('session')
    .select('accountId')
    .where('tokenDigest', '=', digest)
    .where('expiresAt', '>', nowOf(services))
    .executeTakeFirst()
  const actor = session ? await actorOfAccount(services, session.accountId) : null
  return actor && { ...actor, session: digest }
}

/** The command line: who may start it may do everything with this data folder. */
export async function localActor(services: Services): Promise<Actor> {
  const now = nowOf(services)
  const tops = await services.db
    .selectFrom('orgSpan')
    .select(['orgId', 'path'])
    .where('parentId', 'is', null)
    .where('validFrom', '<=', now)
    .where('validTo', '>', now)
    .execute()
  const grants = tops.map((top): Grant => ({ ...top, countyId: null, role: 'administrator' }))
  return { accountId: LOCAL_ACCOUNT, personId: null, name: '命令行', grants }
}
