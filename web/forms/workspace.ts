/** A form being pointed at: its cells, what is decided, what is suggested; each decision is saved at once. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { FigureQuestion } from '../../domain/indicators/contract.ts'
import { type Form, type Suggested, saveForm } from '../../domain/reports/forms/contract.ts'
import type { FormCell, FormTable } from '../../domain/reports/forms/file/model.ts'
import {
  cellKey,
  coveredBy,
  type Entry,
  type FigureEntry,
  type ListEntry,
  type Mapped,
  questionOf,
} from '../../domain/reports/forms/mapping.ts'
import { useSearchState } from '../app/address.tsx'
import { call, type Problem, problemOf } from '../app/client.ts'

export interface Workspace {
  form: Form
  table: FormTable
  tables: FormTable[]
  showTable: (id: string) => void
  chosen: FormCell | undefined
  choose: (cell: FormCell) => void
  entryAt: (cell: FormCell) => Entry | undefined
  suggestedAt: (cell: FormCell) => Suggested | undefined
  /** null takes the decision back. */
  decide: (cell: FormCell, entry: Entry | null) => void
  /** Suggestions that are sure, for cells about which nobody has decided. */
  good: Mapped[]
  acceptGood: () => void
  /** To the next cell without a decision. */
  goOn: (from: FormCell, decided?: Mapped[]) => void
  open: number
  questionAt: (cell: FormCell, entry: FigureEntry | ListEntry) => FigureQuestion | undefined
  problem: Problem | null
  version: () => number
  saved: (version: number) => void
}

export function useWorkspace(form: Form, suggested: Suggested[]): Workspace {
  const [search, change] = useSearchState()
  const [mapping, setMapping] = useState(form.mapping)
  const saver = useSaver(form)
  const tables = form.document.tables
  const [at, row, column] = (search.cell ?? '').split('.')
  const table = tables.find((t) => t.id === (at || search.sheet)) ?? (tables[0] as FormTable)
  const chosen = table.cells.find(
    (c) => c.row === Number(row) && c.column === Number(column) && row !== undefined,
  )
  const byKey = useMemo(() => new Map(mapping.map((m) => [cellKey(m), m.entry])), [mapping])
  const known = useMemo(() => new Map(suggested.map((s) => [cellKey(s), s])), [suggested])
  const keyOf = useCallback((cell: FormCell) => cellKey({ ...cell, table: table.id }), [table.id])
  const choose = useCallback((cell: FormCell) => change({ cell: keyOf(cell) }), [change, keyOf])
  const set = (next: Mapped[]) => {
    setMapping(next)
    saver.save(next)
  }
  const inLists = useMemo(() => mapping.filter((m) => m.entry.kind === 'list'), [mapping])
  const isOpen = (s: Suggested) => !byKey.has(cellKey(s)) && !inLists.some((m) => covers(m, s))
  const open = suggested.filter(isOpen)
  const good = open.flatMap((s): Mapped[] => {
    const [first] = s.suggestions
    return first?.sure ? [{ table: s.table, row: s.row, column: s.column, entry: first.entry }] : []
  })
  const places = form.places
  const period = useMemo(() => coveredBy(form.next.period), [form.next.period])
  return {
    form,
    table,
    tables,
    showTable: (id) => change({ sheet: id, cell: undefined }),
    chosen,
    choose,
    entryAt: (cell) => byKey.get(keyOf(cell)),
    suggestedAt: (cell) => known.get(keyOf(cell)),
    decide: (cell, entry) => {
      const others = mapping.filter((m) => cellKey(m) !== keyOf(cell))
      const { row, column } = cell
      set(entry ? [...others, { table: table.id, row, column, entry }] : others)
    },
    good,
    acceptGood: () => set([...mapping, ...good]),
    goOn: (from) => {
      const here = open.findIndex((s) => cellKey(s) === keyOf(from))
      const next = open[here + 1] ?? open.find((s) => cellKey(s) !== keyOf(from))
      if (next) change({ cell: cellKey(next) })
    },
    open: open.length,
    questionAt: (cell, entry) => {
      const words = known.get(keyOf(cell))?.words.split(' · ') ?? []
      const named = [...words].reverse().flatMap((word) => places[word]?.id ?? [])[0]
      const org = entry.org === 'own' ? form.org.id : typeof entry.org === 'object' ? entry.org.id : named
      return org ? questionOf(entry, org, period) : undefined
    },
    problem: saver.problem,
    version: saver.version,
    saved: saver.saved,
  }
}

const covers = ({ table, row, entry }: Mapped, at: { table: string; row: number }) =>
  entry.kind === 'list' && table === at.table && at.row >= row && at.row <= entry.through

/** One save at a time; what is decided meanwhile goes with the next. */
function useSaver(form: Form) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const state = useRef({ version: form.version, next: null as Mapped[] | null, busy: false })
  useEffect(() => {
    state.current.version = Math.max(state.current.version, form.version)
  }, [form.version])
  const run = useCallback(async () => {
    const now = state.current
    if (now.busy || !now.next) return
    now.busy = true
    const mapping = now.next
    now.next = null
    try {
      const saved = await call(saveForm, { params: { id: form.id }, body: { version: now.version, mapping } })
      now.version = saved.version
      setProblem(null)
    } catch (error) {
      setProblem(problemOf(error))
    }
    now.busy = false
    void run()
  }, [form.id])
  return {
    problem,
    save: (mapping: Mapped[]) => {
      state.current.next = mapping
      void run()
    },
    version: () => state.current.version,
    saved: (version: number) => {
      state.current.version = version
    },
  }
}
