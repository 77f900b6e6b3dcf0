/** What may be done to a membership or a post that is on record: 离开, 免职, 更正, 作废. */
import { App, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import {
  correctAppointment,
  dismiss,
  removeAppointment,
} from '../../domain/structure/appointments/contract.ts'
import {
  APPOINTMENT_MODES,
  DISMISSAL_REASONS,
  OFFICER_KINDS,
  POSTS,
} from '../../domain/structure/appointments/posts.ts'
import {
  correctMembership,
  endMembership,
  removeMembership,
} from '../../domain/structure/memberships/contract.ts'
import { END_REASONS, START_REASONS } from '../../domain/structure/memberships/reasons.ts'
import type { AppointmentSpan, MembershipSpan } from '../../domain/structure/people/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { useWrite, type Writing } from '../app/queries.ts'
import { DateField, DayField, looseDate, type PreciseDate } from '../kit/DateField.tsx'
import { Field, Fields, FormShell } from '../kit/Form.tsx'
import { ConfirmButton } from './ConfirmButton.tsx'
import { ChoiceField, TextField } from './fields.tsx'
import { type Choice, optionsOf } from './words.ts'

export type SpanAct = 'end' | 'correct' | 'remove'

interface Of<Span> {
  span: Span
  /** Of the person. */
  name: string
  close: () => void
}

const LOOSE = ['day', 'month', 'year'] as const

/** Merging gives its own reason; nobody chooses it. */
const chosen = (choices: Choice[]) => choices.filter((c) => c.value !== 'merge' && c.value !== 'orgClosed')

function useDone(text: string, close: () => void) {
  const { message } = App.useApp()
  return () => {
    message.success(text)
    close()
  }
}

export function MembershipDialog({ act, ...of }: Of<MembershipSpan> & { act: SpanAct }) {
  if (act === 'end') return <EndMembership {...of} />
  return act === 'correct' ? <CorrectMembership {...of} /> : <RemoveMembership {...of} />
}

export function AppointmentDialog({ act, ...of }: Of<AppointmentSpan> & { act: SpanAct }) {
  if (act === 'end') return <Dismiss {...of} />
  return act === 'correct' ? <CorrectAppointment {...of} /> : <RemoveAppointment {...of} />
}

function EndMembership({ span, name, close }: Of<MembershipSpan>) {
  const end = useWrite(endMembership, useDone(`${name}已办理离开`, close))
  return (
    <EndForm
      title={`${name}离开${span.orgName}`}
      saveText="办理离开"
      reasons={chosen(END_REASONS)}
      first="transferOut"
      hint="这天起不再计入团员；此前的记录不变。"
      write={end}
      save={(on, reason) => end.run({ params: { id: span.id }, body: { version: span.version, on, reason } })}
      close={close}
    />
  )
}

function Dismiss({ span, name, close }: Of<AppointmentSpan>) {
  const end = useWrite(dismiss, useDone(`已登记${name}离任`, close))
  return (
    <EndForm
      title={`${name}不再担任${span.orgName}${span.postTitle}`}
      saveText="登记离任"
      reasons={chosen(DISMISSAL_REASONS)}
      first="termEnded"
      hint="这天起不再担任；随职务而来的权限同时收回。"
      write={end}
      save={(on, reason) => end.run({ params: { id: span.id }, body: { version: span.version, on, reason } })}
      close={close}
    />
  )
}

interface EndFormProps {
  title: string
  saveText: string
  reasons: Choice[]
  first: string
  hint: string
  write: Pick<Writing<never>, 'busy' | 'problem'>
  save: (on: string, reason: string) => unknown
  close: () => void
}

function EndForm(props: EndFormProps) {
  const { today } = useFrame()
  const [on, setOn] = useState<string | null>(today)
  const [reason, setReason] = useState(props.first)
  return (
    <Modal open title={props.title} footer={null} onCancel={props.close} width={520}>
      <FormShell
        onSave={() => void props.save(on ?? '', reason)}
        saveText={props.saveText}
        busy={props.write.busy}
        problem={props.write.problem}
        onCancel={props.close}
      >
        <Field label="自哪天起" name="on" required hint={props.hint}>
          {(id) => <DayField id={id} value={on} onChange={setOn} />}
        </Field>
        <Field label="原因" name="reason" required>
          {(id) => <Select id={id} value={reason} options={optionsOf(props.reasons)} onChange={setReason} />}
        </Field>
      </FormShell>
    </Modal>
  )
}

/** A known day as the date field holds it; null where it is unknown. */
export function dateHeld(day: string | null, precision: string | null): PreciseDate | null {
  if (!day || precision === 'unknown') return null
  return {
    day: day.slice(0, 10),
    precision: precision === 'month' || precision === 'year' ? precision : 'day',
  }
}

/** Only what was changed: undefined leaves the date as it is, null empties it. */
export function dateChanged(before: PreciseDate | null, now: PreciseDate | null): string | null | undefined {
  const [was, is] = [looseDate(before), looseDate(now)]
  return was === is ? undefined : is
}

interface SpanDatesProps {
  from: PreciseDate | null
  to: PreciseDate | null
  set: (patch: { from?: PreciseDate | null; to?: PreciseDate | null }) => void
}

function SpanDates({ from, to, set }: SpanDatesProps) {
  return (
    <>
      <Field label="开始" name="from" half hint="不详的留空。">
        {(id) => (
          <DateField id={id} value={from} onChange={(v) => set({ from: v })} precisions={[...LOOSE]} />
        )}
      </Field>
      <Field label="结束" name="to" half hint="还在的留空。">
        {(id) => <DateField id={id} value={to} onChange={(v) => set({ to: v })} precisions={[...LOOSE]} />}
      </Field>
    </>
  )
}

function CorrectMembership({ span, name, close }: Of<MembershipSpan>) {
  const before = { from: dateHeld(span.from, span.fromPrecision), to: dateHeld(span.to, 'day') }
  const [held, setHeld] = useState({
    ...before,
    startReason: span.startReason,
    endReason: span.endReason,
    memberNo: span.memberNo ?? '',
    note: '',
  })
  const set = (patch: Partial<typeof held>) => setHeld((now) => ({ ...now, ...patch }))
  const correct = useWrite(correctMembership, useDone('已更正，留有记录', close))
  const save = (confirmed?: string[]) => {
    const [from, to] = [dateChanged(before.from, held.from), dateChanged(before.to, held.to)]
    const body = {
      version: span.version,
      memberNo: held.memberNo.trim() || null,
      startReason: held.startReason,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to, endReason: to === null ? null : (held.endReason ?? 'other') }),
      ...(to === undefined && held.to && { endReason: held.endReason }),
      ...(held.note.trim() && { note: held.note.trim() }),
      ...(confirmed && { confirmed }),
    }
    void correct.run({ params: { id: span.id }, body })
  }
  return (
    <Modal open title={`更正${name}在${span.orgName}的团籍`} footer={null} onCancel={close} width={640}>
      <FormShell
        onSave={save}
        saveText="更正"
        busy={correct.busy}
        problem={correct.problem}
        actions={<ConfirmButton problem={correct.problem} busy={correct.busy} confirm={save} />}
        onCancel={close}
      >
        <Fields>
          <SpanDates from={held.from} to={held.to} set={set} />
          <ChoiceField
            label="来源"
            name="startReason"
            value={held.startReason}
            choices={START_REASONS}
            set={(startReason) => set({ startReason: startReason ?? held.startReason })}
          />
          {held.to && (
            <ChoiceField
              label="离开原因"
              name="endReason"
              value={held.endReason}
              choices={END_REASONS}
              set={(endReason) => set({ endReason })}
            />
          )}
          <TextField
            label="发展团员编号"
            name="memberNo"
            value={held.memberNo}
            set={(memberNo) => set({ memberNo })}
          />
          <TextField label="更正说明" name="note" value={held.note} set={(note) => set({ note })} />
        </Fields>
      </FormShell>
    </Modal>
  )
}

