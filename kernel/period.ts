/**
 * Periods and days as the offices name them. Days are text 'YYYY-MM-DD', months 'YYYY-MM', both ends included.
 * Browser-safe and pure: no clock, no time zone; whoever asks brings today's date.
 */
import { invalid } from './errors.ts'

export interface Period {
  /** '2024', '2024H1', '2024Q2', '2024-03' or '2024-01-01..2024-05-31'; kept when the period is cut short. */
  id: string
  from: string
  to: string
  /** 2024年上半年 … */
  label: string
}

/** How much of a date is known. */
export type DatePrecision = 'day' | 'month' | 'year'

const DAY_MS = 86_400_000
const QUARTERS = ['一', '二', '三', '四']
const two = (n: number) => String(n).padStart(2, '0')
const yearOf = (day: string) => Number(day.slice(0, 4))
const monthOf = (day: string) => Number(day.slice(5, 7))
const dayOf = (day: string) => Number(day.slice(8, 10))

/** True for a day that the calendar has; it has no year 0. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith('0000')) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

/** Days from one day to a later one: 0 for the same day. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)

/** The last day of a month 'YYYY-MM'; a day stands for its month. */
export function lastDay(month: string): string {
  return new Date(Date.UTC(yearOf(month), monthOf(month), 0)).toISOString().slice(0, 10)
}

