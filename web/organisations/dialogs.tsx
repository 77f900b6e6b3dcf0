/** What may be done to an organisation, each from a day on: 设立, 更名, 划转, 更正. */
import { App, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import {
  branchKinds,
  changeOrganisation,
  correctOrganisation,
  levels,
  moveOrganisation,
  nextCode,
  type Organisation,
  openOrganisation,
  orgTypes,
  sectors,
} from '../../domain/structure/organisations/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { type OrgBrief, useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { DateField, DayField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'

interface DialogProps {
  org: Organisation
  close: () => void
}

const optionsOf = (all: { value: string; title: string }[]) =>
  all.map(({ value, title }) => ({ value, label: title }))

interface Facts {
  name: string
  type: string
  sector: string
  level: string | null
  kind: string | null
  partyLink: string | null
  place: string | null
}

const NEW: Facts = {
  name: '',
  type: 'branch',
  sector: 'village',
  level: null,
  kind: null,
  partyLink: null,
  place: null,
}

/** Values are of the closed sets that the choices offer. */
const factsBody = (facts: Facts) => facts as object

function FactFields({ facts, set }: { facts: Facts; set: (patch: Partial<Facts>) => void }) {
  const isCommittee = facts.type === 'committee' || facts.type === 'workCommittee'
  return (
    <Fields>
      <Field label="名称" name="name" required>
        {(id) => (
          <Input id={id} value={facts.name} maxLength={100} onChange={(e) => set({ name: e.target.value })} />
        )}
      </Field>
      <Field label="类型" name="type" half required>
        {(id) => (
          <Select
            id={id}
            value={facts.type}
            options={optionsOf(orgTypes)}
            onChange={(type) => set({ type })}
          />
        )}
      </Field>
      <Field label="领域" name="sector" half required>
        {(id) => (
          <Select
            id={id}
            value={facts.sector}
            options={optionsOf(sectors)}
            onChange={(sector) => set({ sector })}
          />
        )}
      </Field>
      {isCommittee && (
        <Field label="级别" name="level" half>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={facts.level}
              options={optionsOf(levels)}
              onChange={(level) => set({ level: level ?? null })}
            />
          )}
        </Field>
      )}
      {facts.type === 'branch' && (
        <Field label="支部类别" name="kind" half hint="普通支部不选">
          {(id) => (
            <Select
              id={id}
              allowClear
              value={facts.kind}
              options={optionsOf(branchKinds)}
              onChange={(kind) => set({ kind: kind ?? null })}
            />
          )}
        </Field>
      )}
      <Field label="带团建的党组织" name="partyLink" half>
        {(id) => (
          <Input
            id={id}
            value={facts.partyLink ?? ''}
            onChange={(e) => set({ partyLink: e.target.value || null })}
          />
        )}
      </Field>
      <Field label="所在地" name="place" half>
        {(id) => (
          <Input id={id} value={facts.place ?? ''} onChange={(e) => set({ place: e.target.value || null })} />
        )}
      </Field>
    </Fields>
  )
}

export function OpenDialog({ parent, close }: { parent: OrgBrief; close: () => void }) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const go = useGo()
  const [facts, setFacts] = useState(NEW)
  const [above, setAbove] = useState<ChosenOrg | null>(parent)
  const [on, setOn] = useState<PreciseDate | null>({ day: today, precision: 'day' })
  const code = useFetch(nextCode, { params: { id: above?.id ?? '' } }, { enabled: above !== null })
  const open = useWrite(openOrganisation, ({ organisation }) => {
    message.success(`${organisation.name}已设立`)
    close()
    go(paths.organisation(organisation.id))
  })
  const save = () => {
    const day = looseDate(on)
    void open.run({
      body: { ...factsBody(facts), parent: above?.id ?? '', ...(day ? { on: day } : {}) } as never,
    })
  }
  return (
    <Modal open title="设立组织" footer={null} onCancel={close} width={640}>
      <FormShell onSave={save} saveText="设立" busy={open.busy} problem={open.problem} onCancel={close}>
        <Field label="上级" name="parent" required hint={code.data && `代码 ${code.data.code}`}>
          {(id) => <OrgPicker id={id} value={above} onChange={setAbove} />}
        </Field>
        <FactFields facts={facts} set={(patch) => setFacts({ ...facts, ...patch })} />
        <Field label="设立日期" name="on" hint="不清楚可以只填年月，或者不填。">
          {(id) => (
            <DateField
              id={id}
              value={on}
              onChange={setOn}
              precisions={['day', 'month', 'year']}
              max={today}
            />
          )}
        </Field>
      </FormShell>
    </Modal>
  )
}

