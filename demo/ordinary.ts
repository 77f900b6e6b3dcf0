/** An ordinary township: its people, and what a year brings. Situations differ: posts vacant, terms run out, silence. */
import { openTerm } from '../domain/structure/appointments/contract.ts'
import type { OfficerEntry } from '../domain/structure/appointments/enter.ts'
import type { MemberEntry } from '../domain/structure/memberships/enter.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { duesRecords, everydayRecords, type Roll, together, type Year } from './branches.ts'
import type { WantedPerson } from './people.ts'
import { recordsOf } from './record.ts'
import { appoint, call, type Records, type Stage, settle } from './stage.ts'
import { branchesOf, type Crowd, crowdOf, type Unit } from './towns.ts'

export interface Situation {
  /** So many of the last units have no secretary. */
  vacant?: number
  /** So many of the first have not held the election that was due. */
  overdue?: number
  /** So many of the last record nothing. */
  silent?: number
  /** Of the township's secretary and of the first branches', in full years on 30 June 2023. */
  ages?: { secretary: number; heads: number[] }
  /** Ledgers that the township does not keep. */
  without?: string[]
  years: Year[]
  /** What the committee itself did in a year, where that is told in full. */
  own?: Record<number, (town: Town) => Records>
}

export interface Town {
  org: Org
  units: Unit[]
  roll: Roll
  /** Secretary of the township, then of the branches. */
  officers: string[]
}

const GROWN: [string, string] = ['1985-01-01', '1995-12-31']

function adult({ maker, chance }: Crowd, org: Org, wish: Partial<WantedPerson> = {}) {
  const education = chance.pick(['bachelor', 'college', 'college', 'highSchool'])
  const politics = chance.some(0.6) ? 'partyMember' : 'masses'
  return maker.make({ orgId: org.id, born: GROWN, education, politics, ...wish })
}

export async function peopleOf(
  stage: Stage,
  crowd: Crowd,
  org: Org,
  units: Unit[],
  how: Situation,
): Promise<Town> {
  const branches = branchesOf(units)
  const entries = branches.flatMap((unit) => crowdOf(crowd, unit))
  const ids = await settle(stage.at('2024-01-08 09:00:00'), org, entries)
  await openTerms(stage, units, how)
  const seat = (post: string, title: string, age?: number): OfficerEntry => ({
    person: adult(crowd, org, { politics: 'partyMember', education: 'bachelor', ...bornAt(age) }),
    post,
    postTitle: title,
    mode: 'elected',
    from: '2021-09-12',
  })
  const board = [
    seat('secretary', '书记', how.ages?.secretary),
    seat('deputySecretary', '副书记'),
    seat('committeeMember', '组织委员'),
  ]
  const roll = rollOf(entries, ids)
  const led = units.slice(0, units.length - (how.vacant ?? 0))
  const heads = [...led, ...branchesOf(units).filter((u) => !units.includes(u))].map((unit, i) =>
    headOf(crowd, unit, roll, how.ages?.heads[i]),
  )
  const officers = await appoint(stage.at('2022-12-05 09:00:00'), org, [...board, ...heads])
  return { org, units, roll, officers }
}

/** In a class one of its members; elsewhere a member, too, or somebody older. */
function headOf(crowd: Crowd, { org, plan }: Unit, roll: Roll, age?: number): OfficerEntry {
  const [first] = roll.get(org.id) ?? []
  const own = first && age === undefined && (plan.sector === 'school' || crowd.chance.some(0.4))
  const person = own
    ? { orgId: org.id, personId: first.personId, countyId: org.countyId }
    : adult(crowd, org, bornAt(age))
  return { person, post: 'secretary', mode: 'elected', officerKind: 'partTime', from: '2022-11-25' }
}

const bornAt = (age?: number): { born?: [string, string] } =>
  age === undefined ? {} : { born: [`${2023 - age}-01-05`, `${2023 - age}-06-25`] }

