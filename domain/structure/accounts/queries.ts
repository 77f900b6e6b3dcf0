import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { touchable } from './holders.ts'
import { stillOpen } from './sessions.ts'

/** @throws notFound for one that is closed, and for none */
export async function accountById(ctx: Context, id: string) {
  const account = await ctx.db
    .selectFrom('account')
    .select(['id', 'name', 'username', 'personId', 'passwordHash'])
    .where('id', '=', id)
    .where('closedAt', 'is', null)
    .executeTakeFirst()
  if (!account) throw notFound('这个账号')
  return account
}

export interface AccountRow {
  id: string
  name: string
  username: string
  personId: string | null
  createdAt: string
  closedAt: string | null
  hasPassword: boolean
  posts: string[]
  sessions: number
}

/** Those that the caller may touch: all posts of the holder lie within the caller's reach. */
export async function accountsWithin(ctx: Context): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    select c.id, c.name, c.username, c.person_id, c.created_at, c.closed_at,
      c.password_hash is not null as has_password,
      array(select l.name || '：' || a.post_title from appointment a
        join org_span l on l.org_id = a.org_id and l.valid_from <= ${ctx.now}::timestamp and l.valid_to > ${ctx.now}::timestamp
        where a.person_id = c.person_id and a.voided_at is null and a.valid_from <= ${ctx.now}::timestamp
          and a.valid_to > ${ctx.now}::timestamp order by l.path) as posts,
      (select count(*) from session s where s.account_id = c.id and ${stillOpen(ctx.now)}) as sessions
    from account c where ${touchable(ctx)} order by c.name, c.username`.execute(ctx.db)
  return rows
}
