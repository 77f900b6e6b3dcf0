/** What stands above a table: views, search, filters, columns, density, writing out, printing. */
import {
  ColumnHeightOutlined,
  DownloadOutlined,
  PrinterOutlined,
  QuestionCircleOutlined,
  SearchOutlined,
} from '@ant-design/icons'
import { Button, Input, Select, Tooltip } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Density } from '../app/theme.ts'
import { type Chip, Chips } from './Chips.tsx'
import { ColumnChoice } from './ColumnChoice.tsx'
import type { Column } from './columns.ts'
import type { ListState } from './list.ts'
import type { TableLook } from './tableState.ts'

export interface TableToolsProps<Row> {
  columns: Column<Row>[]
  look: TableLook
  list: ListState
  density: Density
  setDensity: (density: Density) => void
  searchHint: string | null
  /** At the left, before the search. */
  views?: ReactNode
  extra?: ReactNode
  chips?: Chip[] | undefined
  onExport: (() => void) | null
  onPrint: () => void
  onHelp: () => void
}

export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { list, columns } = props
  const chips = [...columnChips(columns, list), ...(props.chips ?? [])]
  const narrowed = list.text !== '' || Object.keys(list.filters).length > 0
  return (
    <>
      <div className="mz-tools mz-no-print">
        {props.views}
        {props.searchHint !== null && (
          <SearchBox value={list.text} hint={props.searchHint} onChange={list.setText} />
        )}
        {columns.map((c) => c.filter && <FilterBox key={c.id} column={c} list={list} />)}
        {props.extra}
        {narrowed && chips.length === 0 && (
          <Button type="text" onClick={list.clear}>
            清除筛选
          </Button>
        )}
        <span className="mz-tools-end">
          <Tooltip title={props.density === 'compact' ? '行距：紧凑' : '行距：标准'}>
            <Button
              type="text"
              aria-label="行距"
              icon={<ColumnHeightOutlined />}
              onClick={() => props.setDensity(props.density === 'compact' ? 'normal' : 'compact')}
            />
          </Tooltip>
          <ColumnChoice columns={columns} look={props.look} />
          {props.onExport && (
            <Tooltip title="导出显示的列（e）">
              <Button type="text" aria-label="导出" icon={<DownloadOutlined />} onClick={props.onExport} />
            </Tooltip>
          )}
          <Tooltip title="打印（p）">
            <Button type="text" aria-label="打印" icon={<PrinterOutlined />} onClick={props.onPrint} />
          </Tooltip>
          <Tooltip title="键盘（?）">
            <Button
              type="text"
              className="mz-desktop-only"
              aria-label="键盘"
              icon={<QuestionCircleOutlined />}
              onClick={props.onHelp}
            />
          </Tooltip>
        </span>
      </div>
      <Chips chips={chips} clear={list.clear} />
    </>
  )
}

/** Of the filters that stand in the columns. */
export function columnChips<Row>(columns: Column<Row>[], list: ListState): Chip[] {
  return columns.flatMap(({ id, title, filter }) => {
    const value = list.filters[id]
    if (!filter || !value) return []
    const options = filter.type === 'choice' ? filter.options : []
    const titled = value.split(',').map((v) => options.find((o) => o.value === v)?.title ?? v)
    const words = filter.type === 'choice' ? titled.join('、') : `含“${value}”`
    return [{ key: id, words: `${title}：${words}`, clear: () => list.setFilter(id, '') }]
  })
}

export const SEARCH_CLASS = 'mz-search'

/** Waits for a pause in typing before it asks. */
function SearchBox(props: { value: string; hint: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(props.value)
  useEffect(() => setText(props.value), [props.value])
  const { value, onChange } = props
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onChange(text), 250)
    return () => clearTimeout(timer)
  }, [text, value, onChange])
  return (
    <Input
      allowClear
      className={SEARCH_CLASS}
      prefix={<SearchOutlined className="mz-quiet" />}
      placeholder={props.hint}
      aria-label={props.hint}
      value={text}
      onChange={(e) => setText(e.target.value)}
    />
  )
}

function FilterBox<Row>({ column, list }: { column: Column<Row>; list: ListState }) {
  const value = list.filters[column.id] ?? ''
  if (column.filter?.type !== 'choice')
    return (
      <SearchBox value={value} hint={column.title} onChange={(text) => list.setFilter(column.id, text)} />
    )
  const several = column.filter.several ?? false
  const options = column.filter.options.map((o) => ({ value: o.value, label: o.title }))
  const shared = {
    allowClear: true,
    options,
    placeholder: column.title,
    'aria-label': column.title,
    className: 'mz-filter',
    popupMatchSelectWidth: false,
    showSearch: options.length > 8 ? { optionFilterProp: 'label' } : false,
  }
  return several ? (
    <Select
      {...shared}
      mode="multiple"
      maxTagCount="responsive"
      value={value ? value.split(',') : []}
      onChange={(next: string[]) => list.setFilter(column.id, next.join(','))}
    />
  ) : (
    <Select
      {...shared}
      value={value || null}
      onChange={(next: string | null) => list.setFilter(column.id, next ?? '')}
    />
  )
}
