/** People named in bodies: those who are or were members or officers where the caller may read. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { ReferenceKind } from '../../../kernel/references.ts'
import { reach } from '../../../kernel/scope.ts'

/** Where they stood while it lasted, and where that organisation stands now. */
const tied = (ctx: Context, table: 'membership' | 'appointment', ids: string[]) => sql`
  select m.county_id, m.person_id from ${sql.id(table)} m join org_span s on s.org_id = m.org_id
    and (s.valid_from < m.valid_to and s.valid_to > m.valid_from
      or not exists (select 1 from org_span l where l.org_id = s.org_id and l.valid_from > s.valid_from))
  where m.person_id = any(${ids}::uuid[]) and m.voided_at is null
    and ${reach(ctx.actor.grants, 'structure.read', { countyId: 'm.county_id', path: 's.path' })}`

async function inSight(ctx: Context, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct p.id from (${tied(ctx, 'membership', ids)} union ${tied(ctx, 'appointment', ids)}) as t
    join person p on p.county_id = t.county_id and p.id = t.person_id and p.voided_at is null`.execute(ctx.db)
  return rows.map((r) => r.id)
}

/** Who was merged into another is that other, and who that one was merged into: a list on a phone may be older. */
async function resolve(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  const found = new Map((await inSight(ctx, ids)).map((id) => [id, id]))
  const gone = ids.filter((id) => !found.has(id))
  if (gone.length === 0) return found
  const { rows } = await sql<{ goneId: string; keptId: string }>`
    select gone_id, kept_id from merge
    where gone_id = any(${gone}::uuid[]) and subject = 'person' and undone_at is null`.execute(ctx.db)
  if (rows.length === 0) return found
  const meant = await resolve(ctx, [...new Set(rows.map((r) => r.keptId))])
  for (const { goneId, keptId } of rows) {
    const id = meant.get(keptId)
    if (id) found.set(goneId, id)
  }
  return found
}

export const person: ReferenceKind = { noun: 'person', title: '这个人', resolve }
