/** 表格录入: many records of one ledger, typed or pasted from Excel or WPS, saved as one batch. */
import { App, Button, Popconfirm } from 'antd'
import { type Dispatch, memo, useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { ACCEPTABLE, type Acceptable, undoBatch } from '../../../domain/records/import/contract.ts'
import { enterTyped, MOST_TYPED } from '../../../domain/records/import/typed/contract.ts'
import { gridTarget } from '../../../domain/records/import/typed/read.ts'
import { getLedger } from '../../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition } from '../../../domain/records/ledgers/definition.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { paths, useParam } from '../../app/address.tsx'
import { useFrame } from '../../app/frameState.tsx'
import { remember, remembered } from '../../app/preferences.ts'
import { useFetch, useWrite } from '../../app/queries.ts'
import { Failure, Loaded, Page } from '../../kit/Page.tsx'
import { GridTable } from './GridTable.tsx'
import { isFilled, type Line } from './model.ts'
import {
  type CellProblem,
  problemsOf,
  sentLines,
  sentRows,
  stands,
  tell,
  useToldByServer,
} from './problems.ts'
import { type Deed, type GridState, gridReducer, startingState } from './state.ts'
import './grid.css'

export function GridPage() {
  const ledger = useParam('ledger')
  const { org } = useFrame()
  const definition = useFetch(getLedger, { params: { ledger } })
  return (
    <Loaded of={definition} rows={8}>
      {(found) => <EntryGrid key={`${found.id} ${org.id}`} definition={found} />}
    </Loaded>
  )
}

const draftName = (ledger: string, org: string) => `draft.grid.${ledger}.${org}`
const KEEP_MS = 300

/** What is typed stays in this browser until it is saved. */
function useDraft(name: string, lines: Line[]): void {
  const latest = useRef(lines)
  latest.current = lines
  useEffect(() => {
    const keep = () => {
      const last = latest.current.reduce((found, line, row) => (isFilled(line) ? row : found), -1)
      remember(name, last < 0 ? undefined : latest.current.slice(0, last + 1))
    }
    window.addEventListener('pagehide', keep)
    return () => {
      window.removeEventListener('pagehide', keep)
      keep()
    }
  }, [name])
  useEffect(() => {
    const timer = setTimeout(() => {
      const filled = lines.some(isFilled)
      remember(name, filled ? lines : undefined)
    }, KEEP_MS)
    return () => clearTimeout(timer)
  }, [name, lines])
}

function EntryGrid({ definition }: { definition: LedgerDefinition }) {
  const { org, today } = useFrame()
  const target = useMemo(() => gridTarget(definition), [definition])
  const name = draftName(definition.id, org.id)
  const [state, dispatch] = useReducer(gridReducer, null, () =>
    startingState(target, remembered<Line[]>(name, [])),
  )
  const [accepted, setAccepted] = useState<Acceptable[]>([])
  const { told, times, again } = useToldByServer({
    ledger: definition.id,
    org: org.id,
    lines: state.lines,
    accepted,
  })
  useDraft(name, state.lines)
  const about = { target, today }
  const filled = sentLines(state.lines)
  const failing = filled.filter((line) => problemsOf(line, told, about).some(stands))
  const saving = useSaving({
    definition,
    org: org.id,
    lines: state.lines,
    accepted,
    dispatch,
    told: (l, r) => tell(told, l, r),
  })
  // The cursor moves often, what is wrong changes seldom.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` says that the server's word has changed.
  const found = useMemo(
    () =>
      state.lines.flatMap((line, row) =>
        problemsOf(line, told, { target, today }).map((problem) => ({ row, problem })),
      ),
    [state.lines, told, times, target, today],
  )
  const accept = useCallback(
    (one: Acceptable) => {
      setAccepted((now) => [...now, one])
      again()
    },
    [again],
  )
  return (
    <Page
      title="表格录入"
      about={`${definition.title} · ${org.name} · 可以从 Excel、WPS 整块粘贴，也可以逐格填写`}
      above={[
        { title: '台账', to: paths.ledgers() },
        { title: definition.title, to: paths.ledger(definition.id) },
      ]}
      actions={
        <>
          <Popconfirm
            title="清空整个表格？"
            okText="清空"
            cancelText="不清空"
            onConfirm={() => dispatch({ do: 'replace', lines: [] })}
          >
            <Button disabled={filled.length === 0}>清空</Button>
          </Popconfirm>
          {failing.length > 0 && failing.length < filled.length && (
            <Button loading={saving.busy} onClick={() => void saving.save('good')}>
              只保存没有问题的 {filled.length - failing.length} 行
            </Button>
          )}
        </>
      }
      main={
        <Button
          type="primary"
          disabled={filled.length === 0}
          loading={saving.busy}
          onClick={() => void saving.save('all')}
        >
          {filled.length > 0 ? `保存全部 ${filled.length} 行` : '保存'}
        </Button>
      }
    >
      {saving.problem && <Failure problem={saving.problem} />}
      <PasteNote state={state} />
      <div className="mz-grid-frame">
        <GridTable state={state} dispatch={dispatch} told={told} today={today} orgName={org.name} />
      </div>
      <Keys />
      <Findings found={found} target={target} dispatch={dispatch} accept={accept} />
    </Page>
  )
}

interface SavingOf {
  definition: LedgerDefinition
  org: string
  lines: Line[]
  accepted: Acceptable[]
  dispatch: Dispatch<Deed>
  told: (lines: Line[], rows: Parameters<typeof tell>[2]) => void
}

/** What entered leaves the grid; what failed stays in it with its reasons. */
function useSaving({ definition, org, lines, accepted, dispatch, told }: SavingOf) {
  const { message } = App.useApp()
  const write = useWrite(enterTyped)
  const undo = useWrite(undoBatch, () => void message.success('已整批撤销，撤销的行没有记入台账。'))
  const save = async (keep: 'all' | 'good') => {
    const sent = sentLines(lines)
    const body = { org, rows: sentRows(sent), keep, accepted }
    const answer = await write.run({ params: { ledger: definition.id }, body })
    if (!answer) return
    told(sent, answer.rows)
    if (!answer.written) {
      const known = answer.rows.every((one) => one.state === 'unchanged')
      if (known) dispatch({ do: 'replace', lines: [] })
      return void message[known ? 'info' : 'warning'](
        known ? '这些行台账里都已有同样的记录，没有重复记。' : '有几格要改，见表格下面；还没有写入任何一行。',
      )
    }
    const left = sent.filter((_, i) => ['refused', 'confirm'].includes(answer.rows[i]?.state ?? ''))
    const entered = answer.rows.filter((one) => one.state === 'new').length
    const known = answer.rows.filter((one) => one.state === 'unchanged').length
    dispatch({ do: 'replace', lines: left })
    void message.success({
      key: answer.batch ?? '',
      duration: 10,
      content: (
        <>
          已入账 {entered} 条{known > 0 && `，另有 ${known} 行台账里已有，没有重复记`}。
          <button
            type="button"
            className="mz-link-button"
            onClick={() => {
              message.destroy(answer.batch ?? '')
              dispatch({ do: 'replace', lines: sent })
              void undo.run({ params: { id: answer.batch ?? '' } })
            }}
          >
            撤销
          </button>
        </>
      ),
    })
  }
  return { save, busy: write.busy, problem: write.problem ?? undo.problem }
}

function PasteNote({ state: { pasted } }: { state: GridState }) {
  if (!pasted) return null
  const { header, cutRows, cutColumns } = pasted
  const notes = [
    header && '第一行是表头，各列已按表头对上。',
    header && header.unknown.length > 0 && `“${header.unknown.join('”“')}”这本台账没有，没有贴进来。`,
    cutRows > 0 && `一次最多 ${MOST_TYPED} 行，后面 ${cutRows} 行没有贴进来，请保存后再贴，或用“导入表格”。`,
    cutColumns > 0 && `右边 ${cutColumns} 列放不下，没有贴进来；请从更靠左的一格粘贴。`,
  ].filter(Boolean)
  return notes.length > 0 ? (
    <p className="mz-grid-note" role="status">
      {notes.join('')}
    </p>
  ) : null
}

const Keys = () => (
  <p className="mz-quiet mz-small mz-grid-keys">
    Tab、Enter、方向键移动，Shift 加方向键选一片，Ctrl D 向下复制，Delete 清空，Ctrl Z 撤回，Alt Enter
    格内换行；按 Esc 再按 Tab 离开表格。填的内容留在这台电脑上，关掉再开也不丢。
  </p>
)

const SHOWN = 60
const MOST_OPTIONS = 4

interface FindingsProps {
  found: { row: number; problem: CellProblem }[]
  target: Target
  dispatch: Dispatch<Deed>
  accept: (one: Acceptable) => void
}

const Findings = memo(function Findings({ found, target, dispatch, accept }: FindingsProps) {
  const standing = found.filter(({ problem }) => stands(problem))
  const warned = found.filter(({ problem }) => !stands(problem))
  const agreeable = [...new Set(standing.flatMap(({ problem }) => problem.accept ?? []))]
  const shown = [...standing, ...warned].slice(0, SHOWN)
  if (shown.length === 0) return null
  const columnOf = (field: string) =>
    Math.max(
      0,
      target.fields.findIndex((one) => one.id === field || field.startsWith(`${one.id}.`)),
    )
  return (
    <section className="mz-grid-findings" aria-label="要核对的格">
      <h2>
        {standing.length > 0 ? `${standing.length} 处要改` : ''}
        {standing.length > 0 && warned.length > 0 && '，'}
        {warned.length > 0 ? `${warned.length} 处请核对` : ''}
      </h2>
      {agreeable.map((one) => (
        <p key={one}>
          <Button size="small" onClick={() => accept(one)}>
            同意
          </Button>{' '}
          {ACCEPTABLE[one]}
        </p>
      ))}
      <ul>
        {shown.map(({ row, problem }) => (
          <li
            key={`${row} ${problem.field} ${problem.reason}`}
            className={stands(problem) ? 'mz-grid-wrong' : ''}
          >
            <button
              type="button"
              className="mz-link-button"
              onClick={() => dispatch({ do: 'go', to: { row, column: columnOf(problem.field) } })}
            >
              第 {row + 1} 行 {problem.header}
            </button>
            <span>
              {problem.reason}。{problem.remedy}
            </span>
            {(problem.options ?? []).slice(0, MOST_OPTIONS).map((option) => (
              <Button
                key={option.value}
                size="small"
                onClick={() => dispatch({ do: 'set', row, field: problem.field, text: option.value })}
              >
                {option.title}
              </Button>
            ))}
          </li>
        ))}
      </ul>
      {standing.length + warned.length > SHOWN && (
        <p className="mz-quiet">另有 {standing.length + warned.length - SHOWN} 处，改完这些再显示。</p>
      )}
    </section>
  )
})
