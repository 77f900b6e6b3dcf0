/** Where an organisation stood on a day: a record keeps the path of its day. */
import { lastDay } from '../../../kernel/period.ts'
import type { DayPrecision } from './definition.ts'

export interface Span {
  name: string
  path: string
  validFrom: string
  validTo: string
}

/** One organisation's life; spans in order. */
export interface OrgLife {
  id: string
  countyId: string
  /** Where it stands now, or stood last. */
  path: string
  spans: Span[]
}

export interface Place {
  name: string
  path: string
}

/** The last day that a date of this precision may mean. */
export const endOfDay = (day: string, precision: DayPrecision): string =>
  precision === 'day' ? day : precision === 'month' ? lastDay(day) : `${day.slice(0, 4)}-12-31`

/**
 * Where it stood as the day ended; on the day of its end, where it stood last; of a month or year known only as such,
 * the first place within it. Undefined when it was not open.
 */
export function placeOn(life: OrgLife, day: string, precision: DayPrecision = 'day'): Place | undefined {
  const until = `${endOfDay(day, precision)} 23:59:59`
  const touching = life.spans.filter(
    (s) => s.validFrom <= until && (s.validTo === 'infinity' || s.validTo > `${day} 00:00:00`),
  )
  const asDayEnds = touching.filter((s) => s.validFrom <= `${day} 23:59:59`)
  return asDayEnds.at(-1) ?? touching[0]
}

/** The name of that day, else the nearest known. */
export const nameOn = (life: OrgLife | undefined, day: string): string =>
  life ? (placeOn(life, day)?.name ?? life.spans.at(-1)?.name ?? '') : ''

export const openedOn = (life: OrgLife): string => life.spans[0]?.validFrom.slice(0, 10) ?? ''

/** Set when it no longer exists. */
export const closedOn = (life: OrgLife): string | null => {
  const end = life.spans.at(-1)?.validTo ?? 'infinity'
  return end === 'infinity' ? null : end.slice(0, 10)
}
