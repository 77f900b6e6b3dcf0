/** One filter of a question, by its type: choices, yes or no, from–to, or a part of a text. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import type { MeasureEntry } from '../../domain/indicators/contract.ts'

export type MeasureFilter = MeasureEntry['filters'][number]

interface FilterInputProps {
  filter: MeasureFilter
  /** In the figures' syntax: a,b · 14..28 · ~part · 是. */
  value: string
  set: (value: string) => void
  drop: () => void
}

export function FilterInput(props: FilterInputProps) {
  return (
    <span className="mz-condition">
      <span>{props.filter.title}</span>
      <Control {...props} />
      <Button
        type="text"
        size="small"
        aria-label={`去掉条件：${props.filter.title}`}
        icon={<CloseOutlined />}
        onClick={props.drop}
      />
    </span>
  )
}

function Control({ filter, value, set }: FilterInputProps) {
  const label = { 'aria-label': filter.title, variant: 'borderless' as const }
  if (filter.type === 'yesNo')
    return (
      <Select
        {...label}
        placeholder="不限"
        value={value || null}
        options={[
          { value: '是', label: '是' },
          { value: '否', label: '否' },
        ]}
        onChange={(next: string) => set(next)}
      />
    )
  if (filter.options)
    return (
      <Select
        {...label}
        mode="multiple"
        className="mz-condition-choices"
        placeholder="不限"
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        value={value ? value.split(',') : []}
        options={[...filter.options.map((o) => ({ value: o.value, label: o.title })), NOT_STATED]}
        onChange={(next: string[]) => set(next.includes('空') ? '空' : next.join(','))}
      />
    )
  if (filter.type === 'number') return <NumberRange value={value} set={set} title={filter.title} />
  if (filter.type === 'date') {
    const [low, high] = value.split('..')
    return (
      <DatePicker.RangePicker
        {...label}
        allowEmpty
        value={[low ? dayjs(low) : null, high ? dayjs(high) : null]}
        onChange={(days) => set(range(days?.[0]?.format('YYYY-MM-DD'), days?.[1]?.format('YYYY-MM-DD')))}
      />
    )
  }
  return <Part value={value} set={set} title={filter.title} />
}

const NOT_STATED = { value: '空', label: '未填写' }

const range = (low: string | undefined, high: string | undefined) =>
  low || high ? `${low ?? ''}..${high ?? ''}` : ''

interface TypedProps {
  value: string
  set: (value: string) => void
  title: string
}

function NumberRange({ value, set, title }: TypedProps) {
  const [low, high] = value.includes('..') ? value.split('..') : [value, value]
  const one = (text: string | undefined, word: string, change: (next: string | undefined) => void) => (
    <InputNumber
      variant="borderless"
      controls={false}
      changeOnBlur
      placeholder={word}
      aria-label={`${title}${word}`}
      value={text ? Number(text) : null}
      onChange={(n) => change(n === null ? undefined : String(n))}
    />
  )
  return (
    <span className="mz-condition-range">
      {one(low, '至少', (next) => set(range(next, high)))}
      {one(high, '至多', (next) => set(range(low, next)))}
    </span>
  )
}

/** Asked when the typing is done, not at every letter. */
function Part({ value, set, title }: TypedProps) {
  const [text, setText] = useState(value.replace(/^~/, ''))
  const done = () => {
    const next = text.trim() ? `~${text.trim()}` : ''
    if (next !== value) set(next)
  }
  return (
    <Input
      variant="borderless"
      placeholder="含有……"
      aria-label={title}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onBlur={done}
      onPressEnter={done}
    />
  )
}
