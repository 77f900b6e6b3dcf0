import { Select } from 'antd'
import type { ListState } from '../../kit/list.ts'

interface PlainProps {
  list: ListState
  name: string
  title: string
  options: { value: string; title: string }[]
}

/** One of a few. */
export const PlainFilter = ({ list, name, title, options }: PlainProps) => (
  <Select
    allowClear
    className="mz-filter"
    placeholder={title}
    aria-label={title}
    popupMatchSelectWidth={false}
    value={list.filters[name] || null}
    onChange={(next) => list.setFilter(name, next ?? '')}
    options={options.map((o) => ({ value: o.value, label: o.title }))}
  />
)
