/** Many figures at once: selections that look at the same rows are answered by one statement. */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Catalogue, Frame, Measure, Part } from '../../../kernel/measures.ts'
import { measureOf, sourceOf } from '../catalogue.ts'
import { apart } from '../groups.ts'
import { combined } from '../query.ts'
import { aggregate, partialOf, type Selection, saidBy, selectIn } from '../selection.ts'
import { type FigureValue, sayValue } from '../words.ts'
import { codeOfUnit, frameOfUnit, frameOver, type Unit, type Units } from './units.ts'

export interface Reading {
  value: string | null
  count: number
  partial: boolean
  /** Rows of that kind, whatever the filter. */
  bare: number
}

const NOTHING: Reading = { value: null, count: 0, partial: false, bare: 0 }

export interface Read {
  /** Under '', or with units by the code of each. */
  by: Map<string, Reading>
  /** Somebody in the frame declared "nothing this period"; looked up only where rows are lacking. */
  declared: boolean
}

export type Readings = Map<Selection, Read>

/** Statements travel together: a round trip costs more than most of them. */
const AT_ONCE = 16

export async function readAll(ctx: Context, selections: Selection[], units?: Units): Promise<Readings> {
  const found: Readings = new Map(selections.map((s) => [s, { by: new Map(), declared: false }]))
  const looks = lookingAlike(selections)
  for (let from = 0; from < looks.length; from += AT_ONCE) {
    const some = looks.slice(from, from + AT_ONCE)
    const statements = some.map((alike, at) => statementOf(alike, at, units))
    const { rows } = await sql<Together>`${sql.join(statements, sql` union all `)}`.execute(ctx.db)
    for (const row of rows)
      for (const [i, s] of (some[row.look] ?? []).entries())
        found.get(s)?.by.set(row.key ?? '', readingOf(row, i))
  }
  const codes = units ? units.list.map((u) => u.code) : ['']
  const lacking = looks.filter(([s]) => codes.some((code) => !(s && found.get(s)?.by.get(code)?.bare)))
  const declared = await declaredIn(ctx, lacking)
  for (const s of declared.flat()) found.set(s, { by: found.get(s)?.by ?? new Map(), declared: true })
  return found
}

/** Of these looks, those in which "nothing this period" was declared. */
async function declaredIn(ctx: Context, looks: Selection[][]): Promise<Selection[][]> {
  const asked = looks.flatMap((alike) => {
    const nil = alike[0] && !alike[0].source.complete && alike[0].source.nil?.(alike[0].frame)
    return nil ? [{ alike, nil }] : []
  })
  if (asked.length === 0) return []
  const each = sql.join(asked.map((a) => a.nil))
  const { rows } = await sql<{ declared: boolean[] }>`select array[${each}] as declared`.execute(ctx.db)
  return asked.filter((_, i) => rows[0]?.declared[i]).map((a) => a.alike)
}

const readingOf = ({ bare, values, counts, partials }: Together, at: number): Reading => ({
  value: values[at] ?? null,
  count: counts[at] ?? 0,
  partial: partials[at] ?? false,
  bare,
})

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
  counts: number[]
  partials: boolean[]
}

function statementOf(alike: Selection[], at: number, units?: Units): RawBuilder<unknown> {
  const [first] = alike
  if (!first) throw new Error('nothing to read')
  const { source, frame } = first
  const { key, join } = units
    ? apart(first, codeOfUnit(units, frame, source.timing))
    : { key: sql`''`, join: sql`` }
  const grouped = units ? sql`group by 2` : sql``
  return sql`(select ${sql.lit(at)}::int as look, (${key})::text as key, count(*) as bare,
      array[${sql.join(alike.map((s) => aggregate(s, only(s))))}]::text[] as "values",
      array[${sql.join(alike.map((s) => sql`count(*) ${only(s)}`))}] as counts,
      array[${sql.join(alike.map((s) => partialOf(s, only(s))))}] as partials
    from ${source.from(frame)} ${join} where ${source.where(frame)} ${grouped})`
}

