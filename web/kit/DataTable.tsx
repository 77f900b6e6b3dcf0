/**
 * The table of every list. Rows are either all here (no `total`: the table filters, sorts and pages by itself) or one
 * page of what the server holds (`total` given: the caller asks with the list's state). Keys: tableKeys.tsx.
 */
import { Button, Drawer, Table, type TableColumnType } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import type { Problem } from '../app/client.ts'
import { useRemembered } from '../app/preferences.ts'
import type { Density } from '../app/theme.ts'
import type { Chip } from './Chips.tsx'
import { type Column, filterRows, saveTable, sortRows } from './columns.ts'
import { HeadCell } from './HeadCell.tsx'
import { type ListState, PAGE_SIZES } from './list.ts'
import { EmptyState, Failure } from './Page.tsx'
import { type PrintHead, usePrinting } from './PrintSheet.tsx'
import { columnChips, TableTools } from './TableTools.tsx'
import { KeysHelp, useTableKeys } from './tableKeys.tsx'
import { type TableLook, useTableLook } from './tableState.ts'
import { ViewBar } from './ViewBar.tsx'
import './table.css'

/** What is selected: rows that were ticked, on this page or another, or all that the filter finds. */
export interface Selection {
  keys: string[]
  all: boolean
  count: number
  clear: () => void
}

export interface BulkAction<Row> {
  title: string
  /** `rows`: those of the selection that have been seen. */
  act: (rows: Row[], selection: Selection) => void
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
  /** The acts can take all that the filter finds, not only what was ticked. */
  bulkAll?: boolean
  /** Of which list its saved views are; without it, there are none. */
  views?: string
  /** What the filters beside the columns' own say. */
  chips?: Chip[]
  /** Printed as a sheet of its own; without it, the page is printed. `rows`: what is not on this page, too. */
  printing?: PrintHead & { rows?: () => Promise<readonly Row[]> }
  /** Further filters, between the columns' own and the tools. */
  filters?: ReactNode
  /** What the search box finds; null: no search box. */
  searchHint?: string | null
  /** Of the columns that are shown, in their order. */
  onExport?: (columns: string[]) => void
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
  const { look } = table
  const [helping, setHelping] = useState(false)
  const opens = props.onOpen !== undefined || props.drawer !== undefined
  const open = (row: Row) => (props.onOpen ? props.onOpen(row) : props.drawer && list.open(rowKey(row)))
  const drawn = useMemo(
    () => look.shown.flatMap((id) => columns.find((c) => c.id === id) ?? []),
    [columns, look.shown],
  )
  const paper = usePaper(props, drawn)
  const { onExport } = props
  const exportAll = onExport
    ? () => onExport(look.shown)
    : isWhole(props)
      ? () => saveTable(props.name, drawn, flat(table.all))
      : null
  const ref = useTableKeys({
    open: (key) => {
      const row = flat(table.page).find((r) => rowKey(r) === key)
      if (row && opens) open(row)
    },
    toggle: props.bulk ? table.toggle : null,
    exportAll,
    print: paper.print,
    help: () => setHelping(true),
  })
  const nothing = list.text === '' && Object.keys(list.filters).length === 0
  return (
    <div className="mz-table" ref={ref}>
      <TableTools
        columns={columns}
        look={look}
        list={list}
        density={table.density}
        setDensity={table.setDensity}
        searchHint={props.searchHint === undefined ? '搜索' : props.searchHint}
        views={props.views && <ViewBar of={props.views} list={list} look={look} />}
        extra={props.filters}
        chips={props.chips}
        onExport={exportAll}
        onPrint={paper.print}
        onHelp={() => setHelping(true)}
      />
      {props.bulk && table.selection.count > 0 && (
        <BulkBar table={table} actions={props.bulk} total={props.bulkAll ? (props.total ?? 0) : 0} />
      )}
      {props.problem && !rows ? (
        <Failure problem={props.problem} retry={props.retry} />
      ) : (
        <Table<Row>
          size={table.density === 'compact' ? 'small' : 'middle'}
          columns={drawn.map((c, at) => antColumn(c, { list, look, at, remote: props.total !== undefined }))}
          components={{ header: { cell: HeadCell } }}
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
          {...(props.bulk ? { rowSelection: table.ticking } : {})}
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
                <EmptyState title="没有符合条件的" action={<Button onClick={list.clear}>清除筛选</Button>} />
              ),
          }}
          {...(props.summary ? { summary: props.summary } : {})}
        />
      )}
      {props.drawer && <OpenRow drawer={props.drawer} list={list} rows={table.all} rowKey={rowKey} />}
      <KeysHelp open={helping} close={() => setHelping(false)} />
      {paper.drawn}
    </div>
  )
}

