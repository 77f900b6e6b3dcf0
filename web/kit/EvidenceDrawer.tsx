/** 佐证: a figure's question, value, the same period before, its parts, who below contributes, and the very rows. */
import { CopyOutlined } from '@ant-design/icons'
import { Button, Drawer, Dropdown, message, Segmented, Table } from 'antd'
import { useState } from 'react'
import { type EvidenceRows, getEvidence } from '../../domain/indicators/contract.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFetch } from '../app/queries.ts'
import { copyText } from './copy.ts'
import { Change, splitUnit } from './Figure.tsx'
import { type FigureAnswer, type FigureQuestion, useEvidence, useFigure, yearBefore } from './figures.ts'
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
      extra={asked && <CopyMenu question={asked} />}
    >
      {asked && <Evidence key={JSON.stringify(asked)} question={asked} />}
    </Drawer>
  )
}

function CopyMenu({ question }: { question: FigureQuestion }) {
  const { data } = useFigure(question)
  const [said, holder] = message.useMessage()
  if (!data) return null
  const choices = [
    { key: 'number', label: '复制数字', text: data.exact },
    { key: 'sentence', label: '复制为一句话', text: `${data.asked}：${data.display}。` },
    { key: 'link', label: '复制链接', text: window.location.href },
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

/** The drawer's content, also beside the summary editor. */
export function Evidence({ question }: { question: FigureQuestion }) {
  const now = useFigure(question)
  const before = useFigure(yearBefore(question))
  const [part, setPart] = useState<string | undefined>()
  return (
    <Loaded of={now}>
      {(answer) => (
        <div className="mz-evidence-body">
          <div className="mz-evidence-head">
            <p className="mz-evidence-asked">{answer.asked}</p>
            <BigValue answer={answer} />
            <div className="mz-quiet">{before.data && <Change now={answer} before={before.data} />}</div>
            <p className="mz-evidence-definition">口径：{answer.measure.definition}</p>
          </div>
          {answer.evidence.parts.length > 1 && <Parts answer={answer} chosen={part} choose={setPart} />}
          <ByOrganisation question={question} unit={answer.unit} />
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
  const exactly = answer.exact !== number.replace(/,/g, '') ? answer.exact : ''
  return (
    <div className="mz-evidence-value">
      {answer.bound && <small>至少 </small>}
      {number}
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

const SHOWN_AT_FIRST = 8

/** The children's shares as bars; each opens as a figure of its own. */
function ByOrganisation({ question, unit }: { question: FigureQuestion; unit: string }) {
  const evidence = useEvidence()
  const [whole, setWhole] = useState(false)
  const { data } = useFigure(
    { ...question, group: 'org' },
    { enabled: question.depth !== '0' && !question.group },
  )
  const groups = data?.groups ?? []
  if (groups.length < 2) return null
  const most = Math.max(1, ...groups.map((g) => Number(g.value) || 0))
  const sorted = [...groups].sort((a, b) => (Number(b.value) || 0) - (Number(a.value) || 0))
  return (
    <section>
      <h3>各下级</h3>
      <ul className="mz-bars">
        {(whole ? sorted : sorted.slice(0, SHOWN_AT_FIRST)).map((g) => (
          <li key={g.key}>
            <button
              type="button"
              disabled={!g.orgId}
              onClick={() => g.orgId && evidence.open(ofChild(question, g.orgId))}
            >
              <span className="mz-bar-label">{g.label}</span>
              <span className="mz-bar">
                <i style={{ width: `${((Number(g.value) || 0) / most) * 100}%` }} />
              </span>
              <span className={g.value === null ? 'mz-bar-value mz-figure-missing' : 'mz-bar-value'}>
                {g.display}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {!whole && groups.length > SHOWN_AT_FIRST && (
        <button type="button" className="mz-link-button" onClick={() => setWhole(true)}>
          显示全部 {groups.length} 个
        </button>
      )}
      {data?.overlap ? (
        <p className="mz-quiet mz-small">
          各下级之和比本数多 {data.overlap} {unit}：联合开展的在每个下级各计一次。
        </p>
      ) : null}
    </section>
  )
}

/** What the organisation itself contributes is its figure without the subtree. */
const ofChild = (question: FigureQuestion, org: string): FigureQuestion =>
  org === question.org ? { ...question, depth: '0' } : { ...question, org }

const PAGE = 20

/** Columns that name a row; the link stands there. */
const NAMING = ['name', 'title', 'person']

function Rows({ question, part }: { question: FigureQuestion; part: string | undefined }) {
  const [page, setPage] = useState(1)
  const { where, ...rest } = question
  const rows = useFetch(
    getEvidence,
    {
      query: {
        ...rest,
        ...(where ? { where: JSON.stringify(where) } : {}),
        ...(part ? { part } : {}),
        page,
        size: PAGE,
      },
    },
    { keepLast: true },
  )
  return (
    <section>
      <h3>明细{rows.data ? ` ${rows.data.total.toLocaleString('zh-CN')} 条` : ''}</h3>
      <Loaded of={rows}>
        {(found) => <RowTable found={found} page={page} setPage={setPage} busy={rows.isPlaceholderData} />}
      </Loaded>
    </section>
  )
}

function RowTable(props: { found: EvidenceRows; page: number; setPage: (n: number) => void; busy: boolean }) {
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
      columns={found.columns.map((column, i) => ({
        key: column.id,
        title: column.title,
        render: (_: unknown, row: EvidenceRows['rows'][number]) => {
          const cell = row.cells[i] ?? ''
          const path = i === naming ? pathOf(row.opens, row.id) : null
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

function pathOf(opens: string, id: string): string | null {
  if (opens === 'people') return paths.person(id)
  if (opens === 'organisations') return paths.organisation(id)
  return opens === 'records' ? paths.record(id) : null
}
