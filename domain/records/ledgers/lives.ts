/** The lives of many organisations, read at once; and the caller's own. */
import { type Kysely, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { forbidden } from '../../../kernel/errors.ts'
import type { OrgLife, Span } from './places.ts'

export async function livesOf(db: Kysely<Database>, orgIds: string[]): Promise<Map<string, OrgLife>> {
  if (orgIds.length === 0) return new Map()
  const { rows } = await sql<Span & { orgId: string; countyId: string }>`
    select s.org_id, o.county_id, s.name, s.path, s.valid_from, s.valid_to
    from org_span s join org o on o.id = s.org_id where s.org_id = any(${[...new Set(orgIds)]}::uuid[])
    order by s.valid_from`.execute(db)
  const lives = new Map<string, OrgLife>()
  for (const { orgId, countyId, ...span } of rows) {
    const life = lives.get(orgId) ?? { id: orgId, countyId, path: '', spans: [] }
    life.spans.push(span)
    life.path = span.path
    lives.set(orgId, life)
  }
  return lives
}

/** The organisation for which the caller works. @throws forbidden when there is none. */
export function ownOrg(ctx: Context): string {
  const [grant] = ctx.actor.grants
  if (!grant) throw forbidden('您还没有任职，请先请上级登记您的职务。')
  return grant.orgId
}
