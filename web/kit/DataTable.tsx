/**
 * The table of every list. Rows are either all here (no `total`: the table filters, sorts and pages by itself) or one
 * page of what the server holds (`total` given: the caller asks with the list's state).
 * ↑ ↓ move, Enter opens, Space selects, Escape closes.
 */
import { Button, Drawer, Table, type TableColumnType } from 'antd'
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import type { Problem } from '../app/client.ts'
import { useRemembered } from '../app/preferences.ts'
import type { Density } from '../app/theme.ts'
import { type Column, filterRows, saveTable, sortRows } from './columns.ts'
import { type ListState, PAGE_SIZES } from './list.ts'
import { EmptyState, Failure } from './Page.tsx'
import { TableTools } from './TableTools.tsx'

export interface BulkAction<Row> {
  title: string
  act: (rows: Row[]) => void
}

export interface RowDrawer<Row> {
  title: (row: Row | undefined, id: string) => ReactNode
  body: (row: Row | undefined, id: string, close: () => void) => ReactNode
  actions?: (row: Row | undefined, id: string) => ReactNode
  width?: number
}

export interface DataTableProps<Row> {
  /** Under which the chosen columns are remembered, and the name of the file when written out. */
  name: string
  columns: Column<Row>[]
  rows: readonly Row[] | undefined
  rowKey: (row: Row) => string
  list: ListState
  /** Given: the server filters, sorts and pages. */
  total?: number | undefined
  busy?: boolean
  problem?: Problem | null
  retry?: () => void
  /** What a click or Enter does; without it, the drawer opens. */
  onOpen?: (row: Row) => void
  drawer?: RowDrawer<Row>
  bulk?: BulkAction<Row>[]
  /** Further filters, between the columns' own and the tools. */
  filters?: ReactNode
  /** What the search box finds; null: no search box. */
  searchHint?: string | null
  onExport?: () => void
  /** Shown when nothing is there at all; names the next step. */
  empty?: ReactNode
  /** Rows carry `children`: a tree, open to these keys. */
  openKeys?: string[]
  onOpenKeys?: (keys: string[]) => void
  /** Under the table, aligned to its columns: totals. */
  summary?: (rows: readonly Row[]) => ReactNode
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, list, rows, rowKey } = props
  const table = useTable(props)
  const opens = props.onOpen !== undefined || props.drawer !== undefined
  const open = (row: Row) => (props.onOpen ? props.onOpen(row) : props.drawer && list.open(rowKey(row)))
  const keys = useRowKeys(table.page, rowKey, { open, toggle: table.toggle, hasBulk: Boolean(props.bulk) })
  const drawn = useMemo(() => columns.filter((c) => table.shown.includes(c.id)), [columns, table.shown])
  const nothing = list.text === '' && Object.keys(list.filters).length === 0
  return (
    <div className="mz-table">
      <TableTools
        columns={columns}
        shown={table.shown}
        setShown={table.setShown}
        list={list}
        density={table.density}
        setDensity={table.setDensity}
        searchHint={props.searchHint === undefined ? '搜索' : props.searchHint}
        extra={props.filters}
        onExport={
          props.onExport ?? (isWhole(props) ? () => saveTable(props.name, drawn, flat(table.all)) : null)
        }
      />
      {props.bulk && table.selected.length > 0 && <BulkBar table={table} actions={props.bulk} />}
      {props.problem && !rows ? (
        <Failure problem={props.problem} retry={props.retry} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are what the keys act on.
        <div ref={keys.ref} onKeyDown={keys.onKeyDown}>
          <Table<Row>
            size={table.density === 'compact' ? 'small' : 'middle'}
            columns={drawn.map((c) => antColumn(c, list, props.total !== undefined))}
            dataSource={table.page}
            rowKey={rowKey}
            loading={props.busy === true && rows !== undefined ? { delay: 300 } : rows === undefined}
            onChange={(_page, _filters, sorter) => {
              const one = Array.isArray(sorter) ? sorter[0] : sorter
              const column = String(one?.columnKey ?? '')
              list.setSort(one?.order ? { column, descending: one.order === 'descend' } : null)
            }}
            onRow={(row) => ({
              tabIndex: 0,
              'data-key': rowKey(row),
              className: opens ? 'mz-row-opens' : '',
              onClick: (e) => opens && !isControl(e.target) && open(row),
            })}
            rowClassName={(row) => (list.row === rowKey(row) ? 'mz-row-open' : '')}
            {...(props.bulk ? { rowSelection: table.selection } : {})}
            {...(props.openKeys
              ? {
                  expandable: {
                    expandedRowKeys: props.openKeys,
                    onExpandedRowsChange: (k) => props.onOpenKeys?.(k.map(String)),
                  },
                }
              : {})}
            pagination={table.pagination}
            {...(table.page.length > 0 ? { scroll: { x: 'max-content' } } : {})}
            locale={{
              emptyText:
                rows === undefined ? (
                  ' '
                ) : nothing ? (
                  (props.empty ?? <EmptyState title="还没有记录" />)
                ) : (
                  <EmptyState
                    title="没有符合条件的"
                    action={<Button onClick={list.clear}>清除筛选</Button>}
                  />
                ),
            }}
            {...(props.summary ? { summary: props.summary } : {})}
          />
        </div>
      )}
      {props.drawer && <OpenRow drawer={props.drawer} list={list} rows={table.all} rowKey={rowKey} />}
    </div>
  )
}

