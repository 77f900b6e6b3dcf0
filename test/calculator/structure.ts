/** What is counted in the tree and of members, each said again in its own words. */
import { inStock, type Question } from './rows.ts'
import { type Facts, type OrgFact, openOn, placeOn } from './world.ts'

interface Told {
  value: number | null
  unit: string
}

type Takes = (org: OrgFact) => boolean

/** Of organisations that stand on the last day; `below`: never the one asked. */
const ORGS: Record<string, { takes: Takes; below?: true; direct?: true }> = {
  'org.count': { takes: () => true },
  'org.below': { takes: () => true, below: true },
  'org.subordinates': { takes: (o) => o.type !== 'group', below: true, direct: true },
  'org.committees': { takes: (o) => o.type === 'committee', below: true },
  'org.townshipCommittees': { takes: (o) => o.level === 'township', below: true },
  'org.workCommittees': { takes: (o) => o.type === 'workCommittee', below: true },
  'org.generalBranches': { takes: (o) => o.type === 'generalBranch' },
  'org.branches': { takes: (o) => o.type === 'branch' },
  'org.villageBranches': { takes: (o) => o.type === 'branch' && o.sector === 'village' },
  'org.communityBranches': { takes: (o) => o.type === 'branch' && o.sector === 'community' },
  'org.schoolBranches': { takes: (o) => o.type === 'branch' && o.sector === 'school' },
  'org.newSectorOrgs': { takes: (o) => ['newEconomic', 'newSocial'].includes(o.sector), below: true },
}

const MEMBERS: Record<string, 'all' | 'female' | 'male'> = {
  'members.count': 'all',
  'members.female': 'female',
}

export const structural = [...Object.keys(ORGS), ...Object.keys(MEMBERS)]

export function structureRows(facts: Facts, q: Question): Told | null {
  const org = ORGS[q.measure]
  const who = MEMBERS[q.measure]
  if (org) return { value: orgsOf(facts, q, org), unit: '个' }
  return who ? { value: membersOf(facts, q, q.where.sex ?? who), unit: '人' } : null
}

function orgsOf(facts: Facts, q: Question, { takes, below, direct }: (typeof ORGS)[string]): number {
  const asked = direct && q.depth === undefined ? { ...q, depth: 1 as const } : q
  const itself = below && asked.depth !== 0
  return [...facts.orgs.values()].filter(
    (o) =>
      openOn(o, q.to) &&
      inStock(facts, asked, placeOn(facts, o.key, q.to)) &&
      !(itself && o.key === q.org) &&
      takes(o) &&
      Object.entries(q.where).every(([key, text]) => o[key as 'level' | 'sector' | 'type'] === text),
  ).length
}

function membersOf(facts: Facts, q: Question, who: string): number | null {
  const inForce = facts.memberships.filter(
    (m) => m.from <= q.to && (m.to === null || m.to > q.to) && inStock(facts, q, placeOn(facts, m.org, q.to)),
  )
  if (inForce.length === 0) return null
  const taken = inForce.filter((m) => who === 'all' || facts.people.get(m.person)?.sex === who)
  return new Set(taken.map((m) => m.person)).size
}
