/** The evidence of a figure as it was handed in: its value and its rows of then. */
import { Segmented } from 'antd'
import { useState } from 'react'
import { getFrozenRows } from '../../domain/reports/summaries/contract.ts'
import type { FigureRun } from '../../domain/reports/summaries/model.ts'
import { useFetch } from '../app/queries.ts'
import { RowTable } from '../kit/EvidenceDrawer.tsx'
import { Loaded } from '../kit/Page.tsx'
import type { Workspace } from './workspace.ts'

export function FrozenEvidence({ workspace, run }: { workspace: Workspace; run: FigureRun }) {
  const answer = workspace.answer(run)
  const parts = answer?.evidence.parts ?? []
  const [part, setPart] = useState<string | undefined>(parts[0]?.role)
  if (!answer) return null
  return (
    <div className="mz-evidence-body">
      <div className="mz-evidence-head">
        <p className="mz-evidence-asked">{answer.asked}</p>
        {answer.missing ? (
          <div className="mz-evidence-value mz-figure-missing">— {answer.missingReason}</div>
        ) : (
          <div className="mz-evidence-value">{answer.display}</div>
        )}
        {answer.comparison && (
          <p className="mz-quiet">
            {answer.comparison.period} {answer.comparison.display}，{answer.comparison.change}
          </p>
        )}
        <p className="mz-evidence-definition">上报时的数据和佐证，已固定，以后台账再改也不变。</p>
      </div>
      {parts.length > 1 && (
        <Segmented
          block
          value={part ?? ''}
          onChange={setPart}
          options={parts.map((p) => ({ value: p.role, label: `${p.title} ${p.value ?? '—'}` }))}
        />
      )}
      {answer.evidence.count > 0 && <Rows key={part} id={workspace.summary.id} name={run.ref} part={part} />}
    </div>
  )
}

function Rows({ id, name, part }: { id: string; name: string; part: string | undefined }) {
  const [page, setPage] = useState(1)
  const rows = useFetch(
    getFrozenRows,
    { params: { id, ref: name }, query: { ...(part && { part }), page, size: 20 } },
    { keepLast: true },
  )
  return (
    <section>
      <h3>上报时的明细{rows.data ? ` ${rows.data.total} 条` : ''}</h3>
      <Loaded of={rows}>
        {(found) => <RowTable found={found} page={page} setPage={setPage} busy={rows.isPlaceholderData} />}
      </Loaded>
    </section>
  )
}
