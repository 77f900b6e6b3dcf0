/** Filters of a ledger, from its declaration. What is chosen stands in the address; fields in the figure's syntax. */
import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, DatePicker, Input, InputNumber, Popover, Select } from 'antd'
import dayjs from 'dayjs'
import type { LedgerDefinition, LedgerField } from '../../domain/records/ledgers/definition.ts'
import type { FrameState } from '../app/frameState.tsx'
import type { Chip } from '../kit/Chips.tsx'
import type { ListState } from '../kit/list.ts'
import { APART, CHOOSING, columnsOf, EMPTY, FILLED, filtersInWords, NUMBERS, TEXT } from './filterWords.ts'

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
    ...(f[APART.batch] ? { batch: f[APART.batch] } : {}),
    ...(f[APART.voided] === 'yes' ? { voided: 'yes' as const } : {}),
    ...(Object.keys(where).length > 0 ? { where: JSON.stringify(where) } : {}),
  }
}

/** The same filter as a figure takes it; null where a figure cannot ask so: by a searched word, of voided records. */
export function figureFilterOf(list: ListState, frame: Pick<FrameState, 'org' | 'period'>) {
  const { org, from, to, depth, text, voided, photos, batch, where } = queryOf(list, frame)
  if (text || voided) return null
  const fields = where ? (JSON.parse(where) as Record<string, string>) : {}
  const all = {
    ...fields,
    ...(photos === undefined ? {} : { hasPhotos: photos ? '是' : '否' }),
    ...(batch ? { batch } : {}),
  }
  return {
    org,
    from,
    to,
    ...(depth ? { depth } : {}),
    ...(Object.keys(all).length > 0 ? { where: all } : {}),
  }
}

export const chipsOf = (definition: LedgerDefinition, list: ListState): Chip[] =>
  filtersInWords(definition, list.filters, list.text).map(({ keys, words }) => ({
    key: keys.join(),
    words,
    clear: () =>
      keys.includes(TEXT) ? list.setText('') : list.setFilters(Object.fromEntries(keys.map((k) => [k, '']))),
  }))

/** How many choices stand in the row, so that it stays one row; the rest is behind 更多筛选. */
const IN_ROW = 1

export function LedgerFilters({ definition, list }: { definition: LedgerDefinition; list: ListState }) {
  const inRow = definition.fields.filter((f) => f.type === 'choice' && !f.retired).slice(0, IN_ROW)
  const others = columnsOf(definition).filter((c) => !inRow.includes(c.field) && c.field.type !== 'link')
  const used = others.filter((c) => list.filters[c.id]).length
  const apart = [APART.photos, APART.voided].filter((key) => list.filters[key]).length
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
        <Choices key={f.id} field={f} list={list} title={f.title} />
      ))}
      <Popover
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        content={
          <div className="mz-more-filters">
            {others.map(({ id, title, field }) => (
              <div key={id} className="mz-more-filter">
                <span>{title}</span>
                <FieldFilter field={field} list={list} />
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
        <Badge count={used + apart} size="small" color="#57534e">
          <Button icon={<FilterOutlined />}>更多筛选</Button>
        </Badge>
      </Popover>
    </>
  )
}

const PHOTOS = [
  { value: 'yes', title: '有照片' },
  { value: 'no', title: '没有照片' },
]
const VOIDED = [{ value: 'yes', title: '只看作废的' }]

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
}

const Plain = ({ list, name, title, options }: PlainProps) => (
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

const STATED = [
  { value: EMPTY, label: '（未填写）' },
  { value: FILLED, label: '（已填写）' },
]

/** Any of several; that nothing is said, or something, stands alone. */
function Choices({ field, list, title }: { field: LedgerField; list: ListState; title: string }) {
  const value = list.filters[field.id] ?? ''
  const options = (field.options ?? []).map((o) => ({ value: o.value, label: o.title }))
  const change = (next: string[]) => {
    const last = next.at(-1) ?? ''
    const alone = last === EMPTY || last === FILLED
    const several = next.filter((v) => v !== EMPTY && v !== FILLED)
    list.setFilter(field.id, alone ? last : several.join(','))
  }
  return (
    <Select
      mode="multiple"
      allowClear
      className="mz-filter"
      placeholder={title}
      aria-label={field.title}
      popupMatchSelectWidth={false}
      maxTagCount={1}
      maxTagPlaceholder={(left) => `+${left.length}`}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...options, ...STATED]}
      value={value ? value.split(',') : []}
      onChange={change}
    />
  )
}

const YES_NO = [
  { value: '是', title: '是' },
  { value: '否', title: '否' },
  { value: EMPTY, title: '（未填写）' },
]

function FieldFilter({ field, list }: { field: LedgerField; list: ListState }) {
  if (CHOOSING.has(field.type)) return <Choices field={field} list={list} title="不限" />
  if (field.type === 'yesNo') return <Plain list={list} name={field.id} title="不限" options={YES_NO} />
  return <Stated field={field} list={list} />
}

/** Typed: a range or a part; or that nothing is said, or something. */
function Stated({ field, list }: { field: LedgerField; list: ListState }) {
  const value = list.filters[field.id] ?? ''
  const stated = value === EMPTY || value === FILLED
  const ranged = NUMBERS.has(field.type) || field.type === 'date'
  const set = (next: string) => list.setFilter(field.id, next)
  return (
    <span className="mz-filter-stated">
      <Select
        aria-label={`${field.title}怎么筛`}
        value={stated ? value : 'is'}
        popupMatchSelectWidth={false}
        onChange={(next) => set(next === 'is' ? '' : next)}
        options={[
          { value: 'is', label: ranged ? '范围' : '含有' },
          { value: EMPTY, label: '未填写' },
          { value: FILLED, label: '已填写' },
        ]}
      />
      {!stated &&
        (field.type === 'date' ? (
          <DateRange value={value} set={set} />
        ) : ranged ? (
          <NumberRange title={field.title} value={value} set={set} />
        ) : (
          <Part key={value} title={field.title} value={value} set={set} />
        ))}
    </span>
  )
}

interface EditProps {
  value: string
  set: (value: string) => void
}

function NumberRange({ title, value, set }: EditProps & { title: string }) {
  const [low = '', high = ''] = value.includes('..') ? value.split('..') : [value, value]
  const change = (a: string, b: string) => set(a || b ? `${a}..${b}` : '')
  const one = (shown: string, label: string, take: (n: string) => void) => (
    <InputNumber
      aria-label={`${title}${label}`}
      placeholder={label}
      controls={false}
      changeOnBlur
      value={shown ? Number(shown) : null}
      onChange={(n) => take(n === null ? '' : String(n))}
    />
  )
  return (
    <span className="mz-filter-range">
      {one(low, '至少', (n) => change(n, high))}
      {one(high, '至多', (n) => change(low, n))}
    </span>
  )
}

function DateRange({ value, set }: EditProps) {
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

function Part({ title, value, set }: EditProps & { title: string }) {
  const take = (text: string) => set(text.trim() ? `~${text.trim()}` : '')
  return (
    <Input
      allowClear
      aria-label={title}
      placeholder="回车筛选"
      defaultValue={value.replace(/^~/, '')}
      onPressEnter={(e) => take(e.currentTarget.value)}
      onBlur={(e) => take(e.target.value)}
    />
  )
}
