/** Steps of a course while it is being typed, for both screens. */
import type { FieldOption, LedgerField } from '../../../domain/records/ledgers/definition.ts'
import type { Stage } from '../../../domain/records/ledgers/fields/kit.ts'
import type { DatePrecision } from '../../../kernel/period.ts'
import { offeredOf } from '../form.ts'

const PARTS = { day: 10, month: 7, year: 4 }

export interface StageDate {
  day: string
  precision: DatePrecision
}

export function dateOf({ on }: Stage): StageDate | null {
  if (on === undefined) return null
  const precision = on.length === 4 ? 'year' : on.length === 7 ? 'month' : 'day'
  return { day: `${on}-01-01`.slice(0, 10), precision }
}

export const onOf = (state: string, date: StageDate | null | undefined): Stage =>
  date ? { state, on: date.day.slice(0, PARTS[date.precision]) } : { state }

export const changed = (stages: Stage[], at: number, next: Stage): Stage[] =>
  stages.map((stage, i) => (i === at ? next : stage))

/** States that it has not come to. */
export const afterThese = (field: LedgerField, stages: Stage[]): FieldOption[] =>
  offeredOf(field, null).filter((o) => !stages.some((s) => s.state === o.value))
