/** 报表: the forms that the superior wants filled; a file dropped here begins. */
import { FileExcelOutlined } from '@ant-design/icons'
import { Alert, Progress, Tag } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import {
  type FormListed,
  fillForm,
  getForm,
  listForms,
  uploadForm,
} from '../../domain/reports/forms/contract.ts'
import { rhythmTitles } from '../../domain/reports/forms/mapping.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { call, type Problem, problemOf, upload } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useFetch } from '../app/queries.ts'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Failure, Page } from '../kit/Page.tsx'
import { periodNamed } from './period.ts'
import '../import/import.css'
import './forms.css'

const columns: Column<FormListed>[] = [
  {
    id: 'title',
    title: '报表',
    value: (f) => f.title,
    cell: (f) => <GoLink to={paths.form(f.id)}>{f.title}</GoLink>,
    filter: { type: 'text' },
  },
  {
    id: 'sender',
    title: '来文单位',
    value: (f) => f.sender,
    cell: (f) => f.sender || <span className="mz-none">—</span>,
    filter: { type: 'text' },
  },
  {
    id: 'rhythm',
    title: '频次',
    value: (f) => rhythmTitles[f.rhythm],
    filter: { type: 'choice', options: Object.values(rhythmTitles).map((t) => ({ value: t, title: t })) },
  },
  { id: 'open', title: '对应', value: (f) => f.open, cell: (f) => <Mapped form={f} />, sortable: true },
  {
    id: 'last',
    title: '上次填报',
    value: (f) => f.last?.recordedAt ?? '',
    cell: (f) => <Last form={f} />,
    sortable: true,
  },
  { id: 'next', title: '下一期', value: (f) => f.next.period, cell: (f) => f.next.label, sortable: true },
]

function Mapped({ form }: { form: FormListed }) {
  if (form.open === 0) return <Tag color="green">已对应 {form.mapped} 格</Tag>
  return <Tag color="gold">还有 {form.open} 格没有指定</Tag>
}

function Last({ form: { id, last } }: { form: FormListed }) {
  if (!last) return <span className="mz-none">还没有填过</span>
  return (
    <>
      <GoLink to={paths.filledForm(id, last.id)}>{last.periodLabel}</GoLink>
      <span className="mz-quiet mz-small mz-forms-state">
        {last.submittedOn ? `${last.submittedOn} 已上报` : '未上报'}
      </span>
    </>
  )
}

export function FormsPage() {
  const { org } = useFrame()
  const may = useMay('summaries.write')
  const go = useGo()
  const list = useList({ sort: { column: 'last', descending: true } })
  const found = useFetch(listForms, { query: { org: org.id } }, { keepLast: true })
  return (
    <Page title="报表" about={`${org.name}要填的上级报表：指一次每格填什么，以后自动取数`}>
      {may && <Drop />}
      <DataTable<FormListed>
        name="报表"
        columns={columns}
        rows={found.data?.forms}
        rowKey={(f) => f.id}
        list={list}
        problem={found.error}
        retry={() => void found.refetch()}
        onOpen={(f) => go(paths.form(f.id))}
        empty={
          <EmptyState
            title="还没有报表"
            hint="把上级发来的空白 Excel 或 Word 表拖到上面，系统会按格子旁边的字建议每格填什么。"
          />
        }
      />
    </Page>
  )
}

function Drop() {
  const { org } = useFrame()
  const go = useGo()
  const [over, setOver] = useState(false)
  const [doing, setDoing] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const id = useId()
  const send = async (files: FileList | null) => {
    const [file] = files ?? []
    if (!file) return
    setProblem(null)
    setDoing('正在看这是哪张表…')
    try {
      go(await begin(file, org.id, setDoing))
    } catch (error) {
      setProblem(problemOf(error))
    }
    setDoing(null)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files)
  }
  return (
    <div className="mz-forms-drop">
      {problem && <Failure problem={problem} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is the first. */}
      <div
        className={over ? 'mz-drop mz-drop-over' : 'mz-drop'}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <FileExcelOutlined />
        {doing === null ? (
          <>
            <label htmlFor={id}>
              把上级发来的空表拖到这里，或 <span>选择文件</span>
            </label>
            <p>Excel（.xlsx）和 Word（.docx）都行。填过的表认得出来，直接填好。</p>
            <input
              id={id}
              type="file"
              accept=".xlsx,.docx,.xls,.doc,.et,.wps"
              onChange={(e) => void send(e.target.files)}
            />
          </>
        ) : (
          <div className="mz-drop-progress">
            <Progress percent={100} status="active" showInfo={false} size="small" />
            <p>{doing}</p>
          </div>
        )}
      </div>
    </div>
  )
}

/** A form as last time is filled at once; any other is opened, to be pointed at. */
async function begin(file: File, org: string, tell: (words: string) => void): Promise<string> {
  const { id, known, open, carried, lost } = await upload(uploadForm, [file], { fields: { org } })
  if (known === 'same' && open === 0) {
    tell('认得这张表，正在取数…')
    const form = await call(getForm, { params: { id } })
    const words = [
      file.name,
      ...form.document.tables.flatMap((t) => [t.title, ...t.cells.slice(0, 6).map((c) => c.text)]),
    ]
    const named = periodNamed(words.join(' '), form.rhythm, form.next.period)
    const filled = await call(fillForm, { params: { id }, body: { period: named ?? form.next.period } })
    return paths.filledForm(id, filled.id)
  }
  return known === 'changed' ? `${paths.form(id)}?kept=${carried}&lost=${lost}` : paths.form(id)
}

/** What an edition that was recognised has kept, on the form's page. */
export function Kept({ kept, lost }: { kept: string | undefined; lost: string | undefined }) {
  if (!kept) return null
  return (
    <Alert
      type="info"
      showIcon
      className="mz-forms-kept"
      title={`这张表改过：${kept} 格照旧${lost === '0' ? '' : `，${lost} 格在新表里找不到了`}，只需指定标出来的格子。`}
    />
  )
}
