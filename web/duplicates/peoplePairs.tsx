/** People entered twice. */
import { App } from 'antd'
import { useState } from 'react'
import {
  type Clash,
  comparePeople,
  judgePeople,
  listPeoplePairs,
  mergePeople,
  type PersonComparison,
  type PersonPair,
  type PersonSide,
  type SpanChoice,
  undoPeopleMerge,
} from '../../domain/structure/merges/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { Loaded } from '../kit/Page.tsx'
import { arrowKeys, Choice, CompareTable, Reasons, type Side } from './compareTable.tsx'
import { Deeds, useMergedNotice } from './deeds.tsx'
import { useKeys } from './keys.ts'
import type { PairFilter } from './page.tsx'
import { PAGE_SIZE, PairList, Score } from './pairList.tsx'

export function PeoplePairs({ filter }: { filter: PairFilter }) {
  const { org } = useFrame()
  const [{ page }] = useSearchState()
  const { ledger: _ledger, ...rest } = filter
  const found = useFetch(
    listPeoplePairs,
    { query: { org: org.id, size: PAGE_SIZE, page: Number(page) || 1, ...rest } },
    { keepLast: true },
  )
  return (
    <PairList<PersonPair>
      what="人员"
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

function Line({ side }: { side: PersonSide }) {
  return (
    <>
      <strong>{side.name}</strong>
      <span className="mz-quiet">{side.standing[0] ?? '没有团籍和职务'}</span>
    </>
  )
}

function OpenPair({ pair, next }: { pair: PersonPair; next: () => void }) {
  const params = { one: pair.one.personId, other: pair.other.personId }
  const found = useFetch(comparePeople, { params })
  return (
    <Loaded of={found} rows={10}>
      {(seen) => <Comparison key={seen.seen} seen={seen} next={next} />}
    </Loaded>
  )
}

function Comparison({ seen, next }: { seen: PersonComparison; next: () => void }) {
  const { message } = App.useApp()
  const params = { one: seen.one.personId, other: seen.other.personId }
  const [keep, setKeep] = useState<Side>(seen.keep)
  const [fields, setFields] = useState<Record<string, Side>>(() => proposedOf(seen.fields))
  const [spans, setSpans] = useState<Record<string, SpanChoice>>({})
  const [active, setActive] = useState<string | null>(null)
  const undo = useWrite(undoPeopleMerge, () => void message.success('已撤销，两个人恢复原样。'))
  const notice = useMergedNotice((id) => void undo.run({ params: { id } }))
  const merging = useWrite(mergePeople, (done) => {
    notice(done.merge, `${seen[keep].name}已合并成一个人。`)
    next()
  })
  const judging = useWrite(judgePeople, ({ verdict }) => verdict?.verdict === 'distinct' && next())
  const open = seen.clashes.find((c) => !(spans[c.id] ?? c.proposed))
  const merge = () => {
    if (!seen.may.merge || merging.busy || seen.verdict?.verdict === 'distinct') return
    if (open) {
      document.querySelector('.mz-dup-clashes')?.scrollIntoView({ block: 'center' })
      return void message.warning('团籍有重叠，请先选合并后怎样写。')
    }
    void merging.run({ params, body: { seen: seen.seen, keep, fields, spans } })
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
    ...(seen.may.merge && open
      ? numberKeys(open, (choice) => setSpans({ ...spans, [open.id]: choice }))
      : {}),
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
      {seen.clashes.length > 0 && (
        <Clashes clashes={seen.clashes} chosen={spans} choose={setSpans} readOnly={!seen.may.merge} />
      )}
      <ul className="mz-dup-notes">
        {seen.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Deeds
        may={seen.may}
        verdict={seen.verdict}
        apartWords="不是同一人"
        mergeWords={`合并，留下${keep === 'one' ? '左边' : '右边'}这一份`}
        busy={merging.busy || judging.busy}
        problem={merging.problem ?? judging.problem ?? undo.problem}
        merge={merge}
        judge={judge}
      />
    </div>
  )
}

/** 1, 2, 3 answer the question that is still open. */
const numberKeys = (clash: Clash, choose: (choice: SpanChoice) => void): Record<string, () => void> =>
  Object.fromEntries(clash.options.map((o, at) => [String(at + 1), () => choose(o.choice)]))

const proposedOf = (fields: { field: string; proposed: Side }[]): Record<string, Side> =>
  Object.fromEntries(fields.map((f) => [f.field, f.proposed]))

function Head({ side }: { side: PersonComparison['one'] }) {
  return (
    <>
      <strong>{side.name}</strong>
      <small className="mz-quiet">{side.recordedAt.slice(0, 10)} 登记</small>
    </>
  )
}

function rowsOf({ one, other, fields }: PersonComparison) {
  const plain = (id: string, title: string, say: (side: PersonComparison['one']) => string[]) => {
    const [a, b] = [say(one), say(other)]
    if (a.length + b.length === 0) return []
    const list = (words: string[]) => (words.length > 0 ? <Lines words={words} /> : null)
    return [{ id, title, one: list(a), other: list(b), choose: false }]
  }
  return [
    ...fields
      .filter((f) => f.one !== null || f.other !== null)
      .map((f) => ({ id: f.field, title: f.title, one: f.one, other: f.other, choose: f.choose })),
    ...plain('memberships', '团籍', (s) => s.memberships),
    ...plain('appointments', '任职', (s) => s.appointments),
    ...plain('participations', '参加活动', (s) =>
      s.participations > 0 ? [`${s.participations} 条记录`] : [],
    ),
    ...plain('account', '账号', (s) => (s.account ? [s.account] : [])),
    {
      id: 'page',
      title: '资料页',
      choose: false,
      one: <GoLink to={paths.person(one.personId)}>打开</GoLink>,
      other: <GoLink to={paths.person(other.personId)}>打开</GoLink>,
    },
  ]
}

function Lines({ words }: { words: string[] }) {
  return (
    <>
      {words.map((w) => (
        <span key={w} className="mz-dup-line">
          {w}
        </span>
      ))}
    </>
  )
}

interface ClashesProps {
  clashes: Clash[]
  chosen: Record<string, SpanChoice>
  choose: (chosen: Record<string, SpanChoice>) => void
  readOnly: boolean
}

/** Spans that cannot both stand. */
function Clashes({ clashes, chosen, choose, readOnly }: ClashesProps) {
  return (
    <div className="mz-dup-clashes">
      <h3>团籍和任职有重叠，合并后怎样写</h3>
      {clashes.map((clash) => (
        <div
          key={clash.id}
          className={(chosen[clash.id] ?? clash.proposed) ? 'mz-dup-options' : 'mz-dup-options mz-dup-asking'}
        >
          {clash.options.map((o, at) => (
            <Choice
              key={o.choice}
              on={(chosen[clash.id] ?? clash.proposed) === o.choice}
              disabled={readOnly}
              press={() => choose({ ...chosen, [clash.id]: o.choice })}
            >
              {!(chosen[clash.id] ?? clash.proposed) && <kbd>{at + 1}</kbd>}
              {o.words}
            </Choice>
          ))}
        </div>
      ))}
    </div>
  )
}
