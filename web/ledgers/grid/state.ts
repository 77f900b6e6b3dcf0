/** What happens in the grid, one deed at a time; every change of lines can be taken back. */
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import {
  type Area,
  areaOf,
  clearArea,
  emptyGrid,
  fillDown,
  type Line,
  type Pasted,
  type Place,
  paste,
  removeLines,
  setCell,
  withSpare,
} from './model.ts'

export interface GridState {
  target: Target
  lines: Line[]
  past: Line[][]
  active: Place
  /** The other end of what is chosen; the active place itself where nothing more is. */
  anchor: Place
  /** What the last paste did, to be told. */
  pasted: Pasted | null
}

export type Deed =
  | { do: 'go'; to: Place; extend?: boolean }
  | { do: 'move'; rows: number; columns: number; extend?: boolean }
  | { do: 'set'; row: number; field: string; text: string }
  | { do: 'paste'; block: string[][] }
  | { do: 'fill' }
  | { do: 'clear' }
  | { do: 'remove' }
  | { do: 'undo' }
  | { do: 'replace'; lines: Line[] }

export const startingState = (target: Target, lines: Line[]): GridState => ({
  target,
  lines: lines.length > 0 ? withSpare(lines) : emptyGrid(),
  past: [],
  active: { row: 0, column: 0 },
  anchor: { row: 0, column: 0 },
  pasted: null,
})

export const chosenArea = ({ active, anchor }: Pick<GridState, 'active' | 'anchor'>): Area =>
  areaOf(active, anchor)

export function gridReducer(state: GridState, deed: Deed): GridState {
  const { target, lines } = state
  const area = chosenArea(state)
  switch (deed.do) {
    case 'go':
      return goTo(state, deed.to, deed.extend)
    case 'move':
      return goTo(state, moved(state, deed.rows, deed.columns), deed.extend)
    case 'set':
      return changed(state, setCell(lines, deed))
    case 'paste':
      return laid(state, paste(lines, target, { row: area.top, column: area.left }, deed.block))
    case 'fill':
      return changed(state, fillDown(lines, target, area))
    case 'clear':
      return changed(state, clearArea(lines, target, area))
    case 'remove':
      return goTo(changed(state, removeLines(lines, area)), { row: area.top, column: state.active.column })
    case 'replace':
      return { ...startingState(target, deed.lines), past: [...state.past, lines].slice(-KEPT) }
    case 'undo': {
      const before = state.past[state.past.length - 1]
      return before ? { ...state, lines: before, past: state.past.slice(0, -1), pasted: null } : state
    }
  }
}

const KEPT = 50

function changed(state: GridState, lines: Line[]): GridState {
  if (lines === state.lines) return state
  return { ...state, lines, past: [...state.past, state.lines].slice(-KEPT), pasted: null }
}

function laid(state: GridState, pasted: Pasted): GridState {
  const { top, left, bottom, right } = pasted.area
  return {
    ...changed(state, pasted.lines),
    active: { row: top, column: left },
    anchor: { row: bottom, column: right },
    pasted,
  }
}

/** Behind the last column comes the first of the next line. */
function moved({ active, target }: GridState, rows: number, columns: number): Place {
  const width = target.fields.length
  const column = active.column + columns
  if (Math.abs(columns) === 1 && rows === 0 && (column < 0 || column >= width))
    return { row: active.row + columns, column: column < 0 ? width - 1 : 0 }
  return { row: active.row + rows, column }
}

function goTo(state: GridState, to: Place, extend = false): GridState {
  const active = {
    row: Math.min(Math.max(to.row, 0), state.lines.length - 1),
    column: Math.min(Math.max(to.column, 0), state.target.fields.length - 1),
  }
  return { ...state, active, anchor: extend ? state.anchor : active }
}
