/** Many records changed together: chosen, looked at before, done, taken back. */
import { Alert, App, Button, Input, Modal, Radio, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import {
  type BulkDeed,
  type BulkPreview,
  type BulkResult,
  type Left,
  previewBulk,
  startBulk,
  undoBulk,
} from '../../domain/records/bulk/contract.ts'
import type { RecordFilter } from '../../domain/records/ledgers/contract.ts'
import type { LedgerDefinition, LedgerField } from '../../domain/records/ledgers/definition.ts'
import { isAsked } from '../../domain/records/ledgers/fields/types.ts'
import { cancelJob, type Job } from '../../kernel/jobs/contract.ts'
import { call, type Problem, problemOf } from '../app/client.ts'
import { queryClient } from '../app/queries.ts'
import type { Selection } from '../kit/DataTable.tsx'
import { Field } from '../kit/Form.tsx'
import { JobProgress } from '../kit/JobProgress.tsx'
import { jobDone } from '../kit/jobWatch.ts'
import { type ChosenOrg, OrgPicker } from '../kit/OrgPicker.tsx'
import { Failure } from '../kit/Page.tsx'
import { FieldInput } from './fields/input.tsx'

export type BulkKind = 'set' | 'move' | 'void' | 'restore'

export interface BulkDialogProps {
  definition: LedgerDefinition
  kind: BulkKind
  selection: Selection
  /** What "all" means. */
  filter: RecordFilter
  close: () => void
}

const TITLES: Record<BulkKind, string> = {
  set: '改一项',
  move: '划到另一个组织',
  void: '作废',
  restore: '恢复',
}

const DOES: Record<BulkKind, string> = { set: '修改', move: '划转', void: '作废', restore: '恢复' }

export function BulkDialog({ definition, kind, selection, filter, close }: BulkDialogProps) {
  const [deed, setDeed] = useState<BulkDeed | null>(kind === 'restore' ? { kind } : null)
  const [preview, setPreview] = useState<BulkPreview | null>(null)
  const params = { ledger: definition.id }
  const whom = selection.all ? { filter } : { ids: selection.keys }
  const work = useBulkWork(() => selection.clear())
  const look = () =>
    work.guard(async () => {
      if (deed) setPreview(await call(previewBulk, { params, body: { deed, ...whom } }))
    })
  const change = (next: BulkDeed | null) => {
    setDeed(next)
    setPreview(null)
  }
  const doIt = () => deed && work.run(() => call(startBulk, { params, body: { deed, ...whom } }))
  return (
    <Modal
      open
      width={640}
      title={`${TITLES[kind]}：已选 ${selection.count.toLocaleString('zh-CN')} 条`}
      onCancel={close}
      footer={
        work.result ? (
          <Button onClick={close}>关闭</Button>
        ) : (
          <>
            <Button onClick={close}>取消</Button>
            {preview ? (
              <Button
                type="primary"
                disabled={preview.will === 0}
                loading={work.busy}
                onClick={() => void doIt()}
              >
                {DOES[kind]} {preview.will} 条
              </Button>
            ) : (
              <Button type="primary" disabled={!deed} loading={work.busy} onClick={() => void look()}>
                先看会改成什么
              </Button>
            )}
          </>
        )
      }
    >
      <div className="mz-bulk-dialog">
        {!work.result && !work.job && <Deed definition={definition} kind={kind} set={change} />}
        {work.problem && <Failure problem={work.problem} />}
        {work.job && <JobProgress job={work.job} onCancel={work.cancel} />}
        {work.result ? (
          <Result kind={kind} result={work.result} undo={work.undo} />
        ) : (
          preview && !work.job && <Preview preview={preview} />
        )}
      </div>
    </Modal>
  )
}

type Started = { job: string | null; result: BulkResult | null }

function useBulkWork(cleared: () => void) {
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)
  const [job, setJob] = useState<Job | null>(null)
  const [result, setResult] = useState<BulkResult | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const gone = useRef(false)
  useEffect(() => {
    gone.current = false
    return () => {
      gone.current = true
    }
  }, [])
  const guard = async (act: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await act().catch((e) => setProblem(problemOf(e)))
    setBusy(false)
  }
  const ended = async (started: Started): Promise<BulkResult | null> => {
    if (!started.job) return started.result
    const done = await jobDone(started.job, setJob, () => gone.current)
    setJob(null)
    if (done?.state === 'failed') throw new Error(done.failure ?? '没有完成，什么都没有改。')
    if (done?.state === 'cancelled') throw new Error('已停止，什么都没有改。')
    return (done?.result ?? null) as BulkResult | null
  }
  const run = (start: () => Promise<Started>) =>
    guard(async () => {
      const done = await ended(await start())
      await queryClient.invalidateQueries()
      setResult(done)
      if (done && done.done > 0) cleared()
    })
  const undo = (id: string) =>
    guard(async () => {
      const done = await ended(await call(undoBulk, { params: { id } }))
      await queryClient.invalidateQueries()
      setResult(done && { ...done, bulk: null })
      void message.success(`已撤销，${done?.done ?? 0} 条回到原样。`)
    })
  const cancel = () => job && void call(cancelJob, { params: { id: job.id } })
  return { busy, job, result, problem, guard, run, undo, cancel }
}

