/** The laws between rows and numbers (laws 3, 5, 6): what a reading comes to, and what may be said of it. */
import { conflict, type Refusal } from '../../../kernel/errors.ts'
import { type Measure, statesOne } from '../../../kernel/measures.ts'
import { dateInWords } from '../../../kernel/period.ts'
import { type FigureValue, sayValue, shareOf } from '../words.ts'
import type { Declared } from './nil.ts'
import type { Reading } from './read.ts'
import type { Selection } from './selection.ts'
import type { Stated } from './stated.ts'
import { SEVERAL } from './statement.ts'

/** What one selection comes to. */
export interface Said {
  value: FigureValue
  /** There may be more: a lower bound. Never of a quotient. */
  partial: boolean
  count: number
  missingReason?: string
  /** The rows hold several answers where one was asked for: refused where the question stands alone. */
  several?: Refusal
  /** Where it stands in the rows. */
  unit?: string
  /** Of how many rows it speaks, of how many that there are. */
  coverage: { known: number; of: number }
  /** The day from which the registers behind it are complete, where that is later than the time asked about. */
  since?: string
  /** Of a base that is not known for all: for how many organisations it is. */
  stated?: Stated
  /** Its rows carry both sides of the share. */
  paired?: true
}

const missing = (reason: string) => ({ value: null, missingReason: reason })

/** `declared`: what was declared 本期无 where there is no row. */
export function saidOf(s: Selection, reading: Reading, declared: Declared): Said {
  const { count, units } = reading
  const [unit, ...others] = units ?? []
  const said = others.length > 0 ? severalUnits(s, units ?? []) : worth(s, reading, declared)
  const { since, stated } = reading
  const open = reading.partial || reading.unknown > 0 || since !== undefined
  const partial = said.value !== null && adds(s.measure) && open
  return {
    ...said,
    // "At least nothing" says nothing.
    ...(partial && said.value === 0 && missing(nothingKnown(s, reading))),
    partial: partial && said.value !== 0,
    count,
    ...(unit !== undefined && others.length === 0 && { unit }),
    ...(since && { since }),
    ...(stated && stated.by < stated.of && { stated }),
    ...(s.paired && { paired: true as const }),
    coverage: s.paired ? { known: count, of: reading.of } : { known: reading.known, of: count },
  }
}

type Worth = Pick<Said, 'value' | 'missingReason' | 'several'>

function severalUnits({ measure, source }: Selection, units: string[]): Worth {
  const written = units.map((unit) => unit || '没写单位').join('、')
  const why = `单位不止一种（${written}），不能${statesOne(measure) ? '合在一起说' : '相加'}`
  const by = source.dimensions[measure.unitOf?.apartBy[0] ?? '']?.title ?? '单位'
  const remedy = `请加条件“${by}”，或按“${by}”分组`
  return { ...missing(why), several: conflict('severalUnits', `“${measure.title}”的${why}。${remedy}。`) }
}

function severalValues(measure: Measure): Worth {
  const why = '符合条件的记录不止一条，写的也不一样'
  return {
    ...missing(why),
    several: conflict('severalValues', `“${measure.title}”${why}，请再加筛选条件，只留一条。`),
  }
}

/** Kinds to which one more row can only add. */
const adds = ({ kind }: Measure): boolean => kind === 'count' || kind === 'sum' || kind === 'distinct'

function worth(s: Selection, reading: Reading, declared: Declared): Worth {
  const { measure, source } = s
  if (reading.count > 0) return withRows(measure, reading.value)
  if (reading.unknown > 0) return missing(nothingKnown(s, reading))
  if (measure.recorded && reading.of > 0)
    return reading.base > 0
      ? { value: 0 }
      : missing(`${reading.of}${measure.unit}${measure.recorded.lacking}`)
  if (s.paired && reading.of > 0 && reading.base === 0)
    return missing('有记录，但没有一条填全了这个比例的两边')
  if (measure.blank && reading.of > 0) return missing('有记录，但都没有填这一项')
  if (statesOne(measure) || measure.kind === 'average') return missing('没有符合条件的记录')
  if (source.complete || reading.registered || declared.all) return { value: 0 }
  if (reading.bare > 0) return { value: 0 }
  const none = `这段时间还没有${source.title}的记录`
  return missing(declared.by > 0 ? `${none}，${declared.of}个团支部中${declared.by}个声明本期无` : none)
}

function withRows(measure: Measure, value: string | null): Worth {
  if (value === SEVERAL) return severalValues(measure)
  if (value === null) return missing('有记录，但都没有填这一项')
  return { value: typed(measure, value) }
}

function nothingKnown({ source, measure }: Selection, { count, known, since }: Reading): string {
  if (since) return sinceWords(since)
  if (source.names && !measure.value) return '有记录，但没有登记姓名'
  if (count > known && measure.kind === 'sum') return '有记录，但有的没有填这一项，填了的都是0'
  return '有记录，但看不出符不符合条件'
}

