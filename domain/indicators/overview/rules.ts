/** What stands in an overview, and against what it is held. Pure. */

import { ratio, sum } from '../../../kernel/decimal.ts'
import { measure } from '../../../kernel/measureId.ts'
import { cutAt, type Period, parsePeriod, periodOf, precedingOf, previousOf } from '../../../kernel/period.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import type { Against } from './contract.ts'

export const STRUCTURE = {
  id: 'structure',
  title: '组织、团员和团干部',
  line: '组织建设',
  measures: [
    measure('org.subordinates'),
    measure('org.branches'),
    measure('members.count'),
    measure('members.admitted'),
    measure('officers.people'),
  ],
}

/** A branch has nothing below it to be counted. */
export const structureHeadlines = (orgType: string): string[] =>
  orgType === 'branch' || orgType === 'group'
    ? STRUCTURE.measures.filter((id) => !id.startsWith('org.'))
    : STRUCTURE.measures

/** How many, how well attended, and what the ledger declares to be looked at first; without that, its first sum. */
export function headlinesOf(definition: LedgerDefinition): string[] {
  const attended = definition.roles.some((r) => r.attends !== false)
  const summed = definition.measures.find((m) => m.kind === 'sum')
  const own = definition.headlines ?? (summed ? [summed.id] : [])
  const ids = ['count', ...(definition.personTimes ? ['personTimes'] : attended ? ['people'] : []), ...own]
  return [...new Set(ids)].map((id) => `${definition.id}.${id}`)
}

/** The period of a question; the current half-year unless named. @throws invalid `period`, `cutOff` */
export const periodAsked = (
  { period, until }: { period?: string | undefined; until?: string | undefined },
  today: string,
): Period => cutAt(parsePeriod(period ?? periodOf(today)), until)

/** 去年同期, cut short like the period itself; or the whole period before this one. */
export const heldAgainst = (period: Period, against: Against = 'yearBefore'): Period =>
  against === 'preceding' ? precedingOf(period) : previousOf(period)

/** Fewer than these would show whose value it is. */
export const LEAST_SIBLINGS = 3

/** The middle value, of an even number the mean of the middle two; null of fewer than LEAST_SIBLINGS. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length < LEAST_SIBLINGS) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const middle = sorted.length % 2 === 1 ? [sorted[half] ?? 0] : sorted.slice(half - 1, half + 1)
  return Number(ratio(sum(middle), middle.length, 2, 'round'))
}