function addMonths(month: string, months: number): string {
  const count = yearOf(month) * 12 + monthOf(month) - 1 + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${two((count % 12) + 1)}`
}

/**
 * Reads a period's id: '2024', '2024H1', '2024Q2', '2024-03', '2024-01-01..2024-05-31'.
 * @throws invalid `period` when the text names no period.
 */
export function parsePeriod(id: string): Period {
  const [, year = '', kind = '', part = ''] = /^([12]\d{3})(?:(H|Q|-)(\d{1,2}))?$/.exec(id) ?? []
  const n = Number(part)
  if (year) {
    if (!kind) return months(id, `${year}-01`, 12, `${year}年`)
    if (kind === 'H' && (part === '1' || part === '2'))
      return months(id, `${year}-${two(n * 6 - 5)}`, 6, `${year}年${n === 1 ? '上' : '下'}半年`)
    if (kind === 'Q' && /^[1-4]$/.test(part))
      return months(id, `${year}-${two(n * 3 - 2)}`, 3, `${year}年第${QUARTERS[n - 1]}季度`)
    if (kind === '-' && part.length === 2 && n >= 1 && n <= 12)
      return months(id, `${year}-${part}`, 1, `${year}年${n}月`)
  }
  const [, from = '', to = ''] = /^(.{10})\.\.(.{10})$/.exec(id) ?? []
  if (isDay(from) && isDay(to)) return dayRange(from, to)
  throw invalid(
    'period',
    `“${id}”不是可用的时段。请写成 2024（全年）、2024H1（上半年）、2024Q2（第二季度）、2024-03（月）或 2024-01-01..2024-05-31（起止日期）。`,
  )
}

function months(id: string, first: string, count: number, label: string): Period {
  return { id, from: `${first}-01`, to: lastDay(addMonths(first, count - 1)), label }
}

/** A period of two given days. @throws invalid `period` when it ends before it begins. */
export function dayRange(from: string, to: string): Period {
  if (to < from)
    throw invalid('period', `时段的结束日期（${to}）早于开始日期（${from}），请把两个日期对调或改正。`)
  return { id: `${from}..${to}`, from, to, label: rangeInWords(from, to) }
}

/** The id of the half-year in which a day lies. */
export const periodOf = (today: string): string => `${today.slice(0, 4)}H${monthOf(today) <= 6 ? 1 : 2}`

/** The same period a year earlier; one that was cut short is cut short at the same day of that year. */
export function previousOf(period: Period): Period {
  const { id, from, to } = parsePeriod(period.id)
  const before = yearEarlier({ from, to })
  const whole = id.includes('..')
    ? dayRange(before.from, before.to)
    : parsePeriod(`${yearOf(id) - 1}${id.slice(4)}`)
  return period.to < to ? cutAt(whole, yearEarlier({ from, to: period.to }).to) : whole
}

/** The same days a year earlier: whole months stay whole, otherwise 29 February becomes the 28th. */
export function yearEarlier<T extends { from?: Day; to?: Day; asOf?: Day }>(days: T): T {
  const { from, to, asOf } = days
  const whole = from && to && wholeMonths({ from, to })
  return {
    ...days,
    ...(from && { from: dayYearEarlier(from) }),
    ...(to && { to: whole ? lastDay(addMonths(to, -12)) : dayYearEarlier(to) }),
    ...(asOf && { asOf: dayYearEarlier(asOf.slice(0, 10)) }),
  }
}

type Day = string | undefined

function dayYearEarlier(day: string): string {
  const month = addMonths(day, -12)
  const last = lastDay(month)
  const same = `${month}-${day.slice(8, 10)}`
  return same > last ? last : same
}

/** The period that ends the day before this one begins, of the same length; always whole. */
export function precedingOf(period: Period): Period {
  const whole = parsePeriod(period.id)
  const end = addDays(whole.from, -1)
  const [, year = '', kind = ''] = /^(\d{4})(.?)/.exec(whole.id) ?? []
  if (whole.id.includes('..')) {
    if (!wholeMonths(whole)) return dayRange(addDays(end, -daysBetween(whole.from, whole.to)), end)
    return dayRange(`${addMonths(whole.from, -monthsOf(whole).length)}-01`, end)
  }
  if (!kind) return parsePeriod(String(Number(year) - 1))
  if (kind === 'H') return parsePeriod(periodOf(end))
  if (kind === 'Q') return parsePeriod(`${end.slice(0, 4)}Q${Math.ceil(monthOf(end) / 3)}`)
  return parsePeriod(end.slice(0, 7))
}

const wholeMonths = (period: Pick<Period, 'from' | 'to'>) =>
  dayOf(period.from) === 1 && period.to === lastDay(period.to)

/** Every month that the period touches, 'YYYY-MM'. */
export function monthsOf(period: Pick<Period, 'from' | 'to'>): string[] {
  const found: string[] = []
  for (let month = period.from.slice(0, 7); month <= period.to.slice(0, 7); month = addMonths(month, 1))
    found.push(month)
  return found
}

/**
 * The period as far as a cut-off (截至); a cut-off at or behind its end changes nothing.
 * @throws invalid `cutOff` when the cut-off is no day or lies before the period.
 */
export function cutAt(period: Period, cutOff: string | null | undefined): Period {
  if (!cutOff) return period
  if (!isDay(cutOff)) throw invalid('cutOff', `截至日期“${cutOff}”不是日期，请写成 2024-06-18 的样子。`)
  if (cutOff < period.from)
    throw invalid(
      'cutOff',
      `截至日期（${cutOff}）早于${period.label}的第一天（${period.from}），请改晚或换一个时段。`,
    )
  return cutOff < period.to ? { ...period, to: cutOff } : period
}

/** 2024年3月12日, 2024年3月, 2024年; without the year when the text around it is about `withinYear`. */
export function dateInWords(
  day: string,
  precision: DatePrecision = 'day',
  around: { withinYear?: number | undefined } = {},
): string {
  const year = `${yearOf(day)}年`
  if (precision === 'year') return year
  const month = `${monthOf(day)}月${precision === 'day' ? `${dayOf(day)}日` : ''}`
  return around.withinYear === yearOf(day) ? month : year + month
}

/** 2024年1月1日至5月31日; what both ends share is said once. */
export function rangeInWords(
  from: string,
  to: string,
  around: { withinYear?: number | undefined } = {},
): string {
  const start = dateInWords(from, 'day', around)
  if (from === to) return start
  if (from.slice(0, 7) === to.slice(0, 7)) return `${start}至${dayOf(to)}日`
  return `${start}至${dateInWords(to, 'day', { withinYear: yearOf(from) })}`
}

/** 周岁: full years from one day to another. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years
}
