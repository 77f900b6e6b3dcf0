/** A filter that is typed, a range or a part; or that nothing is said, or something. */
import { Select } from 'antd'
import type { ComponentType } from 'react'
import type { LedgerField } from '../../../domain/records/ledgers/definition.ts'
import { EMPTY, FILLED } from '../filterWords.ts'
import type { FilterProps } from './props.ts'

export interface EditProps {
  field: LedgerField
  value: string
  set: (value: string) => void
}

export const Stated = (how: '范围' | '含有', Edit: ComponentType<EditProps>) =>
  function StatedFilter({ field, list }: FilterProps) {
    const value = list.filters[field.id] ?? ''
    const stated = value === EMPTY || value === FILLED
    const set = (next: string) => list.setFilter(field.id, next)
    return (
      <span className="mz-filter-stated">
        <Select
          aria-label={`${field.title}怎么筛`}
          value={stated ? value : 'is'}
          popupMatchSelectWidth={false}
          onChange={(next) => set(next === 'is' ? '' : next)}
          options={[
            { value: 'is', label: how },
            { value: EMPTY, label: '未填写' },
            { value: FILLED, label: '已填写' },
          ]}
        />
        {!stated && <Edit field={field} value={value} set={set} />}
      </span>
    )
  }
