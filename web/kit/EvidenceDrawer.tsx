/** 佐证: a figure's question, value, the same period before, its parts, who below contributes, and the very rows. */
import { CopyOutlined, DownloadOutlined } from '@ant-design/icons'
import { Button, Drawer, Dropdown, message, Segmented, Table } from 'antd'
import { useState } from 'react'
import { type EvidenceRows, getEvidence } from '../../domain/indicators/contract.ts'
import { GoLink, paths, useGo } from '../app/address.tsx'
import { call, problemOf } from '../app/client.ts'
import { useFetch } from '../app/queries.ts'
import { Bars } from './Charts.tsx'
import { saveTable } from './columns.ts'
import { copyText } from './copy.ts'
import { Change, splitUnit } from './Figure.tsx'
import {
  type FigureAnswer,
  type FigureQuestion,
  figurePage,
  useEvidence,
  useFigure,
  useYearBefore,
} from './figures.ts'
import { barOf, inOrder } from './groups.ts'
import { LackingButton } from './Lacking.tsx'
import { EmptyState, Loaded } from './Page.tsx'

/** Stands once in the frame; opens whenever the address names a figure. */
export function EvidenceDrawer() {
  const { asked, close } = useEvidence()
  return (
    <Drawer
      open={asked !== null}
      onClose={close}
      size={760}
      title="佐证"
      className="mz-evidence"
      destroyOnHidden
      extra={
        asked && (
          <span className="mz-evidence-acts">
            {asked.depth !== '0' && <LackingButton question={asked} />}
            <AskOtherwise question={asked} />
            <CopyMenu question={asked} />
          </span>
        )
      }
    >
      {asked && <Evidence key={JSON.stringify(asked)} question={asked} />}
    </Drawer>
  )
}

function AskOtherwise({ question }: { question: FigureQuestion }) {
  const go = useGo()
  return <Button onClick={() => go(figurePage(question))}>换个问法</Button>
}

/** As number, as sentence, as link, as a line for the command line. */
export function CopyMenu({ question }: { question: FigureQuestion }) {
  const { data } = useFigure(question)
  const [said, holder] = message.useMessage()
  if (!data) return null
  const choices = [
    { key: 'number', label: '复制数字', text: data.exact },
    { key: 'sentence', label: '复制为一句话', text: `${data.asked}：${data.display}。` },
    { key: 'link', label: '复制链接', text: window.location.href },
    { key: 'command', label: '复制为命令行', text: commandOf(question, data.org.code) },
  ]
  const copy = async (key: string) => {
    const done = await copyText(choices.find((c) => c.key === key)?.text ?? '')
    said[done ? 'success' : 'error'](done ? '已复制' : '浏览器不允许复制，请手动选中复制')
  }
  return (
    <>
      {holder}
      <Dropdown
        menu={{ items: choices.map(({ key, label }) => ({ key, label })), onClick: (e) => void copy(e.key) }}
      >
        <Button icon={<CopyOutlined />}>复制</Button>
      </Dropdown>
    </>
  )
}

