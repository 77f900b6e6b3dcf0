/**
 * The one reader of figures: selections × what they are told apart by → readings. Selections that look at the same
 * rows are answered by one statement; a figure, its groups, an overview and a draft differ only in what they ask for.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { type Apart, byDimension, byUnit, whole } from './apart.ts'
import { type Declared, NONE, nilsOf, ofBranches, ofPlace } from './nil.ts'
import { type Registers, registersOf } from './registers.ts'
import { type Said, saidOf } from './said.ts'
import type { Selection } from './selection.ts'
import { type Stated, statedBy } from './stated.ts'
import { type Counts, columnsOf, everyRowOf } from './statement.ts'
import { codeOfUnit, frameOfUnit, type Units } from './units.ts'

export interface Reading extends Counts {
  value: string | null
  /** Where the unit stands in the rows: which there are. */
  units: string[] | null
  /** Rows of that kind, whatever the filter. */
  bare: number
  /** A register is kept here. */
  registered: boolean
  /** The day from which the registers are complete, where that is later than the time asked about. */
  since?: string | undefined
  /** Of a base: for how many organisations it is known. */
  stated?: Stated | undefined
}

const NOTHING: Reading = {
  value: null,
  units: null,
  count: 0,
  known: 0,
  of: 0,
  base: 0,
  unknown: 0,
  partial: false,
  bare: 0,
  registered: false,
}

/** By key: '' for the whole, the code of a unit, the value of a dimension. */
type Readings = Map<Selection, Map<string | null, Reading>>

/** Statements travel together: a round trip costs more than most of them. */
const AT_ONCE = 16

async function readAll(ctx: Context, selections: Selection[], apart: Apart = whole): Promise<Readings> {
  const found: Readings = new Map(selections.map((s) => [s, new Map()]))
  const looks = lookingAlike(selections)
  for (let from = 0; from < looks.length; from += AT_ONCE) {
    const some = looks.slice(from, from + AT_ONCE)
    const statements = some.map((alike, at) => statementOf(alike, at, apart))
    const { rows } = await sql<Together>`${sql.join(statements, sql` union all `)}`.execute(ctx.db)
    for (const row of rows)
      for (const [i, s] of (some[row.look] ?? []).entries()) found.get(s)?.set(row.key, readingOf(row, i))
  }
  return found
}

/** By source and frame. */
function lookingAlike(selections: Selection[]): Selection[][] {
  const looks = new Map<string, Selection[]>()
  for (const s of selections) {
    const key = `${s.source.id} ${JSON.stringify(s.frame)}`
    looks.set(key, [...(looks.get(key) ?? []), s])
  }
  return [...looks.values()]
}

interface Together {
  look: number
  key: string | null
  bare: number
  values: (string | null)[]
  units: (string | null)[]
  counts: number[]
  partials: boolean[]
}

const COUNTED = ['count', 'known', 'of', 'base', 'unknown'] as const

function statementOf(alike: Selection[], at: number, apart: Apart): RawBuilder<unknown> {
  const [first] = alike
  if (!first) throw new Error('nothing to read')
  const { key, join } = apart(first)
  const columns = alike.map(columnsOf)
  const list = (of: (c: (typeof columns)[number]) => RawBuilder<unknown>) => sql.join(columns.map(of))
  const grouped = apart === whole ? sql`` : sql`group by 2`
  return sql`(select ${sql.lit(at)}::int as look, (${key})::text as key, count(*) as bare,
      array[${list((c) => c.value)}]::text[] as "values", array[${list((c) => sql`array_to_string(${c.units}, chr(1))`)}]::text[] as units,
      array[${sql.join(columns.flatMap((c) => COUNTED.map((name) => c[name])))}]::int[] as counts,
      array[${list((c) => c.partial)}] as partials
    ${everyRowOf(first, join)} ${grouped})`
}

function readingOf({ bare, values, units, counts, partials }: Together, at: number): Reading {
  const [count = 0, known = 0, of = 0, base = 0, unknown = 0] = counts.slice(at * COUNTED.length)
  return {
    value: values[at] ?? null,
    units: units[at]?.split('\u0001') ?? null,
    count,
    known,
    of,
    base,
    unknown,
    partial: partials[at] ?? false,
    bare,
    registered: false,
  }
}

const needsMore = ({ source }: Selection, reading: Reading | undefined): boolean =>
  !source.complete && !reading?.bare

/** What each selection comes to as a whole. */
export async function sayAll(ctx: Context, selections: Selection[]): Promise<Map<Selection, Said>> {
  const read = await readAll(ctx, selections)
  const empty = selections.filter((s) => needsMore(s, read.get(s)?.get('')))
  const declared = await declaredOf(ctx, empty)
  const kept = await registeredOf(ctx, empty)
  const registers = await registersOf(ctx, selections, { empty })
  const stated = await statedBy(ctx, selections)
  return new Map(
    selections.map((s) => {
      const { since, whole: full } = registers(s, '')
      const reading = {
        ...(read.get(s)?.get('') ?? NOTHING),
        registered: kept.has(s) || full,
        since,
        stated: stated(s, ''),
      }
      return [s, saidOf(s, reading, declared.get(s) ?? NONE)]
    }),
  )
}

