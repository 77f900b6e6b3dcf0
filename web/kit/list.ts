/** What a list shows, and in which order: it stands in the address, so it survives reload, back and being sent on. */
import { useCallback, useMemo } from 'react'
import { useSearchState } from '../app/address.tsx'
import { remember, remembered } from '../app/preferences.ts'

export interface Sort {
  column: string
  descending: boolean
}

export interface ListState {
  page: number
  size: number
  /** The text in the search box. */
  text: string
  sort: Sort | null
  /** By column id; a choice of several is joined with commas. */
  filters: Record<string, string>
  /** Id of the row whose drawer is open. */
  row: string | null
  setPage: (page: number, size?: number) => void
  setText: (text: string) => void
  setSort: (sort: Sort | null) => void
  setFilter: (column: string, value: string) => void
  /** Several at once. */
  setFilters: (values: Record<string, string>) => void
  clear: () => void
  open: (row: string | null) => void
  /** Filters, text and order as they stand in the address: what a saved view keeps. */
  state: Record<string, string>
  /** Id of the saved view that was opened last. */
  view: string | null
  /** Stands as a view says, or as the list comes. */
  take: (state: Record<string, string>, view: string | null) => void
}

const FILTER = 'f.'
/** Organisation and period are the frame's; a view says a period only where it belongs to it. */
const OF_VIEW = (key: string) => key.startsWith(FILTER) || key === 'q' || key === 'sort'
export const PAGE_SIZES = [20, 50, 100]

export function useList(options: { sort?: Sort; size?: number } = {}): ListState {
  const [search, change] = useSearchState()
  const filters = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(search).flatMap(([k, v]) =>
          k.startsWith(FILTER) ? [[k.slice(FILTER.length), v]] : [],
        ),
      ),
    [search],
  )
  const setFilter = useCallback(
    (column: string, value: string) => change({ [FILTER + column]: value || undefined, page: undefined }),
    [change],
  )
  const setFilters = (values: Record<string, string>) =>
    change({
      ...Object.fromEntries(Object.entries(values).map(([k, v]) => [FILTER + k, v || undefined])),
      page: undefined,
    })
  const clear = () =>
    change({
      ...Object.fromEntries(Object.keys(filters).map((k) => [FILTER + k, undefined])),
      q: undefined,
      page: undefined,
      view: undefined,
    })
  const take = useCallback(
    (state: Record<string, string>, view: string | null) =>
      change({
        ...Object.fromEntries(
          Object.keys(search)
            .filter(OF_VIEW)
            .map((k) => [k, undefined]),
        ),
        ...state,
        page: undefined,
        row: undefined,
        view: view ?? undefined,
      }),
    [change, search],
  )
  const state = useMemo(
    () => Object.fromEntries(Object.entries(search).filter(([k]) => OF_VIEW(k))),
    [search],
  )
  const setPage = (page: number, size?: number) => {
    if (size) remember('pageSize', size)
    change({ page: page > 1 ? String(page) : undefined, size: size ? String(size) : search.size })
  }
  return {
    page: Number(search.page) || 1,
    size: Number(search.size) || options.size || remembered('pageSize', 50),
    text: search.q ?? '',
    sort: search.sort ? sortOf(search.sort) : (options.sort ?? null),
    filters,
    row: search.row ?? null,
    setPage,
    setText: (text) => change({ q: text || undefined, page: undefined }),
    setSort: (sort) =>
      change({ sort: sort ? `${sort.descending ? '-' : ''}${sort.column}` : undefined, page: undefined }),
    setFilter,
    setFilters,
    clear,
    open: (row) => change({ row: row ?? undefined }, row ? 'push' : undefined),
    state,
    view: search.view ?? null,
    take,
  }
}

const sortOf = (text: string): Sort => ({ column: text.replace(/^-/, ''), descending: text.startsWith('-') })
