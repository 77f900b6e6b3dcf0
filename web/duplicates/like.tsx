/** While somebody types: is this person, or this activity, there already? A word in passing that holds nobody up. */
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { likeRecords } from '../../domain/records/duplicates/contract.ts'
import { likePeople, type PersonSide } from '../../domain/structure/merges/contract.ts'
import type { Endpoint, Output } from '../../kernel/endpoint.ts'
import { paths } from '../app/address.tsx'
import { type Ask, call } from '../app/client.ts'
import './duplicates.css'

const PAUSE_MS = 500

/** Asked when typing rests; a failure is no reason to disturb. */
function useLike<E extends Endpoint>(endpoint: E, ask: Ask<E> | null): Output<E> | null {
  const [answer, setAnswer] = useState<Output<E> | null>(null)
  const wanted = ask && JSON.stringify(ask)
  useEffect(() => {
    setAnswer(null)
    if (!wanted) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      call(endpoint, JSON.parse(wanted) as Ask<E>, { signal: abort.signal })
        .then(setAnswer)
        .catch(() => setAnswer(null))
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [endpoint, wanted])
  return answer
}

interface DraftRecord {
  id: string
  ledger: string
  orgId: string
  day: string | null
  title: string
  place: string | null
  personTimes: number | null
}

export function LikeRecords({ draft }: { draft: DraftRecord }) {
  const { day, title, place, ...rest } = draft
  const body = day && title.trim().length >= 2 ? { ...rest, day, title, ...(place && { place }) } : null
  const found = useLike(likeRecords, body && { body })
  const [passed, setPassed] = useState('')
  const records = found?.records ?? []
  const ids = records.map((r) => r.record.id).join()
  if (records.length === 0 || passed === ids) return null
  return (
    <div className="mz-dup-like" role="status">
      <strong>像是已经记过了：</strong>
      <ul>
        {records.map(({ record, reasons }) => (
          <li key={record.id}>
            <a href={paths.record(record.id)} target="_blank" rel="noreferrer">
              {record.title}
            </a>
            <span>
              {record.orgName} {record.day}
            </span>
            <small className="mz-quiet">
              {reasons
                .filter((r) => r.weight > 0)
                .map((r) => r.words)
                .join('、')}
            </small>
          </li>
        ))}
      </ul>
      <span className="mz-dup-like-acts">
        <Button size="small" href={paths.record(records[0]?.record.id ?? '')} target="_blank">
          看看
        </Button>
        <Button size="small" type="text" onClick={() => setPassed(ids)}>
          是两件事，仍然记录
        </Button>
      </span>
    </div>
  )
}

interface DraftPerson {
  orgId: string | undefined
  name: string
  sex?: string | undefined
  birth?: string | null | undefined
  idNumber?: string | undefined
  phone?: string | undefined
}

interface LikePeopleProps {
  draft: DraftPerson
  /** Takes the known person instead. */
  take: (person: PersonSide) => void
}

export function LikePeople({ draft, take }: LikePeopleProps) {
  const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value))
  const ready = draft.name.trim().length >= 2
  const found = useLike(likePeople, ready ? { body: { ...given, name: draft.name } } : null)
  const [passed, setPassed] = useState('')
  const people = found?.people ?? []
  const ids = people.map((p) => p.person.personId).join()
  if (people.length === 0 || passed === ids) return null
  return (
    <div className="mz-dup-like" role="status">
      <strong>花名册里有像是同一个人的：</strong>
      <ul>
        {people.map(({ person, reasons }) => (
          <li key={person.personId}>
            <a href={paths.person(person.personId)} target="_blank" rel="noreferrer">
              {person.name}
            </a>
            <span>{person.standing[0]}</span>
            <small className="mz-quiet">
              {reasons
                .filter((r) => r.weight > 0)
                .map((r) => r.words)
                .join('、')}
            </small>
            <Button size="small" onClick={() => take(person)}>
              就是这个人
            </Button>
          </li>
        ))}
      </ul>
      <span className="mz-dup-like-acts">
        <Button size="small" type="text" onClick={() => setPassed(ids)}>
          不是，仍然登记
        </Button>
      </span>
    </div>
  )
}