function rollOf(entries: MemberEntry[], ids: string[]): Roll {
  const roll: Roll = new Map()
  for (const [i, { person, from }] of entries.entries()) {
    const since = from ?? ('joinedLeague' in person ? person.joinedLeague : undefined) ?? ''
    roll.set(person.orgId, [...(roll.get(person.orgId) ?? []), { personId: ids[i] ?? '', since }])
  }
  return roll
}

async function openTerms(stage: Stage, units: Unit[], { overdue = 0 }: Situation): Promise<void> {
  for (const [i, { org }] of units.entries()) {
    const body =
      i < overdue
        ? { startedOn: '2019-12-06', dueOn: '2022-12-06', ordinal: 5 }
        : { startedOn: '2022-11-25', dueOn: '2025-11-25', ordinal: 6 }
    await call(stage.at('2022-12-01 09:00:00'), openTerm, { params: { orgId: org.id }, body })
  }
}

export function recordsIn({ chance }: Crowd, town: Town, how: Situation): Records {
  const { org, units, roll } = town
  const active = branchesOf(units.slice(0, units.length - (how.silent ?? 0)))
  const all = how.years.map((year) => {
    const everyday = { chance, in: year, roll }
    const owing = new Map(
      active.map((u) => [u.org.id, owingOf(u, roll, chance.whole(0, u.plan.mobile ?? 0))]),
    )
    return together(
      everydayRecords(active, everyday),
      { dues: duesRecords(active, everyday, owing) },
      how.own?.[year.year]?.(town) ?? yearOf(org, year, chance.whole(20, 60)),
    )
  })
  return Object.fromEntries(
    Object.entries(together(...all)).filter(([ledger]) => !how.without?.includes(ledger)),
  )
}

/** The mobile members of a branch come first. */
const owingOf = ({ org, plan }: Unit, roll: Roll, count: number): string[] =>
  (roll.get(org.id) ?? [])
    .slice(0, plan.mobile ?? 0)
    .slice(0, count)
    .map((m) => m.personId)

/** What a township's committee itself does in any year; `size`: about how many come. */
function yearOf(org: Org, { year, through }: Year, size: number): Records {
  const made = recordsOf(org)
  const all: Records = {
    themeActivity: [
      made(`${year}-05-04`, '五四主题团日', size * 2, {
        kind: 'themeDay',
        occasion: 'youthDay',
        leadersPresent: true,
      }),
      made(`${year}-05-31`, '六一慰问', size, {
        kind: 'care',
        occasion: 'childrensDay',
        beneficiaries: size * 3,
      }),
      made(`${year}-10-01`, '国庆升旗', size, { kind: 'study', occasion: 'nationalDay' }),
    ],
    volunteering: [
      made(`${year}-03-05`, '学雷锋便民服务', size, {
        kind: 'convenience',
        occasion: 'leiFengDay',
        hours: size * 2,
      }),
      made(`${year}-03-12`, '义务植树', size, {
        kind: 'treePlanting',
        occasion: 'treeDay',
        trees: size * 5,
        hours: size * 3,
      }),
    ],
    training: [
      made(`${year}-04-16`, '团务知识培训', size, { kind: 'course', topic: 'leagueAffairs', sessions: 1 }),
    ],
    publicity: [
      made(`${year}-05-06`, '青春风采', null, { channel: 'wechat', kind: 'article', reads: size * 31 }),
    ],
    funding: [
      made(`${year}-03-20`, '争取活动经费', null, {
        direction: 'income',
        source: 'government',
        use: 'activity',
        amount: size * 100,
      }),
    ],
    award: [made(`${year}-05-04`, '优秀团支部', null, { level: 'county', recipient: 'org' })],
  }
  const within = (day: string) => Number(day.slice(5, 7)) <= through
  return Object.fromEntries(
    Object.entries(all).map(([ledger, drafts]) => [ledger, drafts.filter((d) => within(d.day))]),
  )
}
