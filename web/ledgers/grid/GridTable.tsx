/** The lines of the grid. A line is drawn again only when it, its problems or the cursor in it change. */
import { type Dispatch, type MouseEvent, memo } from 'react'
import type { TargetField } from '../../../kernel/spreadsheet/target.ts'
import { CellEditor } from './CellEditor.tsx'
import { isFilled, type Line } from './model.ts'
import { type CellProblem, problemsOf, stands, type Told } from './problems.ts'
import { chosenArea, type Deed, type GridState } from './state.ts'

const WIDTHS: Partial<Record<TargetField['kind'], number>> = {
  date: 116,
  month: 100,
  integer: 92,
  number: 92,
  money: 100,
  yesNo: 88,
  choice: 128,
  people: 190,
  org: 150,
}
const WIDE: Record<string, number> = { title: 220, quantities: 220, content: 240 }

export const widthOf = (field: TargetField): number => WIDE[field.id] ?? WIDTHS[field.kind] ?? 150

interface GridTableProps {
  state: GridState
  dispatch: Dispatch<Deed>
  told: Told
  today: string
  /** Whose records they are where a line names no organisation. */
  orgName: string
}

export function GridTable({ state, dispatch, told, today, orgName }: GridTableProps) {
  const { target, lines, active } = state
  const area = chosenArea(state)
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table in which one moves by keys is a grid.
      role="grid"
      className="mz-grid"
      aria-label={`${target.title}表格录入`}
      aria-rowcount={lines.length + 1}
      aria-colcount={target.fields.length + 1}
    >
      <colgroup>
        <col style={{ width: 46 }} />
        {target.fields.map((field) => (
          <col key={field.id} style={{ width: widthOf(field) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" aria-label="行号" />
          {target.fields.map((field) => (
            <th key={field.id} scope="col">
              {field.title}
              {field.required && <i title="必填">*</i>}
              {field.unit && !field.title.includes(field.unit) && <small>（{field.unit}）</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line, row) => (
          <GridLine
            key={line.id}
            line={line}
            row={row}
            fields={target.fields}
            problems={problemsOf(line, told, { target, today })}
            from={row >= area.top && row <= area.bottom ? area.left : -1}
            to={row >= area.top && row <= area.bottom ? area.right : -1}
            cursor={row === active.row ? active.column : -1}
            state={row === active.row ? state : null}
            dispatch={dispatch}
            orgName={orgName}
          />
        ))}
      </tbody>
    </table>
  )
}

interface GridLineProps {
  line: Line
  row: number
  fields: TargetField[]
  problems: CellProblem[]
  /** Chosen columns; -1 where none is. */
  from: number
  to: number
  cursor: number
  /** Only of the line with the cursor. */
  state: GridState | null
  dispatch: Dispatch<Deed>
  orgName: string
}

const GridLine = memo(function GridLine(props: GridLineProps) {
  const { line, row, fields, problems, from, to, cursor, state, dispatch } = props
  const filled = isFilled(line)
  const wrong = problems.some(stands)
  return (
    <tr aria-rowindex={row + 2}>
      <th scope="row" className={filled ? (wrong ? 'mz-grid-bad' : 'mz-grid-good') : undefined}>
        {row + 1}
      </th>
      {fields.map((field, column) => {
        const own = problems.filter((one) => one.field === field.id || one.field.startsWith(`${field.id}.`))
        const bad = own.some(stands)
        const here = cursor === column && state
        const id = `mz-grid-told-${line.id}-${field.id}`
        const text = line.cells[field.id] ?? ''
        const hint = field.id === 'org' && filled && !text ? props.orgName : undefined
        return (
          <td
            key={field.id}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table in which one moves by keys is a grid.
            role="gridcell"
            tabIndex={-1}
            aria-colindex={column + 2}
            aria-selected={column >= from && column <= to && from >= 0}
            aria-invalid={bad}
            title={own.map((one) => `${one.reason}。${one.remedy}`).join('\n') || undefined}
            className={classOf({ own, bad, chosen: from >= 0 && column >= from && column <= to })}
            onMouseDown={(e) => point(e, dispatch, { row, column })}
            onMouseEnter={(e) => e.buttons === 1 && dispatch({ do: 'go', to: { row, column }, extend: true })}
          >
            {here ? (
              <CellEditor
                key={`${line.id} ${field.id}`}
                field={field}
                row={row}
                text={text}
                state={state}
                dispatch={dispatch}
                invalid={bad}
                hint={hint}
                describedBy={own.length > 0 ? id : undefined}
              />
            ) : (
              <span>{text || (hint && <em>{hint}</em>)}</span>
            )}
            {here && own.length > 0 && (
              <span id={id} hidden>
                {own.map((one) => `${one.reason}。${one.remedy}`).join('')}
              </span>
            )}
          </td>
        )
      })}
    </tr>
  )
})

const classOf = (cell: { own: CellProblem[]; bad: boolean; chosen: boolean }): string =>
  [cell.chosen && 'mz-grid-chosen', cell.bad ? 'mz-grid-error' : cell.own.length > 0 && 'mz-grid-warning']
    .filter(Boolean)
    .join(' ')

/** The cell in which one types keeps its clicks for the caret. */
function point(event: MouseEvent, dispatch: Dispatch<Deed>, to: { row: number; column: number }): void {
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
  event.preventDefault()
  dispatch({ do: 'go', to, extend: event.shiftKey })
}
