/** One own ledger being declared: its fields, the form as it will look, and what follows from it. */
import { App, Button, Popconfirm, Tabs } from 'antd'
import { useMemo, useState } from 'react'
import { parseFormula } from '../../../domain/records/ledgers/formula.ts'
import {
  closeOwn,
  createOwn,
  discardOwn,
  getOwn,
  type OwnDetail,
  reopenOwn,
} from '../../../domain/records/ledgers/own/contract.ts'
import { parseSentence } from '../../../domain/records/ledgers/sentences.ts'
import { GoLink, paths, useGo, useParam } from '../../app/address.tsx'
import { useFrame } from '../../app/frameState.tsx'
import { useMay } from '../../app/me.ts'
import { useFetch, useWrite } from '../../app/queries.ts'
import { Failure, Loaded, Page } from '../../kit/Page.tsx'
import { blankValues, type RecordValues } from '../form.ts'
import { LiveSentence, RecordFields } from '../RecordFields.tsx'
import { Basics, CommonPart } from './basics.tsx'
import type { Design } from './change.ts'
import { type Designing, showPlace, useDesign } from './design.ts'
import { FieldsPart } from './fields.tsx'
import { MeasuresPart } from './measures.tsx'
import { RulesPart } from './rulesPart.tsx'
import { SentencesPart } from './sentences.tsx'
import { SheetPart } from './sheetPart.tsx'
import { StateTag } from './stateTag.tsx'
import { UsersPart } from './users.tsx'
import '../ledgers.css'
import './own.css'

const ABOVE = [
  { title: '台账', to: paths.ledgers() },
  { title: '自建台账', to: '/ledgers/own' },
]

export function OwnLedgerPage() {
  const id = useParam('id')
  const detail = useFetch(getOwn, { params: { id } })
  const [round, setRound] = useState(0)
  return (
    <Loaded of={detail} rows={10}>
      {(found) =>
        found.mine ? (
          <Editor
            key={`${found.id} ${found.published} ${found.state} ${round}`}
            detail={found}
            again={() => setRound(round + 1)}
          />
        ) : (
          <Shown detail={found} />
        )
      }
    </Loaded>
  )
}

/** Of another office: seen and copied, not changed. */
function Shown({ detail }: { detail: OwnDetail }) {
  const go = useGo()
  const may = useMay('ledgers.declare')
  const copy = useWrite(createOwn, ({ id }) => go(`/ledgers/own/${id}`))
  return (
    <Page
      narrow
      title={detail.definition.title}
      above={ABOVE}
      about={`由${detail.owner.name}设立，只有它能改`}
      main={
        may && (
          <Button
            loading={copy.busy}
            onClick={() =>
              void copy.run({
                body: { definition: { ...detail.definition, title: `${detail.definition.title}（本级）` } },
              })
            }
          >
            复制成自己的一本
          </Button>
        )
      }
    >
      {copy.problem && <Failure problem={copy.problem} />}
      <FormPreview design={detail.definition} />
    </Page>
  )
}

/** `again` begins with what the server has. */
function Editor({ detail, again }: { detail: OwnDetail; again: () => void }) {
  const designing = useDesign(detail)
  const { design, problem } = designing
  const [tab, setTab] = useState('measures')
  const show = (field: string) => {
    const part = field.split('.')[0] ?? ''
    if (part === 'measures' || part === 'sentences') setTab(part)
    setTimeout(() => showPlace(field), 60)
  }
  return (
    <Page
      title={
        <>
          {design.title || '新台账'} <StateTag state={detail.state} pending={designing.pending} />
        </>
      }
      tabTitle={design.title}
      above={ABOVE}
      about={`${detail.owner.name}设立${detail.published ? `，第 ${detail.published} 版在用` : ''}`}
      actions={<Acts detail={detail} designing={designing} again={again} />}
    >
      {problem && <Failure problem={problem} />}
      <div className="mz-own">
        <div className="mz-own-left">
          <Basics designing={designing} />
          <FieldsPart designing={designing} />
          <CommonPart designing={designing} />
          <RulesPart designing={designing} />
        </div>
        <FormPreview design={design} />
        <div className="mz-own-right">
          <Tabs
            activeKey={tab}
            onChange={setTab}
            items={[
              { key: 'measures', label: '指标', children: <MeasuresPart designing={designing} /> },
              { key: 'sentences', label: '总结用语', children: <SentencesPart designing={designing} /> },
              {
                key: 'sheet',
                label: '表格模板',
                children: <SheetPart designing={designing} published={detail.published !== null} />,
              },
              {
                key: 'users',
                label: '谁能用',
                children: <UsersPart designing={designing} owner={detail.owner} />,
              },
              { key: 'history', label: '经过', children: <History detail={detail} /> },
            ]}
          />
        </div>
      </div>
      <Foot designing={designing} id={detail.id} published={detail.published !== null} show={show} />
    </Page>
  )
}

