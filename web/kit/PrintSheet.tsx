/** A list on paper: title, organisation, period, filters in words, the header on each page, a line for signatures. */
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Cell, Column } from './columns.ts'

export interface PrintHead {
  title: string
  /** 填报单位 */
  org: string
  /** 2024年上半年, 截至 2024-06-18 */
  period: string
}

interface Sheet<Row> extends PrintHead {
  filters: string[]
  columns: Column<Row>[]
  rows: readonly Row[]
  /** How many there are, where not all are printed. */
  total: number
}

const PRINTING = 'mz-printing'

/** Draws the sheet beside the page, prints it, and takes it away. */
export function usePrinting<Row>() {
  const [sheet, setSheet] = useState<Sheet<Row> | null>(null)
  useEffect(() => {
    if (!sheet) return
    document.documentElement.classList.add(PRINTING)
    const after = () => setSheet(null)
    window.addEventListener('afterprint', after)
    // Fonts and the table's layout first.
    const timer = setTimeout(() => window.print(), 60)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('afterprint', after)
      document.documentElement.classList.remove(PRINTING)
    }
  }, [sheet])
  return { print: setSheet, drawn: sheet && createPortal(<PrintSheet sheet={sheet} />, document.body) }
}

function PrintSheet<Row>({ sheet }: { sheet: Sheet<Row> }) {
  const { title, org, period, filters, columns, rows, total } = sheet
  const printed = columns.filter((c) => c.value)
  return (
    <section className={printed.length > UPRIGHT ? 'mz-print-sheet mz-print-wide' : 'mz-print-sheet'}>
      <h1>{title}</h1>
      <p>
        <span>填报单位：{org}</span>
        <span>{period}</span>
        <span>
          共 {total} 条{rows.length < total && `，本表印前 ${rows.length} 条`}
        </span>
      </p>
      {filters.length > 0 && <p>筛选：{filters.join('；')}</p>}
      <table>
        <thead>
          <tr>
            <th>序号</th>
            {printed.map((c) => (
              <th key={c.id}>{c.title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a printed row never moves.
            <tr key={at}>
              <td>{at + 1}</td>
              {printed.map((c) => (
                <td key={c.id} className={c.numeric || isDay(c.value?.(row)) ? 'mz-number' : undefined}>
                  {shown(c.value?.(row))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mz-print-sign">
        <span>填报人：</span>
        <span>审核人：</span>
        <span>（盖章）</span>
        <span>　　　　年　　月　　日</span>
      </p>
    </section>
  )
}

/** More columns are printed across the page. */
const UPRIGHT = 7

const isDay = (cell: Cell) => typeof cell === 'string' && /^\d{4}-\d{2}(-\d{2})?$/.test(cell)

const shown = (cell: Cell) => (cell === null || cell === undefined ? '' : String(cell))
