/** Filters of a ledger, from its declaration. What is chosen stands in the address; fields in the figure's syntax. */
import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, DatePicker, Input, InputNumber, Popover, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import type { LedgerDefinition, LedgerField } from '../../domain/records/ledgers/definition.ts'
import type { FrameState } from '../app/frameState.tsx'
import type { ListState } from '../kit/list.ts'

/** Filters beside the fields; none is an id that a field may have. */
const APART = { depth: '_depth', from: '_from', to: '_to', photos: '_photos', voided: '_voided' } as const

/** The list's state as the server is asked for it. */
export function queryOf(list: ListState, { org, period }: Pick<FrameState, 'org' | 'period'>) {
  const f = list.filters
  const where = Object.fromEntries(Object.entries(f).filter(([key]) => !key.startsWith('_')))
  const depth = f[APART.depth]
  return {
    org: org.id,
    from: f[APART.from] ?? period.from,
    to: f[APART.to] ?? period.to,
    ...(depth === '0' || depth === '1' ? { depth: depth as '0' | '1' } : {}),
    ...(list.text ? { text: list.text } : {}),
    ...(f[APART.photos] ? { photos: f[APART.photos] === 'yes' } : {}),
    ...(f[APART.voided] === 'yes' ? { voided: 'yes' as const } : {}),
    ...(Object.keys(where).length > 0 ? { where: JSON.stringify(where) } : {}),
  }
}

/** The same filter as a figure takes it; null where a figure cannot ask so: by a searched word, of voided records. */
export function figureFilterOf(list: ListState, frame: Pick<FrameState, 'org' | 'period'>) {
  const { org, from, to, depth, text, voided, photos, where } = queryOf(list, frame)
  if (text || voided) return null
  const fields = where ? (JSON.parse(where) as Record<string, string>) : {}
  const all = photos === undefined ? fields : { ...fields, hasPhotos: photos ? '是' : '否' }
  return {
    org,
    from,
    to,
    ...(depth ? { depth } : {}),
    ...(Object.keys(all).length > 0 ? { where: all } : {}),
  }
}

const CHOOSING = new Set(['choice', 'choices'])
const NUMBERS = new Set(['integer', 'number', 'money'])
/** How many choices stand in the row; the rest is behind 更多筛选. */
const IN_ROW = 2

export function LedgerFilters({ definition, list }: { definition: LedgerDefinition; list: ListState }) {
  const inRow = definition.fields.filter((f) => f.type === 'choice' && !f.retired).slice(0, IN_ROW)
  const others = definition.fields.filter((f) => !inRow.includes(f) && f.type !== 'link')
  const active = others.filter((f) => list.filters[f.id])
  return (
    <>
      <Days list={list} />
      <Plain
        list={list}
        name={APART.depth}
        title="本级及下级"
        options={[
          { value: '0', title: '只看本级' },
          { value: '1', title: '本级和直接下级' },
        ]}
      />
      {inRow.map((f) => (
        <Plain key={f.id} list={list} name={f.id} title={f.title} options={f.options ?? []} several />
      ))}
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={
          <div className="mz-more-filters">
            {others.map((f) => (
              <div key={f.id} className="mz-more-filter">
                <span>{f.title}</span>
                <FieldFilter field={f} list={list} />
              </div>
            ))}
            <div className="mz-more-filter">
              <span>照片</span>
              <Plain list={list} name={APART.photos} title="不限" options={PHOTOS} />
            </div>
            <div className="mz-more-filter">
              <span>作废</span>
              <Plain list={list} name={APART.voided} title="不看作废的" options={VOIDED} />
            </div>
          </div>
        }
      >
        <Badge count={active.length} size="small">
          <Button icon={<FilterOutlined />}>更多筛选</Button>
        </Badge>
      </Popover>
      {active.map((f) => (
        <Tag key={f.id} closable onClose={() => list.setFilter(f.id, '')}>
          {f.title}：{inWords(f, list.filters[f.id] ?? '')}
        </Tag>
      ))}
      {list.filters[APART.voided] && <Tag color="warning">只看作废的</Tag>}
    </>
  )
}

