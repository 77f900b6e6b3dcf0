/** Since when the register of members or officers is complete here, and the dialog in which an office says otherwise. */
import { Alert, App, Button, Modal } from 'antd'
import { useState } from 'react'
import { getRegisters, type RegisterState, stateRegister } from '../../domain/structure/registers/contract.ts'
import { dateInWords } from '../../kernel/period.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field, FormShell } from '../kit/Form.tsx'

interface RegisterNoteProps {
  orgId: string
  register: RegisterState['register']
  /** The day that the page shows. */
  asOf: string
}

/** A line where it is all right; a warning where the day shown lies before. */
export function RegisterNote({ orgId, register, asOf }: RegisterNoteProps) {
  const [open, setOpen] = useState(false)
  const { data } = useFetch(getRegisters, { query: { org: orgId } })
  const found = data?.registers.find((r) => r.register === register)
  if (!data || !found || found.kept === 0) return null
  const early = found.completeFrom !== null && asOf < found.completeFrom
  const change = data.may.state && (
    <Button type="link" size="small" onClick={() => setOpen(true)}>
      改起算日
    </Button>
  )
  return (
    <div className="mz-org-register mz-no-print">
      {early ? (
        <Alert type="warning" showIcon title={wordsOf(found, true)} action={change} />
      ) : (
        <span className="mz-quiet mz-small">
          {wordsOf(found, false)}
          {change}
        </span>
      )}
      {open && <StateDialog orgId={orgId} state={found} close={() => setOpen(false)} />}
    </div>
  )
}

const BY = { hand: '本级或上级说明', roster: '导入的花名册', entry: '第一次登记' }

function wordsOf({ title, completeFrom, statedBy, of, kept, last }: RegisterState, early: boolean): string {
  const by = statedBy ? `（${BY[statedBy]}）` : ''
  const some = kept < of ? `；${of}个组织中${kept}个有名册` : ''
  const latest = last[0] ? `，最晚的是${last[0].name}` : ''
  const since = `${title}从${dateInWords(completeFrom ?? '')}起齐全${by}${latest}${some}。`
  return early ? `${since}现在看的日子更早，人数只能说“至少”。` : since
}

function StateDialog({ orgId, state, close }: { orgId: string; state: RegisterState; close: () => void }) {
  const { message } = App.useApp()
  const { today } = useFrame()
  const [day, setDay] = useState<string | null>(state.completeFrom)
  const stating = useWrite(stateRegister, () => {
    message.success(`${state.title}从${dateInWords(day ?? '')}起按齐全计算`)
    close()
  })
  const save = () => void stating.run({ body: { orgId, register: state.register, completeFrom: day ?? '' } })
  return (
    <Modal open title={`${state.title}从哪天起齐全`} footer={null} onCancel={close} width={480}>
      <FormShell onSave={save} saveText="保存" busy={stating.busy} problem={stating.problem} onCancel={close}>
        <Field
          label="齐全的起算日"
          name="completeFrom"
          required
          hint="从这一天起，本级和下级的名册不缺人。更早离开的人没有登记过，所以这一天以前的人数只说“至少”，也不拿来比增减。"
        >
          {(id) => <DayField id={id} value={day} onChange={setDay} max={today} />}
        </Field>
      </FormShell>
    </Modal>
  )
}
