/** The written forms of a date, tried one after another; anything else is refused. */
import { askWhich, type Outcome, read, refuse, warn } from './outcome.ts'
import { chineseNumber } from './text.ts'

export interface DateContext {
  today: string
  /** From the sheet's title or its statement date: the year of 6.30 and 3月. */
  year?: number
  /** Dates after today are allowed. */
  future?: boolean
  /** Cells are typed, or the column is seen to keep closing zeros: a text 2023.1 is January. */
  keepsZeros: boolean
  /** What the column shows a pair like 3.5 to be: month and day, or a short year and month. */
  pairs?: 'monthDay' | 'yearMonth'
}

export const DATE_REMEDY = '请写成 2023-05-01 或 2023年5月1日；只知道月份写 2023年5月。'

const pad = (value: number) => String(value).padStart(2, '0')

/** Null when the day does not exist. */
function dayText(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return real ? `${year}-${pad(month)}-${pad(day)}` : null
}

const lastDayOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

const impossible = (what: string) => refuse(`没有${what}这一天`, '请核对年、月、日。')

function ofDay(year: number, month: number, day: number): Outcome {
  const text = dayText(year, month, day)
  return text === null ? impossible(`${year}年${month}月${day}日`) : read(text, { precision: 'day' })
}

function ofMonth(year: number, month: number): Outcome {
  if (month < 1 || month > 12) return refuse(`没有${month}月`, DATE_REMEDY)
  return read(`${year}-${pad(month)}-01`, { precision: 'month' })
}

const ofYear = (year: number) => read(`${year}-01-01`, { precision: 'year' })

/** 二〇二三年五月十日 → 2023年5月10日. */
const withDigits = (text: string) =>
  text.replace(/[零〇○一二三四五六七八九十]+(?=[年月日])/g, (run) => {
    const value = chineseNumber(run.replaceAll('○', '〇'))
    return value === null ? run : String(value)
  })

