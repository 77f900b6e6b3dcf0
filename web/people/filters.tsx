/** Filters that the lists of people share, beside those of their columns. */
import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, InputNumber, Popover, Select, Space } from 'antd'
import type { ReactNode } from 'react'
import { ETHNICITIES, IDENTITY_STATES } from '../../domain/structure/people/codes.ts'
import type { ListState } from '../kit/list.ts'
import { type Choice, optionsOf } from './words.ts'

interface Choosing {
  list: ListState
  name: string
  title: string
  options: { value: string; label: string }[]
}

function Choose({ list, name, title, options }: Choosing) {
  return (
    <Select
      allowClear
      className="mz-filter"
      aria-label={title}
      placeholder={title}
      popupMatchSelectWidth={false}
      value={list.filters[name] || null}
      options={options}
      onChange={(next: string | null) => list.setFilter(name, next ?? '')}
    />
  )
}

export const DepthChoice = ({ list }: { list: ListState }) => (
  <Choose
    list={list}
    name="depth"
    title="本级及下级"
    options={[
      { value: '0', label: '只看本级' },
      { value: '1', label: '本级和直接下级' },
    ]}
  />
)

interface YesNoProps {
  list: ListState
  name: string
  title: string
  yes: string
  no: string
}

export const YesNoChoice = ({ yes, no, ...of }: YesNoProps) => (
  <Choose
    {...of}
    options={[
      { value: 'yes', label: yes },
      { value: 'no', label: no },
    ]}
  />
)

/** '14..28', '14..', '..28' as figures filter numbers. */
export function ageFilter(text: string | undefined): { from: number | null; to: number | null } {
  const [from, to] = (text ?? '').split('..')
  return { from: from ? Number(from) : null, to: to ? Number(to) : null }
}

export function AgeRange({ list }: { list: ListState }) {
  const { from, to } = ageFilter(list.filters.age)
  const set = (next: { from: number | null; to: number | null }) =>
    list.setFilter(
      'age',
      next.from === null && next.to === null ? '' : `${next.from ?? ''}..${next.to ?? ''}`,
    )
  const one = (value: number | null, label: string, change: (n: number | null) => void) => (
    <InputNumber
      className="mz-filter-age"
      min={0}
      max={150}
      precision={0}
      controls={false}
      placeholder={label}
      aria-label={label}
      value={value}
      changeOnBlur
      onChange={change}
    />
  )
  return (
    <Space.Compact className="mz-filter-ages">
      {one(from, '最小年龄', (n) => set({ from: n, to }))}
      {one(to, '最大年龄', (n) => set({ from, to: n }))}
    </Space.Compact>
  )
}

interface SeveralProps {
  list: ListState
  name: string
  title: string
  choices: Choice[]
}

/** Any of several values. */
export const SeveralChoice = ({ list, name, title, choices }: SeveralProps) => (
  <Select
    mode="multiple"
    allowClear
    className="mz-filter"
    aria-label={title}
    placeholder={title}
    maxTagCount="responsive"
    showSearch={{ optionFilterProp: 'label' }}
    value={list.filters[name] ? (list.filters[name] ?? '').split(',') : []}
    options={optionsOf(choices)}
    onChange={(next: string[]) => list.setFilter(name, next.join(','))}
  />
)

export const EthnicityChoice = ({ list }: { list: ListState }) => (
  <SeveralChoice list={list} name="ethnicity" title="民族" choices={ETHNICITIES} />
)

export const IdentityChoice = ({ list }: { list: ListState }) => (
  <Choose list={list} name="identityState" title="身份核实" options={optionsOf(IDENTITY_STATES)} />
)

interface MoreFiltersProps {
  list: ListState
  /** By name in the list's state: what is asked seldom. */
  filters: { name: string; title: string; control: ReactNode }[]
}

/** What is asked seldom stands behind one button, which says how many of it are in use. */
export function MoreFilters({ list, filters }: MoreFiltersProps) {
  const used = filters.filter((f) => list.filters[f.name]).length
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      content={
        <div className="mz-people-filters">
          {filters.map((f) => (
            <div key={f.name}>
              <span>{f.title}</span>
              {f.control}
            </div>
          ))}
        </div>
      }
    >
      <Badge count={used} size="small" color="#57534e">
        <Button icon={<FilterOutlined />}>更多筛选</Button>
      </Badge>
    </Popover>
  )
}

/**
 * A search as figures filter it: part of a name. Null: they cannot, because pinyin is no filter of theirs.
 */
export function nameFilter({ text }: ListState): Record<string, string> | null {
  const typed = text.trim()
  if (typed === '') return {}
  return /^[\u4e00-\u9fa5·]+$/.test(typed) ? { name: `~${typed}` } : null
}
