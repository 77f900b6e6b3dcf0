/**
 * Records keep the path of their day. When the tree is changed back into the past, that path is another one, and is
 * written anew within the same transaction. `domain/index.ts` lets the tree call this: a slice knows nothing of those
 * to its right.
 */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { DayPrecision } from './definition.ts'
import { livesOf } from './lives.ts'
import { endOfDay, placeOn } from './places.ts'

interface Kept {
  countyId: string
  id: string
  orgId: string
  day: string
  precision: DayPrecision
  path: string
}

interface Change {
  orgIds: string[]
  /** Moment from which paths may differ. */
  from: string
}

export async function rewritePaths(ctx: Context, { orgIds, from }: Change): Promise<void> {
  const lives = await livesOf(ctx.db, orgIds)
  const moved = (rows: Kept[]) =>
    rows.flatMap((row) => {
      const life = lives.get(row.orgId)
      const place = life && placeOn(life, row.day, row.precision)
      return place && place.path !== row.path ? [{ ...row, path: place.path }] : []
    })
  const day = from.slice(0, 10)
  for (const table of ['record', 'record_host', 'nil_declaration'] as const)
    await write(ctx, table, moved(await read(ctx, table, { orgIds, day })))
}

/** Rows from that day on; a day known to the month or year may mean its last. */
async function read(
  ctx: Context,
  table: keyof typeof QUERIES,
  { orgIds, day }: { orgIds: string[]; day: string },
) {
  const { rows } = await QUERIES[table](orgIds, `${day.slice(0, 4)}-01-01`).execute(ctx.db)
  return rows.filter((r) => endOfDay(r.day, r.precision) >= day)
}

const QUERIES = {
  record: (orgIds: string[], day: string) => sql<Kept>`
    select county_id, id, org_id, day, day_precision as precision, path from record
    where org_id = any(${orgIds}::uuid[]) and day >= ${day}::date`,
  record_host: (orgIds: string[], day: string) => sql<Kept>`
    select h.county_id, h.record_id as id, h.org_id, r.day, r.day_precision as precision, h.path
    from record_host h join record r on r.county_id = h.county_id and r.id = h.record_id
    where h.org_id = any(${orgIds}::uuid[]) and r.day >= ${day}::date`,
  nil_declaration: (orgIds: string[], day: string) => sql<Kept>`
    select county_id, id, org_id, to_day as day, 'day' as precision, path from nil_declaration
    where org_id = any(${orgIds}::uuid[]) and to_day >= ${day}::date`,
}

async function write(ctx: Context, table: keyof typeof QUERIES, rows: Kept[]): Promise<void> {
  if (rows.length === 0) return
  const key = sql.id(table === 'record_host' ? 'record_id' : 'id')
  const values = JSON.stringify(
    rows.map((r) => ({ county_id: r.countyId, id: r.id, org_id: r.orgId, path: r.path })),
  )
  await sql`update ${sql.table(table)} t set path = x.path
    from jsonb_to_recordset(${values}::jsonb) as x(county_id uuid, id uuid, org_id uuid, path text)
    where t.county_id = x.county_id and t.${key} = x.id and t.org_id = x.org_id`.execute(ctx.db)
}