const only = ({ conditions }: Selection) =>
  conditions.length === 0 ? sql`` : sql`filter (where ${sql.join(conditions, sql` and `)})`

export interface SaidReading {
  value: FigureValue
  partial: boolean
  missingReason?: string
}

/** What a reading comes to, as the figure query would answer it (law 6). */
export function said(s: Selection, reading: Reading = NOTHING, declaredNil: boolean): SaidReading {
  const known = s.source.complete || (s.filtered && reading.bare > 0) || declaredNil
  return { ...saidBy(s, reading, !known), partial: reading.partial }
}

/**
 * The selections of a measure over all units at once. Null where its units cannot be told apart in one reading: what
 * counts only the level below, looks at other days, or states a single row.
 */
export function selectOver(
  all: Catalogue,
  measure: Measure,
  units: Units,
  days: Frame,
  where: Record<string, string> = {},
): Selection[] | null {
  const parts: Pick<Part, 'measure' | 'where' | 'shift' | 'unfiltered'>[] = measure.parts ?? [
    { measure: measure.id },
  ]
  const plain = parts.map((p) => measureOf(all, p.measure))
  if (measure.kind === 'falls' || parts.some((p) => p.shift) || !plain.every(isOfSubtree)) return null
  return plain.map((one, i) => {
    const frame = frameOver(units, days, sourceOf(all, one).timing)
    const asked = parts[i]?.unfiltered ? {} : where
    return selectIn(all, one, frame, [...Object.entries(asked), ...Object.entries(parts[i]?.where ?? {})])
  })
}

const isOfSubtree = ({ kind, belowOnly, depth = 'all', unitOf, parts }: Measure) =>
  kind !== 'only' && !belowOnly && depth === 'all' && !unitOf && !parts

export interface Whole extends SaidReading {
  /** Of the parts, in their order. */
  values: FigureValue[]
}

/** What the parts of a measure come to together. */
export function wholeOf(measure: Measure, parts: SaidReading[]): Whole {
  const values = parts.map((p) => p.value)
  const reason = parts.find((p) => p.missingReason)?.missingReason
  return {
    value: combined(measure, values),
    values,
    partial: parts.some((p) => p.partial),
    ...(reason && { missingReason: reason }),
  }
}

/** As the figure query words it. */
export function display(
  measure: Measure,
  { value, values, partial }: Whole,
  percent: 'cut' | 'round',
): string {
  const [first, second] = values
  const fraction: [number, number] | undefined =
    measure.kind === 'ratio' ? [Number(first ?? 0), Number(second ?? 0)] : undefined
  return sayValue({ value, measure, fraction, percent, partial })
}

interface ByUnit {
  measure: Measure
  parts: Selection[]
  units: Units
  read: Readings
}

/** What a measure comes to in each unit, by its code. */
export async function saidByUnit(
  ctx: Context,
  { measure, parts, units, read }: ByUnit,
): Promise<Map<string, Whole>> {
  const nils: Set<string>[] = []
  for (const s of parts) {
    const silent = units.list.filter((u) => !read.get(s)?.by.get(u.code)?.bare)
    nils.push(read.get(s)?.declared ? await nilUnits(ctx, s, units, silent) : new Set())
  }
  const of = (code: string) =>
    parts.map((s, i) => said(s, read.get(s)?.by.get(code), nils[i]?.has(code) === true))
  return new Map(units.list.map(({ code }) => [code, wholeOf(measure, of(code))]))
}

/** Of the units without rows, those that declared it. */
async function nilUnits(
  ctx: Context,
  { source, frame }: Selection,
  units: Units,
  silent: Unit[],
): Promise<Set<string>> {
  const { nil } = source
  if (!nil || silent.length === 0) return new Set()
  const each = sql.join(silent.map((u) => nil(frameOfUnit(units, u, frame, source.timing))))
  const { rows } = await sql<{ declared: boolean[] }>`select array[${each}] as declared`.execute(ctx.db)
  return new Set(silent.filter((_, i) => rows[0]?.declared[i]).map((u) => u.code))
}