function commandOf({ org: _org, where = {}, ...asked }: FigureQuestion, code: string): string {
  const quoted = (value: string) => (/^[\w.:-]+$/.test(value) ? value : `'${value.replace(/'/g, `'\\''`)}'`)
  const option = (name: string, value: string) => `--${name} ${quoted(value)}`
  return [
    'npm run mz -- figure',
    option('org', code),
    ...Object.entries(asked).flatMap(([key, value]) =>
      value ? [option(key === 'asOf' ? 'as-of' : key, value)] : [],
    ),
    ...Object.entries(where).map(([key, value]) => option('where', `${key}=${value}`)),
  ].join(' ')
}

/** The drawer's content, also beside the summary editor. */
export function Evidence({ question }: { question: FigureQuestion }) {
  const now = useFigure(question)
  const before = useYearBefore(question)
  const [part, setPart] = useState<string | undefined>()
  return (
    <Loaded of={now}>
      {(answer) => (
        <div className="mz-evidence-body">
          <div className="mz-evidence-head">
            <p className="mz-evidence-asked">{answer.asked}</p>
            <BigValue answer={answer} />
            <div className="mz-quiet">{before && <Change now={answer} before={before} />}</div>
            {answer.note && <p className="mz-evidence-note">{answer.note}</p>}
            <p className="mz-evidence-definition">口径：{answer.measure.definition}</p>
          </div>
          {answer.evidence.parts.length > 1 && <Parts answer={answer} chosen={part} choose={setPart} />}
          <Groups question={question} unit={answer.unit} />
          <Rows key={part ?? ''} question={question} part={part} />
        </div>
      )}
    </Loaded>
  )
}

function BigValue({ answer }: { answer: FigureAnswer }) {
  const { number, word } = splitUnit(answer)
  if (answer.missing)
    return <div className="mz-evidence-value mz-figure-missing">— {answer.missingReason ?? '还没有记录'}</div>
  const plain = number.replace(/^至少/, '')
  const exactly = answer.exact !== plain.replace(/,/g, '') ? answer.exact : ''
  return (
    <div className="mz-evidence-value">
      {answer.bound && <small>至少 </small>}
      {plain}
      <small>{word}</small>
      {exactly && <small className="mz-quiet">（{exactly}）</small>}
    </div>
  )
}

interface PartsProps {
  answer: FigureAnswer
  chosen: string | undefined
  choose: (role: string | undefined) => void
}

/** Of a share or a difference: what stands above and below the line, each with its own rows. */
function Parts({ answer, chosen, choose }: PartsProps) {
  const parts = answer.evidence.parts
  return (
    <Segmented
      block
      value={chosen ?? parts[0]?.role ?? ''}
      onChange={(role) => choose(role)}
      options={parts.map((p) => ({
        value: p.role,
        label: `${p.title} ${p.value ?? '—'}（${p.count} 条）`,
      }))}
    />
  )
}

interface GroupsProps {
  question: FigureQuestion
  unit: string
}

/** The shares of the children, or of what was asked to group by, as bars; each opens as a figure of its own. */
function Groups({ question, unit }: GroupsProps) {
  const evidence = useEvidence()
  const by = question.group ?? 'org'
  const { data } = useFigure({ ...question, group: by }, { enabled: by !== 'org' || question.depth !== '0' })
  const groups = data?.groups ?? []
  if (groups.length < (question.group ? 1 : 2)) return null
  const bars = inOrder(groups).map((g) => barOf(question, g, { unit, open: evidence.open }))
  return (
    <section>
      <h3>{by === 'org' ? '各下级' : '分组'}</h3>
      <Bars bars={bars} />
      {data?.overlap ? (
        <p className="mz-quiet mz-small">
          其中联合 {data.overlap} {unit}：各下级之和比本数多出这些，联合开展的在每个下级各计一次。
        </p>
      ) : null}
    </section>
  )
}

const PAGE = 20

/** Columns that name a row; the link stands there. */
const NAMING = ['name', 'title', 'person']

function Rows({ question, part }: { question: FigureQuestion; part: string | undefined }) {
  const [page, setPage] = useState(1)
  const asked = rowsAsked(question, part)
  const rows = useFetch(getEvidence, { query: { ...asked, page, size: PAGE } }, { keepLast: true })
  return (
    <section>
      <div className="mz-evidence-rows">
        <h3>明细{rows.data ? ` ${rows.data.total.toLocaleString('zh-CN')} 条` : ''}</h3>
        {rows.data && rows.data.total > 0 && <ExportRows question={question} part={part} />}
      </div>
      <Loaded of={rows}>
        {(found) => <RowTable found={found} page={page} setPage={setPage} busy={rows.isPlaceholderData} />}
      </Loaded>
    </section>
  )
}

function rowsAsked({ where, group: _group, ...rest }: FigureQuestion, part: string | undefined) {
  return { ...rest, ...(where ? { where: JSON.stringify(where) } : {}), ...(part ? { part } : {}) }
}

const AT_ONCE = 500

/** Every row, page by page. */
async function allRows(question: FigureQuestion, part: string | undefined): Promise<EvidenceRows> {
  const ask = (page: number) =>
    call(getEvidence, { query: { ...rowsAsked(question, part), page, size: AT_ONCE } })
  const first = await ask(1)
  const rows = [...first.rows]
  for (let page = 2; rows.length < first.total; page++) {
    const next = await ask(page)
    if (next.rows.length === 0) break
    rows.push(...next.rows)
  }
  return { ...first, rows }
}

function ExportRows({ question, part }: { question: FigureQuestion; part: string | undefined }) {
  const { data } = useFigure(question)
  const [busy, setBusy] = useState(false)
  const [said, holder] = message.useMessage()
  const write = async () => {
    setBusy(true)
    try {
      const { columns, rows } = await allRows(question, part)
      saveTable(
        `佐证-${data?.asked ?? '明细'}`,
        columns.map((c, i) => ({
          id: c.id,
          title: c.title,
          value: (row: EvidenceRows['rows'][number]) => row.cells[i] ?? null,
        })),
        rows,
      )
    } catch (error) {
      said.error(problemOf(error).title)
    }
    setBusy(false)
  }
  return (
    <>
      {holder}
      <Button size="small" icon={<DownloadOutlined />} loading={busy} onClick={() => void write()}>
        导出明细
      </Button>
    </>
  )
}

export function RowTable(props: {
  found: EvidenceRows
  page: number
  setPage: (n: number) => void
  busy: boolean
}) {
  const { found } = props
  const naming = Math.max(
    0,
    found.columns.findIndex((c) => NAMING.includes(c.id)),
  )
  return (
    <Table
      size="small"
      loading={props.busy}
      rowKey="id"
      dataSource={found.rows}
      scroll={{ x: 'max-content' }}
      columns={filled(found, naming).map(({ column, i }) => ({
        key: column.id,
        title: column.title,
        render: (_: unknown, row: EvidenceRows['rows'][number]) => {
          const cell = row.cells[i] ?? ''
          const path = i === naming ? pathOf(row.opens, row.opensId ?? row.id) : null
          if (!cell && !path) return <span className="mz-none">—</span>
          return path ? <GoLink to={path}>{cell || '打开'}</GoLink> : cell
        },
      }))}
      pagination={
        found.total > PAGE && {
          current: props.page,
          pageSize: PAGE,
          total: found.total,
          size: 'small',
          showSizeChanger: false,
          onChange: props.setPage,
        }
      }
      locale={{ emptyText: <EmptyState title="没有一行计入这个数" /> }}
    />
  )
}

/** Columns in which anything is written; most ledgers have many that are seldom filled. */
const filled = (found: EvidenceRows, naming: number) =>
  found.columns
    .map((column, i) => ({ column, i }))
    .filter(({ i }) => i === naming || found.rows.some((row) => row.cells[i]))

function pathOf(opens: string, id: string): string | null {
  if (opens === 'people') return paths.person(id)
  if (opens === 'organisations') return paths.organisation(id)
  return opens === 'records' ? paths.record(id) : null
}
