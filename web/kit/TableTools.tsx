/** What stands above a table: search, filters, columns, density, writing out, printing. */
import {
  ColumnHeightOutlined,
  DownloadOutlined,
  PrinterOutlined,
  SearchOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import { Button, Checkbox, Input, Popover, Select, Tooltip } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import type { Density } from '../app/theme.ts'
import type { Column } from './columns.ts'
import type { ListState } from './list.ts'

export interface TableToolsProps<Row> {
  columns: Column<Row>[]
  shown: string[]
  setShown: (ids: string[]) => void
  list: ListState
  density: Density
  setDensity: (density: Density) => void
  searchHint: string | null
  extra?: ReactNode
  onExport: (() => void) | null
}

export function TableTools<Row>(props: TableToolsProps<Row>) {
  const { list, columns } = props
  const narrowed = list.text !== '' || Object.keys(list.filters).length > 0
  return (
    <div className="mz-tools mz-no-print">
      {props.searchHint !== null && (
        <SearchBox value={list.text} hint={props.searchHint} onChange={list.setText} />
      )}
      {columns.map((c) => c.filter && <FilterBox key={c.id} column={c} list={list} />)}
      {props.extra}
      {narrowed && (
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
        <ColumnChoice {...props} />
        {props.onExport && (
          <Tooltip title="导出表格">
            <Button type="text" aria-label="导出" icon={<DownloadOutlined />} onClick={props.onExport} />
          </Tooltip>
        )}
        <Tooltip title="打印">
          <Button type="text" aria-label="打印" icon={<PrinterOutlined />} onClick={() => window.print()} />
        </Tooltip>
      </span>
    </div>
  )
}

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
      className="mz-search"
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

function ColumnChoice<Row>({ columns, shown, setShown }: TableToolsProps<Row>) {
  const body = (
    <Checkbox.Group
      className="mz-column-choice"
      value={shown}
      onChange={(ids) => setShown(columns.filter((c) => ids.includes(c.id)).map((c) => c.id))}
      options={columns.map((c) => ({ value: c.id, label: c.title, disabled: c.fixed === true }))}
    />
  )
  return (
    <Popover content={body} title="显示的列" trigger="click" placement="bottomRight">
      <Tooltip title="选择列">
        <Button type="text" aria-label="选择列" icon={<SettingOutlined />} />
      </Tooltip>
    </Popover>
  )
}
