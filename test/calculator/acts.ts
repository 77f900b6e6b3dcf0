/** What happens to records, organisations and people afterwards; told to the product and written down beside it. */
import { routes } from '../../domain/index.ts'
import { change, voidOne } from '../../domain/records/ledgers/change.ts'
import { declareNil } from '../../domain/records/ledgers/contract.ts'
import { enterRecords } from '../../domain/records/ledgers/enter.ts'
import { comparePeople, mergePeople } from '../../domain/structure/merges/contract.ts'
import { moveOrg } from '../../domain/structure/organisations/operations.ts'
import { mergeOrganisation } from '../../domain/structure/restructuring/contract.ts'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { type Call, type Route, run } from '../../kernel/route.ts'
import { everywhere } from '../worlds/tree.ts'
import { attending, keepRules, TODAY, type World, workOut } from './build.ts'
import type { Ledger } from './definitions.ts'
import { happened } from './rows.ts'
import type { RecordFact } from './world.ts'

function call<E extends Endpoint>(world: World, endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.world.services, everywhere(), found, input, null)
}

/** A branch goes to another town of the county, some day in the past. */
export async function moveBranch(world: World): Promise<void> {
  const { chance, facts } = world
  const open = world.openKeys(TODAY).filter((key) => /^town\d+branch/.test(key))
  const pairs = open
    .filter((key) => facts.orgs.get(key)?.under.length === 1)
    .flatMap((key) => world.openKeys(TODAY).map((to) => ({ key, to })))
    .filter(({ key, to }) => /^town\d+$/.test(to) && facts.orgs.get(key)?.under[0]?.parent !== to)
    .filter(({ key, to }) => countyOf(world, key) === countyOf(world, to))
  if (pairs.length === 0) return
  const { key, to } = chance.one(pairs)
  const on = chance.one(['2023-05-01', '2023-10-15', '2024-02-01'])
  const [org, over] = [await world.org(key), await world.org(to)]
  await world.working((ctx) => moveOrg(ctx, org, over, on))
  facts.orgs.get(key)?.under.push({ parent: to, from: on })
}

const countyOf = ({ facts }: World, key: string): string => {
  const parent = facts.orgs.get(key)?.under.at(-1)?.parent
  return parent && parent !== 'city' ? countyOf({ facts } as World, parent) : key
}

/** A branch goes up in another of the same town: its members go over, its records stay where they were made. */
export async function mergeBranches(world: World): Promise<void> {
  const { chance, facts } = world
  const on = '2024-06-10'
  const open = world.openKeys(TODAY).filter((key) => /^town\d+branch/.test(key))
  const fits = open.filter((key) => open.some((other) => other !== key && siblings(world, key, other)))
  const free = fits.filter((k) => !facts.records.some((r) => [r.org, ...r.hosts].includes(k) && r.day >= on))
  if (free.length === 0) return
  const key = chance.one(free)
  const into = chance.one(open.filter((other) => other !== key && siblings(world, key, other)))
  const idOf = (name: string) => facts.orgs.get(name)?.id ?? ''
  await call(world, mergeOrganisation, { params: { id: idOf(key) }, body: { into: idOf(into), on } })
  const gone = facts.orgs.get(key)
  if (gone) gone.closed = on
  const inForce = facts.memberships.filter(
    (m) => m.org === key && m.from < on && (m.to === null || m.to > on),
  )
  for (const m of inForce) {
    facts.memberships.push({ person: m.person, org: into, from: on, to: m.to })
    m.to = on
  }
}

const siblings = ({ facts }: World, one: string, other: string): boolean =>
  facts.orgs.get(one)?.under.at(-1)?.parent === facts.orgs.get(other)?.under.at(-1)?.parent

/** Two who were one: everything of the second is the first's. */
export async function mergeTwo(world: World): Promise<void> {
  const { chance, facts } = world
  const [one, other] = chance.some([...facts.people.values()], 2)
  if (!one || !other || one.county !== other.county || (one.sex && other.sex && one.sex !== other.sex)) return
  const params = { one: one.id, other: other.id }
  const { seen, clashes } = await call(world, comparePeople, { params })
  if (clashes.length > 0) return
  await call(world, mergePeople, { params, body: { seen, keep: 'one', fields: { name: 'one', sex: 'one' } } })
  for (const m of facts.memberships) if (m.person === other.id) m.person = one.id
  for (const r of facts.records)
    for (const p of r.people) if (p.person === other.id) Object.assign(p, { person: one.id, name: one.name })
  for (const r of facts.records) r.people = r.people.filter(firstOf)
  facts.people.delete(other.id)
}

const firstOf = (p: RecordFact['people'][number], at: number, all: RecordFact['people']) =>
  p.person === null || all.findIndex((o) => o.person === p.person && o.role === p.role) === at

