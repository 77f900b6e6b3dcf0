/** 核对: what should be looked at before handing in; each leads to its place in the text. */
import { CheckCircleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Check } from '../../domain/reports/summaries/contract.ts'
import { withoutGone } from '../../domain/reports/summaries/gone.ts'
import { figuresIn } from '../../domain/reports/summaries/model.ts'
import { goToBlock, goToFigure, keepOnly } from './textEditor.ts'
import { useWatched, type Workspace } from './workspace.ts'

const KINDS: Record<Check['kind'], string> = {
  missing: '缺数',
  gone: '记录已作废',
  parts: '分项与总数',
  people: '人与人次',
  percent: '百分数',
  twice: '前后不一',
  typed: '手写的数',
  over: '写法',
  cutOff: '截至日期',
}

const LEVELS: { level: Check['level']; title: string }[] = [
  { level: 'error', title: '须处理' },
  { level: 'warning', title: '请核对' },
  { level: 'note', title: '供参考' },
]

export function ChecksPanel({ workspace }: { workspace: Workspace }) {
  const { checks } = useWatched(workspace)
  if (checks.length === 0)
    return (
      <p className="mz-checks-none">
        <CheckCircleOutlined /> 没有要核对的事项
      </p>
    )
  return (
    <>
      {LEVELS.map(({ level, title }) => {
        const found = checks.filter((c) => c.level === level)
        if (found.length === 0) return null
        return (
          <section key={level} className={`mz-checks mz-checks-${level}`}>
            <h3>
              {title} {found.length}
            </h3>
            <ul>
              {found.map((check, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same finding may stand twice, and none has a name.
                <li key={`${i} ${check.message}`}>
                  <button type="button" onClick={() => goTo(workspace, check)}>
                    <b>{KINDS[check.kind]}</b>
                    <span>{check.message}</span>
                  </button>
                  {check.kind === 'gone' && workspace.editable && (
                    <Button size="small" onClick={() => strike(workspace, check)}>
                      删去这句话
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </>
  )
}

function strike(workspace: Workspace, { paragraphId }: Check): void {
  const place = workspace.body.sections.flatMap((s) => s.paragraphs).find((p) => p.id === paragraphId)
  if (!place) return
  const byRef = new Map(figuresIn(place.runs).map((run) => [run.ref, run]))
  const runs = withoutGone(place.runs, (ref) => {
    const run = byRef.get(ref)
    return run && workspace.answer(run)
  })
  keepOnly(workspace.editor, { ...place, runs })
}

/** Typed numbers are selected, so that `/` or typing replaces them. */
function goTo(workspace: Workspace, check: Check): void {
  const { editor } = workspace
  const ref = check.refs.at(-1)
  if (ref && goToFigure(editor, ref)) {
    workspace.chosen = ref
    workspace.closeSide()
    return
  }
  const quoted = /^“([^”]+)”/.exec(check.message)?.[1]
  if (check.paragraphId && goToBlock(editor, check.paragraphId, quoted)) workspace.closeSide()
}
