/** Activities recorded twice. */
import { App, Image } from 'antd'
import { useState } from 'react'
import {
  compareRecords,
  judgeRecords,
  listRecordPairs,
  mergeRecords,
  type RecordComparison,
  type RecordPair,
  type RecordSide,
  undoRecordMerge,
} from '../../domain/records/duplicates/contract.ts'
import { getAttachment } from '../../domain/records/ledgers/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { addressOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { Loaded } from '../kit/Page.tsx'
import { arrowKeys, Choice, CompareTable, Reasons, type Side } from './compareTable.tsx'
import { Deeds, useMergedNotice } from './deeds.tsx'
import { useKeys } from './keys.ts'
import type { PairFilter } from './page.tsx'
import { PAGE_SIZE, PairList, Score } from './pairList.tsx'

export function RecordPairs({ filter }: { filter: PairFilter }) {
  const { org } = useFrame()
  const [{ page }] = useSearchState()
  const found = useFetch(
    listRecordPairs,
    { query: { org: org.id, size: PAGE_SIZE, page: Number(page) || 1, ...filter } },
    { keepLast: true },
  )
  return (
    <PairList<RecordPair>
      what="记录"
      pairs={found.data?.pairs}
      total={found.data?.total ?? 0}
      problem={found.error}
      retry={() => void found.refetch()}
      lines={(p) => [<Line key="one" side={p.one} />, <Line key="other" side={p.other} />]}
    >
      {(pair, next) => <OpenPair key={pair.id} pair={pair} next={next} />}
    </PairList>
  )
}

