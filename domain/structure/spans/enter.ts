/** Enters spans in bulk: who the people are, what they hold already, and the spans themselves. */
import type { Context } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import { type FieldProblem, saying } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { lifetimesOf, type OrgLifetime } from '../organisations/lifetime.ts'
import { type Dated, INFINITY } from '../people/dated.ts'
import { type Entered, type GivenPerson, takePeople } from '../people/enter.ts'
import type { PersonEntry } from '../people/entry.ts'
import { keptSince } from '../registers/registers.ts'
import { type SpanRow, spansHeld } from './queries.ts'
import { endOf, type SpanKind } from './rules.ts'
import type { SpanColumns } from './tables.ts'

export interface SpanEntry {
  /** Of the span to be; made here unless given. */
  id?: string | undefined
  /** As stated, or known by id. `orgId` is the organisation in which they stand. */
  person: PersonEntry | GivenPerson
  /** As much as is known. */
  from?: string | undefined
  /** The first moment at which it is over; left out while in force. */
  to?: string | undefined
  endReason?: string | undefined
}

export interface EnterOptions {
  statedOn: string
  batchId?: string | null
}

/** An entry whose person is known, and when it is to be. */
export interface Wanted<E> {
  entry: E
  person: Entered
  orgId: string
  from: Dated
  to: string
}

/** What becomes of it: an answer alone, or a span to be written, with the columns that only its kind has. */
export type Placed<T, A> =
  | { answer: A }
  | { answer: (id: string) => A; from: Dated; own: Omit<T, keyof SpanColumns> }

export interface Entering<E extends SpanEntry, T extends SpanRow, A extends { state: string }> {
  kind: SpanKind
  personOf: (entry: E) => PersonEntry | GivenPerson
  startOf: (entry: E) => Dated
  problem: (entry: E, org: OrgLifetime, span: { from: Dated; to: string }) => FieldProblem | null
  /** `mine`: what the person holds already, with what earlier entries gave. */
  place: (wanted: Wanted<E>, mine: T[]) => Placed<T, A>
  refused: (message: string) => A
}

/** Answers in the order of the entries. The caller acts; entries lie within the caller's right already. */
export async function enterSpans<E extends SpanEntry, T extends SpanRow, A extends { state: string }>(
  ctx: Context,
  entries: E[],
  options: EnterOptions,
  how: Entering<E, T, A>,
): Promise<A[]> {
  const { kind } = how
  const orgs = await lifetimesOf(ctx, [...new Set(entries.map((e) => e.person.orgId))])
  const until = (entry: E) => endOf(kind, entry.to)?.at ?? INFINITY
  const refusals = entries.map((entry) => {
    const org = orgs.get(entry.person.orgId)
    const found = org
      ? how.problem(entry, org, { from: how.startOf(entry), to: until(entry) })
      : { field: 'orgId', reason: '没有找到这个组织' }
    return found && how.refused(saying(found))
  })
  const good = entries.filter((_, i) => refusals[i] === null)
  const people = await takePeople(ctx, good.map(how.personOf), options)
  const personIds = people.map((p) => p.personId)
  const held = await spansHeld<T>(ctx, kind, personIds)
  const rows: T[] = []
  const placed = good.map((entry, i) => {
    const person = people[i]
    if (!person) throw new Error('every entry is answered')
    const { orgId } = entry.person
    const wanted = { entry, person, orgId, from: how.startOf(entry), to: until(entry) }
    const mine = held.get(person.personId) ?? []
    const found = how.place(wanted, mine)
    if (!('own' in found)) return found.answer
    const row = { ...found.own, ...common(ctx, kind, { ...wanted, from: found.from }, options) } as T
    rows.push(row)
    held.set(person.personId, [...mine, row])
    return found.answer(row.id)
  })
  await insertRows(ctx.db, kind.table, rows)
  const orgIds = good.flatMap(({ person }, i) => (placed[i]?.state === 'refused' ? [] : [person.orgId]))
  await keptSince(ctx, { register: kind.register, orgIds, ...options })
  return refusals.map((refusal) => refusal ?? placed.shift() ?? how.refused('没有写入。'))
}

function common(
  ctx: Context,
  kind: SpanKind,
  { entry, person, orgId, from, to }: Wanted<SpanEntry>,
  { batchId = null }: EnterOptions,
): SpanRow {
  const end = endOf(kind, entry.to)
  return {
    countyId: person.countyId,
    id: entry.id ?? newId(),
    personId: person.personId,
    orgId,
    validFrom: from.at,
    fromPrecision: from.precision,
    validTo: to,
    toPrecision: end?.precision ?? null,
    endReason: end ? (entry.endReason ?? 'other') : null,
    batchId,
    version: 1,
    recordedBy: ctx.actor.accountId,
    recordedAt: ctx.now,
    voidedAt: null,
  }
}