function CorrectAppointment({ span, name, close }: Of<AppointmentSpan>) {
  const before = { from: dateHeld(span.from, span.fromPrecision), to: dateHeld(span.to, 'day') }
  const [held, setHeld] = useState({
    ...before,
    post: span.post,
    postTitle: span.postTitle,
    mode: span.mode,
    officerKind: span.officerKind,
    endReason: span.endReason,
    note: '',
  })
  const set = (patch: Partial<typeof held>) => setHeld((now) => ({ ...now, ...patch }))
  const correct = useWrite(correctAppointment, useDone('已更正，留有记录', close))
  const save = () => {
    const { post, postTitle, mode, officerKind, note } = held
    const [from, to] = [dateChanged(before.from, held.from), dateChanged(before.to, held.to)]
    const body = {
      version: span.version,
      ...(post !== span.post && { post }),
      postTitle,
      mode,
      officerKind,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to, endReason: to === null ? null : (held.endReason ?? 'other') }),
      ...(note.trim() && { note: note.trim() }),
    }
    void correct.run({ params: { id: span.id }, body })
  }
  return (
    <Modal open title={`更正${name}的任职`} footer={null} onCancel={close} width={640}>
      <FormShell onSave={save} saveText="更正" busy={correct.busy} problem={correct.problem} onCancel={close}>
        <Fields>
          <ChoiceField
            label="职务"
            name="post"
            value={held.post}
            choices={POSTS}
            set={(post) =>
              set({
                post: post ?? held.post,
                postTitle: POSTS.find((p) => p.value === post)?.title ?? held.postTitle,
              })
            }
          />
          <TextField
            label="职务全称"
            name="postTitle"
            value={held.postTitle}
            set={(postTitle) => set({ postTitle })}
          />
          <SpanDates from={held.from} to={held.to} set={set} />
          <ChoiceField
            label="任职方式"
            name="mode"
            value={held.mode}
            choices={APPOINTMENT_MODES}
            set={(mode) => set({ mode })}
          />
          <ChoiceField
            label="专兼挂"
            name="officerKind"
            value={held.officerKind}
            choices={OFFICER_KINDS}
            set={(officerKind) => set({ officerKind })}
          />
          {held.to && (
            <ChoiceField
              label="离任原因"
              name="endReason"
              value={held.endReason}
              choices={DISMISSAL_REASONS}
              set={(endReason) => set({ endReason })}
            />
          )}
          <TextField label="更正说明" name="note" value={held.note} set={(note) => set({ note })} />
        </Fields>
      </FormShell>
    </Modal>
  )
}

