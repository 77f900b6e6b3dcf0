/** One field of a ledger with the phone's own controls. */
import { type ReactNode, useId } from 'react'
import type { LedgerField } from '../../domain/records/ledgers/definition.ts'
import type { Problem } from '../app/client.ts'
import { offeredOf } from '../ledgers/form.ts'
import { PhoneField } from './kit.tsx'

export interface PhoneFieldInputProps {
  field: LedgerField
  value: unknown
  onChange: (value: unknown) => void
  problem: Problem | null
  offered: string[]
}

export function PhoneFieldInput(props: PhoneFieldInputProps) {
  const { field, problem } = props
  const unit = field.type === 'money' ? '元' : field.unit
  const label = unit ? `${field.title}（${unit}）` : field.title
  if (field.type === 'choices' || field.type === 'yesNo')
    return (
      <Choosing label={label} required={field.required ?? false}>
        <Pills {...props} />
      </Choosing>
    )
  return (
    <PhoneField
      label={label}
      name={field.id}
      problem={problem}
      required={field.required ?? false}
      hint={field.hint}
    >
      <Control {...props} />
    </PhoneField>
  )
}

/** A label over buttons: tapping it must not press the first of them. */
function Choosing(props: { label: string; required: boolean; children: ReactNode }) {
  return (
    <fieldset className="mp-field mp-choosing">
      <legend>
        {props.label}
        {props.required && <i title="必填">*</i>}
      </legend>
      {props.children}
    </fieldset>
  )
}

const NUMBERS = new Set(['integer', 'number', 'money'])

function Control({ field, value, onChange, offered }: PhoneFieldInputProps) {
  const id = useId()
  const text = value === undefined || value === null ? '' : String(value)
  const set = (next: string) => onChange(next === '' ? undefined : next)
  if (field.type === 'longText')
    return <textarea rows={3} value={text} onChange={(e) => set(e.target.value)} />
  if (field.type === 'date' && field.precision === 'year')
    return (
      <input
        inputMode="numeric"
        maxLength={4}
        placeholder="2024"
        value={text.slice(0, 4)}
        onChange={(e) => set(e.target.value)}
      />
    )
  if (field.type === 'date' && field.precision === 'month')
    return <input type="month" value={text.slice(0, 7)} onChange={(e) => set(e.target.value)} />
  if (field.type === 'date') return <input type="date" value={text} onChange={(e) => set(e.target.value)} />
  if (field.type === 'choice')
    return (
      <select value={text} onChange={(e) => set(e.target.value)}>
        <option value="">请选择</option>
        {offeredOf(field, value).map((o) => (
          <option key={o.value} value={o.value}>
            {o.title}
          </option>
        ))}
      </select>
    )
  if (NUMBERS.has(field.type))
    return (
      <input
        inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
        value={text}
        onChange={(e) => set(e.target.value)}
      />
    )
  return (
    <>
      <input
        type={field.type === 'link' ? 'url' : 'text'}
        list={id}
        value={text}
        onChange={(e) => set(e.target.value)}
      />
      <datalist id={id}>
        {offered.map((o) => (
          <option key={o} value={o} />
        ))}
      </datalist>
    </>
  )
}

/** A second tap takes the answer back. */
function Pills({ field, value, onChange }: PhoneFieldInputProps) {
  const chosen = Array.isArray(value) ? value.map(String) : []
  const options =
    field.type === 'yesNo'
      ? [
          { title: '是', on: value === true, next: value === true ? undefined : true },
          { title: '否', on: value === false, next: value === false ? undefined : false },
        ]
      : offeredOf(field, value).map((o) => {
          const on = chosen.includes(o.value)
          const next = on ? chosen.filter((c) => c !== o.value) : [...chosen, o.value]
          return { title: o.title, on, next: next.length > 0 ? next : undefined }
        })
  return (
    <div className="mp-pills">
      {options.map((o) => (
        <button key={o.title} type="button" aria-pressed={o.on} onClick={() => onChange(o.next)}>
          {o.title}
        </button>
      ))}
    </div>
  )
}
