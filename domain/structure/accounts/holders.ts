/** Whose account may be touched by whom: an account gives what all posts of its holder give, so it takes all of them. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { forbidden, notFound } from '../../../kernel/errors.ts'
import { may, reach } from '../../../kernel/scope.ts'

/** The organisation of a post that decides, as it stands now or stood at its end. */
export interface Deciding {
  orgId: string
  orgName: string
  countyId: string
  path: string
}

/**
 * The posts of a person that decide: all that are in force or to come; without any, the one that ended last (of those
 * that ended together, all). One that is to come counts as well, or its rights could be prepared for by whoever does
 * not have them.
 */
const deciding = (personId: RawBuilder<unknown>, now: string) => sql`
  select h.org_id, h.valid_from, h.valid_to, h.post_title, s.name as org_name, s.county_id, s.path from (
    select a.org_id, a.valid_from, a.valid_to, a.post_title, rank() over (
      order by case when a.valid_to > ${now}::timestamp then 'infinity' else a.valid_to end desc) as place
    from appointment a where a.person_id = ${personId} and a.voided_at is null) h
  join lateral (select * from org_span l where l.org_id = h.org_id
    order by l.valid_from <= ${now}::timestamp desc, abs(extract(epoch from l.valid_from - ${now}::timestamp))
    limit 1) s on true
  where h.place = 1`

/** Of an account `c`: every post that decides lies within the caller's reach. */
export function touchable(ctx: Context): RawBuilder<SqlBool> {
  const within = reach(ctx.actor.grants, 'settings.change', { countyId: 'd.county_id', path: 'd.path' })
  return sql<SqlBool>`(select bool_and(${within}) from (${deciding(sql`c.person_id`, ctx.now)}) d)`
}

/**
 * The organisation in whose name this caller touches the person's account.
 * @throws notFound for who has nothing to do with the caller; forbidden naming the post that keeps them off
 */
export async function orgOfHolder(ctx: Context, personId: string | null, what: string): Promise<Deciding> {
  const { rows } =
    await sql<Deciding>`${deciding(sql`${personId}`, ctx.now)} order by length(s.path), s.path`.execute(
      ctx.db,
    )
  const mine = (post: Deciding) => may(ctx.actor.grants, 'settings.change', post.path)
  const [first] = rows.filter(mine)
  if (!first) throw notFound(what)
  if (rows.every(mine)) return first
  throw forbidden('这个人还在您管不到的组织任职，账号要由管得到他全部职务的上级管理员来开通、重设和停用。')
}