const PHOTOS = [
  { value: 'yes', title: '有照片' },
  { value: 'no', title: '没有照片' },
]
const VOIDED = [{ value: 'yes', title: '只看作废的' }]

function inWords(field: LedgerField, value: string): string {
  if (CHOOSING.has(field.type))
    return value
      .split(',')
      .map((v) => field.options?.find((o) => o.value === v)?.title ?? v)
      .join('、')
  if (value.includes('..')) return value.replace('..', ' 至 ')
  return value.replace(/^~/, '')
}

function Days({ list }: { list: ListState }) {
  const { [APART.from]: from, [APART.to]: to } = list.filters
  return (
    <DatePicker.RangePicker
      className="mz-filter-days"
      allowEmpty
      placeholder={['时段第一天', '最后一天']}
      aria-label="日期"
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(days) =>
        list.setFilters({
          [APART.from]: days?.[0]?.format('YYYY-MM-DD') ?? '',
          [APART.to]: days?.[1]?.format('YYYY-MM-DD') ?? '',
        })
      }
    />
  )
}

interface PlainProps {
  list: ListState
  name: string
  title: string
  options: { value: string; title: string }[]
  several?: boolean
}

function Plain({ list, name, title, options, several }: PlainProps) {
  const value = list.filters[name] ?? ''
  const shared = {
    allowClear: true,
    className: 'mz-filter',
    placeholder: title,
    'aria-label': title,
    popupMatchSelectWidth: false,
    options: options.map((o) => ({ value: o.value, label: o.title })),
  }
  return several ? (
    <Select
      {...shared}
      mode="multiple"
      maxTagCount={1}
      maxTagPlaceholder={(left) => `+${left.length}`}
      value={value ? value.split(',') : []}
      onChange={(next: string[]) => list.setFilter(name, next.join(','))}
    />
  ) : (
    <Select {...shared} value={value || null} onChange={(next) => list.setFilter(name, next ?? '')} />
  )
}

const YES_NO = [
  { value: '是', title: '是' },
  { value: '否', title: '否' },
]

function FieldFilter({ field, list }: { field: LedgerField; list: ListState }) {
  const value = list.filters[field.id] ?? ''
  const set = (next: string) => list.setFilter(field.id, next)
  if (CHOOSING.has(field.type))
    return <Plain list={list} name={field.id} title="不限" options={field.options ?? []} several />
  if (field.type === 'yesNo') return <Plain list={list} name={field.id} title="不限" options={YES_NO} />
  if (NUMBERS.has(field.type)) {
    const [low = '', high = ''] = value.split('..')
    const change = (a: string, b: string) => set(a || b ? `${a}..${b}` : '')
    return (
      <span className="mz-filter-range">
        <InputNumber
          aria-label={`${field.title}至少`}
          placeholder="至少"
          controls={false}
          value={low ? Number(low) : null}
          onChange={(n) => change(n === null ? '' : String(n), high)}
        />
        <InputNumber
          aria-label={`${field.title}至多`}
          placeholder="至多"
          controls={false}
          value={high ? Number(high) : null}
          onChange={(n) => change(low, n === null ? '' : String(n))}
        />
      </span>
    )
  }
  if (field.type === 'date') {
    const [low = '', high = ''] = value.split('..')
    return (
      <DatePicker.RangePicker
        allowEmpty
        value={[low ? dayjs(low) : null, high ? dayjs(high) : null]}
        onChange={(days) => {
          const [a, b] = [days?.[0]?.format('YYYY-MM-DD') ?? '', days?.[1]?.format('YYYY-MM-DD') ?? '']
          set(a || b ? `${a}..${b}` : '')
        }}
      />
    )
  }
  return (
    <Input.Search
      allowClear
      aria-label={field.title}
      placeholder="含有"
      defaultValue={value.replace(/^~/, '')}
      onSearch={(text) => set(text ? `~${text}` : '')}
      onBlur={(e) => set(e.target.value ? `~${e.target.value}` : '')}
    />
  )
}
