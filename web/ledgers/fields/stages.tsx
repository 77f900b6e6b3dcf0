/** A course of states: each with its day, as far as it is known; the next is added below. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { Stage } from '../../../domain/records/ledgers/fields/kit.ts'
import { stagesIn } from '../../../domain/records/ledgers/fields/stage.ts'
import { DateField } from '../../kit/DateField.tsx'
import { offeredOf } from '../form.ts'
import type { InputProps } from './props.ts'
import { afterThese, changed, dateOf, onOf } from './steps.ts'

export function StagesInput({ field, value, onChange, id }: InputProps) {
  const stages = stagesIn(value)
  const set = (next: Stage[]) => onChange(next.length > 0 ? next : undefined)
  const left = afterThese(field, stages)
  return (
    <div className="mz-stages">
      {stages.map((stage, at) => (
        <div key={stage.state} className="mz-stage">
          <Select
            aria-label={`${field.title}第${at + 1}步`}
            value={stage.state}
            onChange={(state) => set(changed(stages, at, { ...stage, state }))}
            options={offeredOf(field, stage.state)
              .filter((o) => o.value === stage.state || !stages.some((s) => s.state === o.value))
              .map((o) => ({ value: o.value, label: o.title }))}
          />
          <DateField
            id={`${id}-${at}`}
            precisions={[dateOf(stage)?.precision ?? 'day']}
            value={dateOf(stage)}
            onChange={(next) => set(changed(stages, at, onOf(stage.state, next)))}
          />
          <Button
            type="text"
            aria-label={`去掉第${at + 1}步`}
            icon={<CloseOutlined />}
            onClick={() => set(stages.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      {left.length > 0 && (
        <Select
          id={id}
          className="mz-stage-next"
          aria-label={`${field.title}：加一步`}
          value={null}
          placeholder={stages.length === 0 ? '请选择' : '加一步'}
          onChange={(state: string | null) => state && set([...stages, { state }])}
          options={left.map((o) => ({ value: o.value, label: o.title }))}
        />
      )}
      {stages.slice(1).some((s) => s.on === undefined) && (
        <small className="mz-stage-hint">
          第一步不写日期，就算记录的日期；后面没有写的，按时段统计时只能算“至少”。
        </small>
      )}
    </div>
  )
}
