/** 总结的编辑页: outline, page, evidence. */
import { Alert } from 'antd'
import { useEffect, useState } from 'react'
import { getDrift, getSummary, type Summary } from '../../domain/reports/summaries/contract.ts'
import { useParam } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import { LeaveWarning } from '../kit/Form.tsx'
import { Loaded } from '../kit/Page.tsx'
import { DriftBar } from './drift.tsx'
import { Head } from './head.tsx'
import { InsertMenu } from './insert.tsx'
import { Outline } from './outline.tsx'
import { Paper } from './paper.tsx'
import { RefreshDialog } from './refresh.tsx'
import { SidePanel } from './sidePanel.tsx'
import { SubmitDialog } from './submit.tsx'
import { useWatched, Workspace } from './workspace.ts'
import './summaries.css'

export function SummaryPage() {
  const id = useParam('id')
  const summary = useFetch(getSummary, { params: { id } }, { enabled: id !== '' })
  return (
    <div className="mz-summary">
      <Loaded of={summary} rows={14}>
        {(found) => <Opened key={`${found.id} ${found.state}`} summary={found} />}
      </Loaded>
    </div>
  )
}

function Opened({ summary }: { summary: Summary }) {
  const [workspace, setWorkspace] = useState<Workspace | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: later answers join the text that is being written.
  useEffect(() => {
    const made = new Workspace(summary)
    setWorkspace(made)
    return () => made.close()
  }, [])
  useEffect(() => {
    if (workspace?.editable) workspace.saver.adopt(summary)
  }, [workspace, summary])
  useEffect(() => {
    document.title = `${summary.title} · 明账`
    document.body.classList.add('mz-printing-summary')
    return () => document.body.classList.remove('mz-printing-summary')
  }, [summary.title])
  return workspace && <Writing workspace={workspace} />
}

function Writing({ workspace }: { workspace: Workspace }) {
  const { summary, saver, notice, editable } = useWatched(workspace)
  const [refreshing, setRefreshing] = useState<{ paragraphId?: string | undefined } | null>(null)
  const [submitting, setSubmitting] = useState(false)
  const drift = useFetch(getDrift, { params: { id: summary.id } }, { enabled: summary.state === 'submitted' })
  const drifted = drift.data?.drifted ?? []
  useEffect(() => {
    workspace.store.markDrifted(drift.data?.drifted.map((d) => d.ref) ?? [])
  }, [workspace, drift.data])
  return (
    <>
      <Head
        workspace={workspace}
        drifted={drifted.length}
        refresh={(paragraphId) => setRefreshing({ paragraphId })}
        submit={() => setSubmitting(true)}
      />
      {notice && (
        <Alert
          className="mz-notice mz-no-print"
          type="info"
          banner
          title={notice}
          closable={{ onClose: () => workspace.say(null) }}
        />
      )}
      <DriftBar workspace={workspace} drifted={drifted} />
      <div className="mz-desk-three">
        <Outline workspace={workspace} />
        <Paper workspace={workspace} />
        <SidePanel workspace={workspace} />
      </div>
      {editable && <InsertMenu workspace={workspace} />}
      {refreshing && (
        <RefreshDialog
          workspace={workspace}
          paragraphId={refreshing.paragraphId}
          close={() => setRefreshing(null)}
        />
      )}
      {submitting && <SubmitDialog workspace={workspace} close={() => setSubmitting(false)} />}
      <LeaveWarning when={editable && saver.status === 'refused'} />
    </>
  )
}
