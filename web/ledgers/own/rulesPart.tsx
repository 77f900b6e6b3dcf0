/** 规则: what a record must be like, beside what each field says of itself. */
import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, InputNumber, Select } from 'antd'
import type { LedgerRule } from '../../../domain/records/ledgers/definition.ts'
import { isDate, isNumber } from '../../../domain/records/ledgers/fields/types.ts'
import type { Design } from './change.ts'
import type { Designing } from './design.ts'

export function RulesPart({ designing }: { designing: Designing }) {
  const { design, change, faults } = designing
  const rules = design.rules ?? []
  const setRules = (next: LedgerRule[]) => change((d) => ({ ...d, rules: next }))
  const pairs = rules.flatMap((rule, at) => ('field' in rule ? [{ rule, at }] : []))
  const photo = rules.some((r) => r.kind === 'photo')
  const named = rules.find((r) => r.kind === 'named')
  const without = (kind: LedgerRule['kind']) => rules.filter((r) => r.kind !== kind)
  return (
    <section className="mz-own-part" aria-label="规则">
      <h2>保存时检查</h2>
      <div className="mz-own-checks">
        {design.photos && (
          <Checkbox
            checked={photo}
            onChange={(e) => setRules(e.target.checked ? [...rules, { kind: 'photo' }] : without('photo'))}
          >
            每条至少一张照片（导入的除外）
          </Checkbox>
        )}
        {design.roles.length > 0 && (
          <Checkbox
            checked={named !== undefined}
            onChange={(e) =>
              setRules(e.target.checked ? [...rules, { kind: 'named', least: 1 }] : without('named'))
            }
          >
            名单至少{' '}
            <InputNumber
              size="small"
              aria-label="至少几人"
              min={1}
              precision={0}
              disabled={!named}
              value={named?.kind === 'named' ? named.least : 1}
              onChange={(least) => setRules([...without('named'), { kind: 'named', least: least ?? 1 }])}
            />{' '}
            人
          </Checkbox>
        )}
      </div>
      {pairs.map(({ rule, at }) => (
        <div key={at} data-place={`rules.${at}`}>
          <Pair
            design={design}
            rule={rule}
            set={(next) => setRules(rules.flatMap((one, i) => (i === at ? (next ?? []) : one)))}
          />
          {faults
            .filter((f) => f.field === `rules.${at}`)
            .map((f) => (
              <p key={f.reason} className="mz-own-fault" role="alert">
                {f.reason}。{f.remedy}。
              </p>
            ))}
        </div>
      ))}
      <div className="mz-own-buttons">
        <Button
          size="small"
          onClick={() =>
            setRules([...rules, { kind: 'notBefore', field: design.day.span ? 'dayTo' : '', other: 'day' }])
          }
        >
          加：日期不早于
        </Button>
        <Button
          size="small"
          onClick={() => setRules([...rules, { kind: 'atMost', field: '', other: 'personTimes' }])}
        >
          加：数字不大于
        </Button>
      </div>
    </section>
  )
}

type Compared = Extract<LedgerRule, { field: string }>

function Pair(props: { design: Design; rule: Compared; set: (rule: Compared | null) => void }) {
  const { design, rule, set } = props
  const options = comparable(design, rule.kind)
  const choose = (key: 'field' | 'other', label: string) => (
    <Select
      aria-label={label}
      className="mz-own-half"
      value={rule[key] || null}
      placeholder="选一栏"
      onChange={(next: string) => set({ ...rule, [key]: next })}
      options={options}
    />
  )
  return (
    <div className="mz-own-rule">
      {choose('field', '哪一栏')}
      <span>{rule.kind === 'notBefore' ? '不早于' : '不大于'}</span>
      {choose('other', '和哪一栏比')}
      <Button type="text" aria-label="去掉这条规则" icon={<DeleteOutlined />} onClick={() => set(null)} />
    </div>
  )
}

function comparable(d: Design, kind: Compared['kind']): { value: string; label: string }[] {
  const fields = d.fields.filter((f) => !f.retired)
  const named = (list: typeof fields) => list.map((f) => ({ value: f.id, label: f.title }))
  if (kind === 'atMost')
    return [
      ...(d.personTimes ? [{ value: 'personTimes', label: d.personTimes.label }] : []),
      ...named(fields.filter(isNumber)),
    ]
  return [
    { value: 'day', label: d.day.label },
    ...(d.day.span ? [{ value: 'dayTo', label: '结束日期' }] : []),
    ...named(fields.filter(isDate)),
  ]
}
