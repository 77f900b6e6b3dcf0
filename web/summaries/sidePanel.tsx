/** The right side: the chosen figure, what is to be checked, what might be written under 不足. */
import { CloseOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { memo } from 'react'
import type { MeasureEntry } from '../../domain/indicators/contract.ts'
import type { FigureRun } from '../../domain/reports/summaries/model.ts'
import { GoLink, paths } from '../app/address.tsx'
import { Evidence } from '../kit/EvidenceDrawer.tsx'
import { EmptyState, Failure } from '../kit/Page.tsx'
import { ChecksPanel } from './checksPanel.tsx'
import { FrozenEvidence } from './frozen.tsx'
import { useMeasures } from './insert.tsx'
import { ProblemsPanel } from './problemsPanel.tsx'
import { SpecFields, WordingFields } from './question.tsx'
import { changeFigure } from './textEditor.ts'
import { type Side, useWatched, type Workspace } from './workspace.ts'

export function SidePanel({ workspace }: { workspace: Workspace }) {
  const { side, sideOpen, checks, editable } = useWatched(workspace)
  const open = checks.filter((c) => c.level !== 'note').length
  const sides: { value: Side; label: string }[] = [
    { value: 'figure', label: '数据' },
    { value: 'checks', label: open > 0 ? `核对 ${open}` : '核对' },
    ...(editable ? [{ value: 'problems' as const, label: '不足' }] : []),
  ]
  return (
    <aside
      className={sideOpen ? 'mz-side mz-side-open mz-no-print' : 'mz-side mz-no-print'}
      aria-label="佐证和核对"
    >
      <div className="mz-side-head">
        <Segmented block value={side} options={sides} onChange={(next) => workspace.show(next)} />
        <Button
          type="text"
          className="mz-side-close"
          icon={<CloseOutlined />}
          aria-label="关闭"
          onClick={() => workspace.closeSide()}
        />
      </div>
      <div className="mz-side-body">
        {side === 'figure' && <FigureSide workspace={workspace} />}
        {side === 'checks' && <ChecksPanel workspace={workspace} />}
        {side === 'problems' && <ProblemsPanel workspace={workspace} />}
      </div>
    </aside>
  )
}

function FigureSide({ workspace }: { workspace: Workspace }) {
  const run = workspace.chosenRun
  const measures = useMeasures()
  if (!run)
    return (
      <EmptyState
        title="点正文里的一个数据"
        hint={
          workspace.editable
            ? '这里会打开它的佐证，也可以换口径、换写法。要插入数据，请在正文里按“/”。'
            : '这里会打开它上报时的佐证。'
        }
      />
    )
  if (!workspace.editable && workspace.summary.state === 'submitted')
    return <FrozenEvidence key={run.ref} workspace={workspace} run={run} />
  return (
    <ChosenFigure
      key={run.ref}
      workspace={workspace}
      run={run}
      measure={measures.find((m) => m.id === run.question.measure)}
    />
  )
}

/** Not drawn anew with every letter that is typed. */
const StillEvidence = memo(Evidence)

interface ChosenProps {
  workspace: Workspace
  run: FigureRun
  measure: MeasureEntry | undefined
}

function ChosenFigure({ workspace, run, measure }: ChosenProps) {
  const answer = workspace.answer(run)
  const problem = workspace.store.problem(run)
  return (
    <>
      {problem && <Failure problem={problem} />}
      {answer?.missing && <RecordIt measure={run.question.measure} />}
      {workspace.editable && (
        <>
          <WordingFields
            workspace={workspace}
            asked={run}
            onChange={(wording) => changeFigure(workspace.editor, run.ref, { wording: wording ?? null })}
          />
          <details className="mz-ask-fold">
            <summary>换时间、范围、条件</summary>
            <SpecFields
              workspace={workspace}
              measure={measure}
              spec={run.question}
              onChange={(question) => changeFigure(workspace.editor, run.ref, { question })}
            />
          </details>
        </>
      )}
      {answer && <StillEvidence key={JSON.stringify(answer.question)} question={answer.question} />}
    </>
  )
}

/** Measures that no ledger counts lead to their own pages. */
const KEPT_AT: Record<string, string> = {
  org: paths.organisations(),
  members: paths.members(),
  officers: paths.officers(),
}

function RecordIt({ measure }: { measure: string }) {
  const [of = ''] = measure.split('.')
  return (
    <p className="mz-record-it">
      这段时间还没有记录。
      <GoLink to={KEPT_AT[of] ?? paths.ledger(of)}>去补记或声明“本期无”</GoLink>
    </p>
  )
}