const TIME =
  /[T\s]*(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?\s*(\d{1,2})(?::(\d{2})(?::(\d{2}))?|[点时](?:(\d{1,2})分?|(半))?)(?:\s*[-~—–至到]\s*(?:上午|下午|晚上)?\s*\d{1,2}(?::\d{2}(?::\d{2})?|[点时](?:\d{1,2}分?|半)?))?$/

/** Cuts the hour off a text: { day: '2024.3.12', clock: '14:30:00' }; clock is null when the hour cannot be. */
export function splitTime(text: string): { day: string; clock?: string | null } {
  const found = TIME.exec(text)
  const before = found ? text.slice(0, found.index).trim() : ''
  const apart = found && (/[日号]$/.test(before) || /^[T\s]/.test(found[0]) || found[1] !== undefined)
  if (!found || !apart || !/\d/.test(before))
    return { day: text.replace(/\s*(上午|下午|晚上|中午|全天)$/, '') }
  const [, half, hourText, minuteText, secondText, spoken, halfPast] = found
  let hour = Number(hourText)
  if (/下午|傍晚|晚/.test(half ?? '') && hour < 12) hour += 12
  const minute = halfPast ? 30 : Number(minuteText ?? spoken ?? 0)
  const second = Number(secondText ?? 0)
  const clock = hour < 24 && minute < 60 && second < 60 ? `${pad(hour)}:${pad(minute)}:${pad(second)}` : null
  return { day: before, clock }
}

export function parseDateText(raw: string, context: DateContext): Outcome {
  const text = withDigits(raw)
    .replace(/[(（]?(星期|周|礼拜)[一二三四五六日天][)）]?/g, '')
    .trim()
  const { day, clock } = splitTime(text)
  if (clock === null) return refuse('钟点不对', '请写成 2023-05-01 14:30。')
  const outcome = parseDay(clean(day), context)
  if (clock === undefined || outcome.reading.precision !== 'day') return outcome
  return { ...outcome, reading: { value: `${outcome.reading.value} ${clock}`, precision: 'time' } }
}

const clean = (text: string) =>
  text
    .replace(/\s*([-./年月日])\s*/g, '$1')
    .replace(/(\d)[。．、](?=\d)/g, '$1.')
    .replace(/号/g, '日')
    .replace(/(\d)[./-]$/, '$1')
    .replace(/(\d)月份$/, '$1月')

function parseDay(text: string, context: DateContext): Outcome {
  const since = /^(.*\d[年月日]?)[-~—–]*(起|以来|至今)$/.exec(text)
  if (since?.[1] !== undefined) return warn(parseDay(since[1], context), '取起始日期')
  return (
    fullDate(text, context) ??
    shortYear(text, context) ??
    withoutYear(text, context) ??
    span(text, context) ??
    strange(text)
  )
}

function strange(text: string): Outcome {
  if (/半年|季度|年度|学期|[左前后]右?$|约/.test(text))
    return refuse(`“${text.slice(0, 20)}”不是确定的日期`, DATE_REMEDY)
  return refuse('日期认不出来', DATE_REMEDY)
}

function fullDate(text: string, context: DateContext): Outcome | null {
  const dotted = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})日?$/.exec(text)
  if (dotted) return ofDay(Number(dotted[1]), Number(dotted[3]), Number(dotted[4]))
  const named =
    /^(\d{4})[年.\-/](\d{1,2})月(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})年(\d{1,2})[.\-/](\d{1,2})日?$/.exec(text)
  if (named) return ofDay(Number(named[1]), Number(named[2]), Number(named[3]))
  const packed = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text)
  if (packed) return ofDay(Number(packed[1]), Number(packed[2]), Number(packed[3]))
  const month = /^(\d{4})(?:年|[-./])(\d{1,2})月?$/.exec(text) ?? /^((?:19|20)\d\d)(\d\d)$/.exec(text)
  if (month) return yearMonth(text, Number(month[1]), Number(month[2]), context)
  const year = /^((?:19|20)\d\d)年?$/.exec(text)
  return year ? ofYear(Number(year[1])) : null
}

/** 2023.1 held as a number may have been 2023.10: the closing zero is lost. */
function yearMonth(text: string, year: number, month: number, context: DateContext): Outcome {
  const lost = /^\d{4}\.1$/.test(text) && !context.keepsZeros
  if (!lost) return ofMonth(year, month)
  return askWhich(
    `可能是${year}年1月或10月`,
    `单元格是数字格式，末尾的 0 会丢。请写成 ${year}年1月 或 ${year}年10月。`,
    [
      { value: `${year}-01`, title: `${year}年1月` },
      { value: `${year}-10`, title: `${year}年10月` },
    ],
  )
}

/** 98 → 1998, 23 → 2023: never later than this year. */
function wholeYear(short: number, context: DateContext): number {
  const year = 2000 + short
  return year > Number(context.today.slice(0, 4)) ? year - 100 : year
}

function shortYear(text: string, context: DateContext): Outcome | null {
  const found =
    /^(\d{2})([-./])(\d{1,2})\2(\d{1,2})日?$/.exec(text)?.filter((_, i) => i !== 2) ??
    /^(\d{2})年(\d{1,2})月(\d{1,2})日?$/.exec(text) ??
    /^(\d{2})年(\d{1,2})月?$/.exec(text)
  if (!found) return null
  // 12/11/23 may be the eleventh of December as English systems write it.
  if (/^\d\d\//.test(text) || (/^\d\d-/.test(text) && Number(found[1]) <= 12)) {
    return askWhich('年份只有两位，看不出哪个是年', DATE_REMEDY)
  }
  const year = wholeYear(Number(found[1]), context)
  const month = Number(found[2])
  const outcome = found[3] === undefined ? ofMonth(year, month) : ofDay(year, month, Number(found[3]))
  return warn(outcome, `年份只有两位，按 ${year} 年`)
}

