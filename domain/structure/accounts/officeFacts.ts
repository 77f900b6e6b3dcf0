/** What everybody in an office knows of the holder of an account, and would try as a password. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { OfficeFacts } from './knownWords.ts'

interface Holder {
  name: string
  username: string
  personId: string | null
}

/** The holder's own names, and those of the organisations of their posts and memberships with all above them. */
export async function officeFactsOf(
  ctx: Context,
  { name, username, personId }: Holder,
): Promise<OfficeFacts> {
  const { rows } = await sql<{ name: string; code: string }>`
    with mine as (
      select org_id from appointment where person_id = ${personId} and voided_at is null
      union select org_id from membership where person_id = ${personId} and voided_at is null)
    select distinct s.name, o.code from mine join org_span own on own.org_id = mine.org_id
    cross join lateral unnest(string_to_array(trim('/' from own.path), '/')) as step(code)
    join org o on o.code = step.code join org_span s on s.org_id = o.id`.execute(ctx.db)
  return {
    names: [name, ...rows.map((r) => r.name)],
    marks: [username, ...rows.map((r) => r.code)],
  }
}
