/** Organisations named in bodies: those that stand, or stood once, within what the caller may read. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { bearersOf, type ReferenceKind, type Titled } from '../../../kernel/references.ts'
import { reach } from '../../../kernel/scope.ts'
import { findOrg } from './queries.ts'

async function resolve(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const within = reach(ctx.actor.grants, 'structure.read')
  const { rows } = await sql<{ orgId: string }>`
    select distinct org_id from org_span where org_id = any(${ids}::uuid[]) and ${within}`.execute(ctx.db)
  return new Map(rows.map(({ orgId }) => [orgId, orgId]))
}

/** By name or code; who was called so once only where nobody is today. */
async function called(ctx: Context, names: string[]) {
  const within = reach(ctx.actor.grants, 'structure.read', { countyId: 's.county_id', path: 's.path' })
  const { rows } = await sql<{ id: string; path: string; name: string; now: boolean }>`
    select o.id, l.path, n.name, n.name = o.code or n.name = l.name and l.valid_to = 'infinity' as now
    from unnest(${names}::text[]) as n(name)
    join org_span s on s.name = n.name or s.org_id = (select c.id from org c where c.code = n.name)
    join org o on o.id = s.org_id
    join lateral (select path, name, valid_to from org_span where org_id = o.id order by valid_from desc limit 1) l on true
    where ${within} order by l.path`.execute(ctx.db)
  const today = bearersOf(rows.filter((r) => r.now))
  return new Map([...bearersOf(rows), ...today])
}

async function titled(ctx: Context, ids: string[]): Promise<Map<string, Titled>> {
  const within = reach(ctx.actor.grants, 'structure.read', { countyId: 's.county_id', path: 's.path' })
  const { rows } = await sql<Titled & { id: string }>`
    select distinct on (s.org_id) s.org_id as id, s.name as title, coalesce(p.name, '') as about
    from org_span s left join org_span p on p.org_id = s.parent_id and p.valid_to = 'infinity'
    where s.org_id = any(${ids}::uuid[]) and ${within} order by s.org_id, s.valid_from desc`.execute(ctx.db)
  return new Map(rows.map(({ id, title, about }) => [id, { title, about }]))
}

/** By full path as well. Superiors may be named, too: records held with them stand in one's own lists. */
const find = async (ctx: Context, text: string): Promise<string> => (await findOrg(ctx, text)).id

export const organisation: ReferenceKind = { noun: 'org', title: '这个组织', resolve, called, titled, find }
