import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { DateField, DayField } from '../../kit/DateField.tsx'
import type { InputProps } from './props.ts'
import { type EditProps, Stated } from './stated.tsx'

export function DayInput({ field, value, onChange, id }: InputProps) {
  const text = typeof value === 'string' ? value : ''
  if (!field.precision) return <DayField id={id} value={text || null} onChange={onChange} />
  return (
    <DateField
      id={id}
      precisions={[field.precision]}
      value={text ? { day: text, precision: field.precision } : null}
      onChange={(next) => onChange(next?.day)}
    />
  )
}

export const DayFilter = Stated('范围', DayRange)

function DayRange({ value, set }: EditProps) {
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
