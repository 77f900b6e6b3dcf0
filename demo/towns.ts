/** Opens a township and fills its branches with members. What makes each township its own stands in files of theirs. */
import type { MemberEntry } from '../domain/structure/memberships/enter.ts'
import { type NewOrg, openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Context } from '../kernel/context.ts'
import type { Chance } from './chance.ts'
import type { Maker } from './people.ts'

export interface Planned {
  name: string
  type: 'branch' | 'generalBranch'
  sector: string
  /** Members to stand in it; of a general branch, none. */
  members: number
  /** How many of them live elsewhere. */
  mobile?: number
  kind?: string
  on?: string
  partyLink?: string | null
  below?: Planned[]
}

export interface Unit {
  plan: Planned
  org: Org
  below: Unit[]
}

export async function openUnit(ctx: Context, parent: Org, plan: Planned): Promise<Unit> {
  const { name, type, sector, kind = null, on = '2010' } = plan
  const partyLink = plan.partyLink === undefined ? partyOf(name) : plan.partyLink
  const wanted: NewOrg = { parent, name, type, sector, kind, on, partyLink }
  const org = await openOrg(ctx, wanted)
  const below: Unit[] = []
  for (const child of plan.below ?? []) below.push(await openUnit(ctx, org, child))
  return { plan, org, below }
}

/** 霁塘村团支部 is led by 霁塘村党支部. */
const partyOf = (name: string) => name.replace(/团(支部|总支|委)$/, '党$1')

/** Branches of the units, class branches included, in the order of the tree. */
export const branchesOf = (units: Unit[]): Unit[] =>
  units.flatMap((u) => (u.plan.type === 'branch' ? [u] : branchesOf(u.below)))

export interface Crowd {
  maker: Maker
  chance: Chance
}

const VILLAGE_TRADES = ['务农', '个体经营', '外出务工', '合作社社员', '电商从业', '待业']
const CITIES = ['省城', '沿海务工', '邻市工业园', '外省务工', '在外求学']
const YEAR_MS = 365.25 * 86_400_000

/** Somebody who may be a member of this branch: students of fourteen to sixteen, others up to twenty-seven. */
export function memberOf({ maker, chance }: Crowd, { org, plan }: Unit, away = false): MemberEntry {
  const student = plan.sector === 'school'
  const person = maker.make({
    orgId: org.id,
    born: student ? ['2007-09-01', '2009-04-30'] : ['1996-08-01', '2004-12-31'],
    education: student
      ? 'juniorMiddle'
      : chance.pick(['highSchool', 'secondaryVocational', 'college', 'bachelor']),
    occupation: student ? '学生' : chance.pick(VILLAGE_TRADES),
    ...(chance.some(0.04) && { ethnicity: chance.pick(['03', '06', '15', '11']) }),
    ...(chance.some(0.1) && { idNumber: undefined, phone: undefined }),
    ...(away && { mobile: { place: chance.pick(CITIES) } }),
  })
  return { person: { ...person, joinedLeague: joiningDay(chance, person.birth, student) } }
}

/** Between the fourteenth birthday and the spring of this year, or at school. */
function joiningDay(chance: Chance, birth: string, student: boolean): string {
  const fourteen = Date.parse(birth) + 14.1 * YEAR_MS
  const last = student ? Date.parse('2024-04-01') : fourteen + 3 * YEAR_MS
  return new Date(fourteen + chance.next() * (last - fourteen)).toISOString().slice(0, 10)
}

/** Fills the branch up to its plan. `already` stand in it, or will. */
export function crowdOf(crowd: Crowd, unit: Unit, already = 0): MemberEntry[] {
  const { members, mobile = 0 } = unit.plan
  return Array.from({ length: members - already }, (_, i) => memberOf(crowd, unit, i < mobile))
}
