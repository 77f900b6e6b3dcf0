/** A sentence or formula in the office's words: fields stand as 「名称」 and are put in by a click. */
import { Input } from 'antd'
import { useRef, useState } from 'react'
import { coded, type Place, slotsFor, spoken } from '../../../domain/records/ledgers/own/spoken.ts'
import type { Design } from './change.ts'

interface SlotTextProps {
  id: string
  design: Design
  place: Place
  text: string
  onChange: (text: string) => void
}

const SIGNS: Record<Place, string[]> = {
  formula: ['+', '−', '×', '÷', '(', ')', '相差天数(', '，'],
  record: [],
  period: [],
}

export function SlotText({ id, design, place, text, onChange }: SlotTextProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? spoken(design, place, text)
  const write = (next: string) => {
    setTyped(next)
    onChange(coded(design, place, next))
  }
  const insert = (words: string) => {
    const box = frame.current?.querySelector('textarea')
    const at = box?.selectionStart ?? shown.length
    const end = box?.selectionEnd ?? at
    const around = words.replace('…', shown.slice(at, end))
    write(shown.slice(0, at) + around + shown.slice(end))
    setTimeout(() => {
      box?.focus()
      box?.setSelectionRange(at + around.length, at + around.length)
    }, 0)
  }
  return (
    <div ref={frame} className="mz-own-slots">
      <Input.TextArea
        id={id}
        autoSize={{ minRows: place === 'formula' ? 1 : 2, maxRows: 8 }}
        value={shown}
        onBlur={() => setTyped(null)}
        onChange={(e) => write(e.target.value)}
      />
      <div className="mz-own-insert" role="toolbar" aria-label="插入">
        {slotsFor(design, place).map((slot) => (
          <button
            key={slot.id}
            type="button"
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => insert(`「${slot.title}」`)}
          >
            {slot.title}
          </button>
        ))}
        {SIGNS[place].map((sign) => (
          <button
            key={sign}
            type="button"
            onMouseDown={(e) => e.preventDefault()}
            onClick={() => insert(sign)}
          >
            {sign}
          </button>
        ))}
        {place !== 'formula' && (
          <button type="button" onMouseDown={(e) => e.preventDefault()} onClick={() => insert('[…]')}>
            [ 没有就不写 ]
          </button>
        )}
      </div>
    </div>
  )
}
