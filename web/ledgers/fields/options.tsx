/** One or several of a field's options. */
import { Checkbox, Select } from 'antd'
import { EMPTY, FILLED } from '../filterWords.ts'
import { offeredOf } from '../form.ts'
import type { FilterProps, InputProps } from './props.ts'

export const OneOfInput = ({ field, value, onChange, id }: InputProps) => (
  <Select
    id={id}
    className="mz-wide"
    allowClear
    value={typeof value === 'string' ? value : null}
    onChange={(next) => onChange(next ?? undefined)}
    placeholder="请选择"
    showSearch={{ filterOption: (typed, option) => String(option?.words).includes(typed) }}
    options={offeredOf(field, value).map((o) => ({
      value: o.value,
      label: o.title,
      words: [o.title, ...(o.synonyms ?? [])].join(' '),
    }))}
  />
)

const FEW = 8

export function SomeOfInput({ field, value, onChange, id }: InputProps) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  const options = offeredOf(field, value).map((o) => ({ value: o.value, label: o.title }))
  const change = (next: string[]) => onChange(next.length > 0 ? next : undefined)
  return options.length <= FEW ? (
    <Checkbox.Group value={chosen} options={options} onChange={change} />
  ) : (
    <Select
      id={id}
      className="mz-wide"
      mode="multiple"
      value={chosen}
      options={options}
      onChange={change}
      showSearch={{ optionFilterProp: 'label' }}
    />
  )
}

const STATED = [
  { value: EMPTY, label: '（未填写）' },
  { value: FILLED, label: '（已填写）' },
]

/** Any of several; that nothing is said, or something, stands alone. */
export function OptionsFilter({ field, list, title = '不限' }: FilterProps & { title?: string }) {
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
