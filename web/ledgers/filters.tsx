/** Filters of a ledger, from its declaration. What is chosen stands in the address; fields in the figure's syntax. */
import { FilterOutlined } from '@ant-design/icons'
import { Badge, Button, DatePicker, Popover } from 'antd'
import dayjs from 'dayjs'
import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { isOneOf, isStaged, kitOf } from '../../domain/records/ledgers/fields/types.ts'
import type { FrameState } from '../app/frameState.tsx'
import type { Chip } from '../kit/Chips.tsx'
import type { ListState } from '../kit/list.ts'
import { FieldFilter } from './fields/input.tsx'
import { OptionsFilter } from './fields/options.tsx'
import { PlainFilter } from './fields/plain.tsx'
import { APART, columnsOf, filtersInWords, TEXT } from './filterWords.ts'

/** The list's state as the server is asked for it. */
export function queryOf(list: ListState, { org, period }: Pick<FrameState, 'org' | 'period'>) {
  const f = list.filters
  const where = Object.fromEntries(Object.entries(f).filter(([key]) => !key.startsWith('_')))
  const depth = f[APART.depth]
  // What is to be mended may be of any day.
  const broken = f[APART.broken] === 'yes'
  const [from, to] = [f[APART.from] ?? (broken ? '' : period.from), f[APART.to] ?? (broken ? '' : period.to)]
  return {
    org: org.id,
    ...(broken ? { broken: 'yes' as const } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(depth === '0' || depth === '1' ? { depth: depth as '0' | '1' } : {}),
    ...(list.text ? { text: list.text } : {}),
    ...(f[APART.photos] ? { photos: f[APART.photos] === 'yes' } : {}),
    ...(f[APART.batch] ? { batch: f[APART.batch] } : {}),
    ...(f[APART.voided] === 'yes' ? { voided: 'yes' as const } : {}),
    ...(Object.keys(where).length > 0 ? { where: JSON.stringify(where) } : {}),
  }
}

/** The same filter as a figure takes it; null where a figure cannot ask so: by a searched word, of voided or broken records. */
export function figureFilterOf(list: ListState, frame: Pick<FrameState, 'org' | 'period'>) {
  const { org, from = '', to = '', depth, text, voided, broken, photos, batch, where } = queryOf(list, frame)
  if (text || voided || broken) return null
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
  const inRow = definition.fields.filter((f) => (isOneOf(f) || isStaged(f)) && !f.retired).slice(0, IN_ROW)
  const others = columnsOf(definition).filter(
    (c) => !inRow.includes(c.field) && kitOf(c.field.type).widget !== 'address',
  )
  const used = others.filter((c) => list.filters[c.id]).length
  const apart = [APART.photos, APART.voided, APART.broken].filter((key) => list.filters[key]).length
  return (
    <>
      <Days list={list} />
      <PlainFilter
        list={list}
        name={APART.depth}
        title="本级及下级"
        options={[
          { value: '0', title: '只看本级' },
          { value: '1', title: '本级和直接下级' },
        ]}
      />
      {inRow.map((f) => (
        <OptionsFilter key={f.id} field={f} list={list} title={f.title} />
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
              <PlainFilter list={list} name={APART.photos} title="不限" options={PHOTOS} />
            </div>
            <div className="mz-more-filter">
              <span>作废</span>
              <PlainFilter list={list} name={APART.voided} title="不看作废的" options={VOIDED} />
            </div>
            {definition.rules && (
              <div className="mz-more-filter">
                <span>规则</span>
                <PlainFilter list={list} name={APART.broken} title="不限" options={BROKEN} />
              </div>
            )}
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
const BROKEN = [{ value: 'yes', title: '只看不合规则的' }]
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
