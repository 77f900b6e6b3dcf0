/**
 * Right after a start nothing is warm, and every desk that is open asks again: what they ask is counted before they do,
 * one office after the other, on a connection of the lane that will answer them. Of all others the first to ask has it
 * counted, and asks again.
 */
import { sql } from 'kysely'
import type { Services } from '../../../kernel/context.ts'
import { doAs } from '../../../kernel/database/lanes/work.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { countDuplicates } from './contract.ts'
import { routes } from './handlers.ts'

const MOST_OFFICES = 20

export async function countAhead(services: Services, stopped: () => boolean): Promise<void> {
  const route = routes.find((r) => r.endpoint.id === countDuplicates.id) as Route<typeof countDuplicates>
  for (const { id, countyId, path } of await offices(services)) {
    const grants = [{ orgId: id, countyId, path, role: 'reader' as const }]
    const actor = { accountId: '', personId: null, name: '', grants }
    const ask = () =>
      doAs({ lane: 'quick', account: '' }, () => run(services, actor, route, { query: { org: id } }))
    // One after the other.
    while (!stopped() && (await ask()).at === null);
  }
}

/** Those of whoever is signed in, the latest first; of an empty house the first county. */
async function offices(services: Services): Promise<{ id: string; countyId: string; path: string }[]> {
  const { rows } = await sql<{ id: string; countyId: string; path: string }>`
    select o.id, o.county_id, s.path from (
      select a.org_id as id, max(u.last_used_at) as at from session u
      join account c on c.id = u.account_id and c.closed_at is null
      join appointment a on a.person_id = c.person_id and a.voided_at is null and a.valid_to = 'infinity'
      group by a.org_id
      union all (select county_id, '-infinity' from org where id = county_id order by code desc limit 1)) as v
    join org o on o.id = v.id
    join org_span s on s.org_id = o.id and s.valid_to = 'infinity'
    order by v.at desc limit ${sql.lit(MOST_OFFICES)}`.execute(services.db)
  return rows
}
