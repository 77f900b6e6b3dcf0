import { Radio } from 'antd'
import { EMPTY } from '../filterWords.ts'
import { PlainFilter } from './plain.tsx'
import type { FilterProps, InputProps } from './props.ts'

/** A second click takes the answer back: not said is not 否. */
export const YesNoInput = ({ value, onChange, id }: InputProps) => (
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

const ANSWERS = [
  { value: '是', title: '是' },
  { value: '否', title: '否' },
  { value: EMPTY, title: '（未填写）' },
]

export const YesNoFilter = ({ field, list }: FilterProps) => (
  <PlainFilter list={list} name={field.id} title="不限" options={ANSWERS} />
)
