/** Text: a line with what was written before, several lines, an address. */
import { AutoComplete, Input } from 'antd'
import type { InputProps } from './props.ts'
import { type EditProps, Stated } from './stated.tsx'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export const LineInput = (props: InputProps) => <Suggesting {...props} />

export const AddressInput = (props: InputProps) => <Suggesting {...props} placeholder="https://" />

function Suggesting({
  value,
  onChange,
  id,
  offered = [],
  placeholder,
}: InputProps & { placeholder?: string }) {
  const text = textOf(value)
  return (
    <AutoComplete
      id={id}
      className="mz-wide"
      value={text}
      options={offered.filter((o) => o !== text && o.includes(text)).map((o) => ({ value: o }))}
      onChange={(next: string) => onChange(next || undefined)}
      placeholder={placeholder}
    />
  )
}

export const AreaInput = ({ value, onChange, id }: InputProps) => (
  <Input.TextArea
    id={id}
    autoSize={{ minRows: 2, maxRows: 12 }}
    value={textOf(value)}
    onChange={(e) => onChange(e.target.value || undefined)}
  />
)

export const LineFilter = Stated('含有', ({ field, value, set }: EditProps) => {
  const take = (text: string) => set(text.trim() ? `~${text.trim()}` : '')
  return (
    <Input
      key={value}
      allowClear
      aria-label={field.title}
      placeholder="回车筛选"
      defaultValue={value.replace(/^~/, '')}
      onPressEnter={(e) => take(e.currentTarget.value)}
      onBlur={(e) => take(e.target.value)}
    />
  )
})
