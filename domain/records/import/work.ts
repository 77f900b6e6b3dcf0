/** What is worked out for one row: where it belongs, what is wrong with it, what happens. */
import type { Context } from '../../../kernel/context.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import type { Acceptable, Problem, RowOutcome, RowState } from './contract.ts'
import type { OrgNames } from './orgNames.ts'
import type { SheetReading, SheetRow } from './sheet/reading.ts'

export interface Settings {
  statementDate: string | null
  accepted: ReadonlySet<Acceptable>
  createOrgs: boolean
}

/** Everything about an import that is the same for all rows. */
export interface Scene {
  ctx: Context
  target: Target
  /** For whom the file speaks. */
  org: Org
  reading: SheetReading
  settings: Settings
  batchId: string
  /** Organisations of the subtree; grows when rows open new ones. */
  names: OrgNames
  newOrgs: { name: string; parent: string }[]
  /** Of the sheet as a whole. */
  warnings: Set<string>
  progress: Progress
}

/** Throws when the user has asked to stop. */
export type Progress = (stage: string, done: number, total?: number) => Promise<void>

export interface RowWork {
  row: SheetRow
  label: string
  org: { id: string; name: string } | null
  problems: Problem[]
  /** What came of it, unless a problem stands in the way. */
  done: 'new' | 'updated' | 'unchanged'
  effect: string
}

const stands = (severity: Problem['severity']) => (problem: Problem) => problem.severity === severity

export const fails = (work: RowWork): boolean => work.problems.some((one) => one.severity !== 'warning')

function stateOf(work: RowWork): RowState {
  if (work.problems.some(stands('error'))) return 'refused'
  return work.problems.some(stands('confirm')) ? 'confirm' : work.done
}

export const outcomeOf = (work: RowWork): RowOutcome => ({
  row: work.row.rowNumber,
  state: stateOf(work),
  label: work.label,
  org: work.org?.name ?? null,
  effect: fails(work) ? '' : work.effect,
  problems: work.problems,
})

/** The column that holds a field, for saying where something is wrong. */
function columnOf(scene: Scene, field: string): { column: string | null; header: string } {
  const column = scene.reading.columns.find((one) => one.field === field)
  const title = scene.target.fields.find((one) => one.id === field)?.title
  return { column: column?.letter ?? null, header: column?.header || title || '' }
}

export interface Complaint {
  severity: Problem['severity']
  field: string
  reason: string
  remedy: string
  accept?: Acceptable
}

/** What was agreed to complains no more. */
export function complain(scene: Scene, work: RowWork, { field, ...rest }: Complaint): void {
  const agreed = rest.accept !== undefined && scene.settings.accepted.has(rest.accept)
  if (!agreed) work.problems.push({ ...columnOf(scene, field), field, ...rest })
}

export const cellOf = (row: SheetRow, field: string) => row.values[field]?.value ?? null

export function textOf(row: SheetRow, field: string): string | undefined {
  const value = cellOf(row, field)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function numberOf(row: SheetRow, field: string): number | undefined {
  const value = cellOf(row, field)
  return typeof value === 'number' ? value : undefined
}

export function flagOf(row: SheetRow, field: string): boolean | undefined {
  const value = cellOf(row, field)
  return typeof value === 'boolean' ? value : undefined
}

export function listOf(row: SheetRow, field: string): string[] {
  const value = cellOf(row, field)
  if (Array.isArray(value)) return value
  return typeof value === 'string' && value !== '' ? [value] : []
}

const KNOWN_LENGTH: Record<string, number> = { year: 4, month: 7, day: 10, time: 16 }

/** As much of a date as is known: '2023', '2023-05', '2023-05-01', '2023-05-01 14:30'. */
export function dateOf(row: SheetRow, field: string): string | undefined {
  const parsed = row.values[field]
  if (typeof parsed?.value !== 'string' || parsed.value === '') return undefined
  return parsed.value.slice(0, KNOWN_LENGTH[parsed.precision ?? 'day'] ?? 10)
}

/** In order, so many at a time, with progress after each part. */
export async function inParts<T>(
  scene: Scene,
  stage: string,
  all: T[],
  work: (part: T[]) => Promise<void>,
): Promise<void> {
  const SIZE = 500
  for (let from = 0; from < all.length; from += SIZE) {
    await scene.progress(stage, from, all.length)
    await work(all.slice(from, from + SIZE))
  }
  await scene.progress(stage, all.length, all.length)
}
