/** What a question looks at: which rows lie in its place and days, who stands in them, which of them a filter takes. */
import type { Ledger, Role } from './definitions.ts'
import { type Facts, openOn, type PersonFact, placeOn, placesDuring, type RecordFact } from './world.ts'

export interface Question {
  measure: string
  org: string
  from: string
  to: string
  depth?: 0 | 1 | 'all'
  where: Record<string, string>
}

/** Somebody in a record; `unnamed` stands for those of whom no more is known than that they were there. */
export interface Someone {
  person: PersonFact | null
  name: string | null
  role: string | null
  hours: number | null
  amount: number | null
  unnamed: boolean
}

export interface Row {
  record: RecordFact
  someone?: Someone
  quantity?: { what: string; amount: number; unit: string }
  /** The last day asked, on which a state is looked at. */
  until: string
  /** Of a row that stands for one of the organisations that held the record. */
  holder?: string
}

/** Yes, no, and nobody knows. */
export type Told = boolean | null

const deep = (place: string) => place.split('/').length

const within = (place: string, scopes: string[], depth: Question['depth'] = 'all'): boolean =>
  scopes.some((s) => place.startsWith(s) && (depth === 'all' || deep(place) - deep(s) <= depth))

export const inFlow = (facts: Facts, q: Question, place: string): boolean =>
  within(place, placesDuring(facts, q.org, q.from, q.to), q.depth)

export const inStock = (facts: Facts, q: Question, place: string): boolean =>
  within(place, placesDuring(facts, q.org, q.to, q.to), q.depth)

const valid = (facts: Facts, ledger: string) => facts.records.filter((r) => !r.voided && r.ledger === ledger)

const holders = (facts: Facts, record: RecordFact) =>
  [record.org, ...record.hosts].map((org) => ({ org, place: placeOn(facts, org, record.day) }))

/** What happened in the period. */
export const happened = (facts: Facts, ledger: string, q: Question): RecordFact[] =>
  valid(facts, ledger).filter(
    (r) => r.day >= q.from && r.day <= q.to && holders(facts, r).some((h) => inFlow(facts, q, h.place)),
  )

export const heldBy = (facts: Facts, record: RecordFact, q: Question): string[] =>
  holders(facts, record)
    .filter((h) => inFlow(facts, q, h.place))
    .map((h) => h.org)

/** Where the organisation of a record stands today, or stood then, if it is gone. */
export function standsAt(facts: Facts, record: RecordFact, day: string): string {
  const org = facts.orgs.get(record.org)
  return placeOn(facts, record.org, org && openOn(org, day) ? day : record.day)
}

/** Everything recorded up to the last day by who stands there now. */
export const everBefore = (facts: Facts, ledger: string, q: Question): RecordFact[] =>
  valid(facts, ledger).filter(
    (r) =>
      r.day <= q.to &&
      [r.org, ...r.hosts].some((org) => inStock(facts, q, standsAt(facts, { ...r, org }, q.to))),
  )

/** Of a register: what has not ended on the last day. */
export const standing = (facts: Facts, ledger: Ledger, q: Question): RecordFact[] =>
  everBefore(facts, ledger.id, q).filter((r) => {
    const until = r.fields[ledger.standing?.until ?? '']
    return typeof until !== 'string' || until > q.to
  })

const numberIn = (record: RecordFact, name: string): number | null => {
  const value = name === 'personTimes' ? record.personTimes : record.fields[name]
  return typeof value === 'number' ? value : null
}

/** How many a record says there were, by its own numbers; null where it does not say. */
function counted(record: RecordFact, linear: Record<string, number> | undefined): number | null {
  if (!linear) return null
  let total = 0
  for (const [name, factor] of Object.entries(linear)) {
    const value = numberIn(record, name)
    if (value === null) return null
    total += factor * value
  }
  return total
}

/** Everybody in a record, and one for the unnamed of each part; of nobody at all, one who is nobody. */
export function peopleOf(facts: Facts, ledger: Ledger, record: RecordFact, q: Question): Someone[] {
  const named = record.people.map((p): Someone => {
    const { name, role, hours, amount } = p
    return { person: facts.people.get(p.person ?? '') ?? null, name, role, hours, amount, unnamed: false }
  })
  const [, county] = placeOn(facts, q.org, q.to).split('/')
  // A county does not know who the people of another are, beyond that they were there.
  for (const s of named)
    if (county && s.person && s.person.county !== county) s.person = { ...s.person, sex: 'foreign' }
  const attending = ledger.roles.filter((r) => r.attends !== false)
  const together: Role[] = attending.length > 0 ? attending : []
  const parts = [
    ...(together.length > 0
      ? [{ roles: together, linear: ledger.personTimes ? { personTimes: 1 } : undefined, none: false }]
      : []),
    ...ledger.roles
      .filter((r) => r.attends === false)
      .map((r) => ({ roles: [r], linear: r.counted, none: r.blank === 'none' })),
  ]
  const more = parts.flatMap(({ roles, linear, none }): Someone[] => {
    const there = named.filter((s) => roles.some((r) => r.id === s.role))
    const known = new Set(there.map((s) => s.person?.id ?? s.name)).size
    const all = counted(record, linear)
    const unnamed = all === null ? there.length === 0 && !none : all > known
    if (!unnamed) return []
    const role = roles.length === 1 ? (roles[0]?.id ?? null) : null
    return [{ person: null, name: null, role, hours: null, amount: null, unnamed: true }]
  })
  const nobody = { person: null, name: null, role: null, hours: null, amount: null, unnamed: false }
  return named.length + more.length > 0 ? [...named, ...more] : [nobody]
}

