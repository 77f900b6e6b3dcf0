/**
 * What a question comes to, worked out row by row from what was told. It follows what the measures say of themselves
 * and the laws of facts and figures; it shares no code with the product.
 */
import { knownForAll } from './base.ts'
import { type Counted, type Field, type Ledger, measuresOf } from './definitions.ts'
import { declaredNone } from './nil.ts'
import {
  everBefore,
  happened,
  heldBy,
  inFlow,
  inStock,
  isPersonal,
  MEANS,
  meantIn,
  peopleOf,
  type Question,
  type Row,
  reached,
  standing,
  standsAt,
  told,
} from './rows.ts'
import { structural, structureRows } from './structure.ts'
import { type Facts, placeOn, placesDuring, type RecordFact } from './world.ts'

export interface Answer {
  value: number | string | null
  atLeast: boolean
  unit: string
  /** The rows say different things where one was asked for. */
  several?: true
}

type Filter = [key: string, text: string]
type Value = number | string | null

/** One side of a question: rows, which of them count, what is made of them. */
interface Side {
  ledger: Ledger
  rows: Row[]
  filters: Filter[]
  kind: string
  value?: (row: Row) => Value
  field?: Field
  /** A row that does not state the value adds nothing, and is no evidence. */
  blankIsNone: boolean
  applies: (row: Row) => boolean
  none: boolean
}

const MISSING: Answer = { value: null, atLeast: false, unit: '' }
/** They say what a row says, and count nothing. */
const STATES = ['only', 'latest', 'highest']
const NUMBERS = ['integer', 'number', 'money', 'calculated']

export class Calculator {
  readonly #facts: Facts
  readonly #ledgers: Map<string, Ledger>

  constructor(facts: Facts, ledgers: Ledger[]) {
    this.#facts = facts
    this.#ledgers = new Map(ledgers.map((l) => [l.id, l]))
  }