/** All rows are here, so the table can write them out by itself. */
const isWhole = (props: { total?: number | undefined; openKeys?: string[] }) =>
  props.total === undefined || props.openKeys !== undefined

/** A tree's rows in the order in which they are read. */
function flat<Row>(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => [row, ...flat((row as { children?: Row[] }).children ?? [])])
}

const isControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label, .ant-checkbox-wrapper') !== null

function antColumn<Row>(column: Column<Row>, list: ListState, remote: boolean): TableColumnType<Row> {
  const sortable = column.sortable ?? (!remote && column.value !== undefined)
  const descending = list.sort?.descending ? 'descend' : 'ascend'
  return {
    key: column.id,
    title: column.title,
    ...(column.width ? { width: column.width } : {}),
    ...(column.numeric ? { align: 'right', className: 'mz-number' } : {}),
    ...(column.fixed ? { fixed: 'left' } : {}),
    ...(sortable ? { sorter: true, sortOrder: list.sort?.column === column.id ? descending : null } : {}),
    showSorterTooltip: false,
    render: (_: unknown, row: Row) => {
      if (column.cell) return column.cell(row)
      const value = column.value?.(row)
      return value === null || value === undefined || value === '' ? (
        <span className="mz-none">—</span>
      ) : (
        value
      )
    },
  }
}

type TableState<Row extends object> = ReturnType<typeof useTable<Row>>

function useTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, list, rowKey } = props
  const usual = useMemo(() => columns.filter((c) => !c.hidden).map((c) => c.id), [columns])
  const [chosen, setShown] = useRemembered<string[] | null>(`columns.${props.name}`, null)
  const [density, setDensity] = useRemembered<Density>('density', 'normal')
  const [selectedKeys, setSelected] = useState<string[]>([])
  const remote = props.total !== undefined
  const all = useMemo(() => {
    const rows = props.rows ?? []
    return remote ? [...rows] : sortRows(filterRows(rows, columns, list), columns, list.sort)
  }, [props.rows, columns, list, remote])
  const total = props.total ?? all.length
  const page = remote || props.openKeys ? all : all.slice((list.page - 1) * list.size, list.page * list.size)
  const toggle = (key: string) =>
    setSelected((now) => (now.includes(key) ? now.filter((k) => k !== key) : [...now, key]))
  return {
    all,
    page,
    density,
    setDensity,
    shown: chosen ?? usual,
    setShown,
    toggle,
    selected: all.filter((row) => selectedKeys.includes(rowKey(row))),
    clear: () => setSelected([]),
    selection: {
      selectedRowKeys: selectedKeys,
      onChange: (keys: (string | number | bigint)[]) => setSelected(keys.map(String)),
      columnWidth: 40,
    },
    pagination:
      props.openKeys || (total <= Math.min(list.size, PAGE_SIZES[0] ?? 20) && list.page === 1)
        ? (false as const)
        : {
            current: list.page,
            pageSize: list.size,
            total,
            showSizeChanger: true,
            pageSizeOptions: PAGE_SIZES,
            size: 'small' as const,
            showTotal: (n: number) => `共 ${n.toLocaleString('zh-CN')} 条`,
            onChange: (p: number, size: number) => list.setPage(size === list.size ? p : 1, size),
          },
  }
}

function BulkBar<Row extends object>({
  table,
  actions,
}: {
  table: TableState<Row>
  actions: BulkAction<Row>[]
}) {
  return (
    <div className="mz-bulk mz-no-print" role="status">
      <span>已选 {table.selected.length} 条</span>
      {actions.map((a) => (
        <Button key={a.title} size="small" onClick={() => a.act(table.selected)}>
          {a.title}
        </Button>
      ))}
      <Button size="small" type="text" onClick={table.clear}>
        取消选择
      </Button>
    </div>
  )
}

interface RowActions<Row> {
  open: (row: Row) => void
  toggle: (key: string) => void
  hasBulk: boolean
}

/** The row in focus is where one is; focus moves as in a list. */
function useRowKeys<Row>(rows: readonly Row[], rowKey: (row: Row) => string, actions: RowActions<Row>) {
  const ref = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const here = event.target
    if (!(here instanceof HTMLTableRowElement)) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const row = flat(rows).find((r) => rowKey(r) === here.dataset.key)
    if (step !== 0) {
      const all = [...(ref.current?.querySelectorAll<HTMLTableRowElement>('tr[data-key]') ?? [])]
      all[all.indexOf(here) + step]?.focus()
    } else if (event.key === 'Enter' && row) actions.open(row)
    else if (event.key === ' ' && actions.hasBulk) actions.toggle(here.dataset.key ?? '')
    else return
    event.preventDefault()
  }
  return { ref, onKeyDown }
}

function OpenRow<Row>(props: {
  drawer: RowDrawer<Row>
  list: ListState
  rows: readonly Row[]
  rowKey: (row: Row) => string
}) {
  const { drawer, list } = props
  const id = list.row
  const row = props.rows.find((r) => props.rowKey(r) === id)
  const close = () => list.open(null)
  return (
    <Drawer
      open={id !== null}
      onClose={close}
      size={drawer.width ?? 640}
      title={id && drawer.title(row, id)}
      extra={id && drawer.actions?.(row, id)}
      destroyOnHidden
    >
      {id && drawer.body(row, id, close)}
    </Drawer>
  )
}
