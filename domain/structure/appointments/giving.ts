/** A right follows a post, so whoever writes posts hands out rights: never more than their own. */
import { type SqlBool, sql } from 'kysely'
import { roleOfPost } from '../../../kernel/actions.ts'
import type { Context } from '../../../kernel/context.ts'
import { type FieldProblem, forbidden, refuse, saying } from '../../../kernel/errors.ts'
import { mayGive } from '../../../kernel/scope.ts'
import { postOf } from './posts.ts'

interface Place {
  name: string
  /** Where it stands now. */
  path: string
}

/** What keeps the caller from giving or taking this post there; null when nothing does. */
export function givingProblem(ctx: Context, org: Place, post: string): FieldProblem | null {
  const role = roleOfPost[post]
  if (role === undefined || mayGive(ctx.actor.grants, role, org.path)) return null
  if (role === 'administrator') return { field: 'post', reason: '系统管理员只能由系统管理员指定和变更' }
  const title = postOf(post)?.title ?? post
  return {
    field: 'post',
    reason: `“${org.name}”的${title}高于您的职务，您不能指定和变更`,
    remedy: '请由那里或上级的书记、管理员办理',
  }
}

/** @throws invalid `post` */
export function guardPosts(ctx: Context, org: Place, posts: string[]): void {
  for (const post of posts) {
    const found = givingProblem(ctx, org, post)
    if (found) throw refuse(found)
  }
}

/** Posts held by these people, now or to come, that the caller may not hand to anybody, in words; null without any. */
export const postBeyond = (ctx: Context, personIds: string[]): Promise<string | null> =>
  beyond(ctx, sql<SqlBool>`a.person_id = any(${personIds}::uuid[]) and a.valid_to > ${ctx.now}::timestamp`)

/** @throws forbidden where an import made posts that the caller may not take back */
export async function guardBatch(ctx: Context, batchId: string): Promise<void> {
  const found = await beyond(ctx, sql<SqlBool>`a.batch_id = ${batchId}`)
  if (found) throw forbidden(`${found}。这一批里有这样的任职，请由上级撤销。`)
}

async function beyond(ctx: Context, which: ReturnType<typeof sql<SqlBool>>): Promise<string | null> {
  const { rows } = await sql<Place & { post: string }>`
    select distinct a.post, s.name, s.path from appointment a
    join lateral (select l.name, l.path from org_span l where l.org_id = a.org_id
      order by l.valid_from desc limit 1) s on true
    where a.county_id in (select county_id from org) and a.voided_at is null and ${which}`.execute(ctx.db)
  const [problem] = rows.flatMap((row) => givingProblem(ctx, row, row.post) ?? [])
  return problem ? saying(problem).replace(/。$/, '') : null
}
