/** What is read of a selection, as SQL: its aggregate, how much of it is known, and the rows themselves. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Selection } from './selection.ts'

/** Stands for "the rows do not agree" where one value was asked for. */
export const SEVERAL = '\u0001'

const all = (conditions: RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql<SqlBool>`true` : sql<SqlBool>`${sql.join(conditions, sql` and `)}`

/** Rows that the figure counts. */
export const taken = (s: Selection): RawBuilder<SqlBool> =>
  all([
    ...s.conditions,
    ...s.open,
    ...(s.paired ? [s.paired] : []),
    ...(s.measure.blank ? [hasValue(s)] : []),
  ])

/** FROM … WHERE … of the rows behind a figure; evidence and every list of who is behind it read from here. */
export const rowsOf = (s: Selection, extra: RawBuilder<unknown> = sql``): RawBuilder<unknown> =>
  sql`${everyRowOf(s, extra)} and ${taken(s)}`

/** Rows of the kind, whatever the filter. */
export const everyRowOf = (
  { source, frame }: Selection,
  extra: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> => sql`from ${source.from(frame)} ${extra} where ${source.where(frame)}`

const only = (condition: RawBuilder<SqlBool>) => sql`filter (where ${condition})`

/** The columns of one reading, for statements that read many selections of the same rows. */
export function columnsOf(s: Selection): Record<keyof Counts | 'value' | 'units', RawBuilder<unknown>> {
  const rows = only(taken(s))
  return {
    value: aggregate(s, rows),
    count: sql`count(*) ${rows}`,
    known: sql`count(*) ${only(all([taken(s), hasValue(s)]))}`,
    of: sql`count(*) ${only(all([...s.conditions, ...(s.open.length > 0 ? [notRuledOut(s)] : [])]))}`,
    base: s.measure.recorded
      ? sql`count(*) ${only(s.measure.recorded.sql(s.frame))}`
      : sql`count(*) ${only(all([...s.conditions, ...(s.paired ? [s.paired] : [])]))}`,
    unknown: s.open.length > 0 ? sql`count(*) ${only(undecided(s))}` : sql`0`,
    partial: partialOf(s, rows),
    units: s.measure.unitOf
      ? sql`array_agg(distinct ${s.measure.unitOf.sql(s.frame)} order by ${s.measure.unitOf.sql(s.frame)}) ${rows}`
      : sql`null::text[]`,
  }
}

export interface Counts {
  /** Rows behind it. */
  count: number
  /** Of these, how many state the value. */
  known: number
  /** Rows that a share had to choose from, those without one of its sides included. */
  of: number
  /**
   * Of what is asked of recorded rows only: how many of them there are, whatever the filter. Else how many rows there
   * are to choose from, of a share those that carry both its sides.
   */
  base: number
  /** Rows of which nobody can tell whether the filter takes them. */
  unknown: number
  /** There is more behind these rows than is named. */
  partial: boolean
}

const notRuledOut = ({ open }: Selection) => sql<SqlBool>`(${sql.join(open, sql` and `)}) is not false`

/** Neither in nor out: nothing rules the row out, and something is not known of it. */
const undecided = ({ conditions, open, paired }: Selection) =>
  all([...conditions, ...(paired ? [paired] : []), sql<SqlBool>`(${sql.join(open, sql` and `)}) is null`])

const valued = ({ measure, source, frame }: Selection): RawBuilder<unknown> =>
  measure.value?.(frame) ?? source.person ?? source.rowId

const hasValue = (s: Selection): RawBuilder<SqlBool> =>
  s.measure.value ? sql<SqlBool>`(${valued(s)}) is not null` : sql<SqlBool>`true`

const countsPeople = ({ measure, source }: Selection): boolean =>
  measure.kind === 'distinct' && !measure.value && source.person !== undefined

/** The aggregate of a plain measure. Money and sums come as exact text. */
function aggregate(s: Selection, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const { kind } = s.measure
  const value = valued(s)
  if (kind === 'count') return sql`(count(*) ${rows})::text`
  if (kind === 'sum') return sql`(sum(${value}) ${rows})::text`
  if (kind === 'distinct') return sql`(count(distinct ${value}) ${rows} + ${namesAlone(s)})::text`
  if (kind === 'average') return sql`(avg(${value}) ${rows})::text`
  if (kind === 'streak') return streak(sql`array_agg(distinct ${value}) ${rows}`)
  if (kind === 'top') return first(s, rows)
  return sql`case when count(distinct ${value}) ${rows} > 1 then ${SEVERAL} else min((${value})::text) ${rows} end`
}

/** Names that stand without a known person, less those that a counted person bears (law 3). */
function namesAlone(s: Selection): RawBuilder<unknown> {
  const { person, names } = s.source
  if (!countsPeople(s) || !names || !person) return sql`0`
  const list = (known: RawBuilder<SqlBool>) =>
    sql`unnest(array_agg(distinct ${names.name}) ${only(all([taken(s), known]))})`
  return sql`(select count(*) from (select n from ${list(sql<SqlBool>`${person} is null`)} as n where n is not null
    except select n from ${list(sql<SqlBool>`${person} is not null`)} as n) as alone)`
}

/** What the first of the rows states that state it; several where they stand first together and differ. */
function first(s: Selection, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const list = (of: RawBuilder<unknown>) => sql`array_agg(${of}) ${rows}`
  const rank = s.measure.rank?.(s.frame) ?? valued(s)
  return sql`(select case when count(distinct v) > 1 then ${SEVERAL} else min(v) end from (
    select v, n, max(n) over () as top from unnest(${list(sql`(${valued(s)})::text`)}, ${list(rank)}) as one(v, n)
    where v is not null) as stating where n = top)`
}

/** How many whole numbers follow each other, counted back from the largest. */
const streak = (numbers: RawBuilder<unknown>) => sql`(select count(*)::text from (
  select n, max(n) over () as last, row_number() over (order by n desc) - 1 as back from unnest(${numbers}) as n) as run
  where run.n = run.last - run.back)`

/** Rows that carry no value make a sum a lower bound; people without a name, or known by name alone, a number of people. */
function partialOf(s: Selection, rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const any = (lacking: RawBuilder<unknown>) => sql`coalesce(bool_or(${lacking}) ${rows}, false)`
  if (s.measure.kind === 'sum' && s.measure.value) return any(sql`(${valued(s)}) is null`)
  const { person, names } = s.source
  if (!countsPeople(s) || !names || !person) return sql`false`
  const byName = only(all([taken(s), sql<SqlBool>`${person} is null and ${names.name} is not null`]))
  return sql`(${any(names.unnamed)} or (count(*) ${byName} > 0 and count(distinct ${names.within}) ${rows} > 1))`
}

/** SHA-256 over the sorted (id, version) of the rows: the same again only while no row has changed. */
export function digestOf(s: Selection): RawBuilder<string> {
  const { rowId, version, seal } = s.source
  const shown = seal ? sql`|| '/' || ${seal(s.frame)}` : sql``
  const list = sql`string_agg(${rowId}::text || ':' || ${version} ${shown}, ',' order by ${rowId})`
  return sql<string>`select encode(sha256(convert_to(coalesce(${list}, ''), 'UTF8')), 'hex') as digest ${rowsOf(s)}`
}
