/**
 * Are the registers behind a count complete at that time? Who had left before a register was begun was never entered,
 * so a count of an earlier day is a lower bound, and nothing grew out of it.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { type Frame, inFrame, type Source } from '../../../kernel/measures.ts'
import { type Register, registersAt } from '../../structure/registers/registers.ts'
import type { Selection } from './selection.ts'

export interface Kept {
  /** The day from which the last of the registers is complete, where that is later than the time asked about. */
  since: string | undefined
  /** All of them are complete at that time: nobody there is 0, not missing. */
  whole: boolean
}

/** Of one selection, told apart by key. */
export type Registers = (s: Selection, key: string | null) => Kept

type PathKey = (path: RawBuilder<unknown>) => RawBuilder<string | null>

export interface Told {
  /** The part of a path by which readings are told apart, where that is by organisations. */
  keyOf?: (s: Selection) => PathKey
  /** Those without a row somewhere: of these it is asked whether nobody is 0. */
  empty?: Selection[]
}

export async function registersOf(
  ctx: Context,
  selections: Selection[],
  { keyOf, empty = [] }: Told = {},
): Promise<Registers> {
  const asked = new Map<string, Asked>()
  for (const s of selections) {
    const { register } = s.source
    if (register)
      asked.set(nameOf(s), { register, frame: s.frame, day: dayOf(s), ...(keyOf && { keyOf: keyOf(s) }) })
  }
  const blank = new Set(empty.map(nameOf))
  const latest = await latestOf(ctx, [...asked.values()])
  const found = new Map<string, Map<string, Kept>>()
  for (const [name, one] of asked)
    if (blank.has(name) || (latest.get(one.register) ?? '') > one.day)
      found.set(name, await readKept(ctx, one))
  const unknown: Kept = { since: undefined, whole: false }
  return (s, key) => found.get(nameOf(s))?.get(keyOf ? (key ?? '') : '') ?? unknown
}

const nameOf = (s: Selection) => `${s.source.register} ${dayOf(s)} ${JSON.stringify(s.frame)}`

/** What happened in a period is known when the register was complete before it. */
const dayOf = ({ source, frame }: { source: Source; frame: Frame }): string =>
  (source.timing === 'flow' ? frame.from : frame.asOf).slice(0, 10)

interface Asked {
  register: Register
  frame: Frame
  day: string
  keyOf?: PathKey
}

/**
 * The latest day that anybody who may speak for these places has stated, by register: the county's own, and offices
 * above it. Of later days, as most are, no organisation has to be looked at.
 */
async function latestOf(ctx: Context, asked: Asked[]): Promise<Map<string, string>> {
  if (asked.length === 0) return new Map()
  const counties = asked.map(({ frame }) => frame.org.countyId)
  const places = counties.includes(null)
    ? sql``
    : sql`and (county_id = any(${counties}::uuid[]) or stated_by = 'hand')`
  const { rows } = await sql<{ register: string; latest: string }>`
    select register, max(complete_from)::text as latest from register_statement
    where voided_at is null ${places} group by register`.execute(ctx.db)
  return new Map(rows.map(({ register, latest }) => [register, latest]))
}

async function readKept(ctx: Context, asked: Asked): Promise<Map<string, Kept>> {
  const { register, frame, day, keyOf = () => sql<string>`''` } = asked
  const place = inFrame(frame, { countyId: 'b.county_id', path: 'b.path' })
  const county = frame.org.countyId
  const within = county === null ? place : sql<SqlBool>`${place} and b.county_id = ${county}`
  const { rows } = await sql<{ key: string | null; since: string | null; whole: boolean }>`
    select ${keyOf(sql`x.path`)} as key, (max(since) filter (where since > ${day}::date))::text as since,
      bool_and(since is not null and since <= ${day}::date) as whole
    from (${registersAt({ register, asOf: frame.asOf, within })}) x group by 1`.execute(ctx.db)
  return new Map(rows.map(({ key, since, whole }) => [key ?? '', { since: since ?? undefined, whole }]))
}
