/** From a question to the rows it selects, and what they add up to. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { condition } from '../../kernel/filters.ts'
import type { Catalogue, Dimension, Frame, Measure, Source } from '../../kernel/measures.ts'
import { dimensionOf, measureOf, sourceOf } from './catalogue.ts'
import type { FigureQuestion } from './contract.ts'
import { frameOf, shifted } from './frame.ts'
import type { FigureValue } from './words.ts'

/** Stands for "the rows do not agree" where one value was asked for. */
export const SEVERAL = '\u0001'

/** A plain measure with everything that selects its rows. */
export interface Selection {
  measure: Measure
  source: Source
  frame: Frame
  conditions: RawBuilder<SqlBool>[]
  filtered: boolean
  group?: string | undefined
}

export interface Counted {
  value: FigureValue
  /** Rows behind it. */
  count: number
  digest: string
  partial: boolean
  missingReason?: string
  /** Where it stands in the rows. */
  unit?: string
}

/** The selection of one part of a measure; of a plain measure, its own. */
export async function selectPart(
  ctx: Context,
  all: Catalogue,
  question: FigureQuestion,
  role: string,
): Promise<Selection> {
  const measure = measureOf(all, question.measure)
  if (!measure.parts) return select(ctx, all, question)
  const part = measure.parts.find((p) => p.role === role) ?? measure.parts[0]
  if (!part) throw invalid('unknownPart', `“${measure.title}”没有“${role}”这一部分。`)
  const moved = part.shift ? shifted(question, part.shift, ctx.today) : question
  const { where, ...bare } = moved
  const asked = part.unfiltered || !where ? bare : { ...bare, where }
  return select(ctx, all, { ...asked, measure: part.measure }, part.where)
}

async function select(
  ctx: Context,
  all: Catalogue,
  question: FigureQuestion,
  more: Record<string, string> = {},
): Promise<Selection> {
  const measure = measureOf(all, question.measure)
  const { frame } = await frameOf(ctx, question, measure, sourceOf(all, measure))
  const asked = [...Object.entries(question.where ?? {}), ...Object.entries(more)]
  return { ...selectIn(all, measure, frame, asked), group: question.group }
}

/** The rows of a plain measure in a frame: its own filters and those asked. */
export function selectIn(
  all: Catalogue,
  measure: Measure,
  frame: Frame,
  asked: [string, string][] = [],
): Selection {
  const source = sourceOf(all, measure)
  const filters = [...Object.entries(measure.where ?? {}), ...asked]
  const conditions = filters.map(([key, text]) => condition(key, dimensionOf(source, key), text, frame))
  if (measure.belowOnly && frame.depth !== 0) conditions.push(belowOnly(source, frame))
  return { measure, source, frame, conditions, filtered: filters.length > 0 }
}

function belowOnly(source: Source, frame: Frame): RawBuilder<SqlBool> {
  const itself = frame.scopes.map((s) => s.path)
  const paths = source.joint?.(frame).paths ?? sql<string[]>`array[${source.path}]`
  return sql<SqlBool>`not (${paths} && ${itself}::text[])`
}

/** FROM … WHERE … of a selection; every figure, group and evidence page reads from here. */
export const rowsOf = (s: Selection, extra: RawBuilder<unknown> = sql``): RawBuilder<unknown> =>
  sql`from ${s.source.from(s.frame)} ${extra} where ${sql.join([s.source.where(s.frame), ...s.conditions], sql` and `)}`

/** The aggregate of a plain measure, of those rows `only`. Money and sums come as exact text. */
export function aggregate(s: Selection, only: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
  const { measure, source, frame } = s
  const value = measure.value?.(frame) ?? source.person ?? source.rowId
  if (measure.kind === 'count') return sql`(count(*) ${only})::text`
  if (measure.kind === 'sum') return sql`(sum(${value}) ${only})::text`
  if (measure.kind === 'distinct') return sql`(count(distinct ${value}) ${only})::text`
  if (measure.kind === 'average') return sql`(avg(${value}) ${only})::text`
  if (measure.kind === 'streak') return streak(sql`array_agg(distinct ${value}) ${only}`)
  return sql`case when count(distinct ${value}) ${only} > 1 then ${SEVERAL} else min((${value})::text) ${only} end`
}

/** How many whole numbers follow each other, counted back from the largest. */
const streak = (numbers: RawBuilder<unknown>) => sql`(select count(*)::text from (
  select n, max(n) over () as last, row_number() over (order by n desc) - 1 as back from unnest(${numbers}) as n) as run
  where run.n = run.last - run.back)`

