/** How an organisation ends: merged into another, or closed. */
import { App, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Organisation } from '../../domain/structure/organisations/contract.ts'
import { closeOrganisation, mergeOrganisation } from '../../domain/structure/restructuring/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field, FormShell } from '../kit/Form.tsx'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'

interface EndingProps {
  org: Organisation
  close: () => void
}

export function MergeDialog({ org, close }: EndingProps) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [into, setInto] = useState<ChosenOrg | null>(null)
  const [on, setOn] = useState<string | null>(today)
  const merge = useWrite(mergeOrganisation, (done) => {
    message.success(
      `已并入${into?.name ?? ''}：转入团员 ${done.memberships} 人，终止任职 ${done.appointments} 个，划转下级 ${done.subordinates} 个`,
    )
    close()
  })
  const save = () => void merge.run({ params: { id: org.id }, body: { into: into?.id ?? '', on: on ?? '' } })
  return (
    <Modal open title={`合并 ${org.name}`} footer={null} onCancel={close} width={560}>
      <FormShell onSave={save} saveText="合并" busy={merge.busy} problem={merge.problem} onCancel={close}>
        <Field
          label="并入"
          name="into"
          required
          hint={`团员转入、下级划入这个组织，任职终止；${org.name}撤销，此前的台账和数据不变。`}
        >
          {(id) => <OrgPicker id={id} value={into} onChange={setInto} />}
        </Field>
        <Field label="自哪天起" name="on" required>
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
      </FormShell>
    </Modal>
  )
}

export function CloseDialog({ org, close }: EndingProps) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState('')
  const [endAppointments, setEnd] = useState(false)
  const end = useWrite(closeOrganisation, () => {
    message.success(`${org.name}已撤销`)
    close()
  })
  const save = () => {
    const why = reason.trim() ? { reason: reason.trim() } : {}
    void end.run({ params: { id: org.id }, body: { on: on ?? '', endAppointments, ...why } })
  }
  return (
    <Modal open title={`撤销 ${org.name}`} footer={null} onCancel={close} width={560}>
      <FormShell onSave={save} saveText="撤销" busy={end.busy} problem={end.problem} onCancel={close}>
        <Field label="自哪天起" name="on" required hint="还有团员或下级时不能撤销，请先转出或合并。">
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
        <Field label="原因" name="reason">
          {(id) => (
            <Input id={id} value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
        <Checkbox checked={endAppointments} onChange={(e) => setEnd(e.target.checked)}>
          在任的职务同时终止
        </Checkbox>
      </FormShell>
    </Modal>
  )
}
