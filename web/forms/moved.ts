/** Where the cells of a blank stand once its lists have grown. Rows count from 0. */
import type { FilledCell } from '../../domain/reports/forms/contract.ts'

type Grown = Pick<FilledCell, 'row' | 'lines' | 'through'>

const growth = ({ row, lines = 0, through = row }: Grown): number => Math.max(0, lines - (through - row + 1))

/** The row of the filled form in which a row of the blank stands. */
export const rowNow = (lists: Grown[], row: number): number =>
  lines(lists).reduce((now, list) => (row > (list.through ?? list.row) ? now + growth(list) : now), row)

/** The row of the blank that a row of the filled form was; of a list, its first. */
export function rowThen(lists: Grown[], row: number): number {
  let then = row
  for (const list of lines(lists)) {
    const through = list.through ?? list.row
    if (then >= list.row && then <= through + growth(list)) return list.row
    if (then > through) then -= growth(list)
  }
  return then
}

const lines = (lists: Grown[]): Grown[] =>
  lists.filter((one) => one.lines !== undefined).sort((a, b) => a.row - b.row)
