/** Enters officers in bulk: who they are, and the posts they hold. Concurrent posts are several entries. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { BEYOND, type Entered } from '../people/enter.ts'
import { type EnterOptions, enterSpans, type Placed, type SpanEntry, type Wanted } from '../spans/enter.ts'
import { startOf } from '../spans/rules.ts'
import { givingProblem } from './giving.ts'
import { APPOINTMENT, postProblem, readPost, sameSeat } from './rules.ts'
import type { Appointment } from './tables.ts'

/** `orgId` is the organisation of the post. Without `from`, since always. */
export interface OfficerEntry extends SpanEntry {
  /** Value or word of posts.ts: 组织委员 becomes a committeeMember of that title. */
  post: string
  postTitle?: string | undefined
  officerKind?: string | null | undefined
  mode?: string | null | undefined
}

export interface EnteredOfficer {
  /** unchanged: held already at that time. refused: nothing was written. */
  state: 'entered' | 'unchanged' | 'refused'
  appointmentId: string | null
  person: Entered | null
  /** Of 'refused'. */
  message: string | null
}

/** Answers in the order of the entries. The caller acts; entries lie within the caller's right already. */
export async function enterOfficers(
  ctx: Context,
  entries: OfficerEntry[],
  options: EnterOptions,
): Promise<EnteredOfficer[]> {
  const terms = await currentTerms(ctx, [...new Set(entries.map((e) => e.person.orgId))])
  return enterSpans<OfficerEntry, Appointment, EnteredOfficer>(ctx, entries, options, {
    kind: APPOINTMENT,
    personOf: ({ person }) => person,
    startOf: ({ from }) => startOf(APPOINTMENT, from),
    problem: (entry, org, { from, to }) => {
      const { post } = readPost(entry.post)
      return givingProblem(ctx, org, post) ?? postProblem(org, post, from, to)
    },
    place: (wanted, mine) => placeOne(wanted, mine, terms),
    refused,
  })
}

const refused = (message: string): EnteredOfficer => ({
  state: 'refused',
  appointmentId: null,
  person: null,
  message,
})

interface RunningTerm {
  id: string
  startedOn: string
}

async function currentTerms(ctx: Context, orgIds: string[]): Promise<Map<string, RunningTerm>> {
  const { rows } = await sql<RunningTerm & { orgId: string }>`
    select distinct on (org_id) org_id, id, started_on from term
    where org_id = any(${orgIds}::uuid[]) and voided_at is null and ended_on is null
    order by org_id, started_on desc`.execute(ctx.db)
  return new Map(rows.map((r) => [r.orgId, r]))
}

function placeOne(
  { entry, person, orgId, from, to }: Wanted<OfficerEntry>,
  mine: Appointment[],
  terms: Map<string, RunningTerm>,
): Placed<Appointment, EnteredOfficer> {
  if (person.beyond) return { answer: refused(BEYOND) }
  const { post, postTitle } = readPost(entry.post, entry.postTitle)
  const seat = { orgId, post, postTitle, validFrom: from.at, validTo: to }
  const same = mine.find((h) => sameSeat(h, seat))
  if (same) return { answer: { state: 'unchanged', appointmentId: same.id, person, message: null } }
  const term = terms.get(orgId)
  const termId = term && !entry.to && from.at.slice(0, 10) >= term.startedOn ? term.id : null
  const { officerKind = null, mode = null } = entry
  return {
    from,
    own: { termId, post, postTitle, officerKind, mode },
    answer: (appointmentId) => ({ state: 'entered', appointmentId, person, message: null }),
  }
}