  answer(q: Question): Answer {
    const structural = structureRows(this.#facts, q)
    if (structural) return { value: structural.value, atLeast: false, unit: structural.unit }
    const { ledger, measure } = this.#find(q.measure)
    const { unit } = measure
    if (measure.kind === 'ratio') return { ...this.#share(q, ledger, measure), unit }
    if (measure.kind === 'coverage') return { ...this.#coverage(q, ledger, measure), unit }
    if (measure.kind === 'growth') return { ...this.#growth(q, ledger, measure), unit }
    const side = this.#side(q, ledger, measure)
    const unitIn = ledger.fields.find((f) => f.id === measure.field)?.unitIn
    if (measure.kind !== 'quantity' && (!unitIn || measure.kind === 'distinct'))
      return { ...said(side), unit }
    const taken = takenOf(side).taken
    const written = ({ record, quantity }: Row) =>
      String((quantity ? quantity.unit : record.fields[unitIn ?? '']) ?? '')
    const units = new Set(taken.map(written))
    if (units.size > 1) return { ...MISSING, several: true }
    return { ...said(side), unit: [...units][0] ?? '' }
  }

  /** One side alone, of records: it can be told apart by what its rows say. */
  isPlain({ measure }: Question): boolean {
    if (structural.includes(measure)) return false
    return !['ratio', 'coverage', 'growth', 'quantity', 'linked'].includes(this.#find(measure).measure.kind)
  }

  /** By what each row says in a field: of the keys that have rows. */
  grouped(q: Question, key: string): Map<string, Answer> {
    const { ledger, measure } = this.#find(q.measure)
    const side = this.#side(q, ledger, measure)
    const keyOf = ({ record }: Row) =>
      String(
        key === 'month' ? record.day.slice(0, 7) : (meantIn(record.fields[key]) ?? record.fields[key] ?? ''),
      )
    const found = new Map<string, Answer>()
    for (const one of new Set(side.rows.map(keyOf))) {
      const part = { ...side, none: false, rows: side.rows.filter((r) => keyOf(r) === one) }
      if (takenOf(part).taken.length > 0) found.set(one, { ...said(part), unit: measure.unit })
    }
    return found
  }

  #find(id: string): { ledger: Ledger; measure: Counted } {
    const [name = '', of = ''] = id.split('.')
    const ledger = this.#ledgers.get(name)
    const measure = ledger && measuresOf(ledger).find((m) => m.id === of)
    if (!ledger || !measure) throw new Error(`the calculator does not know ${id}`)
    return { ledger, measure }
  }

  /** What is counted of another ledger's records that name one of this. */
  #linkedSide(q: Question, { from, ...m }: Counted): Side {
    const of = from && this.#ledgers.get(from.ledger)
    if (!of) throw new Error(`${m.id} says not of which ledger`)
    return this.#side(q, of, { ...m, kind: m.field ? 'sum' : 'count' }, [[MEANS + from.field, '']])
  }

  #side(q: Question, ledger: Ledger, m: Counted, more: Filter[] = []): Side {
    if (m.kind === 'linked') return this.#linkedSide(q, m)
    const field = m.role ? undefined : ledger.fields.find((f) => f.id === m.field)
    const numeric = field !== undefined && NUMBERS.includes(field.type)
    const looksBeyond = m.kind === 'reading' || m.kind === 'streak'
    const value = this.#valueOf(q, ledger, m)
    return {
      ledger,
      rows: this.#rowsOf(q, ledger, m),
      filters: [
        ...Object.entries(m.where ?? {}),
        ...(m.role ? ([['role', m.role]] as Filter[]) : []),
        ...(m.kind === 'people' ? attendingOnly(ledger) : []),
        ...more,
        ...Object.entries(q.where),
      ],
      kind: m.kind,
      ...(value && { value }),
      ...(field && { field }),
      blankIsNone:
        !looksBeyond &&
        field !== undefined &&
        (m.kind === 'only' || (field.blank ?? (numeric ? 'unknown' : 'none')) === 'none'),
      applies: (row) =>
        (!m.at || reached(this.#facts, ledger.id, m.at, q).counts(row.record)) &&
        (looksBeyond || !field || appliesTo(ledger, field, row)),
      none: declaredNone(this.#facts, ledger.id, q),
    }
  }

  #rowsOf(q: Question, ledger: Ledger, m: Counted): Row[] {
    const facts = this.#facts
    const until = q.to
    const plain = (records: RecordFact[]): Row[] => records.map((record) => ({ record, until }))
    if (m.kind === 'reading') return plain(readings(facts, ledger, m, q))
    if (m.kind === 'streak') return plain(everBefore(facts, ledger.id, q))
    const asked = m.at
      ? reached(facts, ledger.id, m.at, q).records
      : ledger.standing && !m.began && m.kind !== 'quantity'
        ? standing(facts, ledger, q)
        : happened(facts, ledger.id, q)
    if (m.kind === 'quantity')
      return asked.flatMap((record) => record.quantities.map((quantity) => ({ record, until, quantity })))
    if (m.kind === 'people' || m.role)
      return asked.flatMap((record) =>
        peopleOf(facts, ledger, record, q).map((someone) => ({ record, until, someone })),
      )
    if (ledger.joint && m.kind === 'distinct' && m.field === 'org')
      return asked.flatMap((record) =>
        [...new Set(heldBy(facts, record, q))].map((holder) => ({ record, until, holder })),
      )
    return plain(asked)
  }

  #valueOf(q: Question, ledger: Ledger, m: Counted): ((row: Row) => Value) | undefined {
    if (m.kind === 'quantity') return (row) => row.quantity?.amount ?? null
    if (m.kind === 'streak') return ({ record }) => monthNumber(record.day)
    if (m.kind === 'age') return ({ record }) => yearsBetween(textIn(record, m.field ?? ''), q.to)
    const { field, per } = m
    if (!field) return undefined
    if (m.role) return ({ someone }) => (field === 'hours' ? someone?.hours : someone?.amount) ?? null
    if (field === 'subordinate') return (row) => this.#subordinate(q, ledger, row, m)
    const one = (row: Row) => this.#stated(ledger, row, field, m.kind)
    if (m.kind !== 'distinct' || !per) return one
    return (row) => {
      const known = meantIn(row.record.fields[field])
      if (known !== null) return known
      const [whose, what] = [this.#stated(ledger, row, per, m.kind), one(row)]
      return what === null ? null : `${whose} ${what}`
    }
  }

  #stated(ledger: Ledger, { record, holder }: Row, name: string, kind: string): Value {
    const common = COMMON[name]
    if (name === 'org') return holder ?? record.org
    if (common) return common(record, ledger)
    const value = record.fields[name] ?? null
    if (Array.isArray(value)) return value.length
    if (meantIn(value) !== null) return meantIn(value)
    const field = ledger.fields.find((f) => f.id === name)
    if (STATES.includes(kind) && field?.type === 'choice')
      return field.options?.find((o) => o.value === value)?.title ?? null
    return typeof value === 'number' || typeof value === 'string' ? value : null
  }

  /** The direct subordinate, of a kind, in or below which the record stands. */
  #subordinate(q: Question, ledger: Ledger, { record }: Row, { among = {}, began }: Counted): string | null {
    const facts = this.#facts
    const lasting = ledger.standing && !began
    const place = lasting ? standsAt(facts, record, q.to) : placeOn(facts, record.org, record.day)
    const tops = lasting ? placesDuring(facts, q.org, q.to, q.to) : placesDuring(facts, q.org, q.from, q.to)
    const top = tops.find((t) => place.startsWith(t))
    const key = top && place.slice(top.length).split('/')[0]
    const org = key ? facts.orgs.get(key) : undefined
    return org && (among.level === undefined || org.level === among.level) ? org.key : null
  }

  #share(q: Question, ledger: Ledger, m: Counted): Answer {
    const full = (id = '') => (id.includes('.') ? id : `${ledger.id}.${id}`)
    const [over, under] = [full(m.numerator), full(m.denominator)]
    const isOurs = (id: string) => id.startsWith(`${ledger.id}.`)
    if (!isOurs(over) || !isOurs(under)) {
      const [a, b] = [over, under].map((id, i) =>
        this.answer({ ...q, measure: id, where: { ...q.where, ...(i === 0 ? m.where : {}) } }),
      )
      const thin = [over, under].some((id) => {
        const base = this.#ledgers.get(id.split('.')[0] ?? '')
        return base?.base && !knownForAll(this.#facts, base.id, q)
      })
      return thin ? MISSING : quotient(a, b, m.unit)
    }
    const sides = [over, under].map((id, i) =>
      this.#side(q, ledger, this.#find(id).measure, i === 0 ? Object.entries(m.where ?? {}) : []),
    )
    const both = (row: Row) => sides.every((side) => carries(side, row))
    const [a, b] = sides.map((side) => said(side, both))
    return quotient(a, b, m.unit)
  }

  #coverage(q: Question, ledger: Ledger, m: Counted): Answer {
    const covered = this.#find(`${ledger.id}.${m.numerator}`).measure
    const number = said(this.#side(q, ledger, covered, Object.entries(m.where ?? {})))
    const options = ledger.fields
      .find((f) => f.id === covered.field)
      ?.options?.filter((o) => o.value !== 'other')
    const whole = options
      ? { ...MISSING, value: options.length }
      : this.answer({ ...q, measure: 'org.subordinates', where: covered.among ?? {} })
    return quotient(number, whole, m.unit)
  }

  /** Readings at the end less those before the period, of what was read before it. */
  #growth(q: Question, ledger: Ledger, m: Counted): Answer {
    const facts = this.#facts
    const before: Question = { ...q, from: '0001-01-01', to: dayBefore(q.from) }
    const then = readings(facts, ledger, m, before)
    const earlier = (r: RecordFact) =>
      facts.records.some(
        (e) =>
          !e.voided &&
          e.ledger === ledger.id &&
          e.org === r.org &&
          e.title === r.title &&
          e.day < q.from &&
          typeof e.fields[m.field ?? ''] === 'number',
      )
    const now = latest(facts, ledger, m, q).filter(
      (r) => inFlow(facts, q, standsAt(facts, r, q.to)) && earlier(r),
    )
    const meets = (r: RecordFact) =>
      Object.entries(q.where).every(
        ([key, text]) => told(ledger, { record: r, until: q.to }, key, text) === true,
      )
    if (now.length === 0 || then.length === 0) return MISSING
    const total = (list: RecordFact[]) =>
      list.filter(meets).reduce((sum, r) => sum + Number(r.fields[m.field ?? '']), 0)
    return { ...MISSING, value: total(now) - total(then) }
  }
}

function attendingOnly(ledger: Ledger): Filter[] {
  const apart = ledger.roles.filter((r) => r.attends === false).map((r) => r.id)
  return apart.length > 0 ? [['role', `!${apart.join(',')}`]] : []
}

const appliesTo = (ledger: Ledger, field: Field, row: Row): boolean =>
  !field.appliesWhen ||
  (row.record.fields[field.id] ?? null) !== null ||
  Object.entries(field.appliesWhen).every(([key, text]) => told(ledger, row, key, text) === true)

/** The last reading of each thing of an organisation, up to the day. */
function latest(facts: Facts, ledger: Ledger, m: Counted, q: Question): RecordFact[] {
  const last = new Map<string, RecordFact>()
  for (const r of facts.records) {
    if (r.voided || r.ledger !== ledger.id || r.day > q.to) continue
    if (typeof r.fields[m.field ?? ''] !== 'number') continue
    const key = `${r.org} ${r.title}`
    const other = last.get(key)
    if (!other || [other.day, other.id] < [r.day, r.id]) last.set(key, r)
  }
  return [...last.values()]
}

const readings = (facts: Facts, ledger: Ledger, m: Counted, q: Question) =>
  latest(facts, ledger, m, q).filter((r) => inStock(facts, q, standsAt(facts, r, q.to)))

function takenOf({ ledger, rows, filters, applies, value, blankIsNone }: Side, both?: (row: Row) => boolean) {
  const met = (row: Row) => filters.map(([key, text]) => ({ key, told: told(ledger, row, key, text) }))
  const there = rows.filter(
    (row) => met(row).every((f) => (isPersonal(f.key) ? f.told !== false : f.told === true)) && applies(row),
  )
  const decided = there.filter((row) => met(row).every((f) => f.told === true))
  const taken = decided
    .filter((row) => !both || both(row))
    .filter((row) => !blankIsNone || !value || value(row) !== null)
  return { there, taken, undecided: there.length - decided.length }
}

/** Can it be told whether the row is of this side, and does it then state what is added? */
function carries({ ledger, filters, applies, value, kind, blankIsNone }: Side, row: Row): boolean {
  const met = filters.map(([key, text]) => told(ledger, row, key, text))
  const inside = met.includes(false) ? false : met.includes(null) ? null : true
  if (inside === null) return false
  const adds = (kind === 'sum' || kind === 'average') && !blankIsNone
  return !adds || !value || !(inside && applies(row)) || value(row) !== null
}

function said(side: Side, both?: (row: Row) => boolean): Answer {
  const { there, taken, undecided } = takenOf(side, both)
  if (taken.length > 0) return worth(side, taken, undecided > 0)
  if (undecided > 0) return MISSING
  if ((both || (side.blankIsNone && side.value)) && there.length > 0) return MISSING
  if ([...STATES, 'average', 'age'].includes(side.kind)) return MISSING
  return side.none || side.rows.length > 0 ? { ...MISSING, value: 0 } : MISSING
}

function worth(side: Side, taken: Row[], open: boolean): Answer {
  const { kind, value } = side
  if (STATES.includes(kind)) {
    const stating = taken.filter((row) => value?.(row) !== null)
    const first = kind === 'only' ? stating : standingFirst(side, stating)
    const different = new Set(first.map((row) => value?.(row)))
    const [one = null] = different
    return different.size > 1 ? { ...MISSING, several: true } : { ...MISSING, value: one as Value }
  }
  const { number, more } = added(side, taken)
  const bounded = ['average', 'age', 'streak'].includes(kind) ? false : more || open
  return number === null || (bounded && number === 0)
    ? MISSING
    : { ...MISSING, value: number, atLeast: bounded }
}

/** The rows of the last day, or those in which the field stands highest. */
function standingFirst({ kind, value, field }: Side, rows: Row[]): Row[] {
  const titles = field?.options ?? []
  const placeOf = (row: Row): number | string => {
    if (kind === 'latest') return row.record.day
    const said = value?.(row) ?? ''
    return titles.length > 0 ? -titles.findIndex((o) => o.title === said) : said
  }
  const [last] = rows.map(placeOf).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  return rows.filter((row) => placeOf(row) === last)
}

/** The number that rows come to, and whether there is more behind them than is known. */
function added({ kind, value }: Side, taken: Row[]): { number: number | null; more: boolean } {
  if (kind === 'count') return { number: taken.length, more: false }
  if (!value) return distinctPeople(taken)
  const values = taken.map(value)
  const stated = values.filter((v) => v !== null)
  if (kind === 'distinct') return { number: new Set(stated).size, more: false }
  if (kind === 'streak') return { number: inARow(stated.map(Number)), more: false }
  if (stated.length === 0) return { number: null, more: false }
  // In thousandths, so that money and hours add up without a remainder.
  const total = stated.reduce<number>((sum, v) => sum + Math.round(Number(v) * 1000), 0) / 1000
  if (kind === 'average' || kind === 'age') return { number: total / stated.length, more: false }
  return { number: total, more: stated.length < values.length }
}

/** Known people once, and names that none of them bears; known by name alone, exact within one record only. */
function distinctPeople(taken: Row[]): { number: number; more: boolean } {
  const all = taken.flatMap((row) => row.someone ?? [])
  const known = all.filter((s) => s.person !== null)
  const borne = new Set(known.map((s) => s.name))
  const byName = all.filter((s) => s.person === null && s.name !== null)
  const alone = new Set(byName.map((s) => s.name).filter((name) => !borne.has(name)))
  const records = new Set(taken.map((row) => row.record.id)).size
  return {
    number: new Set(known.map((s) => s.person?.id)).size + alone.size,
    more: all.some((s) => s.unnamed) || (byName.length > 0 && records > 1),
  }
}

function quotient(a: Answer | undefined, b: Answer | undefined, unit: string): Answer {
  if (a?.several || b?.several) return { ...MISSING, several: true }
  if (typeof a?.value !== 'number' || typeof b?.value !== 'number' || b.value === 0) return MISSING
  return { ...MISSING, value: (a.value / b.value) * (unit === '%' ? 100 : 1) }
}

function inARow(numbers: number[]): number {
  const all = new Set(numbers)
  let back = Math.max(...numbers)
  while (all.has(back)) back -= 1
  return Math.max(...numbers) - back
}

const textIn = (record: RecordFact, field: string) => {
  const value = record.fields[field]
  return typeof value === 'string' ? value : null
}

const monthNumber = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))

function yearsBetween(from: string | null, to: string): number | null {
  if (from === null) return null
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

const LENGTHS: Record<string, number> = { month: 7, year: 4 }

const COMMON: Record<string, (record: RecordFact, ledger: Ledger) => Value> = {
  personTimes: ({ personTimes }) => personTimes,
  title: ({ title }) => title,
  day: ({ day }, { day: { precision = 'day' } }) => day.slice(0, LENGTHS[precision] ?? 10),
  month: ({ day }) => `${Number(day.slice(5, 7))}月`,
  year: ({ day }) => `${day.slice(0, 4)}年`,
  weekday: ({ day }) => `周${'日一二三四五六'[new Date(day).getUTCDay()]}`,
}
