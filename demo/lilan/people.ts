/** Members and officers of 栗岚镇. Thirty-nine officers hold forty-three posts: four of the committee head a branch too. */

import { openTerm } from '../../domain/structure/appointments/contract.ts'
import type { OfficerEntry } from '../../domain/structure/appointments/enter.ts'
import type { MemberEntry } from '../../domain/structure/memberships/enter.ts'
import type { PersonEntry } from '../../domain/structure/people/entry.ts'
import type { Roll } from '../branches.ts'
import type { WantedPerson } from '../people.ts'
import { appoint, call, type Stage, settle } from '../stage.ts'
import { type Crowd, crowdOf, memberOf, type Unit } from '../towns.ts'
import { type Lilan, MERGED_ON } from './tree.ts'

const GROWN: [string, string] = ['1984-01-01', '1994-12-31']
const YOUNG: [string, string] = ['1997-01-01', '2001-12-31']
const TUJIA = '15'

export interface LilanPeople {
  secretary: string
  /** Of the first village: a graduate village official. */
  branchSecretary: string
  /** An ordinary member of the same village. */
  member: string
  /** Of each branch the officers first. */
  roll: Roll
  /** Admitted on 4 May 2024. */
  admitted: string[]
  officers: string[]
}

interface Head {
  education: 'bachelor' | 'college' | 'juniorMiddle'
  party?: true
  sex?: 'female'
  official?: true
  ethnicity?: string
}

/** Secretaries of the villages in order; null where a member of the committee is, or nobody. */
const HEADS: (Head | null)[] = [
  { education: 'bachelor', official: true, sex: 'female' },
  null,
  { education: 'college' },
  { education: 'bachelor', official: true, party: true },
  null,
  { education: 'college' },
  { education: 'bachelor', official: true, party: true },
  { education: 'college', party: true, ethnicity: TUJIA },
  { education: 'college', party: true },
  { education: 'college' },
  { education: 'college', party: true },
  { education: 'college' },
  { education: 'college', party: true },
  { education: 'college' },
  { education: 'juniorMiddle' },
  null,
]
/** Villages that have a deputy, too. */
const WITH_DEPUTY = [0, 2, 3, 5]
const CLASSES_LED_BY_GIRLS = [1, 4, 7]
/** Whose account can be tried, in the order of the first village. */
const MEMBER = 12
const ADMISSIONS = 12
const ADMISSIONS_BEFORE = 10

/** A party member is no member of the League here; the others are members of the branch that they lead. */
interface Leader {
  unit: Unit
  person: PersonEntry
  post: OfficerEntry
  member: boolean
}

type LeaderWish = Partial<WantedPerson> & { from?: string; mode?: string; title?: string }

function leader({ maker }: Crowd, unit: Unit, post: string, wish: LeaderWish): Leader {
  const { from = '2022-11-20', mode = 'elected', title, ...stated } = wish
  const party = stated.politics === 'partyMember'
  const student = unit.plan.sector === 'school' && unit.plan.type === 'branch'
  const born: [string, string] = student ? ['2007-09-01', '2008-05-31'] : party ? GROWN : YOUNG
  const person = maker.make({ orgId: unit.org.id, born, sex: 'male', ...stated })
  const joined = party
    ? { joinedParty: '2016-07-01' }
    : { joinedLeague: `${Number(person.birth.slice(0, 4)) + 15}-05-04` }
  return {
    unit,
    person: { ...person, ...joined },
    member: !party && unit.plan.type === 'branch',
    post: { person, post, officerKind: 'partTime', mode, from, ...(title && { postTitle: title }) },
  }
}

const PARTY = { politics: 'partyMember' } as const

