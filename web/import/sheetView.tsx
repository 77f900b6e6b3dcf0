/** The sheet as it stands: title rows greyed, the header marked, each column with what it is taken for. */
import { memo, useMemo } from 'react'
import { type CheckReport, PREVIEW_ROWS, type Preview } from '../../domain/records/import/contract.ts'
import { FieldChoice, sureness } from './columns.tsx'
import type { Deciding } from './request.ts'

interface SheetProps {
  preview: Preview
  deciding: Deciding
  report: CheckReport | undefined
}

export function SheetView({ preview, deciding, report }: SheetProps) {
  return (
    <div className="mz-sheet-view">
      <table>
        <thead>
          <tr>
            <th aria-label="行号" />
            {preview.columns.map((column) => {
              const sure = sureness(column)
              return (
                <th key={column.letter} className={column.field ? '' : 'mz-column-aside'}>
                  <FieldChoice preview={preview} column={column} deciding={deciding} />
                  <small className={`mz-sure-${sure.look}`}>
                    {column.letter}　{sure.words}
                  </small>
                </th>
              )
            })}
          </tr>
        </thead>
        <Cells preview={preview} report={report} />
      </table>
      {preview.rows.length >= PREVIEW_ROWS && (
        <p className="mz-quiet mz-small mz-sheet-more">
          这里显示前 {PREVIEW_ROWS} 行，核对和入账是全部的行。
        </p>
      )}
    </div>
  )
}

const Cells = memo(function Cells({ preview, report }: Omit<SheetProps, 'deciding'>) {
  const wrong = useMemo(() => wrongCells(report), [report])
  const top = Math.min(...preview.headerRows, Number.POSITIVE_INFINITY)
  const rowClass = (row: number) => {
    if (preview.headerRows.includes(row)) return 'mz-row-header'
    return row < top && Number.isFinite(top) ? 'mz-row-title' : ''
  }
  const letters = preview.columns.map((c) => c.letter)
  return (
    <tbody>
      {preview.rows.map(({ row, cells }) => (
        <tr key={row} className={rowClass(row)}>
          <th>{row}</th>
          {letters.map((letter) => {
            const found = wrong.get(`${row}${letter}`)
            return (
              <td
                key={letter}
                className={found ? `mz-cell-${found.severity}` : ''}
                title={found ? `${found.reason}。${found.remedy}` : undefined}
              >
                {cells[indexOf(letter)] ?? ''}
              </td>
            )
          })}
        </tr>
      ))}
    </tbody>
  )
})

/** A is 0, Z is 25, AA is 26. */
export const indexOf = (letter: string): number =>
  [...letter].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0) - 1

type Problem = CheckReport['rows'][number]['problems'][number]

const wrongCells = (report: CheckReport | undefined) =>
  new Map<string, Problem>(
    (report?.rows ?? []).flatMap(({ row, problems }) =>
      problems.flatMap((p): [string, Problem][] => (p.column ? [[`${row}${p.column}`, p]] : [])),
    ),
  )
