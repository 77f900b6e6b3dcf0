/** Before anything is written: what the sheet is taken for, its columns, what is wrong, what would happen. */
import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Segmented, Select } from 'antd'
import { useState } from 'react'
import {
  type CheckReport,
  checkImport,
  commitImport,
  type ImportRequest,
  listKinds,
  type Preview,
  previewImport,
} from '../../domain/records/import/contract.ts'
import type { Output } from '../../kernel/endpoint.ts'
import { getJob } from '../../kernel/jobs/contract.ts'
import { GoLink, paths, useSearchState } from '../app/address.tsx'
import { call, type Problem } from '../app/client.ts'
import { useFetch, useWrite } from '../app/queries.ts'
import { DayField } from '../kit/DateField.tsx'
import { Field } from '../kit/Form.tsx'
import { JobProgress, jobEnded } from '../kit/JobProgress.tsx'
import { OrgPicker } from '../kit/OrgPicker.tsx'
import { Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { ColumnList } from './columns.tsx'
import { Findings } from './findings.tsx'
import { Outcome, Totals } from './outcome.tsx'
import { type Deciding, useDecisions } from './request.ts'
import { SheetView } from './sheetView.tsx'

const POLL_MS = 800

export function Prepare({ file }: { file: string }) {
  const deciding = useDecisions(file)
  const { request } = deciding
  const [, change] = useSearchState()
  const preview = useFetch(previewImport, { body: request }, { keepLast: true })
  const known = preview.data !== undefined && preview.data.kind !== ''
  const asked = { ...deciding, request: withDayAbove(deciding, preview.data) }
  const { report, current, checking } = useCheck(asked, known)
  const again = () => change({ file: undefined, sheet: undefined })
  return (
    <Page
      title="导入"
      about={preview.data && `${preview.data.fileName}，${preview.data.dataRows.toLocaleString('zh-CN')} 行`}
      actions={<Button onClick={again}>换一个文件</Button>}
      main={known && <CommitButton deciding={asked} report={report} current={current} />}
    >
      <Loaded of={preview} rows={10}>
        {(found) => (
          <>
            <WhatItIs preview={found} deciding={deciding} />
            {found.kind === '' ? (
              <Sheet title="没有认出表头" flush>
                <p className="mz-quiet mz-import-nohead">
                  点一下表头那一行的行号，表头就从那一行开始；表里没有列名的，请补一行列名再传。
                </p>
                <SheetView preview={found} deciding={deciding} report={undefined} />
              </Sheet>
            ) : (
              <>
                <SheetOrColumns preview={found} deciding={deciding} report={report} />
                <Sheet title="核对">
                  {checking}
                  {report && (
                    <>
                      <Outcome report={report} />
                      <Findings report={report} preview={found} deciding={deciding} />
                      <Totals totals={report.totals} />
                    </>
                  )}
                </Sheet>
              </>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** The day that stands above the table counts as long as it stands in the field. */
function withDayAbove({ request, decisions }: Deciding, preview: Preview | undefined): ImportRequest {
  const above = decisions.statementDate === undefined ? preview?.statementDate : null
  return above ? { ...request, statementDate: above } : request
}

/** The check answers at once, or as a job for large sheets; the last report stands until the next is there. */
function useCheck({ request }: Deciding, enabled: boolean) {
  const check = useQuery<Output<typeof checkImport>, Problem>({
    queryKey: [checkImport.id, request],
    queryFn: ({ signal }) => call(checkImport, { body: request }, { signal }),
    enabled,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const [over, setOver] = useState<string | null>(null)
  const [last, setLast] = useState<CheckReport | undefined>()
  const id = check.data?.job ?? null
  const job = useFetch(
    getJob,
    { params: { id: id ?? '' } },
    { enabled: id !== null, every: id !== over && POLL_MS },
  )
  if (id && job.data && jobEnded(job.data) && over !== id) setOver(id)
  const fresh =
    check.data?.report ?? (job.data?.state === 'done' ? (job.data.result as CheckReport) : undefined)
  if (fresh && fresh !== last) setLast(fresh)
  const current = fresh !== undefined && !check.isPlaceholderData
  return {
    report: fresh ?? last,
    current,
    checking: <Checking check={check} job={job.data} done={current} />,
  }
}

type Job = Output<typeof getJob>

interface CheckingProps {
  check: Pick<UseQueryResult<unknown, Problem>, 'error' | 'refetch'>
  job: Job | undefined
  done: boolean
}

function Checking({ check, job, done }: CheckingProps) {
  if (check.error) return <Failure problem={check.error} retry={() => void check.refetch()} />
  if (done) return null
  return job ? <JobProgress job={job} /> : <p className="mz-quiet">正在逐行核对…</p>
}

interface CommitProps {
  deciding: Deciding
  report: CheckReport | undefined
  /** The report is of what is decided now. */
  current: boolean
}

function CommitButton({ deciding, report, current }: CommitProps) {
  const [, change] = useSearchState()
  const commit = useWrite(commitImport, ({ job }) => change({ job }, 'push'))
  if (!report) return null
  const { refused, confirm, rows } = report.counts
  const good = rows - refused - confirm
  const partly = good < rows
  const duplicate = report.duplicateOf !== null && !deciding.decisions.accepted?.includes('sameFile')
  return (
    <>
      {commit.problem && <span className="mz-saved-wrong">{commit.problem.title}</span>}
      <Button
        type="primary"
        loading={commit.busy}
        disabled={!current || good === 0 || duplicate}
        title={duplicate ? '这个文件导入过；确实要再导入一次，请先勾选同意' : ''}
        onClick={() => void commit.run({ body: { ...deciding.request, ...(partly && { onlyGood: true }) } })}
      >
        {good === 0 ? '没有可以入账的行' : partly ? `先入账没有问题的 ${good} 行` : `入账 ${rows} 行`}
      </Button>
    </>
  )
}

function WhatItIs({ preview, deciding }: { preview: Preview; deciding: Deciding }) {
  const kinds = useFetch(listKinds, {})
  const { decide, look } = deciding
  const sure = new Map(preview.candidates.map((c) => [c.kind, c.confidence]))
  return (
    <Sheet title="这是什么表">
      <div className="mz-import-what">
        <Field label="表的种类">
          {(id) => (
            <Select
              id={id}
              value={preview.kind || null}
              placeholder="请选择"
              onChange={(kind) => look({ kind })}
              options={(kinds.data?.kinds ?? [])
                .map((k) => ({ value: k.kind, label: k.title, sure: sure.get(k.kind) ?? 0 }))
                .sort((a, b) => b.sure - a.sure)}
            />
          )}
        </Field>
        <Field label="谁的表">
          {(id) => (
            <OrgPicker
              id={id}
              value={{ ...preview.org, fullName: preview.org.name }}
              onChange={(org) => org && decide({ org: { id: org.id, name: org.name } })}
            />
          )}
        </Field>
        {preview.sheets.length > 1 && (
          <Field label="工作表">
            {(id) => (
              <Select
                id={id}
                value={preview.sheet}
                onChange={(sheet) => look({ sheet })}
                options={preview.sheets.map((s) => ({
                  value: s.name,
                  label: s.hidden ? `${s.name}（隐藏）` : s.name,
                }))}
              />
            )}
          </Field>
        )}
        <StatementDay preview={preview} deciding={deciding} />
      </div>
      <Remarks preview={preview} deciding={deciding} />
    </Sheet>
  )
}

/** Say what holds on a day, rather than what happened on which. */
const LISTS_OF_NOW = new Set(['organisations', 'members', 'officers'])

function StatementDay({ preview, deciding }: { preview: Preview; deciding: Deciding }) {
  const { decisions, decide } = deciding
  const above = decisions.statementDate === undefined && preview.statementDate !== null
  const use = LISTS_OF_NOW.has(preview.kind)
    ? '没有写起始日期的，从这一天算起'
    : '日期没有写年份、表题里也没有的，算这一年的'
  return (
    <Field label="填报时间" hint={above ? `表上写的，不对请改。${use}` : use}>
      {(id) => (
        <DayField
          id={id}
          value={decisions.statementDate === undefined ? preview.statementDate : decisions.statementDate}
          onChange={(day) => decide({ statementDate: day })}
        />
      )}
    </Field>
  )
}

function Remarks({ preview, deciding }: { preview: Preview; deciding: Deciding }) {
  const { duplicateOf, notes, remembered } = preview
  return (
    <>
      {duplicateOf && (
        <Alert
          type="warning"
          showIcon
          title={`这个文件已由${duplicateOf.by}在 ${duplicateOf.at.slice(0, 16)} 导入过（${duplicateOf.orgName}）`}
          description={
            <div className="mz-import-twice">
              <GoLink to={`${paths.batches()}?row=${duplicateOf.id}`}>看那一批，可以撤销</GoLink>　
              <Checkbox
                checked={deciding.decisions.accepted?.includes('sameFile') ?? false}
                onChange={(e) => deciding.accept('sameFile', e.target.checked)}
              >
                确实要再导入一次
              </Checkbox>
            </div>
          }
        />
      )}
      {remembered && <p className="mz-quiet mz-small">这种表头以前确认过，列的对应照上次的来。</p>}
      {notes.map((note) => (
        <p key={note} className="mz-quiet mz-small">
          {note}
        </p>
      ))}
    </>
  )
}

function SheetOrColumns(props: { preview: Preview; deciding: Deciding; report: CheckReport | undefined }) {
  const [view, setView] = useState<'sheet' | 'columns'>('sheet')
  return (
    <Sheet
      title="表格和列"
      flush
      extra={
        <Segmented<'sheet' | 'columns'>
          value={view}
          onChange={setView}
          options={[
            { value: 'sheet', label: '按原表看' },
            { value: 'columns', label: '按列对应看' },
          ]}
        />
      }
    >
      {view === 'sheet' ? <SheetView {...props} /> : <ColumnList {...props} />}
    </Sheet>
  )
}
