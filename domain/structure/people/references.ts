/** People named in bodies: those who are or were members or officers where the caller may read. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { bearersOf, type ReferenceKind, type Titled } from '../../../kernel/references.ts'
import { reach } from '../../../kernel/scope.ts'
import type { TieTable } from './ties.ts'

/** Where they stood while it lasted, and where that organisation stands now. */
const tied = (ctx: Context, table: TieTable, people: RawBuilder<unknown>) => sql`
  select m.county_id, m.person_id, m.valid_to, s.path, s.name from ${sql.id(table)} m join org_span s
    on s.org_id = m.org_id and (s.valid_from < m.valid_to and s.valid_to > m.valid_from
      or not exists (select 1 from org_span l where l.org_id = s.org_id and l.valid_from > s.valid_from))
  where m.person_id in (${people}) and m.voided_at is null
    and ${reach(ctx.actor.grants, 'structure.read', { countyId: 'm.county_id', path: 's.path' })}`

const ties = (ctx: Context, people: RawBuilder<unknown>) =>
  sql`(${tied(ctx, 'membership', people)} union ${tied(ctx, 'appointment', people)})`

const these = (ids: string[]) => sql`select unnest(${ids}::uuid[])`

async function inSight(ctx: Context, ids: string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct p.id from ${ties(ctx, these(ids))} as t
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

async function called(ctx: Context, names: string[]) {
  const bearing = sql`select b.id from person b where b.name = any(${names}::text[]) and b.voided_at is null`
  const { rows } = await sql<{ id: string; path: string; name: string }>`
    select p.id, t.path, p.name from ${ties(ctx, bearing)} as t
    join person p on p.county_id = t.county_id and p.id = t.person_id and p.voided_at is null
      and p.name = any(${names}::text[])
    order by t.valid_to desc, p.id`.execute(ctx.db)
  return bearersOf(rows)
}

async function titled(ctx: Context, ids: string[]): Promise<Map<string, Titled>> {
  const { rows } = await sql<Titled & { id: string }>`
    select distinct on (p.id) p.id, p.name as title, t.name as about from ${ties(ctx, these(ids))} as t
    join person p on p.county_id = t.county_id and p.id = t.person_id and p.voided_at is null
    order by p.id, t.valid_to desc`.execute(ctx.db)
  return new Map(rows.map(({ id, title, about }) => [id, { title, about }]))
}

export const person: ReferenceKind = { noun: 'person', title: '这个人', resolve, called, titled }
