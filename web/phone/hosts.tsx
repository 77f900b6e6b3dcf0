/** 联合组织 on the phone: what waits for an answer, and answering it after one more question. */
import { useState } from 'react'
import type { RecordDetail } from '../../domain/records/ledgers/contract.ts'
import { type Answer, answerHost, listWaiting } from '../../domain/records/ledgers/hostsContract.ts'
import type { HostStanding } from '../../domain/records/ledgers/shapes.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { ANSWERS, answersOf, standingWords, waitingWords, whatChanges } from '../ledgers/hostWords.ts'
import { Act, Card, Line, Nothing, Screen, Told, Waiting } from './kit.tsx'
import { goTo } from './place.ts'
import './pages.css'

export function PhoneWaiting() {
  const waiting = useFetch(listWaiting, { query: {} })
  if (waiting.error) return <Told problem={waiting.error} retry={() => void waiting.refetch()} />
  if (!waiting.data) return <Waiting />
  const { records } = waiting.data
  return (
    <Screen title="等您确认的联合活动" back>
      {records.length === 0 ? (
        <Nothing title="没有等您确认的" hint="别的组织请您联合办活动时，会出现在这里。" />
      ) : (
        <Card flush>
          {records.map((one) => (
            <Line
              key={one.id}
              title={one.title}
              about={waitingWords(one)}
              onOpen={() => goTo(`/records/${one.id}`)}
            />
          ))}
        </Card>
      )}
    </Screen>
  )
}

/** What each host said, and the buttons of who may say it. */
export function PhoneHosts({ record }: { record: RecordDetail }) {
  const shown = record.standings.filter((host) => host.mayAnswer || record.mine)
  return shown.map((host) => <PhoneHost key={host.id} record={record} host={host} />)
}

function PhoneHost({ record, host }: { record: RecordDetail; host: HostStanding }) {
  const [asking, setAsking] = useState<Answer | null>(null)
  const act = useWrite(answerHost, () => {
    setAsking(null)
    if (asking !== 'agree' && !record.mine) goTo('/hosts', { replace: true })
  })
  const words = standingWords(host)
  if (asking === null)
    return (
      <Card title={`联合组织：${host.name}`}>
        {words && <p className="mp-quiet">{words}</p>}
        <div className="mp-two mp-gap">
          {answersOf(host).map((answer) => (
            <Act key={answer} main={answer === 'agree'} onClick={() => setAsking(answer)}>
              {ANSWERS[answer].button}
            </Act>
          ))}
        </div>
      </Card>
    )
  const send = () =>
    void act.run({
      params: { id: record.id, orgId: host.id },
      body: { answer: asking, version: record.version },
    })
  return (
    <Card title={ANSWERS[asking].title}>
      <p className="mp-quiet">{whatChanges(asking, record, host)}</p>
      {act.problem && <Told problem={act.problem} />}
      <div className="mp-two mp-gap">
        <Act onClick={() => setAsking(null)}>再想想</Act>
        <Act main disabled={act.busy} onClick={send}>
          {ANSWERS[asking].button}
        </Act>
      </div>
    </Card>
  )
}
