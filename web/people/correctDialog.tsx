/** A person was written down wrongly: put right for all time, with trace. */
import { App, Input, Modal } from 'antd'
import { useState } from 'react'
import { correctPerson, type PersonCard } from '../../domain/structure/people/contract.ts'
import { useWrite } from '../app/queries.ts'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { ConfirmButton } from './ConfirmButton.tsx'
import { FactFields, type Facts, NO_FACTS } from './PersonFields.tsx'
import { dateChanged, dateHeld } from './spanDialogs.tsx'

export function CorrectPersonDialog({ person, close }: { person: PersonCard; close: () => void }) {
  const { message } = App.useApp()
  const [before] = useState(() => factsOf(person))
  const [facts, setFacts] = useState(before)
  const [name, setName] = useState(person.name)
  const [reason, setReason] = useState('')
  const correct = useWrite(correctPerson, () => {
    message.success('已更正，留有记录')
    close()
  })
  const save = (confirmed?: string[]) => {
    const body = {
      version: person.version,
      ...(name.trim() !== person.name && { name: name.trim() }),
      ...changes(before, facts),
      ...(reason.trim() && { reason: reason.trim() }),
      ...(confirmed && { confirmed }),
    }
    void correct.run({ params: { id: person.personId }, body })
  }
  return (
    <Modal open title={`更正${person.name}的登记`} footer={null} onCancel={close} width={640}>
      <FormShell
        onSave={save}
        saveText="更正"
        busy={correct.busy}
        problem={correct.problem}
        actions={<ConfirmButton problem={correct.problem} busy={correct.busy} confirm={save} />}
        onCancel={close}
      >
        <p className="mz-quiet mz-small">
          这里改的是登记错误，改了以后各个时候都按新的算。学历、入党、流动等后来才变的，请用“登记变化”。
        </p>
        <Fields>
          <Field label="姓名" name="name" required>
            {(id) => <Input id={id} value={name} maxLength={60} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <FactFields
            facts={facts}
            set={(patch) => setFacts({ ...facts, ...patch })}
            without={['education', 'politics']}
            masked={{ idNumber: person.idNoMasked, phone: person.phoneMasked }}
          />
          <Field label="更正原因" name="reason" hint="和谁核对的、依据什么；写进修改记录。">
            {(id) => (
              <Input id={id} value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
            )}
          </Field>
        </Fields>
      </FormShell>
    </Modal>
  )
}

const factsOf = (person: PersonCard): Facts => ({
  ...NO_FACTS,
  sex: person.sex ?? '',
  ethnicity: person.ethnicity ?? '',
  occupation: person.occupation ?? '',
  nativePlace: person.nativePlace ?? '',
  birth: dateHeld(person.birthDate, person.birthPrecision),
  joinedLeague: dateHeld(person.joinedLeagueOn, person.joinedLeaguePrecision),
})

const TEXTS = ['sex', 'ethnicity', 'idNumber', 'phone', 'occupation', 'nativePlace'] as const

/** Only what differs travels; what was emptied travels as null. */
function changes(before: Facts, now: Facts) {
  const texts = TEXTS.filter((key) => now[key].trim() !== before[key]).map((key) => [
    key,
    now[key].trim() || null,
  ])
  const birth = dateChanged(before.birth, now.birth)
  const joinedLeague = dateChanged(before.joinedLeague, now.joinedLeague)
  return {
    ...Object.fromEntries(texts),
    ...(birth !== undefined && { birth }),
    ...(joinedLeague !== undefined && { joinedLeague }),
  }
}
