/** Words typed freely and read as a list: what is typed stays as typed until one leaves it. */
import { Input } from 'antd'
import { useState } from 'react'

interface LineInputProps {
  id: string
  /** How the list is written. */
  text: string
  onChange: (text: string) => void
  rows?: number
  placeholder?: string
}

export function LineInput({ id, text, onChange, rows, placeholder }: LineInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shared = {
    id,
    value: typed ?? text,
    placeholder: placeholder ?? '',
    onBlur: () => setTyped(null),
    onChange: (e: { target: { value: string } }) => {
      setTyped(e.target.value)
      onChange(e.target.value)
    },
  }
  return rows ? (
    <Input.TextArea {...shared} autoSize={{ minRows: rows, maxRows: 12 }} />
  ) : (
    <Input {...shared} />
  )
}