const NUMBERS = new Set<Measure['valueType']>(['number', 'money', 'ordinal'])

const typed = (measure: Measure, value: string): FigureValue =>
  statesOne(measure) && !NUMBERS.has(measure.valueType) ? value : Number(value)

/** What the parts of a measure come to together. */
export interface Whole {
  value: FigureValue
  partial: boolean
  parts: Said[]
  missingReason?: string
  /** Whatever keeps the number from being believed: no page hides it, no document prints the number. */
  doubt?: string
}

export function wholeOf(measure: Measure, parts: Said[]): Whole {
  const thin = thinBase(measure, parts)
  const value = thin
    ? null
    : combined(
        measure,
        parts.map((p) => p.value),
      )
  const reason = thin ?? parts.find((p) => p.missingReason)?.missingReason
  const doubt = doubtOf(measure, value, parts)
  return {
    value,
    parts,
    partial: !measure.parts && parts.some((p) => p.partial) && value !== null,
    ...(value === null && { missingReason: reason ?? '没有可计算的数据' }),
    ...(doubt && { doubt }),
  }
}

const knownFor = ({ by, of }: Stated): string => `已登记${by}个，共${of}个组织`

/** All members over the young people of one village is no share of anything. */
function thinBase({ kind }: Measure, parts: Said[]): string | undefined {
  if (kind !== 'ratio') return undefined
  const stated = parts.find((p) => p.value !== null && p.stated && !p.paired)?.stated
  return stated && `底数${knownFor(stated)}，没有登记全，比例不算`
}

/** The value of a measure from those of its parts, in their order. */
function combined(measure: Measure, values: FigureValue[]): FigureValue {
  const [first, second] = values
  if (!measure.parts) return first ?? null
  if (typeof first !== 'number' || typeof second !== 'number') return null
  if (measure.kind !== 'ratio') return first - second
  return second === 0 ? null : shareOf(first, second, measure.unit)
}

const sinceWords = (since: string): string => `名册从${dateInWords(since)}起才齐全，这以前的不全`

/** A part larger than its whole; sides of which no more is known than a bound. */
function doubtOf(measure: Measure, value: FigureValue, parts: Said[]): string | undefined {
  if (typeof value !== 'number' || !measure.parts) return undefined
  const bounded = measure.parts.filter((_, i) => parts[i]?.partial).map((p) => p.title)
  if (bounded.length > 0)
    return `${bounded.join('、')}只知道至少是多少，${measure.kind === 'ratio' ? '比例' : '差'}不准`
  if (measure.kind === 'ratio' && measure.unit === '%' && value > 100 && !measure.mayExceed)
    return '部分大于全体，请核对背后的记录'
  return undefined
}

/** Numerator and denominator of a share. */
export const fractionOf = (measure: Measure, { parts }: Whole): [number, number] | undefined =>
  measure.kind === 'ratio' ? [Number(parts[0]?.value ?? 0), Number(parts[1]?.value ?? 0)] : undefined

/** As it is worded where nobody chose another wording. */
export function display(measure: Measure, whole: Whole, percent: 'cut' | 'round'): string {
  const unit = whole.parts.find((p) => p.unit)?.unit ?? measure.unit
  return sayValue({
    value: whole.value,
    measure: { ...measure, unit },
    fraction: fractionOf(measure, whole),
    percent,
    partial: whole.partial,
  })
}

/** What has to be said beside the number for it to be true; nothing where it speaks of all there is. */
export function noteOf(measure: Measure, whole: Whole): string | undefined {
  const stated = whole.value === null ? undefined : whole.parts.find((p) => p.stated)?.stated
  const notes = [stated && knownFor(stated), noteOfRows(measure, whole)].filter(Boolean)
  return notes.length > 0 ? notes.join('；') : undefined
}

function noteOfRows(measure: Measure, { value, parts, doubt }: Whole): string | undefined {
  if (doubt) return doubt
  if (value === null) return undefined
  const since = parts.find((p) => p.since)?.since
  if (since) return sinceWords(since)
  const [first, second] = parts
  const left = (first?.coverage.of ?? 0) - (first?.coverage.known ?? 0)
  if (measure.recorded)
    return left > 0 ? `另有${left}${measure.unit}${measure.recorded.lacking}，不算在内` : undefined
  const { known, of } = (measure.kind === 'ratio' ? second : first)?.coverage ?? { known: 0, of: 0 }
  if (measure.kind === 'ratio') return known < of ? `按填全的${known}条算，共${of}条` : undefined
  return !measure.parts && measure.value && measure.kind !== 'distinct' && known < of
    ? `${of}条中${known}条填了`
    : undefined
}
