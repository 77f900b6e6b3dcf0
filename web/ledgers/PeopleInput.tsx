/** Who took part: typed one by one, pasted from a chat (接龙), or only as a number. */
import { CloseOutlined, DownOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Dropdown, Input, InputNumber, Segmented } from 'antd'
import { type ClipboardEvent, useState } from 'react'
import type { LedgerDefinition, ParticipantRole } from '../../domain/records/ledgers/definition.ts'
import { recogniseNames } from '../../domain/records/participation/contract.ts'
import { searchPeople } from '../../domain/structure/people/contract.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { Failure } from '../kit/Page.tsx'
import {
  looksLikeList,
  type NamedPerson,
  named,
  personAbout,
  type RecordValues,
  withRecognised,
} from './form.ts'

export interface PeopleInputProps {
  definition: LedgerDefinition
  values: RecordValues
  set: (patch: Partial<RecordValues>) => void
  id: string
}

export function PeopleInput({ definition, values, set, id }: PeopleInputProps) {
  const offered = definition.roles.filter((r) => !r.retired)
  const [role, setRole] = useState(offered[0]?.id ?? '')
  const [pasting, setPasting] = useState<string | null>(null)
  const [notes, setNotes] = useState<string[]>([])
  const recognise = useWrite(recogniseNames)
  const take = async (text: string) => {
    const found = await recognise.run({ body: { orgId: values.org.id, lines: [text] } })
    if (!found) return
    const { patch, absent } = withRecognised(definition, values, found.names, role)
    set(patch)
    setNotes([
      ...(absent.length > 0 ? [`没有到场，不计入：${absent.join('、')}`] : []),
      ...(found.skipped.length > 0 ? [`没有当作名字的行：${found.skipped.slice(0, 5).join('；')}`] : []),
    ])
    setPasting(null)
  }
  const add = (person: NamedPerson) => set({ people: [...values.people, person] })
  return (
    <div className="mz-people">
      {offered.length > 1 && (
        <Segmented
          value={role}
          onChange={setRole}
          options={offered.map((r) => ({ value: r.id, label: r.title }))}
        />
      )}
      <div className="mz-people-add">
        <PersonFinder id={id} org={values.org.id} role={role} add={add} takeList={(t) => void take(t)} />
        <Button onClick={() => setPasting(pasting === null ? '' : null)}>粘贴接龙</Button>
      </div>
      {pasting !== null && (
        <div className="mz-people-paste">
          <Input.TextArea
            autoFocus
            aria-label="接龙或名单"
            autoSize={{ minRows: 4, maxRows: 12 }}
            placeholder={'把群里的接龙整段贴进来，一行一个，例如：\n1. 周小禾\n2. 林雨桐（请假）\n3. 陈浩 +1'}
            value={pasting}
            onChange={(e) => setPasting(e.target.value)}
          />
          <Button disabled={!pasting.trim()} loading={recognise.busy} onClick={() => void take(pasting)}>
            认出名字
          </Button>
        </div>
      )}
      {recognise.problem && <Failure problem={recognise.problem} />}
      {notes.map((note) => (
        <p key={note} className="mz-field-hint">
          {note}
        </p>
      ))}
      <NamedList roles={definition.roles} people={values.people} onChange={(people) => set({ people })} />
    </div>
  )
}

interface FinderProps {
  id: string
  org: string
  role: string
  add: (person: NamedPerson) => void
  takeList: (text: string) => void
}

