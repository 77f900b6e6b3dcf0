/** A form as it stands: merged cells, widths, what is written in it. One points at its cells with mouse or arrow keys. */
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { FormCell, FormTable } from '../../domain/reports/forms/file/model.ts'

export interface CellLook {
  /** mapped, open, suggested, missing, typed … as in forms.css. */
  state?: string
  /** Shown instead of what the form holds. */
  content?: ReactNode
  /** For screen readers and on hover. */
  title?: string
}

interface SheetProps {
  table: FormTable
  /** Where the person stands. */
  chosen: { row: number; column: number } | null
  choose: (cell: FormCell) => void
  look: (cell: FormCell) => CellLook
  /** Enter on the cell. */
  enter?: (cell: FormCell) => void
  /** Delete or Backspace on the cell. */
  clear?: (cell: FormCell) => void
  /** Somebody begins to type on the cell. */
  type?: () => void
}

const ARROWS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** A table in which one moves is a grid to a screen reader. */
const GRID = { role: 'grid', tabIndex: 0 }
const cellOf = (chosen: boolean) => ({ role: 'gridcell', tabIndex: -1, 'aria-selected': chosen })

export function FormSheet({ table, chosen, choose, look, enter, clear, type }: SheetProps) {
  const box = useRef<HTMLDivElement>(null)
  const at = useMemo(() => placesOf(table), [table])
  const here = chosen ? at(chosen.row, chosen.column) : undefined
  useEffect(() => {
    if (!here) return
    box.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [here])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = ARROWS[event.key]
    if (step) {
      event.preventDefault()
      const next = here ? beside(here, step, at) : table.cells[0]
      if (next) choose(next)
    } else if (event.key === 'Enter' && here) {
      event.preventDefault()
      enter?.(here)
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && here) {
      event.preventDefault()
      clear?.(here)
    } else if (event.key.length === 1 && event.key !== ' ' && here && type) {
      // The letter itself goes where the focus is now.
      type()
    }
  }
  const rows = Array.from({ length: table.rows }, (_, row) => table.cells.filter((c) => c.row === row))
  return (
    <div className="mz-form-sheet" ref={box}>
      <table
        {...GRID}
        aria-label={table.title || '报表'}
        onKeyDown={onKeyDown}
        style={{ width: table.widths.reduce((sum, width) => sum + width, 0) }}
      >
        <colgroup>
          {table.widths.map((width, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name than their place.
            <col key={i} style={{ width }} />
          ))}
        </colgroup>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name than their place.
            <tr key={row}>
              {cells.map((cell) => (
                <Cell
                  key={cell.column}
                  cell={cell}
                  look={look(cell)}
                  chosen={cell === here}
                  choose={() => choose(cell)}
                  open={() => enter?.(cell)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  cell: FormCell
  look: CellLook
  chosen: boolean
  choose: () => void
  open: () => void
}

function Cell({ cell, look, chosen, choose, open }: CellProps) {
  const kind = cell.formula === undefined ? (look.state ?? '') : 'formula'
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys.
    <td
      {...cellOf(chosen)}
      rowSpan={cell.rowSpan}
      colSpan={cell.columnSpan}
      title={cell.formula === undefined ? look.title : `公式，表自己算：${cell.formula}`}
      className={['mz-form-cell', kind && `mz-form-${kind}`, chosen && 'mz-form-here']
        .filter(Boolean)
        .join(' ')}
      style={{ textAlign: cell.align, fontWeight: cell.bold ? 600 : undefined }}
      onClick={choose}
      onDoubleClick={open}
    >
      {look.content ?? cell.text}
    </td>
  )
}

type Places = (row: number, column: number) => FormCell | undefined

/** A place inside a merged cell is that cell. */
function placesOf(table: FormTable): Places {
  const at = new Map<string, FormCell>()
  for (const cell of table.cells)
    for (let row = cell.row; row < cell.row + cell.rowSpan; row++)
      for (let column = cell.column; column < cell.column + cell.columnSpan; column++)
        at.set(`${row} ${column}`, cell)
  return (row, column) => at.get(`${row} ${column}`)
}

function beside(cell: FormCell, [down, right]: [number, number], at: Places): FormCell | undefined {
  const row = down > 0 ? cell.row + cell.rowSpan : cell.row + down
  const column = right > 0 ? cell.column + cell.columnSpan : cell.column + right
  return at(row, column)
}
