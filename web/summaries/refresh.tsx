/** 刷新: what the ledgers would say today beside what the text says; nothing changes until it is taken over. */
import { Button, Checkbox, Modal, Tag } from 'antd'
import { useEffect, useState } from 'react'
import { type Change, refreshSummary } from '../../domain/reports/summaries/contract.ts'
import { call, type Problem, problemOf } from '../app/client.ts'
import { EmptyState, Failure, Loaded } from '../kit/Page.tsx'
import { applyChanges } from './textEditor.ts'
import type { Workspace } from './workspace.ts'

interface RefreshProps {
  workspace: Workspace
  /** Only this paragraph. */
  paragraphId?: string | undefined
  close: () => void
}

const KINDS = { added: '新增', changed: '改写', gone: '不再有' }

export function RefreshDialog({ workspace, paragraphId, close }: RefreshProps) {
  const { changes, problem, ask } = useChanges(workspace, paragraphId)
  const [left, setLeft] = useState<ReadonlySet<number> | null>(null)
  const out = left ?? new Set(changes?.flatMap((c, i) => (c.edited && !paragraphId ? [i] : [])))
  const wanted = changes?.filter((_, i) => !out.has(i)) ?? []
  const toggle = (i: number) => {
    const next = new Set(out)
    if (!next.delete(i)) next.add(i)
    setLeft(next)
  }
  const take = () => {
    applyChanges(workspace.editor, wanted)
    workspace.say(`已从台账更新 ${wanted.length} 段，可以用 Ctrl Z 撤销。`)
    close()
  }
  const none = changes?.length === 0
  return (
    <Modal
      open
      width={760}
      title={paragraphId ? '刷新这一段' : '从台账刷新'}
      onCancel={close}
      footer={
        <>
          <Button onClick={close}>{none ? '知道了' : '不更新'}</Button>
          {!none && (
            <Button type="primary" disabled={wanted.length === 0} onClick={take}>
              更新 {wanted.length} 段
            </Button>
          )}
        </>
      }
    >
      <Loaded of={{ data: changes, error: problem, refetch: ask }}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState
              title="和台账一致，没有要更新的"
              hint="句子里的数据平时就是最新的，这里只看句子的增减。"
            />
          ) : (
            <>
              <p className="mz-quiet">您改过的段落不会自动更新，要更新请自己勾上。</p>
              <ul className="mz-changes">
                {found.map((change, i) => (
                  <ChangeLine
                    key={`${change.kind} ${change.paragraphId} ${change.paragraph?.id}`}
                    change={change}
                    wanted={!out.has(i)}
                    toggle={() => toggle(i)}
                  />
                ))}
              </ul>
            </>
          )
        }
      </Loaded>
      {problem && changes && <Failure problem={problem} />}
    </Modal>
  )
}

function ChangeLine({ change, wanted, toggle }: { change: Change; wanted: boolean; toggle: () => void }) {
  return (
    <li>
      <Checkbox
        checked={wanted}
        onChange={toggle}
        aria-label={`${KINDS[change.kind]}：${change.after || change.before}`}
      />
      <div>
        <p className="mz-small">
          <Tag>{KINDS[change.kind]}</Tag>
          <span className="mz-quiet">{change.section.title || '开头'}</span>
          {change.edited && <Tag color="gold">您改过</Tag>}
        </p>
        {change.before && <p className="mz-change-before">{change.before}</p>}
        {change.after && <p>{change.after}</p>}
      </div>
    </li>
  )
}

function useChanges(workspace: Workspace, paragraphId: string | undefined) {
  const [changes, setChanges] = useState<Change[] | undefined>()
  const [problem, setProblem] = useState<Problem | null>(null)
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again.
  useEffect(() => {
    const stop = new AbortController()
    setProblem(null)
    call(
      refreshSummary,
      {
        params: { id: workspace.summary.id },
        body: { body: workspace.body, ...(paragraphId && { paragraphId }) },
      },
      { signal: stop.signal },
    )
      .then((answer) => setChanges(answer.changes))
      .catch((error) => stop.signal.aborted || setProblem(problemOf(error)))
    return () => stop.abort()
  }, [workspace, paragraphId, tries])
  return { changes, problem, ask: () => setTries(tries + 1) }
}