function leadersOf(crowd: Crowd, place: Lilan): Leader[] {
  const villages = place.villages.flatMap((unit, i): Leader[] => {
    const head = HEADS[i]
    if (!head) return []
    const { official, party, ...wish } = head
    const more = {
      ...(party && PARTY),
      ...(official && { graduateVillageOfficial: true, mode: 'appointed', from: '2022-12-01' }),
    }
    const deputy = WITH_DEPUTY.includes(i)
      ? [leader(crowd, unit, 'deputySecretary', { education: 'college' })]
      : []
    return [leader(crowd, unit, 'secretary', { ...wish, ...more }), ...deputy]
  })
  const teacher = { education: 'bachelor', from: '2022-09-01', occupation: '教师' }
  const [first, second, third] = place.schools
  if (!first || !second || !third) throw new Error('three schools are planned')
  const girl = (i: number) => CLASSES_LED_BY_GIRLS.includes(i) && { sex: 'female' as const }
  return [
    ...villages,
    leader(crowd, place.merged, 'secretary', { ...PARTY, education: 'college' }),
    leader(crowd, place.office, 'committeeMember', { ...PARTY, education: 'bachelor', title: '组织委员' }),
    leader(crowd, place.office, 'committeeMember', { ...PARTY, education: 'bachelor', title: '宣传委员' }),
    leader(crowd, first, 'deputySecretary', { ...teacher, ...PARTY, sex: 'female' }),
    leader(crowd, second, 'secretary', { ...teacher, ...PARTY }),
    leader(crowd, second, 'deputySecretary', { ...teacher, politics: 'masses', sex: 'female' }),
    leader(crowd, third, 'secretary', { ...teacher, ...PARTY }),
    leader(crowd, third, 'deputySecretary', { ...teacher, ...PARTY }),
    ...place.classes.map((unit, i) =>
      leader(crowd, unit, 'secretary', {
        education: 'juniorMiddle',
        occupation: '学生',
        from: '2022-09-15',
        ...girl(i),
      }),
    ),
  ]
}

/** Ids of the five, the secretary first. */
async function seatCommittee(stage: Stage, { maker }: Crowd, place: Lilan): Promise<string[]> {
  const { org, office, villages, schools } = place
  const seat = (post: string, title: string, stated: Partial<WantedPerson>): OfficerEntry => ({
    person: {
      ...maker.make({ orgId: org.id, born: GROWN, sex: 'male', ...PARTY, ...stated }),
      joinedParty: '2014-07-01',
    },
    post,
    postTitle: title,
    mode: 'elected',
    from: '2021-09-10',
    officerKind: post === 'secretary' ? 'fullTime' : 'partTime',
  })
  const five = await appoint(stage.at('2021-09-10 15:00:00'), org, [
    seat('secretary', '书记', {
      education: 'bachelor',
      name: '林岚舟',
      born: ['1993-08-01', '1994-06-01'],
    }),
    seat('deputySecretary', '副书记', { education: 'bachelor', sex: 'female' }),
    seat('committeeMember', '组织委员', { education: 'college' }),
    seat('committeeMember', '宣传委员', { education: 'college', sex: 'female', occupation: '教师' }),
    seat('committeeMember', '青工委员', { education: 'college' }),
  ])
  const also = [office, villages[1], schools[0], villages[4]]
  const concurrent = also.flatMap((unit, i): OfficerEntry[] => {
    const person = unit && { orgId: unit.org.id, personId: five[i + 1] ?? '', countyId: org.countyId }
    return person
      ? [{ person, post: 'secretary', mode: 'elected', officerKind: 'partTime', from: '2021-11-12' }]
      : []
  })
  await appoint(stage.at('2021-11-12 15:00:00'), org, concurrent)
  return five
}