function PersonFinder({ id, org, role, add, takeList }: FinderProps) {
  const [text, setText] = useState('')
  const typed = text.trim()
  const found = useFetch(
    searchPeople,
    { query: { q: typed, org } },
    { enabled: typed !== '', keepLast: true },
  )
  const people = typed ? (found.data?.people ?? []) : []
  const choose = (key: string) => {
    const person = people.find((p) => p.personId === key)
    const about = {
      orgName: person?.orgName ?? '',
      birthYear: Number(person?.birthDate?.slice(0, 4)) || null,
      birthMonth: null,
    }
    if (person) add(named(person.name, role, { ...person, ...about }))
    else add(named(typed, role))
    setText('')
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text')
    if (!looksLikeList(pasted)) return
    event.preventDefault()
    takeList(pasted)
  }
  const isName = /^[\u4e00-\u9fa5·]{2,}$/.test(typed)
  return (
    <div className="mz-wide" onPaste={paste}>
      <AutoComplete
        id={id}
        className="mz-wide"
        value={text}
        defaultActiveFirstOption
        onChange={(next: string) => setText(next)}
        onSelect={choose}
        placeholder="输入姓名或拼音，回车加入；也可以直接粘贴整段接龙"
        options={[
          ...people.map((p) => ({
            value: p.personId,
            label: (
              <span className="mz-choice">
                {p.name}
                <small>{[p.orgName, p.birthDate?.slice(0, 4)].filter(Boolean).join(' · ')}</small>
              </span>
            ),
          })),
          ...(isName && !people.some((p) => p.name === typed)
            ? [
                {
                  value: `name:${typed}`,
                  label: (
                    <span className="mz-choice">
                      {typed}
                      <small>名册里没有，只记姓名</small>
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}

interface ListProps {
  roles: ParticipantRole[]
  people: NamedPerson[]
  onChange: (people: NamedPerson[]) => void
}

function NamedList({ roles, people, onChange }: ListProps) {
  const change = (at: NamedPerson, to: NamedPerson | null) =>
    onChange(people.flatMap((p) => (p === at ? (to ?? []) : p)))
  const open = people.filter((p) => p.choices.length > 0).length
  return (
    <>
      {open > 0 && <p className="mz-people-open">{open} 个名字有同名的人，请点开选一个。</p>}
      {roles.map((role) => {
        const here = people.filter((p) => p.role === role.id)
        if (here.length === 0) return null
        return (
          <div key={role.id} className="mz-people-role">
            <span className="mz-people-role-title">
              {role.title} {here.length}
            </span>
            <ul className={role.hours || role.unit ? 'mz-people-rows' : 'mz-people-chips'}>
              {here.map((p) => (
                <Person
                  key={`${p.personId ?? p.name} ${people.indexOf(p)}`}
                  role={role}
                  person={p}
                  change={(to) => change(p, to)}
                />
              ))}
            </ul>
          </div>
        )
      })}
    </>
  )
}

interface PersonProps {
  role: ParticipantRole
  person: NamedPerson
  change: (to: NamedPerson | null) => void
}

function Person({ role, person, change }: PersonProps) {
  const state = person.choices.length > 0 ? 'open' : person.personId ? 'known' : 'name'
  const title = { open: '有同名的人', known: person.about || '名册里的人', name: '名册里没有，只记姓名' }[
    state
  ]
  return (
    <li className={`mz-person mz-person-${state}`} title={title}>
      {state === 'open' ? (
        <WhichOne person={person} role={role} change={change} />
      ) : (
        <span className="mz-person-name">{person.name}</span>
      )}
      {role.hours && (
        <InputNumber
          size="small"
          controls={false}
          min={0}
          suffix="小时"
          aria-label={`${person.name}的时长`}
          value={person.hours}
          onChange={(hours) => change({ ...person, hours })}
        />
      )}
      {role.unit && (
        <InputNumber
          size="small"
          controls={false}
          min={0}
          suffix={role.unit}
          aria-label={`${person.name}的数额`}
          value={person.amount}
          onChange={(amount) => change({ ...person, amount })}
        />
      )}
      <button type="button" aria-label={`移除 ${person.name}`} onClick={() => change(null)}>
        <CloseOutlined />
      </button>
    </li>
  )
}

function WhichOne({ person, role, change }: PersonProps) {
  const items = [
    ...person.choices.map((c) => ({ key: c.personId, label: `${c.name}　${personAbout(c)}` })),
    { key: 'nobody', label: '都不是，只记姓名' },
  ]
  const choose = (key: string) =>
    change(named(person.name, role.id, person.choices.find((c) => c.personId === key) ?? null))
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: (e) => choose(e.key) }}>
      <button type="button" className="mz-person-choose">
        {person.name} 有 {person.choices.length} 人 <DownOutlined />
      </button>
    </Dropdown>
  )
}
