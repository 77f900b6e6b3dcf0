/** From a token or an account to who is calling and what their posts of this moment give them. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Role, roleOfPost, roles } from '../../../kernel/actions.ts'
import { momentOf } from '../../../kernel/clock.ts'
import type { Actor, Services } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import type { Grant } from '../../../kernel/scope.ts'
import { scopeAt } from '../organisations/rules.ts'
import { digestOf } from './password.ts'
import { stillOpen } from './sessions.ts'

/** Stands in history for whoever works at the machine itself. */
const LOCAL_ACCOUNT = '00000000-0000-0000-0000-000000000001'

/** A post in force, with the organisation as it is now. */
export interface Post extends Grant {
  orgName: string
  orgCode: string
  title: string
}

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

/** Posts in force of a person, with the organisation as it is now. */
const inForce = (personId: RawBuilder<unknown>, now: string) => sql`
  select a.org_id, s.name as org_name, o.code as org_code, s.path, s.level, o.county_id, a.post,
    a.post_title as title
  from appointment a join org o on o.id = a.org_id
  join org_span s on s.org_id = o.id and s.valid_from <= ${now}::timestamp and s.valid_to > ${now}::timestamp
  where a.person_id = ${personId} and a.voided_at is null
    and a.valid_from <= ${now}::timestamp and a.valid_to > ${now}::timestamp`

/** Posts that give rights, the highest organisation and the strongest role first. */
export async function postsOf(db: Kysely<Database>, personId: string, now: string): Promise<Post[]> {
  const { rows } = await sql<PostRow>`${inForce(sql`${personId}`, now)}`.execute(db)
  return asPosts(rows)
}

function asPosts(rows: PostRow[]): Post[] {
  const posts = rows.flatMap(({ post, level, ...row }): Post[] => {
    const role = roleOfPost[post]
    const scope = scopeAt({ id: row.orgId, level, countyId: row.countyId }, row.path)
    return role ? [{ ...row, role, ...scope }] : []
  })
  const rank = (role: Role) => roles.indexOf(role)
  const byPath = (a: Post, b: Post) => (a.path < b.path ? -1 : Number(a.path > b.path))
  return posts.sort((a, b) => a.path.length - b.path.length || rank(a.role) - rank(b.role) || byPath(a, b))
}

const grantsOf = (posts: Post[]): Grant[] =>
  posts.map(({ orgId, countyId, path, role, whole }) => ({
    orgId,
    countyId,
    path,
    role,
    ...(whole !== undefined && { whole }),
  }))

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
  return { accountId: account.id, personId: account.personId, name: account.name, grants: grantsOf(posts) }
}

interface SessionRow extends PostRow {
  accountId: string
  personId: string | null
  name: string
  stale: boolean
}

/**
 * Who holds the token, and what their posts give at this moment: asked anew for every call, by one statement, so that
 * a right ends with its post, and a session with its account, in every process at once.
 */
export async function actorOfToken(services: Services, token: string): Promise<Actor | null> {
  const [session, now] = [digestOf(token), nowOf(services)]
  const { rows } = await sql<SessionRow>`
    select s.account_id, c.person_id, c.name, s.last_used_at < ${now}::timestamp - interval '1 minute' as stale, p.*
    from session s join account c on c.id = s.account_id and c.closed_at is null
    left join lateral (${inForce(sql`c.person_id`, now)}) p on true
    where s.token_digest = ${session} and ${stillOpen(now)}`.execute(services.db)
  const [first] = rows
  if (!first) return null
  if (first.stale) await touch(services, session, now)
  const { accountId, personId, name } = first
  return {
    accountId,
    personId,
    name,
    grants: grantsOf(asPosts(rows.filter((r) => r.orgId !== null))),
    session,
  }
}

/** To the minute: a write with every call would cost more than it tells. */
const touch = (services: Services, session: string, now: string) =>
  services.db.updateTable('session').set({ lastUsedAt: now }).where('tokenDigest', '=', session).execute()

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
