/** One field of a ledger as its type asks for it. */
import { AutoComplete, Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import type { LedgerField } from '../../domain/records/ledgers/definition.ts'
import { DateField, DayField } from '../kit/DateField.tsx'
import { offeredOf } from './form.ts'

export interface FieldInputProps {
  field: LedgerField
  value: unknown
  onChange: (value: unknown) => void
  id: string
  /** What was written here before. */
  offered?: string[]
}

const FEW = 8
const NUMBERS = new Set(['integer', 'number', 'money'])

export function FieldInput({ field, value, onChange, id, offered = [] }: FieldInputProps) {
  const text = typeof value === 'string' ? value : ''
  if (NUMBERS.has(field.type)) return <NumberInput {...{ field, value, onChange, id }} />
  if (field.type === 'date' && field.precision)
    return (
      <DateField
        id={id}
        precisions={[field.precision]}
        value={text ? { day: text, precision: field.precision } : null}
        onChange={(next) => onChange(next?.day)}
      />
    )
  if (field.type === 'date') return <DayField id={id} value={text || null} onChange={onChange} />
  if (field.type === 'yesNo') return <YesNo {...{ value, onChange, id }} />
  if (field.type === 'choice') return <Choice {...{ field, value, onChange, id }} />
  if (field.type === 'choices') return <Choices {...{ field, value, onChange, id }} />
  if (field.type === 'longText')
    return (
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 2, maxRows: 12 }}
        value={text}
        onChange={(e) => onChange(e.target.value || undefined)}
      />
    )
  return (
    <AutoComplete
      id={id}
      className="mz-wide"
      value={text}
      options={offered.filter((o) => o !== text && o.includes(text)).map((o) => ({ value: o }))}
      onChange={(next: string) => onChange(next || undefined)}
      placeholder={field.type === 'link' ? 'https://' : undefined}
    />
  )
}

type Part = Omit<FieldInputProps, 'offered'>

function NumberInput({ field, value, onChange, id }: Part) {
  const unit = field.type === 'money' ? '元' : field.unit
  return (
    <InputNumber
      id={id}
      className="mz-wide"
      controls={false}
      inputMode="decimal"
      {...(unit ? { suffix: unit } : {})}
      {...(field.type === 'money' ? { precision: 2 } : field.type === 'integer' ? { precision: 0 } : {})}
      min={field.minimum ?? 0}
      {...(field.maximum === undefined ? {} : { max: field.maximum })}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

/** A second click takes the answer back: not said is not 否. */
function YesNo({ value, onChange, id }: Omit<Part, 'field'>) {
  return (
    <Radio.Group id={id} value={value ?? null}>
      {[true, false].map((answer) => (
        <Radio.Button
          key={String(answer)}
          value={answer}
          onClick={() => onChange(value === answer ? undefined : answer)}
        >
          {answer ? '是' : '否'}
        </Radio.Button>
      ))}
    </Radio.Group>
  )
}

function Choice({ field, value, onChange, id }: Part) {
  return (
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
}

function Choices({ field, value, onChange, id }: Part) {
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
