/** Dates as offices write them, with the precision that they have. */

import { serialToMoment } from '../../../../../kernel/spreadsheet/dates.ts'
import type { Cell } from '../../../../../kernel/spreadsheet/workbook.ts'
import { DATE_REMEDY, type DateContext, parseDateText, splitTime } from './dateTexts.ts'
import { askWhich, type Outcome, type Precision, read, refuse, warn } from './outcome.ts'
import { tidy } from './text.ts'

export function parseDate(cell: Cell, context: DateContext): Outcome {
  return inTime(readDate(cell, context), context)
}

function readDate(cell: Cell, context: DateContext): Outcome {
  if (cell.kind === 'date') return ofDateCell(String(cell.value), cell.format ?? '')
  if (cell.kind === 'number') return ofNumber(Number(cell.value), context)
  if (cell.kind !== 'text') return refuse('不是日期', DATE_REMEDY)
  return parseDateText(tidy(cell.shown), context)
}

/** A cell formatted to show year and month only, holding a first day, was typed as a month. */
function ofDateCell(value: string, format: string): Outcome {
  if (/^\d\d:/.test(value)) return refuse('只有时刻，没有日期', DATE_REMEDY)
  const codes = format
    .replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
    .toLowerCase()
    .replace(/(h+[^a-z]*)m+|m+([^a-z]*s)/g, '$1$2')
  const precision: Precision = value.length > 10 ? 'time' : 'day'
  const first = value.endsWith('-01') && /[ye]/.test(codes) && !codes.includes('d')
  if (first && !codes.includes('m'))
    return read(value, { precision: value.endsWith('-01-01') ? 'year' : 'month' })
  if (first) return read(value, { precision: 'month' })
  const outcome = read(value, { precision })
  return /[ye]/.test(codes) || codes === ''
    ? outcome
    : warn(outcome, `表里没有显示年份，按单元格里存的 ${value.slice(0, 4)} 年`)
}

function ofNumber(value: number, context: DateContext): Outcome {
  const text = String(Number(value.toPrecision(12)))
  if (/^(19|20)\d{6}$/.test(text) || /^(19|20)\d{4}$/.test(text) || /^(19|20)\d\d$/.test(text)) {
    return parseDateText(text, context)
  }
  if (value >= 14_610 && value <= 73_050) {
    const moment = serialToMoment(value) ?? ''
    const outcome = read(moment, { precision: moment.length > 10 ? 'time' : 'day' })
    return warn(outcome, `单元格里是数字，按表格软件的日期序号读作 ${moment.slice(0, 10)}`)
  }
  if (/^\d{1,4}\.\d{1,2}$/.test(text)) return parseDateText(text, { ...context, keepsZeros: false })
  return refuse('这个数字不是日期', DATE_REMEDY)
}

/** Outside 1900–2100, or after today where that cannot be. */
function inTime(outcome: Outcome, context: DateContext): Outcome {
  const value = outcome.reading.value
  if (typeof value !== 'string') return outcome
  const year = Number(value.slice(0, 4))
  if (year < 1900 || year > 2100) return refuse(`年份 ${year} 不对`, DATE_REMEDY)
  if (!context.future && value.slice(0, 10) > context.today)
    return refuse('日期晚于今天', '请核对年、月、日。')
  return outcome
}

/** 'YYYY-MM'. A bare 3月 takes its year from the sheet's title or statement date. */
export function parseMonth(cell: Cell, context: DateContext): Outcome {
  const bare = /^0?([1-9]|1[0-2])(?:月份?)?$/.exec(cell.kind === 'date' ? '' : tidy(cell.shown))
  if (bare) {
    if (context.year === undefined)
      return refuse('只有月份，没有年份', '请写成 2023年3月，或在表题里写明年份。')
    return read(`${context.year}-${String(bare[1]).padStart(2, '0')}`, { precision: 'month' })
  }
  const outcome = parseDate(cell, context)
  const { value, precision, to } = outcome.reading
  if (typeof value !== 'string') return outcome
  if (precision === 'year' || (to !== undefined && to.slice(0, 7) !== value.slice(0, 7))) {
    return askWhich('不是一个月份', '请每月一行，写成 2023年3月。')
  }
  return { ...outcome, reading: { value: value.slice(0, 7), precision: 'month' } }
}

/** True when the texts of a column show that it keeps closing zeros (2023.10, 2022.20), so that 2023.1 is January. */
export const keepsZeros = (texts: string[]) =>
  texts.some((text) => /^\d{2,4}\.(10|20|30)$/.test(splitTime(tidy(text)).day))

/** How a column writes its pairs, by those that can be read one way only; undefined when they disagree or none tells. */
export function pairStyle(texts: string[]): 'monthDay' | 'yearMonth' | undefined {
  const pairs = texts.flatMap((text) => {
    const found = /^(\d{1,2})[./-](\d{1,2})$/.exec(tidy(text))
    return found ? [[Number(found[1]), Number(found[2])] as const] : []
  })
  const monthDay = pairs.some(([first, second]) => first <= 12 && second > 12)
  const yearMonth = pairs.some(([first]) => first > 12)
  if (monthDay === yearMonth) return undefined
  return monthDay ? 'monthDay' : 'yearMonth'
}
