/** How the numbers of a real summary are written down as questions to the demo. */
import type { Wording } from '../../domain/indicators/wording.ts'
import { parsePeriod } from '../../kernel/period.ts'

/** One quantity: what is asked, and what must be answered. */
export interface Stated {
  measure: string
  where?: Record<string, string>
  depth?: '0' | '1' | 'all'
  value: number | string
  /** As the summary of that office says it. */
  display: string
  /** Chosen for this chip: 2036份 is said as 2000余份. */
  wording?: Wording
  /** The words of the drafted text around it, where the draft says it. */
  stated?: string
}

/** A summary of a real office, and who in the demo writes its like. A file of this folder exports one as `summary`. */
export interface StatedSummary {
  /** Its number among the specifications. */
  seed: string
  /** Code of the organisation in the demo whose summary of that period is drafted. */
  org: string
  period: string
  /** Where the data end before the period does. */
  cutOff?: string
  quantities: Record<number, Stated>
  /** Periods and the like that it speaks of, in its title and headings. */
  headings: string[]
}

export interface Quantity extends Stated {
  /** Number of the summary and of the quantity in it: 000:27. */
  id: string
  org: string
  period: string
}

export const quantitiesOf = ({ seed, org, period, quantities }: StatedSummary): Quantity[] =>
  Object.entries(quantities).map(([n, one]) => ({ id: `${seed}:${n}`, org, period, ...one }))

/** First and last day of which the summary speaks. */
export const daysOf = ({ period, cutOff }: Pick<StatedSummary, 'period' | 'cutOff'>) => {
  const { from, to } = parsePeriod(period)
  return { from, to: cutOff ?? to }
}

type Where = Record<string, string>

export const counted =
  (unit: string) =>
  (measure: string, value: number, stated?: string, where?: Where): Stated => ({
    measure,
    value,
    display: `${value}${unit}`,
    ...(stated && { stated }),
    ...(where && { where }),
  })

export const people = counted('人')
export const items = counted('个')

export const share = (measure: string, value: number, display: string, stated: string): Stated => ({
  measure,
  value,
  display,
  stated,
})

/** Whatever is neither counted in a unit nor a day. */
export const said = (measure: string, value: number | string, display: string, where?: Where): Stated => ({
  measure,
  value,
  display,
  ...(where && { where }),
})

/** 2036 said as 2000余. */
export const over = (one: Stated): Stated => ({ ...one, wording: { style: 'over' } })

/** 2024-03-12, said as 3月12日. */
export const day = (measure: string, value: string, stated: string | undefined, where: Where): Stated => ({
  measure,
  value,
  where,
  ...(stated && { stated }),
  display: value.replace(/^\d{4}-0?(\d+)-0?(\d+)$/, '$1月$2日'),
})
