/** 指标: what may be counted here, beside what follows from the shape of the ledger. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import type { LedgerMeasure } from '../../../domain/records/ledgers/definition.ts'
import { isNumber, isOneOf, isStaged, isYesNo } from '../../../domain/records/ledgers/fields/types.ts'
import { sumOf } from '../../../domain/records/ledgers/own/standard.ts'
import { Field, Fields } from '../../kit/Form.tsx'
import { changeMeasure, type Design, type Patch, withMeasure } from './change.ts'
import type { Designing } from './design.ts'

const KINDS: { value: LedgerMeasure['kind']; label: string }[] = [
  { value: 'count', label: '数有几条' },
  { value: 'sum', label: '加起来' },
  { value: 'average', label: '取平均' },
  { value: 'distinct', label: '数有几个不同的' },
  { value: 'ratio', label: '占比（两个指标相除）' },
  { value: 'only', label: '直接报出来（只有一条时）' },
]

export function MeasuresPart({ designing }: { designing: Designing }) {
  const { design, change } = designing
  return (
    <div className="mz-own-tab">
      <p className="mz-own-label">不用设就有的</p>
      <ul className="mz-own-implied">
        {impliedOf(design).map(([title, unit]) => (
          <li key={title}>
            {title} <small>{unit}</small>
          </li>
        ))}
      </ul>
      {design.measures.map((m) => (
        <MeasureCard key={m.id} designing={designing} measure={m} />
      ))}
      <Button icon={<PlusOutlined />} onClick={() => change(withMeasure)}>
        加一个指标
      </Button>
    </div>
  )
}

function MeasureCard({ designing, measure }: { designing: Designing; measure: LedgerMeasure }) {
  const { design, change, faults } = designing
  const at = `measures.${measure.id}`
  const told = faults.filter((f) => f.field === at || f.field.startsWith(`${at}.`))
  const how = KINDS.find((k) => k.value === measure.kind)?.label
  return (
    <details className="mz-own-measure" data-place={at}>
      <summary>
        <strong className={told.length > 0 ? 'mz-own-wrong' : undefined}>{measure.title}</strong>
        <small>
          {how} {measure.unit}
        </small>
      </summary>
      {told.map((f) => (
        <p key={f.field} className="mz-own-fault" role="alert">
          {f.reason}。{f.remedy}。
        </p>
      ))}
      <MeasureFields
        design={design}
        measure={measure}
        set={(patch) => change((d) => changeMeasure(d, measure.id, patch))}
      />
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined />}
        onClick={() => change((d) => ({ ...d, measures: d.measures.filter((one) => one.id !== measure.id) }))}
      >
        去掉这个指标
      </Button>
    </details>
  )
}

const impliedOf = ({ title, measureWord, personTimes, roles }: Design): [string, string][] => [
  [`${title}${measureWord}数`, measureWord],
  ...(personTimes ? [[`${title}人次`, '人次'] as [string, string]] : []),
  ...(roles.some((r) => r.attends !== false && !r.retired)
    ? [[`${title}人数（按名单，同一人只算一次）`, '人'] as [string, string]]
    : []),
]

interface MeasureProps {
  design: Design
  measure: LedgerMeasure
  set: (patch: Patch<LedgerMeasure>) => void
}

function MeasureFields({ design, measure, set }: MeasureProps) {
  const { kind } = measure
  const rekind = (next: LedgerMeasure['kind']) =>
    set({
      kind: next,
      ...(next === 'count' || next === 'ratio' ? { field: undefined } : {}),
      ...(next === 'ratio'
        ? { unit: '%', where: undefined }
        : { numerator: undefined, denominator: undefined }),
    })
  return (
    <Fields>
      <Field label="叫什么" half>
        {(id) => <Input id={id} value={measure.title} onChange={(e) => set({ title: e.target.value })} />}
      </Field>
      <Field label="怎样算" half>
        {(id) => <Select id={id} value={kind} onChange={rekind} options={KINDS} />}
      </Field>
      {kind === 'ratio' ? (
        <Parts design={design} measure={measure} set={set} />
      ) : (
        <>
          {kind !== 'count' && <WhichField design={design} measure={measure} set={set} />}
          <Field label="单位" half>
            {(id) => <Input id={id} value={measure.unit} onChange={(e) => set({ unit: e.target.value })} />}
          </Field>
          <OnlyThose design={design} measure={measure} set={set} />
        </>
      )}
      <Field label="口径（算什么、不算什么）">
        {(id) => (
          <Input id={id} value={measure.definition} onChange={(e) => set({ definition: e.target.value })} />
        )}
      </Field>
    </Fields>
  )
}

function WhichField({ design, measure, set }: MeasureProps) {
  const adds = measure.kind === 'sum' || measure.kind === 'average'
  const fields = design.fields.filter((f) => !f.retired && (!adds || isNumber(f)))
  const choose = (field: string) => {
    const found = design.fields.find((f) => f.id === field)
    set({ field, ...(found && adds ? { unit: sumOf(design, found).unit } : {}) })
  }
  return (
    <Field label="哪一栏" half>
      {(id) => (
        <Select
          id={id}
          value={measure.field ?? null}
          placeholder={adds ? '选一个数字栏' : '选一栏'}
          onChange={choose}
          options={fields.map((f) => ({ value: f.id, label: f.title }))}
        />
      )}
    </Field>
  )
}

/** One condition by a choice; several are written in the file and kept. */
function OnlyThose({ design, measure, set }: MeasureProps) {
  const [key = '', value = ''] = Object.entries(measure.where ?? {})[0] ?? []
  const choices = design.fields.flatMap((f) => {
    if (f.retired) return []
    if (isYesNo(f)) return [{ label: `${f.title}：是`, value: `${f.id}=是` }]
    if (!isOneOf(f) && !isStaged(f)) return []
    return (f.options ?? []).map((o) => ({ label: `${f.title}：${o.title}`, value: `${f.id}=${o.value}` }))
  })
  if (choices.length === 0 && !key) return null
  const change = (chosen: string | null) => {
    const [id = '', wanted = ''] = (chosen ?? '').split('=')
    set({ where: chosen ? { [id]: wanted } : undefined })
  }
  return (
    <Field label="只算" half>
      {(id) => (
        <Select
          id={id}
          allowClear
          placeholder="全部"
          value={key ? `${key}=${value}` : null}
          onChange={(next: string | undefined) => change(next ?? null)}
          options={choices}
        />
      )}
    </Field>
  )
}

function Parts({ design, measure, set }: MeasureProps) {
  const options = [
    { value: 'count', label: `${design.title}${design.measureWord}数` },
    ...design.measures
      .filter((m) => m.id !== measure.id && m.kind !== 'ratio')
      .map((m) => ({ value: m.id, label: m.title })),
  ]
  const part = (key: 'numerator' | 'denominator', label: string) => (
    <Field label={label} half>
      {(id) => (
        <Select
          id={id}
          value={measure[key] ?? null}
          onChange={(next) => set({ [key]: next })}
          options={options}
        />
      )}
    </Field>
  )
  return (
    <>
      {part('numerator', '分子')}
      {part('denominator', '分母')}
    </>
  )
}
