/** A generated county, told to the product by its own doors and written down beside it. */

import { enterRecords } from '../../domain/records/ledgers/enter.ts'
import { enterMembers } from '../../domain/structure/memberships/enter.ts'
import { type NewOrg, openOrg } from '../../domain/structure/organisations/operations.ts'
import { type Org, orgAt } from '../../domain/structure/organisations/queries.ts'
import type { Context } from '../../kernel/context.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { type Random, random } from '../worlds/random.ts'
import { inTransaction } from '../worlds/tree.ts'
import type { Field, Ledger } from './definitions.ts'
import type { Step } from './rows.ts'
import { type Facts, openOn, type PersonFact, placeOn, type RecordFact, type Taking } from './world.ts'

export const TODAY = '2024-06-18'
const OPENED = '2020-01-01'

export interface Size {
  towns: number
  branches: number
  records: number
}

export class World {
  readonly facts: Facts = {
    orgs: new Map(),
    people: new Map(),
    memberships: [],
    records: [],
    nils: [],
  }
  readonly chance: Random
  readonly world: TestWorld
  readonly ledgers: Ledger[]

  private constructor(world: TestWorld, ledgers: Ledger[], seed: number) {
    this.world = world
    this.ledgers = ledgers
    this.chance = random(seed)
  }

  static async build(ledgers: Ledger[], seed: number, size: Size): Promise<World> {
    const made = new World(await openWorld(migrations, `${TODAY} 09:30`), ledgers, seed)
    await made.#plant(size)
    await made.#people()
    for (const ledger of ledgers) await made.#record(ledger, size.records)
    return made
  }

  working = <T>(work: (ctx: Context) => Promise<T>): Promise<T> => inTransaction(this.world.services, work)

  close(): Promise<void> {
    return this.world.close()
  }

  async org(key: string): Promise<Org> {
    const id = this.facts.orgs.get(key)?.id ?? ''
    const found = await orgAt(this.world.services.db, id, `${TODAY} 09:30:00`)
    if (!found) throw new Error(`no ${key}`)
    return found
  }

  openKeys(day: string): string[] {
    return [...this.facts.orgs.values()].filter((o) => openOn(o, day)).map((o) => o.key)
  }

