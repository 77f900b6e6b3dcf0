/** Enters members in bulk: who they are, whether they are members somewhere already, and the membership itself. */
import type { Context } from '../../../kernel/context.ts'
import { lifetimesOf, type OrgLifetime } from '../organisations/lifetime.ts'
import { type Dated, dated, UNKNOWN_START } from '../people/dated.ts'
import { BEYOND, type Entered, type GivenPerson } from '../people/enter.ts'
import type { PersonEntry } from '../people/entry.ts'
import { type EnterOptions, enterSpans, type Placed, type SpanEntry, type Wanted } from '../spans/enter.ts'
import { startOf as startOfSpan } from '../spans/rules.ts'
import { MEMBERSHIP, orgProblem, place } from './rules.ts'
import type { Membership } from './tables.ts'

/** `orgId` is the branch. Without `from`, since the day of joining the League, else unknown. */
export interface MemberEntry extends SpanEntry {
  /** Of reasons.ts; 'roster' unless given. */
  startReason?: string | undefined
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

/** Answers in the order of the entries. The caller acts; entries lie within the caller's right already. */
export async function enterMembers(
  ctx: Context,
  entries: MemberEntry[],
  options: EnterOptions,
): Promise<EnteredMember[]> {
  const entered = await enterSpans<MemberEntry, Membership, EnteredMember>(ctx, entries, options, {
    kind: MEMBERSHIP,
    personOf: asPerson,
    startOf,
    problem: (_, org, { from, to }) => orgProblem(org, from, to),
    place: placeOne,
    refused,
  })
  return nameElsewhere(ctx, entered)
}

/** A membership says 团员 by itself; stated beside it, it would outlive it. */
const asPerson = ({ person }: MemberEntry): PersonEntry | GivenPerson =>
  !('personId' in person) && person.politics === 'leagueMember' ? { ...person, politics: undefined } : person

function startOf({ from, person }: MemberEntry): Dated {
  if (from) return startOfSpan(MEMBERSHIP, from)
  // A roster says since when they are in the League, not since when in this branch: before that, they are not.
  if ('personId' in person || !person.joinedLeague) return UNKNOWN_START
  return { ...dated(person.joinedLeague, { id: 'joinedLeague', title: '入团时间' }), precision: 'unknown' }
}

const refused = (message: string): EnteredMember => ({
  state: 'refused',
  membershipId: null,
  person: null,
  message,
  elsewhere: null,
})

function placeOne(wanted: Wanted<MemberEntry>, mine: Membership[]): Placed<Membership, EnteredMember> {
  const { entry, person } = wanted
  const placement = place(mine, wanted)
  const base = { person, message: null, elsewhere: null }
  if (placement.state === 'enter') {
    if (person.beyond) return { answer: refused(BEYOND) }
    const { memberNo = null, startReason = 'roster' } = entry
    return {
      from: placement.from,
      own: { memberNo, startReason },
      answer: (membershipId) => ({ ...base, state: 'entered', membershipId }),
    }
  }
  const { state, held } = placement
  const elsewhere = state === 'elsewhere' ? { orgId: held.orgId, orgName: '' } : null
  return { answer: { ...base, state, membershipId: held.id, elsewhere } }
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
