/** Enters officers in bulk: who they are, and the posts they hold. Concurrent posts are several entries. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { saying } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { lifetimesOf } from '../organisations/lifetime.ts'
import { BEYOND, type Entered, type GivenPerson, takePeople } from '../people/enter.ts'
import type { PersonEntry } from '../people/entry.ts'
import { type Dated, dated, datedOrUnknown, INFINITY } from '../people/spans.ts'
import { keptSince } from '../registers/registers.ts'
import { givingProblem } from './giving.ts'
import { type HeldSpan, postProblem, readPost, sameSeat } from './rules.ts'

export interface OfficerEntry {
  /** Of the appointment to be; made here unless given. */
  id?: string | undefined
  /** As stated, or known by id. `orgId` is the organisation of the post. */
  person: PersonEntry | GivenPerson
  /** Value or word of posts.ts: 组织委员 becomes a committeeMember of that title. */
  post: string
  postTitle?: string | undefined
  officerKind?: string | null | undefined
  mode?: string | null | undefined
  /** As much as is known; unknown counts as always. */
  from?: string | undefined
  to?: string | undefined
  endReason?: string | undefined
}

export interface EnteredOfficer {
  /** unchanged: held already at that time. refused: nothing was written. */
  state: 'entered' | 'unchanged' | 'refused'
  appointmentId: string | null
  person: Entered | null
  /** Of 'refused'. */
  message: string | null
}

export interface EnterOfficersOptions {
  statedOn: string
  batchId?: string | null
}

/** Answers in the order of the entries. The caller acts; entries lie within the caller's right already. */
export async function enterOfficers(
  ctx: Context,
  entries: OfficerEntry[],
  options: EnterOfficersOptions,
): Promise<EnteredOfficer[]> {
  const orgs = await lifetimesOf(ctx, [...new Set(entries.map((e) => e.person.orgId))])
  const answers = entries.map((entry): EnteredOfficer | null => {
    const org = orgs.get(entry.person.orgId)
    const { post } = readPost(entry.post)
    const found = org
      ? (givingProblem(ctx, org, post) ?? postProblem(org, post, startOf(entry), endOf(entry)?.at))
      : { field: 'orgId', reason: '没有找到这个组织' }
    return found && refused(saying(found))
  })
  const good = entries.filter((_, i) => answers[i] === null)
  const people = await takePeople(
    ctx,
    good.map((e) => e.person),
    options,
  )
  const held = await heldBy(ctx, people)
  const terms = await currentTerms(ctx, [...orgs.keys()])
  const rows: object[] = []
  const placed = good.map((entry, i) => {
    const person = people[i]
    if (!person) throw new Error('every entry is answered')
    return placeOne(ctx, { entry, person, held, rows, terms, batchId: options.batchId ?? null })
  })
  await insertRows(ctx.db, 'appointment', rows)
  const orgIds = good.flatMap(({ person }, i) => (placed[i]?.state === 'refused' ? [] : [person.orgId]))
  await keptSince(ctx, { register: 'officers', orgIds, ...options })
  return answers.map((answer) => answer ?? placed.shift() ?? refused('没有写入。'))
}

const startOf = ({ from }: OfficerEntry): Dated => datedOrUnknown(from, { id: 'from', title: '任职日期' })
const endOf = ({ to }: OfficerEntry): Dated | null => (to ? dated(to, { id: 'to', title: '离任日期' }) : null)

const refused = (message: string): EnteredOfficer => ({
  state: 'refused',
  appointmentId: null,
  person: null,
  message,
})

async function heldBy(ctx: Context, people: Entered[]): Promise<Map<string, HeldSpan[]>> {
  const ids = [...new Set(people.map((p) => p.personId))]
  const { rows } = await sql<HeldSpan & { personId: string }>`
    select id, person_id, org_id, post, post_title, valid_from, valid_to from appointment
    where person_id = any(${ids}::uuid[]) and voided_at is null`.execute(ctx.db)
  const map = new Map<string, HeldSpan[]>()
  for (const { personId, ...held } of rows) map.set(personId, [...(map.get(personId) ?? []), held])
  return map
}

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

interface Placing {
  entry: OfficerEntry
  person: Entered
  held: Map<string, HeldSpan[]>
  rows: object[]
  terms: Map<string, RunningTerm>
  batchId: string | null
}

function placeOne(ctx: Context, { entry, person, held, rows, terms, batchId }: Placing): EnteredOfficer {
  const { orgId } = entry.person
  if (person.beyond) return refused(BEYOND)
  const { post, postTitle } = readPost(entry.post, entry.postTitle)
  const [from, to] = [startOf(entry), endOf(entry)]
  const mine = held.get(person.personId) ?? []
  const wanted = { orgId, post, postTitle, from: from.at, to: to?.at ?? INFINITY }
  const same = mine.find((h) => sameSeat(h, wanted))
  if (same) return { state: 'unchanged', appointmentId: same.id, person, message: null }
  const id = entry.id ?? newId()
  const term = terms.get(orgId)
  rows.push({
    countyId: person.countyId,
    id,
    personId: person.personId,
    orgId,
    termId: term && !to && from.at.slice(0, 10) >= term.startedOn ? term.id : null,
    post,
    postTitle,
    officerKind: entry.officerKind ?? null,
    mode: entry.mode ?? null,
    validFrom: from.at,
    fromPrecision: from.precision,
    validTo: wanted.to,
    toPrecision: to?.precision ?? null,
    endReason: to ? (entry.endReason ?? 'other') : null,
    batchId,
    version: 1,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  })
  const span: HeldSpan = { id, orgId, post, postTitle, validFrom: from.at, validTo: wanted.to }
  held.set(person.personId, [...mine, span])
  return { state: 'entered', appointmentId: id, person, message: null }
}
