/** When, as offices say it: 今年以来, 去年上半年, 3月, 一季度, 截至6月18日. Pure: today is brought along. */
import { addDays, lastDay } from '../../../kernel/period.ts'

export interface Span {
  from: string
  to: string
  /** Said by a day that stocks are told on. */
  until?: true
}

/** What a text begins with; `length` characters of it. */
export interface SaidTime {
  length: number
  span: Span
}

const two = (n: number | string) => String(n).padStart(2, '0')
const ofYear = (year: number): Span => ({ from: `${year}-01-01`, to: `${year}-12-31` })
const ofMonths = (year: number, first: number, last: number): Span => ({
  from: `${year}-${two(first)}-01`,
  to: lastDay(`${year}-${two(last)}`),
})

const DIGITS: Record<string, number> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  十一: 11,
  十二: 12,
  两: 2,
}
const numberOf = (text: string): number => DIGITS[text] ?? Number(text)

const YEAR = /^(今年度?|本年度?|当年|去年度?|上年度?|前年|(20\d\d)年度?|(\d\d)年)(的)?/
const NUMBER = '(\\d{1,2}|十[一二]?|[一二三四五六七八九])'
const HALF = /^(上|下)半年/
const SUMMER = /^(暑假|暑期)(期间)?/
const QUARTER = /^第?([一二三四1234])季度/
const MONTHS = new RegExp(`^${NUMBER}月?份?[-~到至—]${NUMBER}月份?`)
const MONTH = new RegExp(`^${NUMBER}月份?(?!${NUMBER}[日号])`)
const DAY = new RegExp(`^${NUMBER}月${NUMBER}[日号]`)
const SINCE = /^(以来|起|开始)/
const UNTIL = /^(截至|截止到?|到|至)/
const RECENT = /^(最近|近)(\d+|[一二两三四五六七八九十])(天|个?月|年|周)(内|来|以来)?/

type Today = { today: string; year: number; month: number }

/** Null where the text begins with no time. */
export function timeAt(text: string, today: string): SaidTime | null {
  const now = { today, year: Number(today.slice(0, 4)), month: Number(today.slice(5, 7)) }
  return untilAt(text, now) ?? yearAt(text, now) ?? withoutYear(text, now) ?? relativeAt(text, now)
}

function yearAt(text: string, now: Today): SaidTime | null {
  const found = YEAR.exec(text)
  if (!found) return null
  const year = yearOf(found, now)
  const rest = text.slice(found[0].length)
  const inside = partAt(rest, year)
  if (inside) return since(text, { length: found[0].length + inside.length, span: inside.span }, now)
  return since(text, { length: found[0].length, span: ofYear(year) }, now)
}

function yearOf(found: RegExpExecArray, { year }: Today): number {
  const [, word = '', whole, short] = found
  if (whole) return Number(whole)
  if (short) return 2000 + Number(short)
  if (word.startsWith('去') || word.startsWith('上')) return year - 1
  return word.startsWith('前') ? year - 2 : year
}

/** 上半年, 一季度, 3月, 3月12日, 1至5月 of a year. */
function partAt(text: string, year: number): SaidTime | null {
  const half = HALF.exec(text)
  if (half)
    return { length: half[0].length, span: half[1] === '上' ? ofMonths(year, 1, 6) : ofMonths(year, 7, 12) }
  const summer = SUMMER.exec(text)
  if (summer) return { length: summer[0].length, span: ofMonths(year, 7, 8) }
  const quarter = QUARTER.exec(text)
  if (quarter) {
    const last = numberOf(quarter[1] ?? '') * 3
    return { length: quarter[0].length, span: ofMonths(year, last - 2, last) }
  }
  const day = DAY.exec(text)
  if (day) {
    const on = `${year}-${two(numberOf(day[1] ?? ''))}-${two(numberOf(day[2] ?? ''))}`
    return { length: day[0].length, span: { from: on, to: on } }
  }
  const months = MONTHS.exec(text)
  const [first, last] = [numberOf(months?.[1] ?? ''), numberOf(months?.[2] ?? '')]
  if (months && isMonth(first) && isMonth(last) && first <= last)
    return { length: months[0].length, span: ofMonths(year, first, last) }
  const month = MONTH.exec(text)
  const only = numberOf(month?.[1] ?? '')
  return month && isMonth(only) ? { length: month[0].length, span: ofMonths(year, only, only) } : null
}

