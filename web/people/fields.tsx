/** A choice and a text, each half a row of a form. */
import { Input, Select } from 'antd'
import type { ReactNode } from 'react'
import { Field } from '../kit/Form.tsx'
import { type Choice, optionsOf } from './words.ts'

export function ChoiceField(props: {
  label: string
  name: string
  value: string | null
  choices: Choice[]
  set: (value: string | null) => void
  required?: boolean
}) {
  return (
    <Field label={props.label} name={props.name} half required={props.required ?? false}>
      {(id) => (
        <Select
          id={id}
          allowClear={!props.required}
          value={props.value}
          options={optionsOf(props.choices)}
          onChange={(next: string | undefined) => props.set(next ?? null)}
        />
      )}
    </Field>
  )
}

export function TextField(props: {
  label: string
  name: string
  value: string
  set: (value: string) => void
  hint?: ReactNode
}) {
  return (
    <Field label={props.label} name={props.name} half hint={props.hint}>
      {(id) => (
        <Input id={id} value={props.value} maxLength={200} onChange={(e) => props.set(e.target.value)} />
      )}
    </Field>
  )
}
