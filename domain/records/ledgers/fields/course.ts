/** The course of a record: when each of its states was reached, or between which days, where nobody wrote the day. */

import type { DatePrecision } from '../../../../kernel/period.ts'
import type { LedgerDefinition, LedgerField } from '../definition.ts'
import type { Stage } from './kit.ts'
import { inOrder, stagesIn } from './stage.ts'
import { isStaged } from './types.ts'

export interface Reached {
  field: string
  state: string
  /** Place in the course, from 0. */
  at: number
  /** The first day that what was written may mean; null where no day is known. */
  onDay: string | null
  dayPrecision: DatePrecision | null
  /** Where no day is known: not before, and not after. Nobody knows the latter while it is the last that is written. */
  since: string
  until: string | null
}

interface Dated {
  day: string
  dayPrecision: DatePrecision
  fields: Record<string, unknown>
}

const PRECISIONS: Record<number, DatePrecision> = { 10: 'day', 7: 'month', 4: 'year' }
const PARTS = { day: 10, month: 7, year: 4 }
const firstDay = (on: string) => `${on}-01-01`.slice(0, 10)

/** With what a state cannot be reached without: nothing is paid back that was not paid out. */
function whole(field: LedgerField, written: Stage[]): Stage[] {
  const stages = [...written]
  for (let at = 0; at < stages.length; at++) {
    const implied = field.options?.find((o) => o.value === stages[at]?.state)?.implies
    if (implied && !stages.some((s) => s.state === implied)) stages.push({ state: implied })
  }
  return inOrder(field, stages)
}

/** The record's own day is that of its first state, unless another is written. */
export function courseOf(field: LedgerField, { day, dayPrecision, fields }: Dated): Reached[] {
  const [first, ...rest] = whole(field, stagesIn(fields[field.id]))
  if (!first) return []
  const stages = [{ ...first, on: first.on ?? day.slice(0, PARTS[dayPrecision]) }, ...rest]
  const days = stages.map(({ on }) => (on === undefined ? null : firstDay(on)))
  return stages.map(({ state, on }, at) => {
    const before = days.slice(0, at).filter((d) => d !== null)
    const after = days.slice(at + 1).find((d) => d !== null)
    const since = before.at(-1) ?? day
    return {
      field: field.id,
      state,
      at,
      onDay: days[at] ?? null,
      dayPrecision: on === undefined ? null : (PRECISIONS[on.length] ?? 'day'),
      since: days[at] ?? since,
      until: days[at] ?? after ?? null,
    }
  })
}

export const coursesOf = ({ fields: declared }: LedgerDefinition, dated: Dated): Reached[] =>
  declared.filter(isStaged).flatMap((field) => courseOf(field, dated))