async function declaredOf(ctx: Context, empty: Selection[]): Promise<Map<Selection, Declared>> {
  const found = new Map<Selection, Declared>()
  for (const alike of framesOf(empty)) {
    const nils = await nilsOf(
      ctx,
      alike.flatMap((s) => s.source.ledger ?? []),
      alike[0].frame,
    )
    // Figures of one ledger share what was declared in it.
    const byLedger = new Map<string, Declared>()
    for (const s of alike) {
      const { ledger = '' } = s.source
      const declared = nils.get(ledger) ?? []
      const known = byLedger.get(ledger) ?? ofPlace(s.frame, declared)
      const said = known ?? (await ofBranches(ctx, s.source, s.frame, declared)).get('') ?? NONE
      byLedger.set(ledger, said)
      found.set(s, said)
    }
  }
  return found
}

/** Of one ledger's records, those of the same frame. */
function framesOf(selections: Selection[]): [Selection, ...Selection[]][] {
  const frames = new Map<string, [Selection, ...Selection[]]>()
  for (const s of selections) {
    if (!s.source.ledger) continue
    const key = JSON.stringify(s.frame)
    const others = frames.get(key)
    if (others) others.push(s)
    else frames.set(key, [s])
  }
  return [...frames.values()]
}

async function registeredOf(ctx: Context, empty: Selection[]): Promise<Set<Selection>> {
  const asked = empty.flatMap((s) => (s.source.registered ? [{ s, kept: s.source.registered(s.frame) }] : []))
  if (asked.length === 0) return new Set()
  const { rows } = await sql<{
    kept: boolean[]
  }>`select array[${sql.join(asked.map((a) => a.kept))}] as kept`.execute(ctx.db)
  return new Set(asked.filter((_, i) => rows[0]?.kept[i]).map((a) => a.s))
}

/** What each value of a dimension comes to that has rows of the kind. */
export async function sayByValue(
  ctx: Context,
  selections: Selection[],
  dimension: string,
): Promise<Map<Selection, Map<string | null, Said>>> {
  const read = await readAll(ctx, selections, byDimension(dimension))
  return sayByKey(read, await registersOf(ctx, selections))
}

const sayByKey = (
  read: Readings,
  registers: Registers,
  stated: (s: Selection, key: string | null) => Stated | undefined = () => undefined,
): Map<Selection, Map<string | null, Said>> =>
  new Map(
    [...read].map(([s, by]) => [
      s,
      new Map(
        [...by].map(([key, reading]) => [
          key,
          saidOf(s, { ...reading, since: registers(s, key).since, stated: stated(s, key) }, NONE),
        ]),
      ),
    ]),
  )

/**
 * What each selection comes to in each unit, by its code, as the unit asked alone would be answered; and under '' and
 * the codes of others what else has rows.
 */
export async function sayByUnit(
  ctx: Context,
  selections: Selection[],
  units: Units,
): Promise<Map<Selection, Map<string | null, Said>>> {
  const read = await readAll(ctx, selections, byUnit(units))
  const registers = await registersOf(ctx, selections, {
    keyOf: (s) => codeOfUnit(units, s.frame, s.source.timing),
    empty: selections.filter((s) => units.list.some((u) => needsMore(s, read.get(s)?.get(u.code)))),
  })
  const stated = await statedBy(ctx, selections, (s) => codeOfUnit(units, s.frame, s.source.timing))
  const found = sayByKey(read, registers, stated)
  for (const s of selections) {
    const of = (code: string) => read.get(s)?.get(code)
    const empty = units.list.filter((u) => needsMore(s, of(u.code)))
    const declared = await declaredByUnit(
      ctx,
      s,
      units,
      empty.map((u) => u.code),
    )
    const kept = await registeredByUnit(ctx, s, units, empty)
    for (const { code } of empty) {
      const { since, whole: full } = registers(s, code)
      const reading = { ...(of(code) ?? NOTHING), registered: kept.has(code) || full, since }
      found.get(s)?.set(code, saidOf(s, reading, declared.get(code) ?? NONE))
    }
  }
  return found
}

async function declaredByUnit(
  ctx: Context,
  s: Selection,
  units: Units,
  empty: string[],
): Promise<Map<string, Declared>> {
  const { source } = s
  const found = new Map<string, Declared>()
  if (!source.ledger || empty.length === 0) return found
  const declared = (await nilsOf(ctx, [source.ledger], s.frame)).get(source.ledger) ?? []
  if (declared.length === 0) return found
  const open: Frame[] = []
  for (const unit of units.list.filter((u) => empty.includes(u.code))) {
    const frame = frameOfUnit(units, unit, s.frame, source.timing)
    const known = ofPlace(frame, declared)
    if (known) found.set(unit.code, known)
    else open.push(frame)
  }
  if (open.length === 0) return found
  const keyOf = codeOfUnit(units, s.frame, source.timing)
  const counted = await ofBranches(ctx, source, s.frame, declared, keyOf)
  for (const { org } of open) found.set(org.code, counted.get(org.code) ?? NONE)
  return found
}

async function registeredByUnit(
  ctx: Context,
  { source, frame }: Selection,
  units: Units,
  empty: Units['list'],
): Promise<Set<string>> {
  const { registered } = source
  if (!registered || empty.length === 0) return new Set()
  const each = sql.join(empty.map((u) => registered(frameOfUnit(units, u, frame, source.timing))))
  const { rows } = await sql<{ kept: boolean[] }>`select array[${each}] as kept`.execute(ctx.db)
  return new Set(empty.filter((_, i) => rows[0]?.kept[i]).map((u) => u.code))
}
