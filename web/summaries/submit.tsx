/** 上报: what is still missing is named once more; then figures and evidence are fixed. */
import { Checkbox, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { submitSummary } from '../../domain/reports/summaries/contract.ts'
import { useWrite } from '../app/queries.ts'
import { Failure } from '../kit/Page.tsx'
import { goToFigure } from './textEditor.ts'
import { useWatched, type Workspace } from './workspace.ts'

export function SubmitDialog({ workspace, close }: { workspace: Workspace; close: () => void }) {
  const { missing, checks, saver } = useWatched(workspace)
  const [saved, setSaved] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const submitting = useWrite(submitSummary)
  useEffect(() => {
    void saver.flush().then(setSaved)
  }, [saver])
  const submit = async () => {
    const body = { version: saver.seen, ...(missing.length > 0 && { withMissing: true }) }
    if (await submitting.run({ params: { id: workspace.summary.id }, body })) close()
  }
  const open = checks.filter((c) => c.kind !== 'missing' && c.level !== 'note')
  return (
    <Modal
      open
      title="上报这份总结"
      okText="上报"
      cancelText="再看看"
      confirmLoading={submitting.busy}
      okButtonProps={{ disabled: !saved || (missing.length > 0 && !agreed) }}
      onOk={() => void submit()}
      onCancel={close}
    >
      {submitting.problem && <Failure problem={submitting.problem} />}
      {!saved && saver.status !== 'saving' && saver.problem && <Failure problem={saver.problem} />}
      <p>
        上报后，每个数据和它背后的每一行都固定下来，上级随时可以打开。以后台账有变，会提示差在哪里；要改正文，请点“更正”另起一版。
      </p>
      {open.length > 0 && (
        <p className="mz-submit-open">
          还有 {open.length} 处没有核对：
          {open
            .slice(0, 2)
            .map((c) => c.message)
            .join('')}
          {open.length > 2 && '……'}
        </p>
      )}
      {missing.length > 0 && (
        <>
          <p className="mz-submit-open">下面 {missing.length} 个数据是空的，会印成“—”：</p>
          <ul className="mz-submit-missing">
            {missing.map((figure) => (
              <li key={figure.ref}>
                <button
                  type="button"
                  className="mz-link-button"
                  onClick={() => {
                    close()
                    workspace.choose(figure.ref)
                    goToFigure(workspace.editor, figure.ref)
                  }}
                >
                  {figure.measure.title}
                </button>
                <span className="mz-quiet mz-small">{figure.missingReason}</span>
              </li>
            ))}
          </ul>
          <Checkbox checked={agreed} onChange={(e) => setAgreed(e.target.checked)}>
            我知道这些数据是空的，照样上报
          </Checkbox>
        </>
      )}
    </Modal>
  )
}
