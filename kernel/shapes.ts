/** Shapes that contracts share. Browser-safe. */
import Type, { type TSchema } from 'typebox'
import { isDay } from './period.ts'

const ID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

export const nullable = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()])
/** Of something that is only now being made. What names a thing that is there is a `ref` or `opens`. */
export const Id = Type.String({ pattern: ID })
/** A day of the calendar, 2024-06-18. */
export const Day = Type.String({ format: 'day' })
/** A day, or a day with an hour: 2024-06-18 or 2024-06-18 14:00. */
export const Moment = Type.String({ format: 'moment' })
/** '2024', '2024-03', '2024-03-12' or, where an hour is known, '2024-03-12 14:30': as much as is known. */
export const LooseDate = Type.String({ format: 'looseDate' })
export const YesNo = Type.Union([Type.Literal('yes'), Type.Literal('no')])
/** The organisation alone, with its direct subordinates, or with everything below. */
export const Depth = Type.Union([Type.Literal('0'), Type.Literal('1'), Type.Literal('all')])

const HOUR = /^[ T]([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d)?)?$/
/** Of the years that a period can name. */
const isUsualDay = (text: string) => /^[12]/.test(text) && isDay(text)
const isMoment = (text: string) =>
  isUsualDay(text.slice(0, 10)) && (text.length === 10 || HOUR.test(text.slice(10)))
const isMonth = (text: string) => text.length === 7 && isUsualDay(`${text}-01`)
const isYear = (text: string) => text.length === 4 && isUsualDay(`${text}-01-01`)

/** What the validators know by name: a pattern would let 2024-02-30 pass. */
export const FORMATS = {
  day: isUsualDay,
  moment: isMoment,
  looseDate: (text: string) => isMoment(text) || isMonth(text) || isYear(text),
}

export const FORMAT_WORDS: Record<keyof typeof FORMATS, string> = {
  day: '不是一个日期，请写成 2024-06-18 的样子',
  moment: '不是一个日期，请写成 2024-06-18 或 2024-06-18 14:00 的样子',
  looseDate: '不是一个日期，请写成 2024、2024-06 或 2024-06-18 的样子',
}

/** Marks on a shape: resolved at the door (`route.ts`); opened by the handler. */
export const RESOLVED = 'x-refers-to'
export const OPENED = 'x-opens'

interface TextOptions {
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  description?: string
}

/**
 * The id of a thing that is there. Before the handler begins it is looked for within the caller's reach; what lies
 * beyond is refused in the same words as what does not exist (`references.ts`).
 */
export const ref = (noun: string) => Type.String({ pattern: ID, [RESOLVED]: noun })

/**
 * Names a thing that the handler itself looks for, within the caller's reach and in one tongue for "not yours" and "not
 * there": the subject of the call, an organisation by id, code or name, what a filter compares with.
 */
export const opens = (noun: string, text: TextOptions = { pattern: ID }) =>
  Type.String({ ...text, [OPENED]: noun })

/** Filters by dimension. What a value names is found within the caller's reach before it is compared (`filters.ts`). */
export const Where = Type.Record(Type.String(), opens('filter', {}))
export const WhereInAddress = opens('where', { description: 'JSON object of filters' })