function withoutYear(text: string, context: DateContext): Outcome | null {
  const named = /^(\d{1,2})月(?:(\d{1,2})日?)?$/.exec(text)
  if (named) return inYear(Number(named[1]), named[2] === undefined ? null : Number(named[2]), context)
  const pair = /^(\d{1,2})([-./])(\d{1,2})$/.exec(text)
  if (!pair) return null
  const [first, second] = [Number(pair[1]), Number(pair[3])]
  const lost = pair[2] === '.' && /^[123]$/.test(pair[3] ?? '') && !context.keepsZeros
  if (first > 12)
    return lost && second === 1 ? eitherMonth(first, context) : yearAndMonth(first, second, context)
  if (second > 12) return inYear(first, second, context)
  if (!lost && context.pairs === 'monthDay') return inYear(first, second, context)
  if (context.pairs === 'yearMonth' && /^\d\d/.test(text)) return yearAndMonth(first, second, context)
  return askWhich('可能是某年某月，也可能是某月某日', DATE_REMEDY)
}

function eitherMonth(short: number, context: DateContext): Outcome {
  const year = wholeYear(short, context)
  return yearMonth(`${year}.1`, year, 1, { ...context, keepsZeros: false })
}

function yearAndMonth(short: number, month: number, context: DateContext): Outcome {
  const year = wholeYear(short, context)
  return warn(ofMonth(year, month), `年份只有两位，按 ${year} 年`)
}

function inYear(month: number, day: number | null, context: DateContext): Outcome {
  const { year } = context
  if (year === undefined) return refuse('没有年份', '请写全年月日，或在表题里写明年份。')
  const outcome = day === null ? ofMonth(year, month) : ofDay(year, month, day)
  return warn(outcome, `没有写年份，按表题的 ${year} 年`)
}

/** 2024.3.12-3.15, 2024年3月12日至15日, 2024-03-12至2024-03-15. */
function span(text: string, context: DateContext): Outcome | null {
  const halves = /^(.+?)(?:[~～至到]|[—–]+|--)(.+)$/.exec(text) ?? /^(\d+[./年].*?)-(\d.*)$/.exec(text)
  if (!halves?.[1] || !halves[2]) return null
  const start =
    fullDate(halves[1], { ...context, keepsZeros: true }) ??
    shortYear(halves[1], context) ??
    withoutYear(halves[1], context)
  const from = start?.reading.value
  if (!start || typeof from !== 'string') return start
  // 2023.5-12 may be a day or two months.
  if (start.reading.precision === 'month' && /^\d+$/.test(halves[2])) return null
  const to = endOf(halves[2], from, start.reading.precision === 'day')
  if (to === null) return refuse('起止日期认不出来', '请写成 2024-03-12至2024-03-15。')
  return to < from
    ? refuse('结束早于开始', '请核对起止日期。')
    : { ...start, reading: { ...start.reading, to } }
}

function endOf(text: string, from: string, dayKnown: boolean): string | null {
  const full = fullDate(text, { today: from, keepsZeros: true })
  const value = full?.reading.value
  if (typeof value === 'string') return full?.reading.precision === 'month' ? monthEnd(value) : value
  const [year, month] = from.split('-').map(Number) as [number, number]
  const part = /^(\d{1,2})[月./-](\d{1,2})日?$/.exec(text)
  if (part) return dayText(year, Number(part[1]), Number(part[2]))
  const bareMonth = /^(\d{1,2})月$/.exec(text)
  if (bareMonth) return monthEnd(dayText(year, Number(bareMonth[1]), 1))
  const bare = /^(\d{1,2})日?$/.exec(text)
  if (!bare) return null
  return dayKnown ? dayText(year, month, Number(bare[1])) : monthEnd(dayText(year, Number(bare[1]), 1))
}

function monthEnd(first: string | null): string | null {
  if (first === null) return null
  const [year, month] = first.split('-').map(Number) as [number, number]
  return dayText(year, month, lastDayOf(year, month))
}