/** Rows that carry no value make a sum or a number of people a lower bound. */
export function partialOf(s: Selection, only: RawBuilder<unknown> = sql``): RawBuilder<boolean> {
  const { measure, source, frame } = s
  const any = (lacking: RawBuilder<unknown>) => sql<boolean>`coalesce(bool_or(${lacking}) ${only}, false)`
  if (measure.partial) return any(measure.partial(frame))
  if (measure.kind === 'sum' && measure.value) return any(sql`(${measure.value(frame)}) is null`)
  if (measure.kind === 'distinct' && !measure.value && source.person)
    return any(sql`${source.person} is null`)
  return sql<boolean>`false`
}

const digestOf = (source: Source): RawBuilder<string> => {
  const list = sql`string_agg(${source.rowId}::text || ':' || ${source.version}, ',' order by ${source.rowId})`
  return sql<string>`encode(sha256(convert_to(coalesce(${list}, ''), 'UTF8')), 'hex')`
}

interface CountedRow {
  value: string | null
  count: number
  partial: boolean
  digest: string
  units: string[] | null
}

/** Null where the unit is the measure's. */
export const unitsOf = ({ measure, frame }: Selection): RawBuilder<string[] | null> =>
  measure.unitOf
    ? sql<string[]>`array_agg(distinct ${measure.unitOf.sql(frame)} order by ${measure.unitOf.sql(frame)})`
    : sql<null>`null::text[]`

const apart = (units: string[]) => `单位不止一种（${units.join('、')}），不能相加`

/** @throws conflict `severalUnits` where nothing tells the units of the rows apart */
function oneUnit({ measure, group = '' }: Selection, units: string[] | null): { unit?: string } {
  const [only, ...others] = units ?? []
  if (others.length > 0 && !measure.unitOf?.apartBy.includes(group))
    throw conflict(
      'severalUnits',
      `“${measure.title}”的${apart(units ?? [])}。请加条件“单位”，或按“单位”分组。`,
    )
  return only !== undefined && others.length === 0 ? { unit: only } : {}
}

export async function count(ctx: Context, s: Selection): Promise<Counted> {
  const { rows } = await sql<CountedRow>`
    select ${aggregate(s)} as value, count(*) as count, ${partialOf(s)} as partial, ${digestOf(s.source)} as digest,
      ${unitsOf(s)} as units ${rowsOf(s)}`.execute(ctx.db)
  const row = rows[0] ?? { value: null, count: 0, partial: false, digest: '', units: null }
  const counted = { count: row.count, digest: row.digest, partial: row.partial, ...oneUnit(s, row.units) }
  if (row.units && row.units.length > 1) return { ...counted, value: null, missingReason: apart(row.units) }
  return { ...counted, ...saidBy(s, row, row.count === 0 && (await isMissing(ctx, s))) }
}

/** What the rows of a selection come to; `missing`: there are none, and none of that kind at all. */
export function saidBy(
  { measure, source }: Selection,
  row: { value: string | null; count: number },
  missing: boolean,
): { value: FigureValue; missingReason?: string } {
  if (row.count > 0) return withRows(measure, row.value)
  if (measure.kind === 'only' || measure.kind === 'average')
    return { value: null, missingReason: '没有符合条件的记录' }
  return missing ? { value: null, missingReason: `这段时间还没有${source.title}的记录` } : { value: 0 }
}

function withRows(measure: Measure, value: string | null): { value: FigureValue; missingReason?: string } {
  if (value === SEVERAL)
    throw conflict(
      'severalValues',
      `“${measure.title}”符合条件的记录不止一条，写的也不一样，请再加筛选条件，只留一条。`,
    )
  if (value === null) return { value: null, missingReason: '有记录，但都没有填这一项' }
  if (measure.kind === 'distinct' && value === '0' && measure.unit === '人')
    return { value: null, missingReason: '有记录，但没有登记姓名' }
  return { value: typed(measure, value) }
}

const typed = (measure: Measure, value: string): FigureValue =>
  measure.kind === 'only' && measure.valueType !== 'number' && measure.valueType !== 'money'
    ? value
    : Number(value)

/** Law 6: missing means no row of that kind at all in this organisation and period, and nobody declared 本期无. */
async function isMissing(ctx: Context, s: Selection): Promise<boolean> {
  if (s.source.complete) return false
  const bare = { ...s, conditions: [] }
  if (s.filtered) {
    const any = await sql<{ found: boolean }>`select exists(select 1 ${rowsOf(bare)}) as found`.execute(
      ctx.db,
    )
    if (any.rows[0]?.found) return false
  }
  if (!s.source.nil) return true
  const nil = await sql<{ declared: boolean }>`select ${s.source.nil(s.frame)} as declared`.execute(ctx.db)
  return !nil.rows[0]?.declared
}

/** A dimension by which rows may be grouped, with the titles of its values. */
export function titleOf(dimension: Dimension, key: string | null): string {
  if (key === null) return '未填写'
  if (dimension.type === 'yesNo') return key === 'true' ? '是' : '否'
  return dimension.options?.find((o) => o.value === key)?.title ?? key
}
