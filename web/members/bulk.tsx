/** One act on several members: each is its own write, so one refusal stops nobody else. */
import { Alert, App, Modal, Progress, Select } from 'antd'
import { useState } from 'react'
import { endMembership, type MemberRow, setMobile } from '../../domain/structure/memberships/contract.ts'
import { END_REASONS } from '../../domain/structure/memberships/reasons.ts'
import { call, problemOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { queryClient } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field, FormShell } from '../kit/Form.tsx'
import { TextField } from '../people/fields.tsx'
import { optionsOf } from '../people/words.ts'

export interface Together {
  act: 'end' | 'mobile' | 'home'
  members: MemberRow[]
}

const TITLES = { end: '办理离开', mobile: '标为流动', home: '取消流动' } as const
const REASONS = END_REASONS.filter((r) => r.value !== 'merge')

interface Refused {
  name: string
  why: string
}

export function MemberBulk({ act, members, close }: Together & { close: () => void }) {
  const { today } = useFrame()
  const { message } = App.useApp()
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState('ageOut')
  const [place, setPlace] = useState('')
  const [done, setDone] = useState<number | null>(null)
  const [refused, setRefused] = useState<Refused[]>([])
  const one = (m: MemberRow) => {
    const params = { id: m.id }
    if (act === 'end')
      return call(endMembership, { params, body: { version: m.version, on: on ?? '', reason } })
    const where = act === 'mobile' ? { place: place.trim() || null } : {}
    return call(setMobile, { params, body: { mobile: act === 'mobile', ...where, ...(on && { from: on }) } })
  }
  const run = async () => {
    const failed: Refused[] = []
    for (const [i, m] of members.entries()) {
      setDone(i)
      await one(m).catch((e) => failed.push({ name: m.name, why: problemOf(e).title }))
    }
    setDone(null)
    setRefused(failed)
    await queryClient.invalidateQueries()
    const written = members.length - failed.length
    if (written > 0) message.success(`已办理 ${written} 人`)
    if (failed.length === 0) close()
  }
  return (
    <Modal open title={`${TITLES[act]}：${members.length} 人`} footer={null} onCancel={close} width={560}>
      <FormShell onSave={() => void run()} saveText={TITLES[act]} busy={done !== null} onCancel={close}>
        <p className="mz-quiet">{namesOf(members)}</p>
        {refused.length > 0 && (
          <Alert
            type="error"
            showIcon
            title={`${refused.length} 人没有办成`}
            description={refused.map((r) => (
              <div key={r.name}>
                {r.name}：{r.why}
              </div>
            ))}
          />
        )}
        <Field label="自哪天起" required>
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
        {act === 'end' && (
          <Field label="原因" required>
            {(id) => <Select id={id} value={reason} options={optionsOf(REASONS)} onChange={setReason} />}
          </Field>
        )}
        {act === 'mobile' && <TextField label="去向" name="place" value={place} set={setPlace} />}
        {done !== null && <Progress percent={Math.round((done / members.length) * 100)} />}
      </FormShell>
    </Modal>
  )
}

const NAMED = 8

const namesOf = (members: MemberRow[]) =>
  members
    .slice(0, NAMED)
    .map((m) => m.name)
    .join('、') + (members.length > NAMED ? ` 等 ${members.length} 人` : '')
