/** Where the number of a cell comes from, as it was when the form was filled; or how a missing one is mended. */
import { Button, Input, Segmented } from 'antd'
import { useState } from 'react'
import {
  amendFilled,
  type Filled,
  type FilledCell,
  getFilledRows,
} from '../../domain/reports/forms/contract.ts'
import { GoLink } from '../app/address.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { RowTable } from '../kit/EvidenceDrawer.tsx'
import { figurePage } from '../kit/figures.ts'
import { Failure, Loaded } from '../kit/Page.tsx'

export function CellEvidence({ filled, cell }: { filled: Filled; cell: FilledCell }) {
  const { answer, question } = cell
  const parts = answer?.evidence.parts ?? []
  const [part, setPart] = useState<string | undefined>(parts[0]?.role)
  const may = filled.may.write && !filled.submittedOn
  return (
    <div className="mz-evidence-body">
      <div className="mz-evidence-head">
        <p className="mz-evidence-asked">{answer?.asked ?? (cell.source === 'text' ? '文字' : '')}</p>
        {cell.value === null && cell.source !== 'text' ? (
          <div className="mz-evidence-value mz-figure-missing">— {cell.missingReason ?? '没有数据'}</div>
        ) : (
          <div className="mz-evidence-value">{cell.display || '空'}</div>
        )}
        <Said cell={cell} />
        {answer && <p className="mz-evidence-definition">口径：{answer.measure.definition}</p>}
        {question && (
          <p className="mz-small">
            <GoLink to={figurePage(question)}>看今天的数</GoLink>
          </p>
        )}
      </div>
      {may && cell.source !== 'text' && cell.source !== 'list' && <Amend filled={filled} cell={cell} />}
      {parts.length > 1 && (
        <Segmented
          block
          value={part ?? ''}
          onChange={setPart}
          options={parts.map((p) => ({ value: p.role, label: `${p.title} ${p.value ?? '—'}` }))}
        />
      )}
      {(answer?.evidence.count ?? 0) > 0 && <Rows key={part} filled={filled} cell={cell} part={part} />}
    </div>
  )
}

function Said({ cell }: { cell: FilledCell }) {
  if (cell.source === 'typed') return <p>手填的数，没有佐证。理由：{cell.reason}</p>
  if (cell.source === 'nil') return <p>写明本期无，填 0。</p>
  return null
}

function Rows({ filled, cell, part }: { filled: Filled; cell: FilledCell; part: string | undefined }) {
  const [page, setPage] = useState(1)
  const { table, row, column } = cell
  const query = { table, row, column, ...(part && { part }), page, size: 20 }
  const rows = useFetch(getFilledRows, { params: { id: filled.id }, query }, { keepLast: true })
  return (
    <section>
      <h3>填表时的明细{rows.data ? ` ${rows.data.total} 条` : ''}</h3>
      <Loaded of={rows}>
        {(found) => <RowTable found={found} page={page} setPage={setPage} busy={rows.isPlaceholderData} />}
      </Loaded>
    </section>
  )
}

function Amend({ filled, cell }: { filled: Filled; cell: FilledCell }) {
  const amending = useWrite(amendFilled)
  const [typing, setTyping] = useState(false)
  const [value, setValue] = useState('')
  const [reason, setReason] = useState('')
  const { table, row, column } = cell
  const amend = async (as: { nil: true } | { value: number | string; reason: string } | null) => {
    if (await amending.run({ params: { id: filled.id }, body: { table, row, column, as } })) setTyping(false)
  }
  const typed = value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value.trim()
  if (cell.source === 'typed' || cell.source === 'nil')
    return (
      <p>
        <Button size="small" loading={amending.busy} onClick={() => void amend(null)}>
          改回台账的数
        </Button>
      </p>
    )
  return (
    <div className="mz-form-amend">
      {amending.problem && <Failure problem={amending.problem} />}
      {!typing && cell.value === null && (
        <Button size="small" loading={amending.busy} onClick={() => void amend({ nil: true })}>
          本期无
        </Button>
      )}
      {!typing && (
        <Button size="small" onClick={() => setTyping(true)}>
          手填
        </Button>
      )}
      {typing && (
        <>
          <Input
            size="small"
            aria-label="手填的数"
            placeholder="填什么"
            value={value}
            onChange={(e) => setValue(e.target.value)}
          />
          <Input
            size="small"
            aria-label="手填的理由"
            placeholder="为什么手填，如 据民政所通报"
            value={reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <Button
            size="small"
            type="primary"
            disabled={typed === '' || !reason.trim()}
            loading={amending.busy}
            onClick={() => void amend({ value: typed, reason: reason.trim() })}
          >
            填上
          </Button>
        </>
      )}
    </div>
  )
}