interface DeedProps {
  definition: LedgerDefinition
  kind: BulkKind
  set: (deed: BulkDeed | null) => void
}

function Deed({ definition, kind, set }: DeedProps) {
  if (kind === 'set') return <SetField definition={definition} set={set} />
  if (kind === 'move') return <MoveTo set={set} />
  if (kind === 'void')
    return (
      <Field label="作废的原因" required>
        {(id) => (
          <Input
            id={id}
            autoFocus
            maxLength={200}
            placeholder="如：重复登记"
            onChange={(e) =>
              set(e.target.value.trim() ? { kind: 'void', reason: e.target.value.trim() } : null)
            }
          />
        )}
      </Field>
    )
  return <p className="mz-quiet">恢复之后重新计入各项数据。</p>
}

function MoveTo({ set }: Pick<DeedProps, 'set'>) {
  const [org, setOrg] = useState<ChosenOrg | null>(null)
  return (
    <Field label="应当记在" required>
      {(id) => (
        <OrgPicker
          id={id}
          value={org}
          onChange={(next) => {
            setOrg(next)
            set(next && { kind: 'move', orgId: next.id })
          }}
        />
      )}
    </Field>
  )
}

/** What is typed beside the fields, as a field. */
function settable(definition: LedgerDefinition): LedgerField[] {
  const { name, personTimes, fields } = definition
  const plain = (id: string, title: string, type: LedgerField['type']) => ({ id, title, type, usedBy: '' })
  return [
    ...fields.filter(isAsked),
    plain('title', name.label, 'text'),
    ...(personTimes ? [plain('personTimes', personTimes.label, 'integer')] : []),
    plain('day', definition.day.label, 'date'),
  ]
}

const MUST_STAND = new Set(['title', 'day'])

function SetField({ definition, set }: Pick<DeedProps, 'definition' | 'set'>) {
  const fields = settable(definition)
  const [id, setId] = useState<string | null>(null)
  const [empty, setEmpty] = useState(false)
  const [value, setValue] = useState<unknown>(undefined)
  const field = fields.find((f) => f.id === id)
  const take = (next: { id?: string; empty?: boolean; value?: unknown }) => {
    const now = { id, empty, value, ...next }
    setId(now.id ?? null)
    setEmpty(now.empty)
    setValue(now.value)
    const said = now.empty || now.value !== undefined
    set(now.id && said ? { kind: 'set', field: now.id, value: now.empty ? null : now.value } : null)
  }
  return (
    <>
      <Field label="改哪一项" required>
        {(htmlId) => (
          <Select
            id={htmlId}
            className="mz-wide"
            placeholder="请选择"
            value={id}
            showSearch={{ optionFilterProp: 'label' }}
            options={fields.map((f) => ({ value: f.id, label: f.title }))}
            onChange={(next) => take({ id: next, empty: false, value: undefined })}
          />
        )}
      </Field>
      {field && (
        <Field label="改成" required>
          {(htmlId) => (
            <>
              {!field.required && !MUST_STAND.has(field.id) && (
                <Radio.Group
                  value={empty}
                  onChange={(e) => take({ empty: e.target.value })}
                  options={[
                    { value: false, label: '统一改成' },
                    { value: true, label: '清空' },
                  ]}
                />
              )}
              {!empty && (
                <FieldInput
                  key={field.id}
                  field={field}
                  id={htmlId}
                  value={value}
                  onChange={(v) => take({ value: v })}
                />
              )}
            </>
          )}
        </Field>
      )}
    </>
  )
}

function Preview({ preview }: { preview: BulkPreview }) {
  const { total, will, left, sample } = preview
  return (
    <>
      <p>
        共 {total} 条，<strong>会改 {will} 条</strong>
        {total > will && `，${total - will} 条不动`}。
      </p>
      <LeftOver left={left} />
      {sample.length > 0 && (
        <ul className="mz-bulk-sample">
          {sample.map((s) => (
            <li key={s.id}>
              <span className="mz-quiet">{s.day}</span> {s.title} <span className="mz-quiet">{s.org}</span>
              {s.changes.map((c) => (
                <div key={c.title}>
                  {c.title}：<del>{c.before || '（空）'}</del> → <ins>{c.after || '（空）'}</ins>
                </div>
              ))}
            </li>
          ))}
          {will > sample.length && <li className="mz-quiet">……以上是前 {sample.length} 条</li>}
        </ul>
      )}
    </>
  )
}

function LeftOver({ left }: { left: Left[] }) {
  if (left.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title="这些不动"
      description={left.map((one) => (
        <div key={one.reason}>
          {one.count} 条：{one.reason}
          <span className="mz-quiet">
            （{one.examples.map((e) => e.title).join('、')}
            {one.count > one.examples.length ? ' 等' : ''}）
          </span>
        </div>
      ))}
    />
  )
}

interface ResultProps {
  kind: BulkKind
  result: BulkResult
  undo: (id: string) => Promise<void>
}

function Result({ kind, result, undo }: ResultProps) {
  const { bulk, done, left } = result
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={`已${bulk ? DOES[kind] : '撤销'} ${done} 条`}
        description={bulk && '每条记录的修改经过里都有这一笔。'}
        action={
          bulk && (
            <Button size="small" onClick={() => void undo(bulk)}>
              整批撤销
            </Button>
          )
        }
      />
      <LeftOver left={left} />
    </>
  )
}