const isMonth = (n: number) => n >= 1 && n <= 12

/** 3月 without a year is the last one that has begun. */
function withoutYear(text: string, now: Today): SaidTime | null {
  const here = partAt(text, now.year)
  if (!here) return null
  const past = here.span.from <= now.today ? here : partAt(text, now.year - 1)
  return past && since(text, past, now)
}

function since(text: string, said: SaidTime, { today }: Today): SaidTime {
  const end = /^(年底|年末|底|末)/.exec(text.slice(said.length))
  if (end)
    return {
      length: said.length + end[0].length,
      span: { from: `${said.span.to.slice(0, 4)}-01-01`, to: said.span.to, until: true },
    }
  const found = SINCE.exec(text.slice(said.length))
  if (!found) return said
  return { length: said.length + found[0].length, span: { from: said.span.from, to: today } }
}

/** 截至6月18日, 到5月底: from the beginning of that year. */
function untilAt(text: string, now: Today): SaidTime | null {
  const found = UNTIL.exec(text)
  if (!found) return null
  const rest = text.slice(found[0].length)
  const said = yearAt(rest, now) ?? withoutYear(rest, now) ?? relativeAt(rest, now)
  if (!said) return null
  const end = /^(底|末|为止)/.exec(rest.slice(said.length))
  const { to } = said.span
  return {
    length: found[0].length + said.length + (end?.[0].length ?? 0),
    span: { from: `${to.slice(0, 4)}-01-01`, to, until: true },
  }
}

function relativeAt(text: string, now: Today): SaidTime | null {
  const { today, year, month } = now
  const recent = RECENT.exec(text)
  if (recent) {
    const days = { 天: 1, 周: 7, 月: 30, 个月: 30, 年: 365 }[recent[3] ?? ''] ?? 1
    return {
      length: recent[0].length,
      span: { from: addDays(today, 1 - numberOf(recent[2] ?? '') * days), to: today },
    }
  }
  for (const [words, span] of relativeSpans(today, year, month)) {
    const word = words.find((one) => text.startsWith(one))
    if (word) return since(text, { length: word.length, span }, now)
  }
  return null
}

function relativeSpans(today: string, year: number, month: number): [string[], Span][] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = addDays(today, -weekday)
  const before = addDays(`${today.slice(0, 7)}-01`, -1)
  const quarter = Math.ceil(month / 3)
  const half = month <= 6 ? ofMonths(year, 1, 6) : ofMonths(year, 7, 12)
  const last = quarter === 1 ? ofMonths(year - 1, 10, 12) : ofMonths(year, quarter * 3 - 5, quarter * 3 - 3)
  const day = (on: string): Span => ({ from: on, to: on })
  return [
    [['本月', '这个月', '当月', '这月'], { from: `${today.slice(0, 7)}-01`, to: lastDay(today.slice(0, 7)) }],
    [['上个月', '上月'], { from: `${before.slice(0, 7)}-01`, to: before }],
    [['本季度', '这个季度', '当季'], ofMonths(year, quarter * 3 - 2, quarter * 3)],
    [['上个季度', '上季度'], last],
    [['这半年', '本半年', '本期'], half],
    [['本周', '这周', '这个星期'], { from: monday, to: addDays(monday, 6) }],
    [['上周', '上个星期'], { from: addDays(monday, -7), to: addDays(monday, -1) }],
    [['今天', '今日'], day(today)],
    [['昨天', '昨日'], day(addDays(today, -1))],
    [['历年', '有史以来', '历来', '建账以来'], { from: '0001-01-01', to: today }],
  ]
}
