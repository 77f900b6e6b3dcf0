/** A committee's new term: the one before it ends on the same day. */
import { App, InputNumber, Modal } from 'antd'
import { useState } from 'react'
import { type Board, openTerm } from '../../domain/structure/appointments/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'

export function TermDialog({ board, close }: { board: Board; close: () => void }) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [ordinal, setOrdinal] = useState<number | null>((board.term?.ordinal ?? 0) + 1)
  const [startedOn, setStart] = useState<string | null>(today)
  const [dueOn, setDue] = useState<string | null>(null)
  const open = useWrite(openTerm, () => {
    message.success('已登记新一届任期')
    close()
  })
  const save = () => {
    const body = {
      startedOn: startedOn ?? '',
      ...(ordinal ? { ordinal } : {}),
      ...(dueOn ? { dueOn } : {}),
    }
    void open.run({ params: { orgId: board.org.id }, body })
  }
  return (
    <Modal open title={`${board.org.name}换届`} footer={null} onCancel={close} width={520}>
      <FormShell onSave={save} saveText="登记" busy={open.busy} problem={open.problem} onCancel={close}>
        <p className="mz-quiet mz-small">
          {board.term ? '上一届在新一届开始的那天结束。' : ''}离任、连任、新任的人，请逐个登记任职和离任。
        </p>
        <Fields>
          <Field label="届次" name="ordinal" half hint="第几届，不清楚的留空。">
            {(id) => (
              <InputNumber id={id} value={ordinal} min={1} max={200} precision={0} onChange={setOrdinal} />
            )}
          </Field>
          <Field label="本届起始" name="startedOn" half required>
            {(id) => <DayField id={id} value={startedOn} onChange={setStart} />}
          </Field>
          <Field label="应换届日期" name="dueOn" half hint="到期还没有换届的，班子页会提醒。">
            {(id) => <DayField id={id} value={dueOn} onChange={setDue} />}
          </Field>
        </Fields>
      </FormShell>
    </Modal>
  )
}
