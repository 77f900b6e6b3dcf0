/** Which problems are one sort, for the list of findings and for mending them. Browser-safe. */
import type { Problem } from './contract.ts'

/** 与第 5 行相同 and 与第 9 行相同 are one sort of finding. */
export const sortOf = ({
  column,
  severity,
  reason,
}: Pick<Problem, 'column' | 'severity' | 'reason'>): string =>
  [column, severity, reason.replace(/\d+/g, '#').replace(/“[^”]*”/g, '“”')].join('|')
