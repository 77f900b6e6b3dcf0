/** 待办: by due date, each with the button that does it. */
import { Button } from 'antd'
import { useState } from 'react'
import { countDuplicates } from '../../domain/records/duplicates/contract.ts'
import { recentRecords } from '../../domain/records/ledgers/contract.ts'
import { listWaiting } from '../../domain/records/ledgers/hostsContract.ts'
import { listSummaries } from '../../domain/reports/summaries/contract.ts'
import { getBoard } from '../../domain/structure/appointments/contract.ts'
import { listJobs } from '../../kernel/jobs/contract.ts'
import { paths, useGo } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import { Failure, Sheet } from '../kit/Page.tsx'
import { brokenIn, useBroken } from '../ledgers/broken.tsx'
import { useLedgers } from '../ledgers/known.ts'
import { type Deed, type Due, dueOf, leftUntil } from './due.ts'

const SHOWN = 4

export function ToDo() {
  const { today } = useFrame()
  const [all, setAll] = useState(false)
  const { due, waiting, problem, retry } = useDue()
  const go = useGo()
  const act = useDeed()
  return (
    <Sheet title="待办" extra={due.length > 0 && <span className="mz-quiet">{due.length} 件</span>} flush>
      {problem && <Failure problem={problem} retry={retry} />}
      {due.length === 0 && !waiting && !problem && (
        <p className="mz-due-none">没有待办。总结、任期、缺数、没有完成的导入，到时候都会出现在这里。</p>
      )}
      {due.length === 0 && waiting && <div className="mz-desk-waiting" />}
      <ul className="mz-due-list">
        {(all ? due : due.slice(0, SHOWN)).map((d) => (
          <li key={d.id} className="mz-due">
            <When by={d.by} today={today} />
            <span className="mz-due-text">
              <strong>{d.title}</strong>
              <small>{d.about}</small>
            </span>
            <Button onClick={() => go(act(d.deed))}>{d.button}</Button>
          </li>
        ))}
      </ul>
      {due.length > SHOWN && (
        <button type="button" className="mz-desk-more mz-link-button" onClick={() => setAll(!all)}>
          {all ? '收起' : `还有 ${due.length - SHOWN} 件`}
        </button>
      )}
    </Sheet>
  )
}

function When({ by, today }: { by: string | null; today: string }) {
  const left = leftUntil(by, today)
  if (!left) return <span className="mz-due-when">尽快</span>
  return (
    <time
      className={left.late ? 'mz-due-when mz-due-late' : 'mz-due-when'}
      dateTime={by ?? ''}
      title={by ?? ''}
    >
      {left.words}
    </time>
  )
}

/** Where the button leads. */
function useDeed(): (deed: Deed) => string {
  const { org } = useFrame()
  return (deed) => {
    if (deed.kind === 'summary') return paths.summary(deed.id)
    if (deed.kind === 'summaries') return paths.summaries()
    if (deed.kind === 'board') return `${paths.organisation(org.id)}?tab=board`
    if (deed.kind === 'record') return paths.record(deed.id)
    if (deed.kind === 'hosts') return paths.hosts()
    if (deed.kind === 'broken') return brokenIn(deed.ledger)
    if (deed.kind === 'duplicates') return paths.duplicates(deed.tab)
    return deed.kind === 'ledgers' ? `${paths.ledgers()}?only=empty` : paths.batches()
  }
}

function useDue() {
  const { org, period, today } = useFrame()
  const mayWriteSummaries = useMay('summaries.write')
  const writes = useMay('records.write')
  const ledgers = useLedgers()
  const summaries = useFetch(listSummaries, { query: { org: org.id, period: period.id } }, { keepLast: true })
  const board = useFetch(getBoard, { params: { orgId: org.id }, query: {} }, { keepLast: true })
  const records = useFetch(recentRecords, { query: { org: org.id, limit: 40 } }, { keepLast: true })
  const jobs = useFetch(listJobs, {})
  const waiting = useFetch(listWaiting, { query: { org: org.id } }, { keepLast: true, enabled: writes })
  const duplicates = useFetch(
    countDuplicates,
    { query: { org: org.id } },
    // A large county is counted for some seconds the first time.
    { keepLast: true, enabled: writes, every: (counts) => (counts?.at === null ? 2_000 : false) },
  )
  const broken = useBroken(writes)
  const due: Due[] = dueOf({
    today,
    period,
    orgId: org.id,
    summaries: summaries.data,
    mayWriteSummaries,
    board: board.data,
    records: writes ? (records.data?.records ?? []).filter((r) => r.org.id === org.id) : [],
    ledgers: writes ? (ledgers.data?.ledgers ?? []) : [],
    jobs: jobs.data?.jobs ?? [],
    waiting: waiting.data?.records,
    duplicates: duplicates.data,
    broken: broken.data?.ledgers,
  })
  const asked = [ledgers, board, records, jobs]
  return {
    due,
    waiting: asked.some((q) => q.isPending),
    problem: asked.find((q) => q.error)?.error ?? null,
    retry: () => asked.forEach((q) => void q.refetch()),
  }
}
