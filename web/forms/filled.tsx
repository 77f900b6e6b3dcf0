/** A filled form: every cell opens its evidence; what is missing is declared or typed; downloaded, handed in. */
import { DownloadOutlined } from '@ant-design/icons'
import { Alert, Button, DatePicker, Input, Modal, Segmented, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import {
  downloadFilled,
  type Filled,
  type FilledCell,
  getFilled,
  getFilledDrift,
  submitFilled,
} from '../../domain/reports/forms/contract.ts'
import type { FormCell } from '../../domain/reports/forms/file/model.ts'
import { cellKey } from '../../domain/reports/forms/mapping.ts'
import { GoLink, paths, useParam, useSearchState } from '../app/address.tsx'
import { download, type Problem, problemOf } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch, useWrite } from '../app/queries.ts'
import { driftWords } from '../kit/drift.ts'
import { Failure, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { CellEvidence } from './cellEvidence.tsx'
import { rowNow, rowThen } from './moved.ts'
import { type CellLook, FormSheet } from './sheet.tsx'
import './forms.css'

export function FilledFormPage() {
  const id = useParam('filled')
  const filled = useFetch(getFilled, { params: { id } })
  return <Loaded of={filled}>{(found) => <FilledForm key={found.id} filled={found} />}</Loaded>
}

function FilledForm({ filled }: { filled: Filled }) {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [handing, setHanding] = useState(false)
  const [search, change] = useSearchState()
  const cells = new Map(filled.cells.map((c) => [cellKey(c), c]))
  const chosen = cells.get(search.cell ?? '')
  const save = () =>
    download(downloadFilled, { params: { id: filled.id } }).catch((e) => setProblem(problemOf(e)))
  const canSubmit = filled.may.submit && !filled.submittedOn
  return (
    <Page
      title={`${filled.title}　${filled.periodLabel}`}
      above={[
        { title: '报表', to: paths.forms() },
        { title: filled.title, to: paths.form(filled.formId) },
      ]}
      about={<State filled={filled} />}
      actions={canSubmit && <Button onClick={() => setHanding(true)}>记为已上报</Button>}
      main={
        <Button type="primary" icon={<DownloadOutlined />} onClick={() => void save()}>
          下载
        </Button>
      }
    >
      {problem && <Failure problem={problem} />}
      <Drift filled={filled} />
      <div className="mz-form-work">
        <section className="mz-form-left" aria-label="填好的表">
          <Tables filled={filled} cells={cells} />
        </section>
        <aside className="mz-form-right" aria-label="这一格的来历">
          {chosen ? (
            <CellEvidence key={cellKey(chosen)} filled={filled} cell={chosen} />
          ) : (
            <Checks filled={filled} open={(cell) => change({ cell: cellKey(cell) })} />
          )}
          {chosen && (
            <Button type="link" onClick={() => change({ cell: undefined })}>
              看全表的待核对事项（{filled.checks.length}）
            </Button>
          )}
        </aside>
      </div>
      {handing && <HandIn filled={filled} close={() => setHanding(false)} />}
    </Page>
  )
}

function State({ filled }: { filled: Filled }) {
  return (
    <>
      {filled.submittedOn ? (
        <Tag color="green">
          {filled.submittedOn} 已报{filled.submittedTo}
        </Tag>
      ) : (
        <Tag>未上报</Tag>
      )}
      {filled.recordedBy} {filled.recordedAt.slice(0, 16)} 取数
      {filled.missing > 0 ? `，${filled.missing} 格没有数据` : '，每格都有数'}
    </>
  )
}

function Tables({ filled, cells }: { filled: Filled; cells: Map<string, FilledCell> }) {
  const [search, change] = useSearchState()
  const { tables } = filled.document
  const [at, row, column] = (search.cell ?? '').split('.')
  const table = tables.find((t) => t.id === (at || search.sheet)) ?? tables[0]
  if (!table) return null
  const lists = filled.cells.filter((c) => c.table === table.id && c.source === 'list')
  const keyOf = (cell: FormCell) => {
    const list = lists.find((one) => one.row === rowThen(lists, cell.row))
    return cellKey(list ?? { table: table.id, row: rowThen(lists, cell.row), column: cell.column })
  }
  const look = (cell: FormCell): CellLook => lookOf(cells.get(keyOf(cell)))
  return (
    <>
      {tables.length > 1 && (
        <div className="mz-form-bar">
          <Segmented
            value={table.id}
            onChange={(sheet) => change({ sheet, cell: undefined })}
            options={tables.map((t, i) => ({ value: t.id, label: t.title.slice(0, 16) || `表 ${i + 1}` }))}
          />
        </div>
      )}
      <FormSheet
        table={table}
        chosen={row === undefined ? null : { row: rowNow(lists, Number(row)), column: Number(column) }}
        choose={(cell) => change({ cell: keyOf(cell) })}
        look={look}
      />
      <p className="mz-quiet mz-small mz-no-print">
        点任何一格，右边看它的问法和背后的每一行。公式由 Excel 打开时重算。
      </p>
    </>
  )
}

function lookOf(cell: FilledCell | undefined): CellLook {
  if (!cell) return {}
  if (cell.value === null && cell.source !== 'text')
    return { state: 'missing', content: '—', title: cell.missingReason ?? '没有数据' }
  const titles = {
    figure: '点开看佐证',
    list: '名单',
    text: '',
    typed: `手填：${cell.reason ?? ''}`,
    nil: '本期无',
  }
  return {
    state:
      cell.source === 'typed' || cell.source === 'nil'
        ? 'typed'
        : cell.source === 'figure'
          ? 'figure'
          : 'mapped',
    title: titles[cell.source],
    ...(cell.source === 'figure' && { content: cell.display }),
  }
}

function Checks({ filled, open }: { filled: Filled; open: (cell: FilledCell) => void }) {
  const { checks } = filled
  if (checks.length === 0) return <p className="mz-quiet">没有要核对的：每格都有数，合计与分项相符。</p>
  return (
    <Sheet title={`待核对 ${checks.length} 项`}>
      <ul className="mz-form-checks">
        {checks.map((check) => (
          <li key={check.message} className={`mz-form-check-${check.kind}`}>
            <button
              type="button"
              onClick={() => {
                const [first] = check.cells
                const cell = first && filled.cells.find((c) => cellKey(c) === cellKey(first))
                if (cell) open(cell)
              }}
            >
              {check.message}
            </button>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

function Drift({ filled }: { filled: Filled }) {
  const [open, setOpen] = useState(false)
  const drift = useFetch(getFilledDrift, { params: { id: filled.id } })
  const drifted = drift.data?.drifted ?? []
  if (drifted.length === 0) return null
  const values = drifted.filter((d) => d.why !== 'rows')
  return (
    <Alert
      className="mz-forms-kept mz-no-print"
      type="warning"
      showIcon
      title={
        values.length > 0
          ? `今天再算，有 ${values.length} 格和填表时不同。`
          : `数没有变，但有 ${drifted.length} 格背后的记录改过。`
      }
      description={
        open && (
          <ul>
            {drifted.map((d) => (
              <li key={cellKey(d)}>
                {d.asked}：填表时 {d.was}，今天 {d.now}
                {driftWords(d) && `（${driftWords(d)}）`}
              </li>
            ))}
          </ul>
        )
      }
      action={
        <>
          <Button size="small" onClick={() => setOpen(!open)}>
            {open ? '收起' : '看差在哪里'}
          </Button>{' '}
          <GoLink to={paths.form(filled.formId)}>再填一次</GoLink>
        </>
      }
    />
  )
}

function HandIn({ filled, close }: { filled: Filled; close: () => void }) {
  const { today } = useFrame()
  const [on, setOn] = useState(today)
  const [to, setTo] = useState(filled.sender)
  const submitting = useWrite(submitFilled)
  const submit = async () => {
    if (await submitting.run({ params: { id: filled.id }, body: { on, to: to.trim() } })) close()
  }
  return (
    <Modal
      open
      title="记为已上报"
      okText="记下"
      cancelText="取消"
      okButtonProps={{ disabled: !to.trim() }}
      confirmLoading={submitting.busy}
      onOk={() => void submit()}
      onCancel={close}
    >
      {submitting.problem && <Failure problem={submitting.problem} />}
      {filled.missing > 0 && <p>还有 {filled.missing} 格没有数据，表里空着。</p>}
      <div className="mz-form-about">
        <div className="mz-form-row">
          <span>哪天报的</span>
          <DatePicker
            aria-label="哪天报的"
            allowClear={false}
            value={dayjs(on)}
            onChange={(day) => day && setOn(day.format('YYYY-MM-DD'))}
          />
        </div>
        <div className="mz-form-row">
          <span>报给谁</span>
          <Input
            aria-label="报给谁"
            value={to}
            placeholder="如 团县委"
            onChange={(e) => setTo(e.target.value)}
          />
        </div>
      </div>
      <p className="mz-quiet mz-small">记下以后，这张表不再改动；要更正，请回到报表再填一次。</p>
    </Modal>
  )
}
