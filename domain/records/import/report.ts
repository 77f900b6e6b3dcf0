/** What an import did or would do, told so that a person can act on it. */
import type { BatchRef, CheckReport, Finding, RowOutcome } from './contract.ts'
import { LISTED_ROWS } from './contract.ts'
import type { SheetReading } from './sheet/reading.ts'
import { sortOf } from './sorts.ts'
import type { Taken } from './takeOver.ts'
import type { Understood } from './understand.ts'

export function reportOf(
  understood: Understood,
  taken: Pick<Taken, 'outcomes' | 'warnings' | 'newOrgs'>,
  { duplicateOf, listed: most = LISTED_ROWS }: { duplicateOf: BatchRef | null; listed?: number | undefined },
): CheckReport {
  const { org, reading, remembered, sheets, statementDate, stored, target } = understood
  const others = sheets.filter((one) => one.name !== reading.sheet && !one.hidden).map((one) => one.name)
  return {
    kind: reading.kind,
    kindTitle: target?.title ?? '',
    org: { id: org.id, name: org.name },
    fileName: stored.name,
    sheet: reading.sheet,
    statementDate,
    counts: countsOf(taken.outcomes),
    rows: listed(taken.outcomes, most),
    findings: findingsOf(taken.outcomes),
    warnings: [
      ...reading.notes,
      ...taken.warnings,
      ...dayPassedOver(understood),
      ...unstored(reading),
      ...(others.length > 0 ? [`文件里还有工作表没有导入：${others.join('、')}。`] : []),
    ],
    totals: reading.totals,
    mapping: mapped(reading),
    unmapped: reading.unmapped,
    remembered,
    duplicateOf,
    newOrgs: taken.newOrgs,
  }
}

function countsOf(outcomes: RowOutcome[]): CheckReport['counts'] {
  const of = (state: RowOutcome['state']) => outcomes.filter((one) => one.state === state).length
  return {
    rows: outcomes.length,
    new: of('new'),
    updated: of('updated'),
    unchanged: of('unchanged'),
    refused: of('refused'),
    confirm: of('confirm'),
    asking: outcomes.filter(({ problems }) => problems.some((one) => one.severity === 'confirm')).length,
  }
}

const failed = ({ state }: RowOutcome) => state === 'refused' || state === 'confirm'

/** Those that failed or are to be looked at before the rest, then in the order of the sheet. */
function listed(outcomes: RowOutcome[], most: number): RowOutcome[] {
  if (outcomes.length <= most) return outcomes
  const rank = (one: RowOutcome) => (failed(one) ? 0 : one.problems.length > 0 ? 1 : 2)
  return [...outcomes]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most)
    .sort((a, b) => a.row - b.row)
}

const EXAMPLES = 5
const RANK = { error: 0, confirm: 1, warning: 2 }

function findingsOf(outcomes: RowOutcome[]): Finding[] {
  const found = new Map<string, Finding>()
  for (const { row, problems } of outcomes)
    for (const problem of problems) {
      const key = sortOf(problem)
      const known = found.get(key) ?? { ...problem, count: 0, rows: [] }
      known.count++
      if (known.rows.length < EXAMPLES) known.rows.push(row)
      found.set(key, known)
    }
  return [...found.values()].sort((a, b) => RANK[a.severity] - RANK[b.severity] || b.count - a.count)
}

const mapped = ({ columns }: SheetReading): Record<string, string> =>
  Object.fromEntries(columns.flatMap((one) => (one.field ? [[one.header || one.letter, one.field]] : [])))

/** Rosters whose facts begin on the day for which the sheet speaks, where it gives no other. */
const DATED_ROSTERS = new Set(['members', 'officers'])

function dayPassedOver({ reading, statementDate, dayAbove }: Understood): string[] {
  if (statementDate !== null || dayAbove === null || !DATED_ROSTERS.has(reading.kind)) return []
  return [`表上写的日期是 ${dayAbove}，没有当作填报时间；要从这一天算起，请写明填报时间。`]
}

/** Fields of rosters that the registers do not keep: read, so that nobody wonders, and told. */
const NOT_KEPT = new Set(['applicationDate', 'remark'])

function unstored({ columns, kind }: SheetReading): string[] {
  const left = columns.filter(
    (one) => ['members', 'officers', 'organisations'].includes(kind) && NOT_KEPT.has(one.field ?? ''),
  )
  return left.length > 0 ? [`“${left.map((one) => one.header).join('”“')}”不登记。`] : []
}
