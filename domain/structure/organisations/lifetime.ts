/** From when to when an organisation is there, for those who stand in it: members, officers. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'

export interface OrgLifetime {
  id: string
  countyId: string
  /** Name, path and type are the latest. */
  name: string
  path: string
  type: string
  openedAt: string
  openedPrecision: string
  closedAt: string | null
}

export async function lifetimesOf(ctx: Context, ids: string[]): Promise<Map<string, OrgLifetime>> {
  const { rows } = await sql<OrgLifetime>`
    select distinct on (o.id) o.id, o.county_id, s.name, s.path, s.type, o.opened_at, o.opened_precision,
      case when o.closed_at < 'infinity' then o.closed_at end as closed_at
    from org o join org_span s on s.org_id = o.id where o.id = any(${ids}::uuid[])
    order by o.id, s.valid_from desc`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r]))
}