function RemoveMembership({ span, name, close }: Of<MembershipSpan>) {
  const remove = useWrite(removeMembership, useDone('已作废，留有记录', close))
  return (
    <RemoveForm
      title={`作废${name}在${span.orgName}的团籍`}
      write={remove}
      save={(reason) => remove.run({ params: { id: span.id }, body: { version: span.version, reason } })}
      close={close}
    />
  )
}

function RemoveAppointment({ span, name, close }: Of<AppointmentSpan>) {
  const remove = useWrite(removeAppointment, useDone('已作废，留有记录', close))
  return (
    <RemoveForm
      title={`作废${name}的任职：${span.orgName}${span.postTitle}`}
      write={remove}
      save={(reason) => remove.run({ params: { id: span.id }, body: { version: span.version, reason } })}
      close={close}
    />
  )
}

interface RemoveFormProps {
  title: string
  write: Pick<Writing<never>, 'busy' | 'problem'>
  save: (reason: string) => unknown
  close: () => void
}

function RemoveForm({ title, write, save, close }: RemoveFormProps) {
  const [reason, setReason] = useState('')
  return (
    <Modal open title={title} footer={null} onCancel={close} width={520}>
      <FormShell
        onSave={() => void save(reason.trim())}
        saveText="作废"
        busy={write.busy}
        problem={write.problem}
        onCancel={close}
      >
        <Field
          label="原因"
          name="reason"
          required
          hint="只用于登记错的。正常离开、离任的，请用“离开”“离任”。"
        >
          {(id) => (
            <Input id={id} value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
      </FormShell>
    </Modal>
  )
}