/** The form as it will look; what is typed here is kept nowhere. */
function FormPreview({ design }: { design: Design }) {
  const { org, today } = useFrame()
  const blank = useMemo(() => blankValues(design, org, today), [design, org, today])
  const [typed, setTyped] = useState<Partial<RecordValues>>({})
  const values = { ...blank, ...typed }
  const readable = useMemo(() => readableOf(design), [design])
  return (
    <section className="mz-own-middle" aria-label="填写的样子">
      <h2>填写的样子</h2>
      <div className="mz-record-form">
        {readable ? (
          <>
            <RecordFields
              definition={readable}
              values={values}
              set={(patch) => setTyped((now) => ({ ...now, ...patch }))}
              photos={{ files: [], setFiles: () => undefined }}
              preview
            />
            <LiveSentence definition={readable} values={values} />
          </>
        ) : (
          <p className="mz-quiet">句子或算式写完整后，这里显示填写的样子。</p>
        )}
      </div>
    </section>
  )
}

/** Half a sentence or formula cannot be shown; it is left out of the form until it is whole. */
function readableOf(design: Design): Design | null {
  const whole = (text: string, read: (text: string) => unknown) => {
    try {
      read(text)
      return true
    } catch {
      return false
    }
  }
  const sentences = design.sentences.filter((s) => whole(s.text, parseSentence))
  const fields = design.fields.filter((f) => !f.formula || whole(f.formula, parseFormula))
  const { fallback } = design.name
  return fallback && !whole(fallback, parseSentence) ? null : { ...design, sentences, fields }
}

interface ActsProps {
  detail: OwnDetail
  designing: Designing
  again: () => void
}

function Acts({ detail, designing, again }: ActsProps) {
  const { pending } = designing
  const go = useGo()
  const close = useWrite(closeOwn)
  const reopen = useWrite(reopenOwn)
  const discard = useWrite(discardOwn, ({ gone }) => gone && go('/ledgers/own'))
  const ask = () => ({ params: { id: detail.id }, body: { version: designing.version() } })
  return (
    <>
      {pending && (
        <Popconfirm
          title={detail.published ? '放弃没有发布的改动？' : '删去这本还没有发布的台账？'}
          okText={detail.published ? '放弃改动' : '删去'}
          onConfirm={() =>
            void discard.run({ params: { id: detail.id } }).then((done) => done && !done.gone && again())
          }
        >
          <Button type="text">{detail.published ? '放弃改动' : '删去草稿'}</Button>
        </Popconfirm>
      )}
      {detail.state === 'published' && (
        <Popconfirm
          title={`停用“${detail.title}”？`}
          description="不再记新的；旧记录照常查看、统计，以后可以恢复。"
          okText="停用"
          onConfirm={() => void close.run(ask())}
        >
          <Button>停用</Button>
        </Popconfirm>
      )}
      {detail.state === 'closed' && (
        <Button loading={reopen.busy} onClick={() => void reopen.run(ask())}>
          恢复使用
        </Button>
      )}
      {detail.published !== null && <GoLink to={paths.ledger(detail.id)}>打开台账</GoLink>}
      {(close.problem ?? reopen.problem ?? discard.problem) && (
        <span className="mz-own-fault">{(close.problem ?? reopen.problem ?? discard.problem)?.title}</span>
      )}
    </>
  )
}

const STATES = { saved: '草稿已保存', changed: '正在修改…', saving: '正在保存…', failed: '没有保存上' }

interface FootProps {
  designing: Designing
  id: string
  published: boolean
  show: (field: string) => void
}

function Foot({ designing, id, published, show }: FootProps) {
  const { faults, state, pending, publish, publishing } = designing
  const { message } = App.useApp()
  const go = useGo()
  const run = async () => {
    if (!(await publish())) return
    void message.success('已发布，现在就可以记、可以导入。')
    if (!published) go(paths.ledger(id))
  }
  return (
    <div className="mz-own-foot">
      {faults.length > 0 && (
        <ul className="mz-own-faults" aria-label="发布前要改的">
          {faults.map((f) => (
            <li key={f.field + f.reason}>
              <button type="button" onClick={() => show(f.field)}>
                {f.reason}
              </button>
              <small>{f.remedy}</small>
            </li>
          ))}
        </ul>
      )}
      <div className="mz-own-publish">
        <span className="mz-quiet mz-small" role="status">
          {pending ? STATES[state] : '没有要发布的改动'}
          {faults.length > 0 && `，还有 ${faults.length} 处要改`}
        </span>
        <Button
          type="primary"
          size="large"
          loading={publishing}
          disabled={faults.length > 0 || !pending}
          onClick={() => void run()}
        >
          发布
        </Button>
      </div>
    </div>
  )
}

const VERBS: Record<string, string> = {
  declare: '新建',
  publish: '发布',
  close: '停用',
  reopen: '恢复使用',
  discard: '放弃改动',
}

function History({ detail }: { detail: OwnDetail }) {
  return (
    <ol className="mz-own-history">
      {detail.history.map((h) => (
        <li key={h.at + h.verb}>
          <time>{h.at.slice(0, 16)}</time> {h.by}：{VERBS[h.verb] ?? h.verb}
        </li>
      ))}
    </ol>
  )
}
