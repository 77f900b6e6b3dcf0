/** Dated spans: half-open, Asia/Shanghai; from '0001-01-01' where the start is unknown, to 'infinity' while in force. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type FieldProblem, invalid } from '../../../kernel/errors.ts'
import { isDay } from '../../../kernel/period.ts'

export const ALWAYS = '0001-01-01 00:00:00'
export const INFINITY = 'infinity'

/** As much of a date as is known; `at` is its first moment. */
export interface Dated {
  at: string
  precision: 'hour' | 'day' | 'month' | 'year' | 'unknown'
}

export const UNKNOWN_START: Dated = { at: ALWAYS, precision: 'unknown' }

/** Reads '2024', '2024-03', '2024-03-12' or '2024-03-12 14:30'. @throws invalid `date` naming the field */
export function dated(text: string, field: { id: string; title: string }): Dated {
  const [day = '', clock] = text.trim().split(' ')
  const whole = `${day}-01-01`.slice(0, 10)
  if (
    !/^\d{4}(-\d{2}){0,2}$/.test(day) ||
    !isDay(whole) ||
    (clock && !/^([01]\d|2[0-3]):[0-5]\d$/.test(clock))
  )
    throw invalid('date', `${field.title}“${text}”不是有效的日期，请写成 2024-03-12、2024-03 或 2024。`, [
      { field: field.id, reason: '日期无效', remedy: '写成 2024-03-12、2024-03 或 2024' },
    ])
  const precision = clock ? 'hour' : day.length === 10 ? 'day' : day.length === 7 ? 'month' : 'year'
  return { at: `${whole} ${clock ?? '00:00'}:00`, precision }
}

export const datedOrUnknown = (
  text: string | null | undefined,
  field: { id: string; title: string },
): Dated => (text ? dated(text, field) : UNKNOWN_START)

/** For people to read: the day, the hour where one is kept; null for an unknown start and an open end. */
export function shown(moment: string): string | null {
  if (moment === INFINITY || moment === ALWAYS) return null
  return moment.endsWith(' 00:00:00') ? moment.slice(0, 10) : moment.slice(0, 16)
}

interface Lifetime {
  name: string
  openedAt: string
  openedPrecision: string
  closedAt: string | null
}

/** What keeps a span out of an organisation's life; null when nothing does. `dateTitle` is what the start is called. */
export function outsideLife(
  org: Lifetime,
  span: { from: Dated; to: string },
  words: { dateTitle: string; tooEarly: string; tooLate: string },
): FieldProblem | null {
  const { from, to } = span
  const opened = org.openedPrecision === 'unknown' ? ALWAYS : org.openedAt
  if (from.precision !== 'unknown' && from.at < opened)
    return {
      field: 'from',
      reason: `${words.dateTitle} ${from.at.slice(0, 10)} 早于“${org.name}”的设立日期 ${opened.slice(0, 10)}`,
      remedy: words.tooEarly,
    }
  if (org.closedAt !== null && to > org.closedAt)
    return {
      field: 'orgId',
      reason: `“${org.name}”已于 ${org.closedAt.slice(0, 10)} 撤销`,
      remedy: words.tooLate,
    }
  return null
}

/** The span of this alias holds at the moment. */
export const holds = (alias: string, at: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`(${sql.ref(`${alias}.valid_from`)} <= ${at} and ${sql.ref(`${alias}.valid_to`)} > ${at})`

export const moment = (text: string): RawBuilder<string> => sql<string>`${text}::timestamp`
