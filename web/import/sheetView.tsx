/** The sheet as it stands: title rows greyed, the header marked, each column with what it is taken for. */
import { Button } from 'antd'
import { memo, useMemo } from 'react'
import { type CheckReport, PREVIEW_ROWS, type Preview } from '../../domain/records/import/contract.ts'
import { columnLetter } from '../../kernel/spreadsheet/workbook.ts'
import { FieldChoice, sureness } from './columns.tsx'
import type { Deciding } from './request.ts'

interface SheetProps {
  preview: Preview
  deciding: Deciding
  report: CheckReport | undefined
}

export function SheetView({ preview, deciding, report }: SheetProps) {
  const { startAt } = deciding
  const read = preview.columns.length > 0
  return (
    <div className="mz-sheet-view">
      {read && <HeaderNote preview={preview} deciding={deciding} />}
      <table>
        {read && (
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
        )}
        <Cells preview={preview} report={report} startAt={startAt} />
      </table>
      {preview.rows.length >= PREVIEW_ROWS && (
        <p className="mz-quiet mz-small mz-sheet-more">
          这里显示前 {PREVIEW_ROWS} 行，核对和入账是全部的行。
        </p>
      )}
    </div>
  )
}

function HeaderNote({ preview, deciding }: Omit<SheetProps, 'report'>) {
  const { startAt, decisions } = deciding
  return (
    <p className="mz-quiet mz-small mz-sheet-more">
      {decisions.headerRow === undefined ? (
        '灰底的是表题，深底的是表头。表头认错了，点一下真正表头那一行的行号。'
      ) : (
        <>
          表头从您指的第 {decisions.headerRow} 行开始。
          <Button type="link" size="small" onClick={() => startAt(null, preview.sheet)}>
            改回自动认
          </Button>
        </>
      )}
    </p>
  )
}

interface CellsProps extends Omit<SheetProps, 'deciding'> {
  startAt: Deciding['startAt']
}

const Cells = memo(function Cells({ preview, report, startAt }: CellsProps) {
  const wrong = useMemo(() => wrongCells(report), [report])
  const top = Math.min(...preview.headerRows, Number.POSITIVE_INFINITY)
  const rowClass = (row: number) => {
    if (preview.headerRows.includes(row)) return 'mz-row-header'
    return row < top && Number.isFinite(top) ? 'mz-row-title' : ''
  }
  const letters = lettersOf(preview)
  return (
    <tbody>
      {preview.rows.map(({ row, cells }) => (
        <tr key={row} className={rowClass(row)}>
          <th>
            <button
              type="button"
              onClick={() => startAt(row, preview.sheet)}
              aria-label={`表头从第 ${row} 行开始`}
            >
              {row}
              <span>表头从这一行开始</span>
            </button>
          </th>
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

/** Of the columns that were read; where no header was found, of all that hold something. */
function lettersOf({ columns, rows }: Preview): string[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length))
  return columns.length > 0
    ? columns.map((c) => c.letter)
    : Array.from({ length: width }, (_, i) => columnLetter(i))
}

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
