/** One record spread over several rows by merged cells, such as an activity with a participant a row, is one again. */
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import type { Grid } from './grid.ts'
import type { Parsed, RowProblem, SheetRow } from './reading.ts'
import type { Block, MappedColumn } from './rowKinds.ts'

/** The first and last row (from 0) of the record that a row belongs to: what a merge of all required columns spans. */
export function recordSpan(grid: Grid, row: number, block: Block): { top: number; bottom: number } {
  const required = block.columns.filter(
    ({ field }) => field.required && field.kind !== 'name' && field.kind !== 'people',
  )
  const named = block.columns.some(
    ({ field }) => field.required && (field.kind === 'name' || field.kind === 'people'),
  )
  if (named || required.length === 0) return { top: row, bottom: row }
  return required.reduce(
    (span, { index }) => {
      const merge = grid.merge(row, index)
      return {
        top: Math.max(span.top, merge?.top ?? row),
        bottom: Math.min(span.bottom, merge?.bottom ?? row),
      }
    },
    { top: 0, bottom: grid.height },
  )
}

/** Adds a further row of the same record: people are joined; anything else that differs is asked about. */
export function foldInto(
  first: SheetRow,
  next: SheetRow,
  target: Target,
  letterOf: (field: string) => string | null,
) {
  first.alsoRows = [...(first.alsoRows ?? []), next.rowNumber]
  first.problems.push(...next.problems.filter((problem) => problem.reason !== `没有填${problem.header}`))
  for (const field of target.fields) {
    const mine = first.values[field.id]
    const theirs = next.values[field.id]
    if (!theirs || theirs.value === null) continue
    if (!mine || mine.value === null) first.values[field.id] = theirs
    else if (field.kind === 'people') first.values[field.id] = joined(mine, theirs)
    else if (String(mine.value) !== String(theirs.value)) {
      first.problems.push(differs(field.id, field.title, letterOf(field.id), next.rowNumber))
    }
  }
}

function joined(mine: Parsed, theirs: Parsed): Parsed {
  const names = [...new Set([mine.value, theirs.value].flat().filter((name) => typeof name === 'string'))]
  const note = [mine.note, theirs.note].filter(Boolean).join('；')
  return { ...mine, value: names, raw: `${mine.raw}、${theirs.raw}`, ...(note ? { note } : {}) }
}

const differs = (field: string, title: string, column: string | null, row: number): RowProblem => ({
  column,
  field,
  header: title,
  severity: 'confirm',
  reason: `合并在一起的几行里，第 ${row} 行的${title}不同`,
  remedy: '请取消合并，逐行填写；或把不同的内容写进一格。',
})

export const columnOfField = (columns: MappedColumn[], field: string) =>
  columns.find((column) => column.field.id === field)?.index ?? null
