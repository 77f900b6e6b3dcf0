/** Somebody takes a post: elected, appointed, co-opted. */
import { App, Modal } from 'antd'
import { useState } from 'react'
import { appoint } from '../../domain/structure/appointments/contract.ts'
import { APPOINTMENT_MODES, OFFICER_KINDS, POSTS } from '../../domain/structure/appointments/posts.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite } from '../app/queries.ts'
import { DateField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'
import type { ChosenPerson } from '../kit/PersonPicker.tsx'
import { ConfirmButton } from '../people/ConfirmButton.tsx'
import { ChoiceField, TextField } from '../people/fields.tsx'
import { NOBODY, PersonFields, personBody } from '../people/PersonFields.tsx'

interface AppointDialogProps {
  org?: ChosenOrg
  who?: ChosenPerson
  /** Of a vacancy. */
  post?: string
  close: () => void
}

export function AppointDialog({ org: given, who, post: wanted = 'secretary', close }: AppointDialogProps) {
  const { org: here, today } = useFrame()
  const { message } = App.useApp()
  const [org, setOrg] = useState<ChosenOrg | null>(given ?? here)
  const [asked, setAsked] = useState({ ...NOBODY, who: who ?? null })
  const [post, setPost] = useState({ value: wanted, title: '' })
  const [kind, setKind] = useState<string | null>(null)
  const [mode, setMode] = useState<string | null>('elected')
  const [from, setFrom] = useState<PreciseDate | null>({ day: today, precision: 'day' })
  const write = useWrite(appoint, () => {
    message.success('已登记任职')
    close()
  })
  const save = (confirmed?: string[]) => {
    const body = {
      orgId: org?.id ?? '',
      ...personBody(asked),
      post: post.value,
      ...(post.title.trim() && { postTitle: post.title.trim() }),
      ...(kind && { officerKind: kind }),
      ...(mode && { mode }),
      from: looseDate(from) ?? '',
      ...(confirmed && { confirmed }),
    }
    void write.run({ body })
  }
  return (
    <Modal open title="登记任职" footer={null} onCancel={close} width={640}>
      <FormShell
        onSave={save}
        saveText="登记"
        busy={write.busy}
        problem={write.problem}
        actions={<ConfirmButton problem={write.problem} busy={write.busy} confirm={save} />}
        onCancel={close}
      >
        <Fields>
          <Field label="团组织" name="orgId" required>
            {(id) => <OrgPicker id={id} value={org} onChange={setOrg} />}
          </Field>
        </Fields>
        <PersonFields value={asked} onChange={setAsked} org={org?.id} />
        <Fields>
          <ChoiceField
            label="职务"
            name="post"
            required
            value={post.value}
            choices={POSTS}
            set={(value) => setPost({ value: value ?? wanted, title: '' })}
          />
          <TextField
            label="职务全称"
            name="postTitle"
            value={post.title}
            set={(title) => setPost({ ...post, title })}
            hint="如“组织委员”；和职务一样的不填。"
          />
          <ChoiceField label="任职方式" name="mode" value={mode} choices={APPOINTMENT_MODES} set={setMode} />
          <ChoiceField label="专兼挂" name="officerKind" value={kind} choices={OFFICER_KINDS} set={setKind} />
          <Field label="任职起" name="from" required hint="届满、更替的，先给原任登记离任。">
            {(id) => (
              <DateField id={id} value={from} onChange={setFrom} precisions={['day', 'month', 'year']} />
            )}
          </Field>
        </Fields>
      </FormShell>
    </Modal>
  )
}