/** The way onto paper: a sheet of its own where the list says how it is headed, else the page. */
function usePaper<Row extends object>(props: DataTableProps<Row>, columns: Column<Row>[]) {
  const { printing, list } = props
  const { print, drawn } = usePrinting<Row>()
  const start = async () => {
    if (!printing) return window.print()
    const rows = printing.rows ? await printing.rows() : (props.rows ?? [])
    const chips = [...columnChips(props.columns, list), ...(props.chips ?? [])].map((c) => c.words)
    print({
      ...printing,
      filters: [...(list.text && !props.chips ? [`含“${list.text}”`] : []), ...chips],
      columns,
      rows,
      total: props.total ?? rows.length,
    })
  }
  return { print: () => void start(), drawn }
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

interface Drawing {
  list: ListState
  look: TableLook
  /** Which in the order shown. */
  at: number
  remote: boolean
}

/** On a phone the first column would cover what is beside it. */
const ROOMY = 700

function antColumn<Row>(column: Column<Row>, { list, look, at, remote }: Drawing): TableColumnType<Row> {
  const sortable = column.sortable ?? (!remote && column.value !== undefined)
  const descending = list.sort?.descending ? 'descend' : 'ascend'
  const width = look.widths[column.id] ?? column.width
  const stays = column.fixed || (at === 0 && window.innerWidth >= ROOMY)
  return {
    key: column.id,
    title: column.title,
    ...(width ? { width } : {}),
    ...(column.numeric ? { align: 'right', className: 'mz-number' } : {}),
    ...(stays ? { fixed: 'left' } : {}),
    ...(sortable ? { sorter: true, sortOrder: list.sort?.column === column.id ? descending : null } : {}),
    showSorterTooltip: false,
    onHeaderCell: () => ({ onWidth: (pixels: number) => look.setWidth(column.id, pixels) }) as object,
    render: (_: unknown, row: Row) => {
      const drawn = cellOf(column, row)
      const chosen = look.widths[column.id]
      return chosen ? (
        <div className="mz-cell" style={{ maxWidth: chosen - CELL_PADDING }}>
          {drawn}
        </div>
      ) : (
        drawn
      )
    },
  }
}

const CELL_PADDING = 24

function cellOf<Row>(column: Column<Row>, row: Row): ReactNode {
  if (column.cell) return column.cell(row)
  const value = column.value?.(row)
  return value === null || value === undefined || value === '' ? <span className="mz-none">—</span> : value
}

type TableState<Row extends object> = ReturnType<typeof useTable<Row>>

function useTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, list } = props
  const look = useTableLook(props.name, columns)
  const [density, setDensity] = useRemembered<Density>('density', 'normal')
  const remote = props.total !== undefined
  const all = useMemo(() => {
    const rows = props.rows ?? []
    return remote ? [...rows] : sortRows(filterRows(rows, columns, list), columns, list.sort)
  }, [props.rows, columns, list, remote])
  const total = props.total ?? all.length
  const page = remote || props.openKeys ? all : all.slice((list.page - 1) * list.size, list.page * list.size)
  return {
    all,
    page,
    density,
    setDensity,
    look,
    ...useTicks(props, page, total),
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

/** Rows ticked on one page stay ticked on the next; another filter begins anew. */
function useTicks<Row extends object>(props: DataTableProps<Row>, page: Row[], total: number) {
  const { rowKey, list } = props
  const [ticked, setTicked] = useState<ReadonlyMap<string, Row>>(new Map())
  const [all, setAll] = useState(false)
  const asked = JSON.stringify([list.filters, list.text])
  const [before, setBefore] = useState(asked)
  const clear = () => {
    setTicked(new Map())
    setAll(false)
  }
  if (before !== asked) {
    setBefore(asked)
    clear()
  }
  const choose = (keys: string[]) => {
    const here = new Map(page.map((row) => [rowKey(row), row]))
    setAll(false)
    setTicked(new Map(keys.flatMap((key) => [[key, here.get(key) ?? ticked.get(key)] as [string, Row]])))
  }
  const keys = [...ticked.keys()]
  return {
    toggle: (key: string) => choose(keys.includes(key) ? keys.filter((k) => k !== key) : [...keys, key]),
    rows: [...ticked.values()],
    selection: { keys, all, count: all ? total : keys.length, clear },
    selectAll: () => setAll(true),
    pageTicked: page.length > 0 && page.every((row) => ticked.has(rowKey(row))),
    ticking: {
      selectedRowKeys: all ? page.map(rowKey) : keys,
      preserveSelectedRowKeys: true,
      onChange: (chosen: (string | number | bigint)[]) => choose(chosen.map(String)),
      columnWidth: 40,
      fixed: window.innerWidth >= ROOMY,
    },
  }
}

interface BulkBarProps<Row extends object> {
  table: TableState<Row>
  actions: BulkAction<Row>[]
  /** How many the filter finds; 0 where only ticked rows are acted on. */
  total: number
}

function BulkBar<Row extends object>({ table, actions, total }: BulkBarProps<Row>) {
  const { selection } = table
  return (
    <div className="mz-bulk mz-no-print" role="status">
      <span>
        {selection.all
          ? `已选筛选出的全部 ${selection.count.toLocaleString('zh-CN')} 条`
          : `已选 ${selection.count} 条`}
      </span>
      {!selection.all && table.pageTicked && total > selection.count && (
        <Button size="small" type="link" onClick={table.selectAll}>
          选择筛选出的全部 {total.toLocaleString('zh-CN')} 条
        </Button>
      )}
      {actions.map((a) => (
        <Button key={a.title} size="small" onClick={() => a.act(table.rows, selection)}>
          {a.title}
        </Button>
      ))}
      <Button size="small" type="text" onClick={selection.clear}>
        取消选择
      </Button>
    </div>
  )
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
