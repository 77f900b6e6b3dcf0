/** What turns a measure into a question: depth, time, filters, grouping, how a percentage is written. */
import { PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { MeasureEntry } from '../../domain/indicators/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { DayField } from '../kit/DateField.tsx'
import { FilterInput, type MeasureFilter } from './FilterInput.tsx'
import type { Asking } from './question.ts'

interface ControlsProps {
  entry: MeasureEntry
  asking: Asking
}

export function Controls({ entry, asking }: ControlsProps) {
  const { chosen, change } = asking
  return (
    <div className="mz-controls mz-no-print">
      <div className="mz-control">
        <span>范围</span>
        <Segmented
          value={chosen.depth ?? ''}
          onChange={(depth) => change({ depth: depth || undefined } as Partial<typeof chosen>)}
          options={[
            { value: '', label: '按口径' },
            { value: 'all', label: '本级及下级' },
            { value: '1', label: '本级和直接下级' },
            { value: '0', label: '只看本级' },
          ]}
        />
      </div>
      <Time entry={entry} asking={asking} />
      <Filters key={entry.id} entry={entry} asking={asking} />
      <div className="mz-control">
        <span>分组</span>
        <Select
          allowClear
          className="mz-control-wide"
          placeholder="各下级"
          aria-label="分组"
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen.group ?? null}
          options={groupings(entry)}
          onChange={(group: string | undefined) => change({ group } as Partial<typeof chosen>)}
        />
      </div>
      {entry.unit === '%' && (
        <div className="mz-control">
          <span>百分数</span>
          <Segmented
            value={chosen.percent ?? ''}
            onChange={(percent) => change({ percent: percent || undefined } as Partial<typeof chosen>)}
            options={[
              { value: '', label: '默认' },
              { value: 'round', label: '四舍五入' },
              { value: 'cut', label: '去尾' },
            ]}
          />
        </div>
      )}
    </div>
  )
}

/** The frame's period unless other days are chosen here. A stock is told at one moment, a flow within two days. */
function Time({ entry, asking }: ControlsProps) {
  const { period } = useFrame()
  const { chosen, change } = asking
  const own = Boolean(chosen.from || chosen.to || chosen.asOf)
  const set = (time: { from?: string | null; to?: string | null; asOf?: string | null }) =>
    change(time as Partial<typeof chosen>)
  const begin = () =>
    set(entry.timing === 'stock' ? { asOf: period.to } : { from: period.from, to: period.to })
  return (
    <div className="mz-control">
      <span>时间</span>
      <Segmented
        value={own ? 'own' : 'frame'}
        onChange={(how) => (how === 'own' ? begin() : set({ from: null, to: null, asOf: null }))}
        options={[
          { value: 'frame', label: period.label },
          { value: 'own', label: entry.timing === 'stock' ? '另选一天' : '另选起止' },
        ]}
      />
      {own && entry.timing === 'stock' && (
        <DayField
          value={chosen.asOf ?? chosen.to ?? null}
          onChange={(asOf) => set({ asOf, from: null, to: null })}
        />
      )}
      {own && entry.timing !== 'stock' && (
        <span className="mz-control-days">
          <DayField value={chosen.from ?? null} onChange={(from) => set({ from, asOf: null })} />
          至
          <DayField value={chosen.to ?? chosen.asOf ?? null} onChange={(to) => set({ to, asOf: null })} />
        </span>
      )}
    </div>
  )
}

function Filters({ entry, asking }: ControlsProps) {
  const { chosen, change } = asking
  const [added, setAdded] = useState<string[]>([])
  const shown = entry.filters.filter((f) => f.key in chosen.where || added.includes(f.key))
  const set = (filter: MeasureFilter, value: string) => {
    const { [filter.key]: _old, ...others } = chosen.where
    change({ where: value ? { ...others, [filter.key]: value } : others })
  }
  const drop = (filter: MeasureFilter) => {
    setAdded(added.filter((key) => key !== filter.key))
    set(filter, '')
  }
  const left = distinct(entry.filters).filter((f) => !shown.includes(f) && !HIDDEN.has(f.key))
  return (
    <div className="mz-control">
      <span>条件</span>
      {distinct(shown).map((f) => (
        <FilterInput
          key={f.key}
          filter={f}
          value={chosen.where[f.key] ?? ''}
          set={(value) => set(f, value)}
          drop={() => drop(f)}
        />
      ))}
      {left.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'mz-control-menu',
            items: left.map((f) => ({ key: f.key, label: f.title })),
            onClick: (e) => setAdded([...added, e.key]),
          }}
        >
          <Button icon={<PlusOutlined />}>加条件</Button>
        </Dropdown>
      )}
    </div>
  )
}

/** Ids that nobody types. */
const HIDDEN = new Set(['record', 'batch'])

/** A ledger's own field may bear the name of one that all ledgers have. */
const distinct = (filters: MeasureFilter[]) =>
  filters.filter((f, i) => filters.findIndex((other) => other.key === f.key) === i)

function groupings(entry: MeasureEntry) {
  const titles = new Map(entry.filters.map((f) => [f.key, f.title]))
  return [...new Set(entry.groupings)]
    .filter((key) => !HIDDEN.has(key))
    .map((key) => ({ value: key, label: key === 'org' ? '各下级' : (titles.get(key) ?? key) }))
}
