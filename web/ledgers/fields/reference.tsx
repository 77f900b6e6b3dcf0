/** A thing chosen from those that are known, or a name that none of them bears. */
import { AutoComplete, Tag } from 'antd'
import { useState } from 'react'
import { isId } from '../../../kernel/id.ts'
import { LineFilter } from './line.tsx'
import type { FilterProps, InputProps } from './props.ts'
import { choiceOf, chosenId, MET_WORDS, metBy, nameOf, useThings } from './things.ts'

export function ReferenceInput({ field, value, onChange, id, offered = [] }: InputProps) {
  const [open, setOpen] = useState(false)
  const text = nameOf(value)
  const chosen = chosenId(value) !== null
  const things = useThings(field, text, open || (text !== '' && !chosen))
  const met = metBy(value, things)
  const names = new Set((things ?? []).map((t) => t.name))
  const before = offered.filter((o) => o !== text && o.includes(text) && !names.has(o))
  const choices = [
    ...(things ?? []).map((t) => ({ value: t.id, label: t.name, about: t.about, thing: t })),
    ...before.map((o) => ({ value: `name:${o}`, label: o, about: '以前写过', thing: null })),
  ]
  return (
    <>
      <AutoComplete
        id={id}
        className="mz-wide"
        value={text}
        options={choices}
        onOpenChange={setOpen}
        placeholder="输入名称或拼音，从列表里选；没有的直接写"
        onSelect={(_: string, { thing, label }) => onChange(thing ? choiceOf(thing) : label)}
        onChange={(next: string) => {
          // Choosing says the id first; what it means is told by `onSelect`.
          if (!choices.some((c) => c.value === next)) onChange(next || undefined)
        }}
        optionRender={(option) => (
          <span className="mz-choice">
            {option.label}
            <small>{option.data.about}</small>
          </span>
        )}
      />
      {met !== 'open' && (
        <small className={met === 'chosen' || met === 'found' ? 'mz-met' : 'mz-met mz-met-not'} role="status">
          {MET_WORDS[met]}
        </small>
      )}
    </>
  )
}

/** A part of what is written; come from the page of a thing, that thing. */
export function ReferenceFilter(props: FilterProps) {
  const { field, list } = props
  if (!isId(list.filters[field.id] ?? '')) return <LineFilter {...props} />
  return (
    <Tag closable onClose={() => list.setFilter(field.id, '')}>
      指定的一项
    </Tag>
  )
}
