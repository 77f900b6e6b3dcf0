import { InputNumber } from 'antd'
import { kitOf, unitOf } from '../../../domain/records/ledgers/fields/types.ts'
import type { InputProps } from './props.ts'
import { type EditProps, Stated } from './stated.tsx'

/** Digits behind the point, where they are fixed. */
const PRECISIONS: Partial<Record<string, number>> = { money: 2, integer: 0 }

export function NumberInput({ field, value, onChange, id }: InputProps) {
  const unit = unitOf(field)
  const precision = PRECISIONS[kitOf(field.type).sheet.kind]
  return (
    <InputNumber
      id={id}
      className="mz-wide"
      controls={false}
      inputMode="decimal"
      {...(unit ? { suffix: unit } : {})}
      {...(precision === undefined ? {} : { precision })}
      min={field.minimum ?? 0}
      {...(field.maximum === undefined ? {} : { max: field.maximum })}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

export const NumberFilter = Stated('范围', NumberRange)

function NumberRange({ field, value, set }: EditProps) {
  const [low = '', high = ''] = value.includes('..') ? value.split('..') : [value, value]
  const change = (a: string, b: string) => set(a || b ? `${a}..${b}` : '')
  const one = (shown: string, label: string, take: (n: string) => void) => (
    <InputNumber
      aria-label={`${field.title}${label}`}
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