const PERSONAL = ['role', 'sex']
export const isPersonal = (key: string) => PERSONAL.includes(key) || key.startsWith(MEANS)

/** Before a field: does it mean something known? Of words nobody can tell. */
export const MEANS = 'means:'

/** The id of what a field means. */
export const meantIn = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : null

/** Does the row meet the filter? */
export function told(ledger: Ledger, row: Row, key: string, text: string): Told {
  if (key.startsWith(MEANS)) {
    const value = row.record.fields[key.slice(MEANS.length)] ?? null
    return meantIn(value) !== null ? true : value === null ? false : null
  }
  if (isPersonal(key)) return row.someone ? toldOf(ledger, row.someone, key, text) : false
  const type = typeOf(ledger, key)
  const value = type === 'stage' ? stateOn(row, key) : stored(row, key)
  if (text === '*') return value !== null
  if (text === '空') return value === null
  if (text.startsWith('!')) return told(ledger, row, key, text.slice(1)) !== true
  if (type === 'yesNo') return text === '是' ? value === true : value !== true
  if (type === 'choices') return Array.isArray(value) && text.split(',').some((one) => value.includes(one))
  if (value === null) return null
  if (type === 'number' && text.includes('..')) {
    const [low = '', high = ''] = text.split('..')
    return (low === '' || Number(value) >= Number(low)) && (high === '' || Number(value) <= Number(high))
  }
  return text.split(',').some((one) => (type === 'number' ? Number(one) === value : one === value))
}

const NUMBERS = ['integer', 'number', 'money', 'calculated']

export interface Step {
  state: string
  on: string
}

export const stepsIn = (record: RecordFact, field: string): Step[] => (record.fields[field] ?? []) as Step[]

/** Where a course had come to. */
const stateOn = ({ record, until }: Row, field: string): string | null =>
  stepsIn(record, field)
    .filter((step) => step.on <= until)
    .at(-1)?.state ?? null

/** What came to one of the states within the period counts; told apart from what merely happened in it. */
export function reached(
  facts: Facts,
  ledger: string,
  { field, states }: { field: string; states: string },
  q: Question,
): { records: RecordFact[]; counts: (record: RecordFact) => boolean } {
  const inside = (day: string | undefined) => day !== undefined && day >= q.from && day <= q.to
  const first = (r: RecordFact) => stepsIn(r, field).find((step) => states.split(',').includes(step.state))
  const records = valid(facts, ledger).filter(
    (r) =>
      holders(facts, r).some((h) => inFlow(facts, q, h.place)) &&
      (inside(r.day) || stepsIn(r, field).some((step) => inside(step.on))),
  )
  return { records, counts: (r) => inside(first(r)?.on) }
}

function typeOf(ledger: Ledger, key: string): string {
  if (key.includes('.')) return 'yesNo'
  if (key === 'personTimes') return 'number'
  const type = ledger.fields.find((f) => f.id === key)?.type ?? 'text'
  return NUMBERS.includes(type) ? 'number' : type
}

function stored({ record, quantity }: Row, key: string): unknown {
  if (key === 'month') return record.day.slice(0, 7)
  if (key === 'title') return record.title
  if (key === 'personTimes') return record.personTimes
  if (quantity && (key === 'what' || key === 'unit')) return quantity[key]
  const [field = '', option] = key.split('.')
  const value = record.fields[field] ?? null
  return option === undefined ? value : Array.isArray(value) && value.includes(option)
}

function toldOf(ledger: Ledger, someone: Someone, key: string, text: string): Told {
  if (key === 'sex') {
    if (!someone.person) return someone.unnamed || someone.name !== null ? null : false
    return someone.person.sex === 'foreign' ? null : someone.person.sex === text
  }
  const wanted = text.replace('!', '').split(',')
  const attends = (id: string) => ledger.roles.some((r) => r.id === id && r.attends !== false)
  if (someone.unnamed && someone.role === null && wanted.some(attends)) return null
  const is = someone.role !== null && wanted.includes(someone.role)
  return text.startsWith('!') ? !is : is
}
