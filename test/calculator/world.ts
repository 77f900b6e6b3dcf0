/**
 * The world as plain arrays: what was told to the product, kept beside it. Nothing here knows how the product stores or
 * reads anything; days are texts, a day is a whole day.
 */
export interface OrgFact {
  key: string
  id: string
  code: string
  name: string
  type: string
  sector: string
  level: string | null
  /** Where it stood, from this day on; the last entry that has begun counts. */
  under: { parent: string | null; from: string }[]
  /** The first day on which it is no more. */
  closed: string | null
}

export interface PersonFact {
  id: string
  name: string
  /** foreign: known in another county only. */
  sex: 'male' | 'female' | 'foreign' | null
  county: string
}

export interface MembershipFact {
  person: string
  org: string
  from: string
  /** The first day on which it is over. */
  to: string | null
}

export interface Taking {
  person: string | null
  name: string
  role: string
  hours: number | null
  amount: number | null
}

export interface RecordFact {
  id: string
  version: number
  ledger: string
  org: string
  hosts: string[]
  day: string
  title: string
  personTimes: number | null
  fields: Record<string, unknown>
  quantities: { what: string; amount: number; unit: string }[]
  people: Taking[]
  voided: boolean
}

export interface NilFact {
  ledger: string
  org: string
  from: string
  to: string
}

export interface Facts {
  orgs: Map<string, OrgFact>
  people: Map<string, PersonFact>
  memberships: MembershipFact[]
  records: RecordFact[]
  nils: NilFact[]
}

export const openOn = (org: OrgFact, day: string): boolean =>
  (org.under[0]?.from ?? '9999') <= day && (org.closed === null || org.closed > day)

const parentOn = (org: OrgFact, day: string): string | null =>
  (org.under.filter((u) => u.from <= day).at(-1) ?? org.under[0])?.parent ?? null

/** From the top down to itself, as it stood that day: 'city/county/town/'. */
export function placeOn(facts: Facts, key: string, day: string): string {
  const org = facts.orgs.get(key)
  if (!org) throw new Error(`no ${key}`)
  const parent = parentOn(org, day)
  return `${parent === null ? '' : placeOn(facts, parent, day)}${key}/`
}

/** All places at which it stood on any of these days, while it was open. */
export function placesDuring(facts: Facts, key: string, from: string, to: string): string[] {
  const changes = [...facts.orgs.values()].flatMap((o) => o.under.map((u) => u.from))
  const days = [from, ...changes.filter((day) => day > from && day <= to)]
  const org = facts.orgs.get(key)
  const there = days.filter((day) => org && openOn(org, day))
  return [...new Set(there.map((day) => placeOn(facts, key, day)))]
}
