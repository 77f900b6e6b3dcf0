/** Who took part, on the phone: paste the chat's list, or type names. Without a signal names stay names. */
import { useState } from 'react'
import type { LedgerDefinition, ParticipantRole } from '../../domain/records/ledgers/definition.ts'
import { type RecognisedName, recogniseNames } from '../../domain/records/participation/contract.ts'
import { parseSignUpChain } from '../../domain/records/participation/signUpChain.ts'
import { call, problemOf } from '../app/client.ts'
import { type NamedPerson, named, personAbout, type RecordValues, withRecognised } from '../ledgers/form.ts'
import { Act } from './kit.tsx'

interface PeopleProps {
  definition: LedgerDefinition
  values: RecordValues
  set: (patch: Partial<RecordValues>) => void
}

const withoutSignal = (text: string): RecognisedName[] =>
  parseSignUpChain(text).names.map(({ name, extra, note }) => ({
    name,
    extra,
    note,
    state: 'unknown',
    people: [],
  }))

export function PhonePeople({ definition, values, set }: PeopleProps) {
  const roles = definition.roles.filter((r) => !r.retired)
  const [role, setRole] = useState(roles[0]?.id ?? '')
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [note, setNote] = useState('')
  const take = async () => {
    setBusy(true)
    setNote('')
    const found = await call(recogniseNames, { body: { orgId: values.org.id, lines: [text] } })
      .then(({ names }) => names)
      .catch((error) => {
        setNote(problemOf(error).unanswered ? '没有信号，先只记姓名。' : problemOf(error).title)
        return withoutSignal(text)
      })
    setBusy(false)
    const { patch, absent } = withRecognised(definition, values, found, role)
    set(patch)
    if (found.length === 0) setNote('没有认出名字，请一行写一个。')
    else setText('')
    if (absent.length > 0) setNote(`没有到场，不计入：${absent.join('、')}`)
  }
  const change = (at: NamedPerson, to: NamedPerson | null) =>
    set({ people: values.people.flatMap((p) => (p === at ? (to ?? []) : p)) })
  return (
    <div className="mp-people">
      {roles.length > 1 && (
        <div className="mp-pills">
          {roles.map((r) => (
            <button key={r.id} type="button" aria-pressed={r.id === role} onClick={() => setRole(r.id)}>
              {r.title}
            </button>
          ))}
        </div>
      )}
      <textarea
        rows={text.includes('\n') ? 5 : 2}
        aria-label="名单"
        placeholder="把群里的接龙贴到这里，或者写姓名，用顿号隔开"
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      {text.trim() && (
        <Act onClick={() => void take()} disabled={busy}>
          {busy ? '正在认…' : '加入名单'}
        </Act>
      )}
      {note && <small className="mp-quiet">{note}</small>}
      <ul className="mp-chips">
        {values.people.map((p) => (
          <Chip
            key={`${p.personId ?? p.name} ${values.people.indexOf(p)}`}
            person={p}
            role={roles.find((r) => r.id === p.role)}
            usual={p.role === roles[0]?.id}
            change={(to) => change(p, to)}
          />
        ))}
      </ul>
    </div>
  )
}

const numberOf = (text: string): number | null => (/^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : null)

interface ChipProps {
  person: NamedPerson
  role: ParticipantRole | undefined
  /** In the ledger's usual role, which need not be said. */
  usual: boolean
  change: (to: NamedPerson | null) => void
}

function Chip({ person, role, usual, change }: ChipProps) {
  const beside = role?.hours ? 'hours' : role?.unit ? 'amount' : null
  const open = person.choices.length > 0
  const choose = (id: string) =>
    change(named(person.name, person.role, person.choices.find((c) => c.personId === id) ?? null))
  return (
    <li className={open ? 'mp-chip mp-chip-open' : person.personId ? 'mp-chip' : 'mp-chip mp-chip-name'}>
      {open ? (
        <select
          aria-label={`${person.name}有同名的人，请选一个`}
          value=""
          onChange={(e) => choose(e.target.value)}
        >
          <option value="">{person.name}：选一个</option>
          {person.choices.map((c) => (
            <option key={c.personId} value={c.personId}>
              {personAbout(c)}
            </option>
          ))}
          <option value="nobody">都不是，只记姓名</option>
        </select>
      ) : (
        <span>
          {person.name}
          {!usual && <small>{role?.title}</small>}
        </span>
      )}
      {beside && !open && (
        <label className="mp-beside">
          <input
            inputMode="decimal"
            aria-label={`${person.name}的${beside === 'hours' ? '时长' : '数额'}`}
            defaultValue={person[beside] ?? ''}
            onBlur={(e) => change({ ...person, [beside]: numberOf(e.target.value) })}
          />
          {beside === 'hours' ? '小时' : role?.unit}
        </label>
      )}
      <button type="button" aria-label={`移除 ${person.name}`} onClick={() => change(null)}>
        ×
      </button>
    </li>
  )
}