const dayWords = (day: string) => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`

function Line({ side }: { side: RecordSide }) {
  return (
    <>
      <strong>{side.title}</strong>
      <span className="mz-quiet">
        {side.orgName} {dayWords(side.day)}
      </span>
    </>
  )
}

function OpenPair({ pair, next }: { pair: RecordPair; next: () => void }) {
  const found = useFetch(compareRecords, { params: { one: pair.one.id, other: pair.other.id } })
  return (
    <Loaded of={found} rows={10}>
      {(seen) => <Comparison key={seen.seen} seen={seen} next={next} />}
    </Loaded>
  )
}

function Comparison({ seen, next }: { seen: RecordComparison; next: () => void }) {
  const { message } = App.useApp()
  const params = { one: seen.one.id, other: seen.other.id }
  const [keep, setKeep] = useState<Side>(seen.keep)
  const [fields, setFields] = useState<Record<string, Side>>(() =>
    Object.fromEntries(seen.fields.map((f) => [f.field, f.proposed])),
  )
  const [personTimes, setPersonTimes] = useState(seen.proposedPersonTimes)
  const [active, setActive] = useState<string | null>(null)
  const undo = useWrite(undoRecordMerge, () => void message.success('已撤销，两条记录恢复原样。'))
  const notice = useMergedNotice((id) => void undo.run({ params: { id } }))
  const merging = useWrite(mergeRecords, (done) => {
    notice(done.merge, '已合并成一条。')
    next()
  })
  const judging = useWrite(judgeRecords, ({ verdict }) => verdict?.verdict === 'distinct' && next())
  const merge = () => {
    if (!seen.may.merge || merging.busy || seen.verdict?.verdict === 'distinct') return
    const stated = seen.personTimes.length > 0 ? { personTimes } : {}
    void merging.run({ params, body: { seen: seen.seen, keep, fields, ...stated } })
  }
  const judge = (verdict: 'distinct' | 'proposed' | 'none', note?: string) =>
    void judging.run({ params, body: { verdict, ...(note && { note }) } })
  const pick = (id: string | null, side: Side) =>
    id === null ? setKeep(side) : setFields({ ...fields, [id]: side })
  useKeys({
    ...arrowKeys({
      asking: seen.fields.filter((f) => f.choose).map((f) => f.field),
      active,
      setActive,
      pick,
    }),
    enter: merge,
    n: () => judge('distinct'),
  })
  return (
    <div className="mz-dup-compare">
      <header className="mz-dup-head">
        <Score value={seen.score} />
        <Reasons reasons={seen.reasons} />
      </header>
      <CompareTable
        heads={{ one: <Head side={seen.one} />, other: <Head side={seen.other} /> }}
        keep={keep}
        setKeep={setKeep}
        rows={rowsOf(seen)}
        chosen={fields}
        choose={pick}
        active={active}
        setActive={setActive}
        readOnly={!seen.may.merge}
      />
      {seen.personTimes.length > 0 && <PersonTimes seen={seen} value={personTimes} set={setPersonTimes} />}
      <People people={seen.people} />
      <ul className="mz-dup-notes">
        {seen.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Deeds
        may={seen.may}
        verdict={seen.verdict}
        apartWords="两场不同的活动"
        mergeWords={
          seen.way === 'joint'
            ? '合并成一条联合举办的记录'
            : `合并，留下${keep === 'one' ? '左边' : '右边'}这一条`
        }
        busy={merging.busy || judging.busy}
        problem={merging.problem ?? judging.problem ?? undo.problem}
        merge={merge}
        judge={judge}
      />
    </div>
  )
}

function Head({ side }: { side: RecordComparison['one'] }) {
  return (
    <>
      <strong>{side.orgName}</strong>
      <small className="mz-quiet">
        {side.recordedBy && `${side.recordedBy} `}
        {side.recordedAt.slice(0, 10)} 记
      </small>
    </>
  )
}

function rowsOf({ one, other, fields }: RecordComparison) {
  const row = (id: string, title: string, say: (side: RecordComparison['one']) => React.ReactNode) => ({
    id,
    title,
    choose: false,
    one: say(one),
    other: say(other),
  })
  const photos = one.photos.length + other.photos.length > 0
  const hosts = one.hosts.length + other.hosts.length > 0
  return [
    ...fields.map((f) => ({ id: f.field, title: f.title, one: f.one, other: f.other, choose: f.choose })),
    ...(hosts
      ? [row('hosts', '联合组织', (s) => s.hosts.filter((h) => h !== s.orgName).join('、') || null)]
      : []),
    row('personTimes', '人次', (s) => s.personTimes),
    ...(photos ? [row('photos', '照片', (s) => <Photos ids={s.photos} />)] : []),
    row('page', '打开', (s) => <GoLink to={paths.record(s.id)}>看全文</GoLink>),
  ]
}

function Photos({ ids }: { ids: string[] }) {
  if (ids.length === 0) return null
  return (
    <span className="mz-dup-photos">
      <Image.PreviewGroup>
        {ids.map((id) => (
          <Image
            key={id}
            src={addressOf(getAttachment, { params: { id }, query: { size: 'small' } })}
            preview={{ src: addressOf(getAttachment, { params: { id } }) }}
            alt="现场照片"
            width={72}
            height={54}
          />
        ))}
      </Image.PreviewGroup>
    </span>
  )
}

interface PersonTimesProps {
  seen: RecordComparison
  value: number | null
  set: (value: number) => void
}

function PersonTimes({ seen, value, set }: PersonTimesProps) {
  return (
    <div className="mz-dup-clashes">
      <h3>合并后写多少人次</h3>
      <div className="mz-dup-options">
        {seen.personTimes.map((o) => (
          <Choice key={o.value} on={value === o.value} disabled={!seen.may.merge} press={() => set(o.value)}>
            <b>{o.value}</b>　{o.words}
          </Choice>
        ))}
      </div>
    </div>
  )
}

/** Everybody once; those on one side only are marked with it. */
function People({ people }: { people: RecordComparison['people'] }) {
  if (people.length === 0) return null
  const both = people.filter((p) => p.one && p.other).length
  return (
    <div className="mz-dup-people">
      <h3>
        合并后的名单 {people.length} 人<span className="mz-quiet">　两边都有的 {both} 人只留一次</span>
      </h3>
      <p>
        {people.slice(0, 60).map((p) => (
          <span
            key={`${p.name} ${p.role} ${p.one} ${p.other}`}
            className={p.one && p.other ? 'mz-dup-both' : undefined}
          >
            {p.name}
            {!p.other && <small>左</small>}
            {!p.one && <small>右</small>}
          </span>
        ))}
        {people.length > 60 && `等 ${people.length} 人`}
      </p>
    </div>
  )
}
