/** 联合组织: who holds a record together, what each of them said, and who may say it. */
import { App, Button, Popconfirm, Select } from 'antd'
import { useState } from 'react'
import { changeRecord, type RecordDetail } from '../../domain/records/ledgers/contract.ts'
import { answerHost, searchHosts } from '../../domain/records/ledgers/hostsContract.ts'
import type { HostStanding } from '../../domain/records/ledgers/shapes.ts'
import { paths, useGo } from '../app/address.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { Failure } from '../kit/Page.tsx'
import type { OrgChoice } from './form.ts'
import { ANSWERS, type Answering, answersOf, hostsAfter, standingWords, whatChanges } from './hostWords.ts'

export function Hosts({ record }: { record: RecordDetail }) {
  if (record.standings.length === 0) return null
  return (
    <>
      {record.invited && (
        <p className="mz-host-asked">
          {record.org.name}
          请您的组织联合。先看内容，再决定；同意以前，这条记录不计入您的数字，名单和照片也看不到。
        </p>
      )}
      <h3>联合组织</h3>
      <ul className="mz-hosts">
        {record.standings.map((host) => (
          <li key={host.id}>
            <strong>{host.name}</strong>
            <span className={`mz-host-${host.state}`}>{standingWords(host)}</span>
            {!record.voidedAt && <HostActs record={record} host={host} />}
          </li>
        ))}
      </ul>
    </>
  )
}

interface HostProps {
  record: RecordDetail
  host: HostStanding
}

function HostActs({ record, host }: HostProps) {
  const named = useWrite(changeRecord)
  const name = () =>
    void named.run({
      params: { id: record.id },
      body: { version: record.version, hosts: hostsAfter(record, host) },
    })
  return (
    <span className="mz-host-acts">
      {answersOf(host).map((answer) => (
        <AnswerButton key={answer} record={record} host={host} answer={answer} />
      ))}
      {record.mine && !host.mayAnswer && host.state === 'invited' && (
        <Button size="small" loading={named.busy} onClick={name}>
          撤回邀请
        </Button>
      )}
      {record.mine && (host.state === 'declined' || host.state === 'left') && (
        <Button size="small" loading={named.busy} onClick={name}>
          再邀请
        </Button>
      )}
      {named.problem && <Failure problem={named.problem} />}
    </span>
  )
}

function AnswerButton({ record, host, answer }: HostProps & Answering) {
  const { message } = App.useApp()
  const go = useGo()
  const { button, title, done } = ANSWERS[answer]
  const act = useWrite(answerHost, () => {
    void message.success(done)
    // Who is no host any more does not see the record any more.
    if (answer !== 'agree' && !record.mine) go(paths.hosts())
  })
  const send = async () => {
    const body = { answer, version: record.version }
    const told = await act.run({ params: { id: record.id, orgId: host.id }, body })
    if (!told) throw new Error('refused')
  }
  return (
    <Popconfirm
      title={title}
      description={act.problem?.title ?? whatChanges(answer, record, host)}
      okText={button}
      onConfirm={send}
      classNames={{ root: 'mz-host-confirm' }}
    >
      <Button size="small" type={answer === 'agree' ? 'primary' : 'default'}>
        {button}
      </Button>
    </Popconfirm>
  )
}

interface HostsPickerProps {
  id: string
  /** Who records. */
  org: string
  value: OrgChoice[]
  onChange: (orgs: OrgChoice[]) => void
}

/** Other organisations that held it together: the county's by name, others by whole name or code. */
export function HostsPicker({ id, org, value, onChange }: HostsPickerProps) {
  const [text, setText] = useState('')
  const { data } = useFetch(
    searchHosts,
    { query: { q: text, org } },
    { keepLast: true, enabled: text !== '' },
  )
  const found: OrgChoice[] = text ? (data?.organisations ?? []) : []
  const all = [...value, ...found]
  return (
    <Select
      id={id}
      className="mz-wide"
      mode="multiple"
      placeholder="和别的组织一起办的才填"
      value={value.map((o) => o.id)}
      showSearch={{ filterOption: false, onSearch: setText }}
      onChange={(ids: string[]) => {
        setText('')
        onChange(ids.flatMap((one) => all.find((o) => o.id === one) ?? []))
      }}
      notFoundContent={text ? '没有找到这个组织；外县的请写全称或代码' : null}
      options={[...new Map(all.map((o) => [o.id, o])).values()].map((o) => ({
        value: o.id,
        label: o.name,
        about: [o.fullName.split('/').slice(0, -1).join(' / '), o.asks && '需对方同意'].filter(Boolean),
      }))}
      optionRender={(option) => (
        <span className="mz-choice">
          {option.label}
          <small>{option.data.about.join(' · ')}</small>
        </span>
      )}
    />
  )
}
