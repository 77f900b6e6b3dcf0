/** What changes in a life and counts from a day on: 学历, 入党, 流动, 政治面貌, 大学生村官. */
import { App, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { EDUCATION_LEVELS, POLITICAL_STATUSES } from '../../domain/structure/people/codes.ts'
import { type PersonCard, setTrait } from '../../domain/structure/people/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite } from '../app/queries.ts'
import { DateField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { ChoiceField, TextField } from './fields.tsx'
import type { Choice } from './words.ts'

export const TRAITS = [
  { value: 'education', title: '学历' },
  { value: 'party', title: '党员身份' },
  { value: 'mobile', title: '流动' },
  { value: 'politics', title: '政治面貌' },
  { value: 'graduateVillageOfficial', title: '大学生村官' },
] as const

type Trait = (typeof TRAITS)[number]['value']

const NONE = 'none'
const yesOr = (no: string): Choice[] => [
  { value: 'yes', title: '是' },
  { value: NONE, title: no },
]

const VALUES: Record<Trait, Choice[]> = {
  education: EDUCATION_LEVELS,
  party: [...POLITICAL_STATUSES.slice(0, 2), { value: NONE, title: '不再是党员' }],
  politics: POLITICAL_STATUSES.slice(2),
  mobile: yesOr('已返回，不再流动'),
  graduateVillageOfficial: yesOr('不再担任'),
}

interface TraitDialogProps {
  person: PersonCard
  first?: Trait
  close: () => void
}

export function TraitDialog({ person, first = 'education', close }: TraitDialogProps) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [trait, setTraitAsked] = useState<Trait>(first)
  const [value, setValue] = useState<string | null>(null)
  const [detail, setDetail] = useState('')
  const [from, setFrom] = useState<PreciseDate | null>({ day: today, precision: 'day' })
  const write = useWrite(setTrait, () => {
    message.success('已登记')
    close()
  })
  const since = looseDate(from)
  const save = () => {
    const body = {
      trait,
      value: value === NONE ? null : value,
      ...(trait === 'mobile' && value === 'yes' && { detail: detail.trim() || null }),
      ...(since && { from: since }),
    }
    void write.run({ params: { id: person.personId }, body })
  }
  return (
    <Modal open title={`登记${person.name}的变化`} footer={null} onCancel={close} width={560}>
      <FormShell
        onSave={() => value && save()}
        saveText="登记"
        busy={write.busy}
        problem={write.problem}
        onCancel={close}
      >
        <Segmented
          block
          className="mz-trait-kinds"
          value={trait}
          options={TRAITS.map(({ value, title }) => ({ value, label: title }))}
          onChange={(next) => {
            setTraitAsked(next)
            setValue(null)
          }}
        />
        <Fields>
          <ChoiceField
            label="变为"
            name="value"
            required
            value={value}
            choices={VALUES[trait]}
            set={setValue}
          />
          {trait === 'mobile' && value === 'yes' && (
            <TextField label="去向" name="detail" value={detail} set={setDetail} />
          )}
          <Field label="自哪天起" name="from" hint="一直如此的留空。这天以前的数据不变。">
            {(id) => (
              <DateField id={id} value={from} onChange={setFrom} precisions={['day', 'month', 'year']} />
            )}
          </Field>
        </Fields>
      </FormShell>
    </Modal>
  )
}
