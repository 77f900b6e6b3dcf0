/** Columns of a table, and what a table does by itself when all its rows are here: filter, sort, write out. */
import type { ReactNode } from 'react'
import { saveFile } from '../app/client.ts'
import type { ListState, Sort } from './list.ts'

export type Cell = string | number | null | undefined

export type Filter =
  | { type: 'text' }
  | { type: 'choice'; options: { value: string; title: string }[]; several?: boolean }

export interface Column<Row> {
  id: string
  title: string
  /** What is shown, sorted by, searched in and written out. */
  value?: (row: Row) => Cell
  /** How it is drawn, where the value alone is not enough. */
  cell?: (row: Row) => ReactNode
  width?: number
  /** Right-aligned figures. */
  numeric?: boolean
  /** Tables whose rows are all here sort by every column with a value; others by those that say so. */
  sortable?: boolean
  filter?: Filter
  /** Not shown until chosen. */
  hidden?: boolean
  /** Stays in sight while the table is moved sideways. */
  fixed?: boolean
}

const chinese = new Intl.Collator('zh-CN', { numeric: true })
const order = (a: Cell, b: Cell) => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return chinese.compare(String(a), String(b))
}
const isEmpty = (value: Cell) => value === null || value === undefined || value === ''

/** Empty cells stand last either way. */
export function sortRows<Row>(rows: readonly Row[], columns: Column<Row>[], sort: Sort | null): Row[] {
  const value = columns.find((c) => c.id === sort?.column)?.value
  if (!sort || !value) return [...rows]
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (isEmpty(x) || isEmpty(y)) return Number(isEmpty(x)) - Number(isEmpty(y))
    return sort.descending ? order(y, x) : order(x, y)
  })
}

export function filterRows<Row>(rows: readonly Row[], columns: Column<Row>[], list: ListState): Row[] {
  const active = columns.filter((c) => c.filter && c.value && list.filters[c.id])
  const text = list.text.trim().toLowerCase()
  return rows.filter(
    (row) =>
      (!text ||
        columns.some((c) =>
          String(c.value?.(row) ?? '')
            .toLowerCase()
            .includes(text),
        )) &&
      active.every((c) => matches(c, c.value?.(row), list.filters[c.id] ?? '')),
  )
}

function matches<Row>(column: Column<Row>, value: Cell, wanted: string): boolean {
  const cell = String(value ?? '')
  if (column.filter?.type === 'text') return cell.toLowerCase().includes(wanted.toLowerCase())
  const titles = column.filter?.type === 'choice' ? column.filter.options : []
  return wanted.split(',').some((w) => cell === w || cell === titles.find((o) => o.value === w)?.title)
}

/** A spreadsheet that WPS and Excel open with a double click: UTF-8 with its mark. */
export function saveTable<Row>(name: string, columns: Column<Row>[], rows: readonly Row[]): void {
  saveFile(new Blob([`\uFEFF${tableText(columns, rows)}`], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
}

/** As comma-separated text. No cell may act as a formula, and a long number must keep its digits. */
export function tableText<Row>(columns: Column<Row>[], rows: readonly Row[]): string {
  const shown = columns.filter((c) => c.value)
  const lines = [shown.map((c) => c.title), ...rows.map((row) => shown.map((c) => c.value?.(row) ?? ''))]
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  if (/^\d{12,}/.test(value)) return `"\t${value}"`
  const safe = /^[=+\-@\t]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe
}