export async function voidRecord(world: World, ledgers?: Ledger[]): Promise<void> {
  const of = (r: RecordFact) => !ledgers || ledgers.some((l) => l.id === r.ledger)
  const record = world.chance.one(world.facts.records.filter((r) => !r.voided && of(r)))
  await world.working((ctx) =>
    voidOne(ctx, { params: { id: record.id }, body: { reason: '记错了' }, query: {} } as never),
  )
  record.voided = true
  record.version += 1
}

/** Says something else of a record, its day included. */
export async function correctRecord(world: World): Promise<void> {
  const { chance, facts } = world
  const record = chance.one(facts.records.filter((r) => !r.voided))
  const ledger = world.ledgers.find((l) => l.id === record.ledger)
  if (!ledger) return
  const other = world.draft(ledger)
  // What is there stays where it was, with whom it was held; everything else may be another.
  const hosts = record.hosts
  const fresh: RecordFact = { ...record, day: other.day, fields: { ...other.fields }, title: other.title }
  if (!world.openKeys(fresh.day).includes(record.org)) return
  if (hosts.some((h) => !world.openKeys(fresh.day).includes(h))) return
  const there = attending(ledger, fresh.people)
  fresh.personTimes = ledger.personTimes ? there + chance.between(0, 3) || null : null
  keepRules(ledger, fresh)
  workOut(ledger, fresh)
  const { day, title, personTimes, fields } = world.asTold(fresh)
  const emptied = Object.fromEntries(ledger.fields.filter((f) => !f.formula).map((f) => [f.id, null]))
  const { version } = await world.working((ctx) =>
    change(ctx, {
      params: { id: record.id },
      body: {
        version: record.version,
        day,
        title,
        personTimes: personTimes ?? null,
        fields: { ...emptied, ...fields },
      },
      query: {},
    } as never),
  )
  Object.assign(record, fresh, { version })
}

const DECLARED = [
  ['2023-01-01', '2023-12-31'],
  ['2024-01-01', '2024-02-29'],
  ['2024-03-01', '2024-03-31'],
  ['2024-02-15', '2024-06-30'],
  ['2023-07-01', '2023-09-15'],
] as const

export async function declareNone(world: World, ledgers = world.ledgers): Promise<void> {
  const { chance, facts } = world
  const [from, to] = chance.one(DECLARED)
  const ledger = chance.one(ledgers)
  const org = chance.one(world.openKeys(to).filter((key) => key !== 'city'))
  const some = happened(facts, ledger.id, { measure: '', org, from, to, where: {} }).length > 0
  if (some || ledger.standing || ledger.id === 'mediaChannel') return
  const orgId = facts.orgs.get(org)?.id ?? ''
  await call(world, declareNil, { params: { ledger: ledger.id }, body: { orgId, from, to } })
  facts.nils.push({ ledger: ledger.id, org, from, to })
}

/** Somebody records after all what was declared not to be; who declared it itself has taken it back by that. */
export async function recordLate(world: World): Promise<void> {
  const { chance, facts } = world
  if (facts.nils.length === 0) return
  const nil = chance.one(facts.nils)
  const ledger = world.ledgers.find((l) => l.id === nil.ledger)
  if (!ledger) return
  const drafts = Array.from({ length: 30 }, () => world.draft(ledger))
  const record = drafts.find(
    (d) => d.day >= nil.from && d.day <= nil.to && world.openKeys(TODAY).includes(d.org),
  )
  if (!record) return
  const { written, problems } = await world.working((ctx) =>
    enterRecords(ctx, ledger.id, [world.asTold(record)]),
  )
  if (problems.length > 0) return
  const { id = '', version = 1 } = written[0] ?? {}
  facts.records.push({ ...record, id, version })
  facts.nils = facts.nils.filter(
    (n) => n.ledger !== record.ledger || n.org !== record.org || record.day < n.from || record.day > n.to,
  )
}

/** So many of each, in an order of chance. */
export async function upheaval(world: World, many: number): Promise<void> {
  const acts = [
    moveBranch,
    mergeTwo,
    voidRecord,
    correctRecord,
    declareNone,
    declareNone,
    recordLate,
    voidRecord,
    correctRecord,
  ]
  await mergeBranches(world)
  await moveBranch(world)
  for (let n = 0; n < many; n += 1) await world.chance.one(acts)(world)
}

/** Of some ledgers little is recorded and much declared; some records come late, some of them are void again. */
export async function silence(world: World, ledgers: Ledger[], many: number): Promise<void> {
  for (let n = 0; n < many; n += 1) await declareNone(world, ledgers)
  for (let n = 0; n < many / 8; n += 1) await recordLate(world)
  for (let n = 0; n < many / 16; n += 1) await voidRecord(world, ledgers)
}