/** Since a day it is otherwise; what was before stays as it was. */
export function ChangeDialog({ org, close }: DialogProps) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [facts, setFacts] = useState<Facts>(org)
  const [on, setOn] = useState<string | null>(today)
  const change = useWrite(changeOrganisation, () => {
    message.success('已变更')
    close()
  })
  const save = () =>
    void change.run({ params: { id: org.id }, body: { on: on ?? '', facts: changedFacts(org, facts) } })
  return (
    <Modal open title="更名或变更" footer={null} onCancel={close} width={640}>
      <FormShell onSave={save} saveText="变更" busy={change.busy} problem={change.problem} onCancel={close}>
        <FactFields facts={facts} set={(patch) => setFacts({ ...facts, ...patch })} />
        <Field label="自哪天起" name="on" required hint="这天以前的台账和数据仍按原来的名称。">
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
      </FormShell>
    </Modal>
  )
}

/** It was written down wrongly: put right for as long as the wrong value stood. */
export function CorrectDialog({ org, close }: DialogProps) {
  const { message } = App.useApp()
  const [facts, setFacts] = useState<Facts>(org)
  const [reason, setReason] = useState('')
  const correct = useWrite(correctOrganisation, () => {
    message.success('已更正，留有记录')
    close()
  })
  const save = () =>
    void correct.run({ params: { id: org.id }, body: { reason, facts: changedFacts(org, facts) } })
  return (
    <Modal open title="更正登记错误" footer={null} onCancel={close} width={640}>
      <FormShell onSave={save} saveText="更正" busy={correct.busy} problem={correct.problem} onCancel={close}>
        <FactFields facts={facts} set={(patch) => setFacts({ ...facts, ...patch })} />
        <Field label="更正原因" name="reason" required>
          {(id) => (
            <Input id={id} value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
      </FormShell>
    </Modal>
  )
}

/** Only what differs travels. */
function changedFacts(org: Organisation, facts: Facts) {
  const keys = Object.keys(NEW) as (keyof Facts)[]
  return Object.fromEntries(keys.filter((k) => facts[k] !== org[k]).map((k) => [k, facts[k]])) as never
}

export function MoveDialog({ org, close }: DialogProps) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [to, setTo] = useState<ChosenOrg | null>(null)
  const [on, setOn] = useState<string | null>(today)
  const move = useWrite(moveOrganisation, () => {
    message.success(`${org.name}已划转`)
    close()
  })
  const save = () => void move.run({ params: { id: org.id }, body: { to: to?.id ?? '', on: on ?? '' } })
  return (
    <Modal open title={`划转 ${org.name}`} footer={null} onCancel={close} width={560}>
      <FormShell onSave={save} saveText="划转" busy={move.busy} problem={move.problem} onCancel={close}>
        <Field
          label="新的上级"
          name="to"
          required
          hint="它的下级、团员和台账一起划过去；划转前的数据仍算在原上级。"
        >
          {(id) => <OrgPicker id={id} value={to} onChange={setTo} />}
        </Field>
        <Field label="自哪天起" name="on" required>
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
      </FormShell>
    </Modal>
  )
}