  async #plant({ towns, branches }: Size): Promise<void> {
    await this.#open('city', null, { type: 'committee', level: 'city', code: '990100' })
    for (const county of ['county', 'district'])
      await this.#open(county, 'city', { type: 'committee', level: 'county' })
    for (let t = 1; t <= towns; t += 1) {
      const town = `town${t}`
      await this.#open(town, t === towns ? 'district' : 'county', { type: 'committee', level: 'township' })
      await this.#open(`${town}school`, town, { type: 'generalBranch', sector: 'school' })
      for (let b = 1; b <= branches; b += 1) {
        const sector = this.chance.one(['village', 'community', 'newEconomic', 'newSocial'])
        await this.#open(`${town}branch${b}`, town, { type: 'branch', sector })
      }
      await this.#open(`${town}class`, `${town}school`, { type: 'branch', sector: 'school' })
    }
  }

  async #open(key: string, parent: string | null, more: Partial<NewOrg>): Promise<void> {
    const sector = more.sector ?? 'territory'
    const type = more.type ?? 'branch'
    const over = parent === null ? null : await this.org(parent)
    const org = await this.working((ctx) =>
      openOrg(ctx, { parent: over, name: key, sector, on: OPENED, ...more, type }),
    )
    const { id, code } = org
    this.facts.orgs.set(key, {
      key,
      id,
      code,
      name: key,
      type,
      sector,
      level: more.level ?? null,
      closed: null,
      under: [{ parent, from: OPENED }],
    })
  }

  async #people(): Promise<void> {
    const branches = [...this.facts.orgs.values()].filter((o) => o.type === 'branch')
    const drafts = branches.flatMap((branch, at) =>
      Array.from({ length: 4 }, (_, n) => {
        const sex = this.chance.one(['male', 'female', null] as const)
        const from = this.chance.one(['2022-03-01', '2023-04-01', '2024-02-10'])
        const to = this.chance.chance(0.2) ? this.chance.one(['2024-03-05', '2024-06-01']) : null
        return { name: nameOf(at * 4 + n), sex, branch, from, to }
      }),
    )
    const entered = await this.working((ctx) =>
      enterMembers(
        ctx,
        drafts.map(({ name, sex, branch, from, to }) => ({
          person: { orgId: branch.id, name, ...(sex && { sex }), birth: '2004-05' },
          from,
          ...(to && { to, endReason: 'other' }),
        })),
        { statedOn: '2022-01-01' },
      ),
    )
    entered.forEach(({ person, message }, i) => {
      const draft = drafts[i]
      if (!person || !draft) throw new Error(message ?? 'not entered')
      const { name, sex, from, to, branch } = draft
      const county = placeOn(this.facts, branch.key, TODAY).split('/')[1] ?? ''
      this.facts.people.set(person.personId, { id: person.personId, name, sex, county })
      this.facts.memberships.push({ person: person.personId, org: branch.key, from, to })
    })
  }

  async #record(ledger: Ledger, count: number): Promise<void> {
    const made = Array.from({ length: count }, () => this.draft(ledger))
    const { written, problems } = await this.working((ctx) =>
      enterRecords(
        ctx,
        ledger.id,
        made.map((m) => this.asTold(m)),
      ),
    )
    if (problems.length > 0)
      throw new Error(
        `${ledger.id}: ${JSON.stringify(problems[0])} ${JSON.stringify(made[problems[0]?.row ?? 0])}`,
      )
    made.forEach((record, i) => {
      const { id = '', version = 1 } = written[i] ?? {}
      this.facts.records.push({ ...record, id, version })
    })
  }

  /** A record as the product is told of it. */
  asTold(record: RecordFact) {
    const idOf = (key: string) => this.facts.orgs.get(key)?.id ?? ''
    const { day, title, personTimes, quantities, org, hosts, people } = record
    return {
      orgId: idOf(org),
      hosts: hosts.map(idOf),
      day,
      title,
      quantities: quantities.map(({ amount, ...q }) => ({ ...q, amount: String(amount) })),
      ...(personTimes !== null && { personTimes }),
      fields: told(this.ledgers, record),
      participants: people.map(({ person, name, role, hours, amount }) => ({
        ...(person === null ? { name } : { personId: person }),
        role,
        hours,
        amount,
      })),
    }
  }

  /** A record of chance, as full of holes as those of offices, that breaks none of its ledger's rules. */
  draft(ledger: Ledger): RecordFact {
    const { chance, facts } = this
    const day = this.#day(ledger)
    const open = this.openKeys(day).filter((key) => key !== 'city')
    const org = chance.one(open)
    const others = open.filter((key) => key !== org && !key.startsWith('district'))
    const hosts = ledger.joint && chance.chance(0.3) ? chance.some(others, chance.between(1, 2)) : []
    const county = placeOn(facts, org, day).split('/')[1] ?? ''
    const people = this.#takings(ledger, county)
    const there = attending(ledger, people)
    const stated = ledger.personTimes && chance.chance(0.6) ? there + chance.between(0, 4) : null
    const record: RecordFact = {
      id: '',
      version: 1,
      ledger: ledger.id,
      org,
      hosts,
      day,
      people,
      voided: false,
      title: chance.one(['甲', '乙', '丙', '丁', '戊']) + (chance.chance(0.3) ? chance.between(1, 3) : ''),
      personTimes: ledger.personTimes ? (stated ?? (there || null)) : null,
      fields: this.#fields(ledger, day),
      quantities: chance.chance(0.25)
        ? [
            {
              what: chance.one(['清理', '种植']),
              amount: chance.between(1, 30),
              unit: chance.one(['吨', '棵']),
            },
          ]
        : [],
    }
    keepRules(ledger, record)
    workOut(ledger, record)
    return record
  }

  #day(ledger: Ledger): string {
    const month = this.chance.between(1, 17)
    const [year, inYear] = month > 12 ? [2024, month - 12] : [2023, month]
    const { precision = 'day' } = ledger.day
    const date = precision === 'day' ? this.chance.between(1, 28) : 1
    return `${year}-${two(precision === 'year' ? 1 : inYear)}-${two(date)}`
  }

  #takings(ledger: Ledger, county: string): Taking[] {
    const { chance } = this
    if (ledger.roles.length === 0 || chance.chance(0.35)) return []
    const known = [...this.facts.people.values()].filter((p) => p.county === county)
    const seen = new Set<string>()
    return Array.from({ length: chance.between(1, 4) }, (): Taking => {
      const role = chance.one(ledger.roles)
      const person: PersonFact | null = chance.chance(0.6) && known.length > 0 ? chance.one(known) : null
      const name = person?.name ?? chance.one([...STRANGERS, nameOf(chance.between(0, 8))])
      const hours = role.hours && chance.chance(0.7) ? chance.between(1, 8) / 2 : null
      const amount = role.unit && chance.chance(0.7) ? chance.between(1, 200) / 2 : null
      return { person: person?.id ?? null, name, role: role.id, hours, amount }
    }).filter(({ person, name, role }) => {
      const key = `${person ?? name} ${role}`
      return !seen.has(key) && seen.add(key)
    })
  }

  #fields(ledger: Ledger, day: string): Record<string, unknown> {
    const fields: Record<string, unknown> = {}
    for (const field of ledger.fields) {
      const value = field.required || this.chance.chance(0.65) ? this.#value(field, day) : undefined
      if (value !== undefined) fields[field.id] = value
    }
    return fields
  }

  /** The states on the way to one of them, each on its day; the first on the record's own. */
  #course(options: NonNullable<Field['options']>, day: string): Step[] {
    const way: string[] = []
    for (let at = this.chance.one(options); ; ) {
      way.unshift(at.value)
      const before = options.find((o) => o.value === at.implies)
      if (!before) break
      at = before
    }
    let on = day
    return way.map((state, n) => {
      if (n > 0) on = within(on, this.chance.between(1, 90))
      return { state, on }
    })
  }

  #value({ type, options = [], minimum = 0, maximum = 40, precision, ledger }: Field, day: string): unknown {
    const { chance } = this
    const number = () => chance.between(minimum, Math.max(maximum > 80 ? 80 : maximum, minimum + 3))
    if (type === 'integer') return number()
    if (type === 'number' || type === 'money')
      return number() + (chance.chance(0.3) && maximum === 40 ? 0.5 : 0)
    if (type === 'choice') return chance.one(options).value
    if (type === 'choices')
      return options
        .filter(() => chance.chance(0.4))
        .map((o) => o.value)
        .concat(chance.one(options).value)
        .filter(once)
    if (type === 'stage') return this.#course(options, day)
    if (type === 'yesNo') return chance.chance(0.5)
    if (type === 'text' || type === 'org') return chance.one(['东', '西', '南', '北'])
    if (type === 'record') {
      const there = this.facts.records.filter((r) => r.ledger === ledger && !r.voided)
      const target = there.length > 0 && chance.chance(0.7) ? chance.one(there) : null
      return target ? { id: target.id, name: target.title } : '说不清哪一处'
    }
    if (type !== 'date') return undefined
    if (precision === 'month') return `${chance.between(1985, 2001)}-${two(chance.between(1, 12))}-01`
    return within(day, chance.between(0, 500))
  }
}

