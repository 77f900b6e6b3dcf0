/**
 * How an exact value is said in a document (law 5), in this one place. Exact values are stored; wording is a setting
 * of the report. Nothing here ever says more than the value holds unless it rounds because it was told to.
 */
import {
  compare,
  type Decimal,
  exact,
  multiply,
  type Rounding,
  ratio,
  toDecimals,
} from '../../kernel/decimal.ts'
import type { ValueType } from '../../kernel/measures.ts'
import { type DatePrecision, dateInWords } from '../../kernel/period.ts'

export interface Wordable {
  /** Numbers as exact text or number; dates 'YYYY-MM-DD'; null when missing. */
  value: Decimal | null
  /** 人, 场, 元, % …; '' for dates and texts. */
  unit: string
  valueType?: ValueType | undefined
  /** The exact parts of a share or an average; they are used instead of `value`. */
  fraction?: { numerator: Decimal; denominator: Decimal } | undefined
  /** How much of a date is known. */
  precision?: DatePrecision | undefined
}

export interface Wording {
  /**
   * exact 526 · rounded to `decimals` · over 520余 (two leading digits) · nearly 近530 · wan 5.26万 · wanOver 5万余.
   * The last two leave what is below 10,000 to exact and over.
   */
  style?: 'exact' | 'rounded' | 'over' | 'nearly' | 'wan' | 'wanOver' | undefined
  /** Of shares and averages: 17/39 cut is 43.5%, rounded 43.6%. */
  percent?: 'cut' | 'round' | undefined
  decimals?: number | undefined
  /** 至少, 不少于, 不超过, 不到: the number is then cut or raised so that the bound stays true. */
  bound?: 'atLeast' | 'notLess' | 'atMost' | 'under' | undefined
  /** false leaves the unit away. */
  unitWord?: boolean | undefined
  /** 三 for 3, 两个 for 2, up to 99. */
  chineseNumerals?: boolean | undefined
  /** Dates within this year are said without it. */
  withinYear?: number | undefined
}

export const MISSING = '—'

const WAN = 10_000
const YI = 100_000_000
const BOUNDS = { atLeast: '至少', notLess: '不少于', atMost: '不超过', under: '不到' }
const DIGITS = '零一二三四五六七八九'

/** The value as the document says it, with its unit: 430人, 560余次, 5万余元, 43.5%, 3月12日. Missing is '—'. */
export function word(answer: Wordable, wording: Wording = {}): string {
  const { value, unit, valueType = 'number' } = answer
  if (valueType === 'text' || valueType === 'date') {
    if (value === null || value === '') return MISSING
    if (valueType === 'text') return String(value)
    return dateInWords(String(value), answer.precision, { withinYear: wording.withinYear })
  }
  if (valueType === 'ordinal') return ordinal(value, unit, wording)
  const digits = answer.fraction ? quotient(answer.fraction, unit, wording) : amount(answer, wording)
  if (digits === MISSING) return MISSING
  return boundOf(answer, digits, wording) + withUnit(digits, unit, wording)
}

/** 第三届; the 100th and later ones in digits. */
function ordinal(value: Wordable['value'], unit: string, { unitWord }: Wording): string {
  if (value === null || value === '') return MISSING
  return `第${chineseNumeral(Number(value))}${unitWord === false ? '' : unit}`
}

/** 不到36 of 35.4; of 36 itself it would be false, and is left away. */
function boundOf({ value, fraction }: Wordable, digits: string, { bound }: Wording): string {
  if (!bound) return ''
  const { numerator, denominator } = fraction ?? { numerator: value ?? 0, denominator: 1 }
  const reached = /^[\d.]+$/.test(digits) && compare(multiply(digits, denominator), numerator) <= 0
  return bound === 'under' && reached ? '' : BOUNDS[bound]
}

/** A difference in prose: 增加3人, 减少3人, 持平; shares rise and fall: 提高2.1个百分点. Missing is '—'. */
export function wordChange(answer: Wordable, wording: Wording = {}): string {
  if (answer.value === null) return MISSING
  const order = compare(answer.value, 0)
  if (order === 0) return '持平'
  const ofShares = answer.unit === '%' || answer.unit.endsWith('百分点')
  const verbs = ofShares ? ['下降', '提高'] : ['减少', '增加']
  const size = exact(answer.value).replace('-', '')
  const unit = ofShares ? '个百分点' : answer.unit
  return verbs[order < 0 ? 0 : 1] + word({ ...answer, value: size, unit }, wording)
}

