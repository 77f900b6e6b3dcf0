/** Forms of a test, drawn as rows of texts. */
import type { FormCell, FormDocument } from './file/model.ts'

/** `merges`: top, left, bottom, right. */
export function formOf(rows: string[][], merges: [number, number, number, number][] = []): FormDocument {
  const columns = Math.max(...rows.map((row) => row.length))
  const covered = (row: number, column: number) =>
    merges.some(
      ([top, left, bottom, right]) =>
        row >= top && row <= bottom && column >= left && column <= right && (row > top || column > left),
    )
  const cells = rows.flatMap((line, row) =>
    Array.from({ length: columns }, (_, column): FormCell => {
      const [, , bottom = row, right = column] = merges.find((m) => m[0] === row && m[1] === column) ?? []
      const span = { rowSpan: bottom - row + 1, columnSpan: right - column + 1 }
      return { row, column, ...span, text: line[column] ?? '', format: 'general' }
    }).filter((cell) => !covered(cell.row, cell.column)),
  )
  return {
    format: 'xlsx',
    tables: [{ id: 's0', title: '表', rows: rows.length, columns, widths: Array(columns).fill(80), cells }],
  }
}