export async function peopleLilan(stage: Stage, crowd: Crowd, place: Lilan): Promise<LilanPeople> {
  const { org, office, villages, merged, classes } = place
  await openTerms(stage, place)
  const five = await seatCommittee(stage, crowd, place)
  const leaders = leadersOf(crowd, place)
  const branches = [...villages, merged, office, ...classes]
  const admitted = admissionsOf(crowd, classes)
  const entries = branches.flatMap((unit) => {
    const own: MemberEntry[] = [
      ...leaders.filter((l) => l.unit === unit && l.member).map((l) => ({ person: l.person })),
      ...admitted.filter((a) => a.person.orgId === unit.org.id),
    ]
    return [...own, ...crowdOf(crowd, unit, own.length)]
  })
  const ids = await settle(stage.at('2024-05-06 09:00:00'), org, [
    ...entries,
    ...formerMembers(crowd, villages),
  ])
  const idOf = new Map(entries.map((e, i) => [e.person, ids[i] ?? '']))
  const posts = leaders.map(({ person, post, unit }): OfficerEntry => {
    const personId = idOf.get(person)
    return personId
      ? { ...post, person: { orgId: unit.org.id, personId, countyId: org.countyId } }
      : { ...post, person }
  })
  const officers = await appoint(stage.at('2022-12-02 09:00:00'), org, posts)
  const roll = rollOf(place, entries, ids)
  const firstVillage = roll.get(villages[0]?.org.id ?? '') ?? []
  return {
    secretary: five[0] ?? '',
    branchSecretary: officers[0] ?? '',
    member: firstVillage[MEMBER]?.personId ?? '',
    roll,
    admitted: admitted.filter((a) => a.from === '2024-05-04').map((a) => idOf.get(a.person) ?? ''),
    officers: [...five, ...officers],
  }
}

/** Members by branch; those of the merged village stand in its successor since then. */
function rollOf({ villages, merged }: Lilan, entries: MemberEntry[], ids: string[]): Roll {
  const roll: Roll = new Map()
  const successor = villages[0]?.org.id ?? ''
  for (const [i, { person, from }] of entries.entries()) {
    const came = person.orgId === merged.org.id
    const joined = from ?? ('joinedLeague' in person ? person.joinedLeague : undefined) ?? ''
    const orgId = came ? successor : person.orgId
    const since = came && joined < MERGED_ON ? MERGED_ON : joined
    roll.set(orgId, [...(roll.get(orgId) ?? []), { personId: ids[i] ?? '', since }])
  }
  return roll
}

async function openTerms(stage: Stage, { org, villages }: Lilan): Promise<void> {
  const begin = (orgId: string, startedOn: string, dueOn: string, ordinal: number) =>
    call(stage.at(`${startedOn} 15:00:00`), openTerm, {
      params: { orgId },
      body: { startedOn, dueOn, ordinal },
    })
  await begin(org.id, '2021-09-10', '2024-09-10', 9)
  for (const village of villages) await begin(village.org.id, '2022-11-20', '2025-11-20', 6)
}

/** Students admitted at the ceremonies of this year and the last. */
function admissionsOf(crowd: Crowd, classes: Unit[]): MemberEntry[] {
  const admit = (i: number, day: string): MemberEntry[] => {
    const unit = classes[i % classes.length]
    if (!unit) return []
    const { person } = memberOf(crowd, unit)
    const memberNo = `9901${day.slice(0, 4)}${String(i + 1).padStart(4, '0')}`
    return [
      {
        person: { ...person, joinedLeague: day } as PersonEntry,
        from: day,
        startReason: 'admission',
        memberNo,
      },
    ]
  }
  return [
    ...Array.from({ length: ADMISSIONS }, (_, i) => admit(i, '2024-05-04')).flat(),
    ...Array.from({ length: ADMISSIONS_BEFORE }, (_, i) => admit(i, '2023-05-04')).flat(),
  ]
}

/** Who left within the year, so that coming and going show. */
const formerMembers = (crowd: Crowd, villages: Unit[]): MemberEntry[] =>
  villages.slice(0, 8).map((unit, i) => ({
    ...memberOf(crowd, unit),
    ...(i < 5 ? { to: '2024-02-01', endReason: 'ageOut' } : { to: '2024-03-20', endReason: 'transferOut' }),
  }))