/** An exact number for screens, with thousands separators: 1,234,567.5. Missing is '—'. */
export function describeNumber(value: Decimal | null): string {
  if (value === null) return MISSING
  const [whole = '', fraction] = exact(value).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction ? `${grouped}.${fraction}` : grouped
}

function roundingOf(wording: Wording, usual: Rounding): Rounding {
  if (wording.bound === undefined) return usual
  return wording.bound === 'atMost' || wording.bound === 'under' ? 'up' : 'cut'
}

function quotient(
  fraction: { numerator: Decimal; denominator: Decimal },
  unit: string,
  wording: Wording,
): string {
  if (compare(fraction.denominator, 0) === 0) return MISSING
  const rounding = roundingOf(wording, wording.percent ?? 'round')
  const { decimals = 1 } = wording
  if (unit !== '%') return ratio(fraction.numerator, fraction.denominator, decimals, rounding)
  return percentage(fraction.numerator, fraction.denominator, { decimals, rounding })
}

/** Not all is never 100, and some is never 0, however it is rounded. */
function percentage(
  part: Decimal,
  whole: Decimal,
  { decimals, rounding }: { decimals: number; rounding: Rounding },
): string {
  const hundredfold = multiply(part, 100)
  const said = ratio(hundredfold, whole, decimals, rounding)
  if (compare(said, 100) === 0 && compare(part, whole) < 0) return ratio(hundredfold, whole, decimals, 'cut')
  if (compare(said, 0) === 0 && compare(part, 0) > 0)
    return `不足${ratio(1, 10 ** decimals, decimals, 'round')}`
  return said
}

function amount({ value, unit, valueType }: Wordable, wording: Wording): string {
  if (value === null || value === '') return MISSING
  const { style = 'exact', decimals } = wording
  if (unit === '%') return toDecimals(value, decimals ?? 1, roundingOf(wording, wording.percent ?? 'round'))
  if (style === 'rounded' || (style === 'exact' && decimals !== undefined))
    return toDecimals(value, decimals ?? 0, roundingOf(wording, 'round'))
  const grid = gridOf(value, style, decimals)
  if (!grid) return valueType === 'money' ? moneyDigits(value) : exact(value)
  const said = multiply(ratio(value, grid.step, grid.places, roundingOf(wording, grid.rounding)), grid.step)
  if (style === 'wan' || wording.bound || compare(said, value) === 0) return compact(said)
  return style === 'nearly' ? `近${compact(said)}` : `${compact(said)}余`
}

interface Grid {
  step: number
  places: number
  rounding: Rounding
}

/** The round numbers among which a style chooses; none up to 10, where 余 would be false. */
function gridOf(value: Decimal, style: Wording['style'], decimals: number | undefined): Grid | undefined {
  if (style === 'exact' || compare(value, 10) <= 0) return undefined
  const large = compare(value, WAN) >= 0
  if (style === 'wan') return large ? { step: WAN, places: decimals ?? 2, rounding: 'round' } : undefined
  if (style === 'wanOver' && large) return { step: WAN, places: decimals ?? 0, rounding: 'cut' }
  return { step: leadingStep(value), places: 0, rounding: style === 'nearly' ? 'up' : 'cut' }
}

/** Two leading digits are kept from 100 on, one below it: 560余, 2000余, 60余. */
function leadingStep(value: Decimal): number {
  const digits = toDecimals(value, 0, 'cut').length
  return 10 ** Math.max(1, digits - 2)
}

/** 52000 → 5.2万, 120000000 → 1.2亿; below 10,000 as it is. Loses nothing. */
function compact(value: Decimal): string {
  if (compare(value, YI) >= 0) return `${multiply(value, '0.00000001')}亿`
  return compare(value, WAN) >= 0 ? `${multiply(value, '0.0001')}万` : exact(value)
}

function moneyDigits(value: Decimal): string {
  const digits = exact(value)
  return /\.\d$/.test(digits) ? `${digits}0` : digits
}

function withUnit(digits: string, unit: string, wording: Wording): string {
  const shown = wording.unitWord === false ? '' : unit
  if (!wording.chineseNumerals || unit === '%' || !/^\d+$/.test(digits)) return digits + shown
  const numeral = chineseNumeral(Number(digits))
  return (numeral === '二' && shown ? '两' : numeral) + shown
}

/** 一 to 九十九; other numbers in Arabic ones. */
export function chineseNumeral(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 99) return String(n)
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  return `${tens > 1 ? DIGITS[tens] : ''}${tens ? '十' : ''}${ones ? DIGITS[ones] : ''}`
}