/** What is worked out is not told. */
const told = (ledgers: Ledger[], { ledger, fields }: RecordFact) => {
  const calculated = ledgers.find((l) => l.id === ledger)?.fields.filter((f) => f.formula) ?? []
  return Object.fromEntries(
    Object.entries(fields).filter(([key]) => !calculated.some((f) => f.id === key)),
  ) as Record<string, string>
}

const within = (day: string, days: number) =>
  new Date(Math.min(Date.parse(day) + days * 86_400_000, Date.parse(TODAY))).toISOString().slice(0, 10)
const once = <T>(one: T, at: number, all: T[]) => all.indexOf(one) === at
const two = (n: number) => String(n).padStart(2, '0')
const STRANGERS = ['外一', '外二', '外三']
const SURNAMES = '林苏陆何许沈陶程'
const GIVEN = '安白川丹恩芳光海佳凯兰明宁平晴然'
/** Some names are borne by two. */
const nameOf = (n: number) => `${SURNAMES[n % 8]}${GIVEN[Math.floor(n / 5) % 16]}`

export const attending = (ledger: Ledger, people: Taking[]) => {
  const there = people.filter((p) => ledger.roles.some((r) => r.id === p.role && r.attends !== false))
  return new Set(there.flatMap((p) => p.person ?? [])).size + there.filter((p) => p.person === null).length
}

/** How many whole months one day lies before another; the only formula that built-in ledgers have. */
export function workOut(ledger: Ledger, { fields }: RecordFact): void {
  for (const { id, formula = '' } of ledger.fields) {
    const [, from = '', to = ''] = /^months\(\{(\w+)\}, \{(\w+)\}\)$/.exec(formula) ?? []
    if (formula && !from) throw new Error(`the calculator cannot work out ${formula}`)
    const [a, b] = [fields[from], fields[to]]
    if (typeof a === 'string' && typeof b === 'string')
      fields[id] = a <= b ? monthsFrom(a, b) : -monthsFrom(b, a) || 0
  }
}

function monthsFrom(a: string, b: string): number {
  const part = (day: string, at: number) => Number(day.slice(at, at + 2))
  const months = (Number(b.slice(0, 4)) - Number(a.slice(0, 4))) * 12 + part(b, 5) - part(a, 5)
  return part(b, 8) < part(a, 8) ? months - 1 : months
}

/** Takes out what would be refused: also where a side between two others is not stated. */
export function keepRules(ledger: Ledger, record: RecordFact): void {
  const { fields } = record
  const rules = (ledger.rules ?? []).filter(({ kind }) => kind === 'atMost')
  const numberIn = (name: string) => (name === 'personTimes' ? record.personTimes : fields[name])
  const mostOf = (name: string): number => {
    const stated = numberIn(name)
    if (typeof stated === 'number') return stated
    return Math.min(
      Number.POSITIVE_INFINITY,
      ...rules.filter((r) => r.field === name).map(({ other = '', times = 1 }) => mostOf(other) * times),
    )
  }
  for (let again = 0; again < 3; again += 1)
    for (const { field = '', other = '', times = 1 } of rules) {
      const [part, most] = [numberIn(field), mostOf(other) * times]
      if (typeof part !== 'number' || part <= most) continue
      if (field === 'personTimes') fields[other] = part
      else fields[field] = Math.floor(most)
    }
}
