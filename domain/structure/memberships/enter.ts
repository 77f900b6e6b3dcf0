/** Enters members in bulk: who they are, whether they are members somewhere already, and the membership itself. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { saying } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { lifetimesOf, type OrgLifetime } from '../organisations/lifetime.ts'
import { BEYOND, type Entered, type GivenPerson, takePeople } from '../people/enter.ts'
import type { PersonEntry } from '../people/entry.ts'
import { type Dated, dated, INFINITY, UNKNOWN_START } from '../people/spans.ts'
import { keptSince } from '../registers/registers.ts'
import { type Held, orgProblem, place, type Wanted } from './rules.ts'

export interface MemberEntry {
  /** Of the membership to be; made here unless given. */
  id?: string | undefined
  /** As stated, or known by id. `orgId` is the branch. */
  person: PersonEntry | GivenPerson
  /** As much as is known; without it the day of joining the League, else unknown. */
  from?: string | undefined
  /** The first moment at which the membership is over; left out while in force. */
  to?: string | undefined
  /** Of reasons.ts; 'roster' unless given. */
  startReason?: string | undefined
  endReason?: string | undefined
  memberNo?: string | undefined
}

export interface EnteredMember {
  /** refused: nothing was written; elsewhere: a member of another organisation, so no membership was written. */
  state: 'entered' | 'unchanged' | 'elsewhere' | 'refused'
  membershipId: string | null
  /** Null when refused. */
  person: Entered | null
  /** For people to read, of 'elsewhere' and 'refused'. */
  message: string | null
  /** Of 'elsewhere': null when it lies outside the caller's organisations. */
  elsewhere: { orgId: string; orgName: string } | null
}

export interface EnterMembersOptions {
  statedOn: string
  batchId?: string | null
}

/** Answers in the order of the entries. The caller acts; entries lie within the caller's right already. */
export async function enterMembers(
  ctx: Context,
  entries: MemberEntry[],
  options: EnterMembersOptions,
): Promise<EnteredMember[]> {
  const orgs = await lifetimesOf(ctx, [...new Set(entries.map((e) => e.person.orgId))])
  const answers = entries.map((entry): EnteredMember | null => {
    const org = orgs.get(entry.person.orgId)
    const found = org
      ? orgProblem(org, startOf(entry), endOf(entry)?.at)
      : { field: 'orgId', reason: '没有找到这个组织' }
    return found && refused(saying(found))
  })
  const good = entries.filter((_, i) => answers[i] === null)
  const people = await takePeople(ctx, good.map(asPerson), options)
  const held = await heldBy(ctx, people)
  const rows: object[] = []
  const placed = good.map((entry, i) => {
    const person = people[i]
    if (!person) throw new Error('every entry is answered')
    return placeOne(ctx, { entry, person, held, rows, batchId: options.batchId ?? null })
  })
  await insertRows(ctx.db, 'membership', rows)
  const orgIds = good.flatMap(({ person }, i) => (placed[i]?.state === 'refused' ? [] : [person.orgId]))
  await keptSince(ctx, { register: 'members', orgIds, ...options })
  const named = await nameElsewhere(ctx, placed)
  return answers.map((answer) => answer ?? named.shift() ?? refused('没有写入。'))
}

/** A membership says 团员 by itself; stated beside it, it would outlive it. */
const asPerson = ({ person }: MemberEntry): PersonEntry | GivenPerson =>
  !('personId' in person) && person.politics === 'leagueMember' ? { ...person, politics: undefined } : person

function startOf({ from, person }: MemberEntry): Dated {
  if (from) return dated(from, { id: 'from', title: '起始日期' })
  // A roster says since when they are in the League, not since when in this branch: before that, they are not.
  if ('personId' in person || !person.joinedLeague) return UNKNOWN_START
  return { ...dated(person.joinedLeague, { id: 'joinedLeague', title: '入团时间' }), precision: 'unknown' }
}

const endOf = ({ to }: MemberEntry): Dated | null => (to ? dated(to, { id: 'to', title: '结束日期' }) : null)

const refused = (message: string): EnteredMember => ({
  state: 'refused',
  membershipId: null,
  person: null,
  message,
  elsewhere: null,
})

/** Everywhere, other counties included. */
async function heldBy(ctx: Context, people: Entered[]): Promise<Map<string, Held[]>> {
  const ids = [...new Set(people.map((p) => p.personId))]
  const { rows } = await sql<Held & { personId: string }>`
    select id, county_id, person_id, org_id, valid_from, valid_to from membership
    where person_id = any(${ids}::uuid[]) and voided_at is null order by valid_from`.execute(ctx.db)
  const map = new Map<string, Held[]>()
  for (const { personId, ...held } of rows) map.set(personId, [...(map.get(personId) ?? []), held])
  return map
}

interface Placing {
  entry: MemberEntry
  person: Entered
  held: Map<string, Held[]>
  rows: object[]
  batchId: string | null
}

function placeOne(ctx: Context, { entry, person, held, rows, batchId }: Placing): EnteredMember {
  const { orgId } = entry.person
  const to = endOf(entry)
  const wanted: Wanted = { orgId, from: startOf(entry), to: to?.at ?? INFINITY }
  const mine = held.get(person.personId) ?? []
  const placement = place(mine, wanted)
  const base = { person, message: null, elsewhere: null }
  if (placement.state === 'unchanged') return { ...base, state: 'unchanged', membershipId: placement.held.id }
  if (placement.state === 'elsewhere')
    return {
      ...base,
      state: 'elsewhere',
      membershipId: placement.held.id,
      elsewhere: { orgId: placement.held.orgId, orgName: '' },
    }
  if (person.beyond) return refused(BEYOND)
  const id = entry.id ?? newId()
  rows.push({
    countyId: person.countyId,
    id,
    personId: person.personId,
    orgId,
    memberNo: entry.memberNo ?? null,
    startReason: entry.startReason ?? 'roster',
    validFrom: placement.from.at,
    fromPrecision: placement.from.precision,
    validTo: wanted.to,
    toPrecision: to?.precision ?? null,
    endReason: to ? (entry.endReason ?? 'other') : null,
    batchId,
    version: 1,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  })
  const now: Held = { id, countyId: person.countyId, orgId, validFrom: placement.from.at, validTo: wanted.to }
  held.set(person.personId, [...mine, now])
  return { ...base, state: 'entered', membershipId: id }
}

/** Says where; outside the caller's organisations only that it is so. */
async function nameElsewhere(ctx: Context, placed: EnteredMember[]): Promise<EnteredMember[]> {
  const ids = placed.flatMap((p) => p.elsewhere?.orgId ?? [])
  const known = ids.length === 0 ? new Map<string, OrgLifetime>() : await lifetimesOf(ctx, [...new Set(ids)])
  return placed.map((p) => {
    if (!p.elsewhere) return p
    const org = known.get(p.elsewhere.orgId)
    const mine = org && ctx.actor.grants.some((g) => org.path.startsWith(g.path))
    if (!org || !mine)
      return {
        ...p,
        elsewhere: null,
        message: '此人的团籍在您管理范围以外的团支部，没有登记。请先办理转出，或与上级团委联系。',
      }
    return {
      ...p,
      elsewhere: { orgId: org.id, orgName: org.name },
      message: `此人的团籍现在“${org.name}”，没有重复登记。如果已经调来，请先从“${org.name}”转出，再登记转入。`,
    }
  })
}
