/** A member is entered: newly admitted, transferred in, or caught up with. */
import { App, Modal } from 'antd'
import { useState } from 'react'
import { enterMember } from '../../domain/structure/memberships/contract.ts'
import { START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite } from '../app/queries.ts'
import { LikePeople } from '../duplicates/like.tsx'
import { DateField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'
import type { ChosenPerson } from '../kit/PersonPicker.tsx'
import { ConfirmButton } from '../people/ConfirmButton.tsx'
import { ChoiceField, TextField } from '../people/fields.tsx'
import { NOBODY, type PersonAsked, PersonFields, personBody } from '../people/PersonFields.tsx'

const REASONS = START_REASONS.filter((r) => r.value !== 'merge')

interface EnterMemberDialogProps {
  /** Known already: from the person's page. */
  who?: ChosenPerson
  close: () => void
}

export function EnterMemberDialog({ who, close }: EnterMemberDialogProps) {
  const { org: here, today } = useFrame()
  const { message } = App.useApp()
  const [org, setOrg] = useState<ChosenOrg | null>(here.type === 'branch' ? here : null)
  const [asked, setAsked] = useState({ ...NOBODY, who: who ?? null })
  const [startReason, setReason] = useState('admission')
  const [from, setFrom] = useState<PreciseDate | null>({ day: today, precision: 'day' })
  const [memberNo, setMemberNo] = useState('')
  const enter = useWrite(enterMember, () => {
    message.success(`${asked.who?.name ?? ''}已登记为${org?.name ?? ''}团员`)
    close()
  })
  const save = (confirmed?: string[]) => {
    const body = {
      orgId: org?.id ?? '',
      ...personBody(asked),
      startReason,
      from: looseDate(from) ?? '',
      ...(memberNo.trim() && { memberNo: memberNo.trim() }),
      ...(confirmed && { confirmed }),
    }
    void enter.run({ body })
  }
  return (
    <Modal open title="登记团员" footer={null} onCancel={close} width={640}>
      <FormShell
        onSave={save}
        saveText="登记"
        busy={enter.busy}
        problem={enter.problem}
        actions={<ConfirmButton problem={enter.problem} busy={enter.busy} confirm={save} />}
        onCancel={close}
      >
        <Fields>
          <Field label="团支部" name="orgId" required>
            {(id) => <OrgPicker id={id} value={org} onChange={setOrg} />}
          </Field>
        </Fields>
        <PersonFields value={asked} onChange={setAsked} />
        {asked.who && asked.who.personId === null && (
          <LikePeople
            draft={draftOf(asked, org?.id)}
            take={({ personId, name }) => setAsked({ ...NOBODY, who: { personId, name } })}
          />
        )}
        <Fields>
          <ChoiceField
            label="来源"
            name="startReason"
            required
            value={startReason}
            choices={REASONS}
            set={(next) => setReason(next ?? 'admission')}
          />
          <Field label="自哪天起" name="from" half required>
            {(id) => (
              <DateField id={id} value={from} onChange={setFrom} precisions={['day', 'month', 'year']} />
            )}
          </Field>
          {startReason === 'admission' && (
            <TextField label="发展团员编号" name="memberNo" value={memberNo} set={setMemberNo} />
          )}
        </Fields>
      </FormShell>
    </Modal>
  )
}

const draftOf = ({ who, facts }: PersonAsked, orgId: string | undefined) => ({
  orgId,
  name: who?.name ?? '',
  sex: facts.sex,
  birth: looseDate(facts.birth),
  idNumber: facts.idNumber,
  phone: facts.phone,
})
