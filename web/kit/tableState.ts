/** How a table looks: which columns in which order, how wide; remembered for the person at this browser. */
import { useCallback, useMemo } from 'react'
import { useRemembered } from '../app/preferences.ts'
import type { Column } from './columns.ts'

export interface Look {
  /** Null: as the table comes. */
  columns: string[] | null
  /** Pixels, by column. */
  widths: Record<string, number>
}

export interface TableLook extends Look {
  /** Ids of the columns that are shown, in their order. */
  shown: string[]
  take: (look: Look) => void
  setColumns: (ids: string[]) => void
  setWidth: (id: string, width: number) => void
}

export const PLAIN: Look = { columns: null, widths: {} }
const NARROWEST = 56
const WIDEST = 900

export function useTableLook<Row>(name: string, columns: Column<Row>[]): TableLook {
  const [look, take] = useRemembered<Look>(`table.${name}`, PLAIN)
  const shown = useMemo(() => shownOf(columns, look.columns), [columns, look.columns])
  const setColumns = useCallback((ids: string[]) => take({ ...look, columns: ids }), [look, take])
  const setWidth = useCallback(
    (id: string, width: number) =>
      take({
        ...look,
        widths: { ...look.widths, [id]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) },
      }),
    [look, take],
  )
  return { ...look, shown, take, setColumns, setWidth }
}

/** What was chosen, as far as it is still there; columns that must stay come first. */
export function shownOf<Row>(columns: Column<Row>[], chosen: string[] | null): string[] {
  const usual = columns.filter((c) => !c.hidden).map((c) => c.id)
  const known = (chosen ?? []).filter((id) => columns.some((c) => c.id === id))
  if (known.length === 0) return usual
  const staying = columns.filter((c) => c.fixed && !known.includes(c.id)).map((c) => c.id)
  return [...staying, ...known]
}

/** One id moved before another, or to the end. */
export function moved(ids: string[], id: string, before: string | null): string[] {
  const rest = ids.filter((one) => one !== id)
  const at = before === null ? rest.length : rest.indexOf(before)
  return at < 0 ? ids : [...rest.slice(0, at), id, ...rest.slice(at)]
}
