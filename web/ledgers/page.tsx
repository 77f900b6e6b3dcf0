/** 台账: found by typing; the usual ones first, then all by line of work, with this period's counts. */
import { PlusOutlined, SearchOutlined, StarFilled, StarOutlined } from '@ant-design/icons'
import type { InputRef } from 'antd'
import { Button, Input, Segmented, Tooltip } from 'antd'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { setFavourite } from '../../domain/records/views/contract.ts'
import { dateInWords } from '../../kernel/period.ts'
import { GoLink, paths, useGo, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useMay } from '../app/me.ts'
import { useWrite } from '../app/queries.ts'
import { Figure } from '../kit/Figure.tsx'
import { useEvidence } from '../kit/figures.ts'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { foundBy, usual } from './finding.ts'
import { type Listed, useLedgers } from './known.ts'
import { NilButton } from './nil.tsx'
import { isSilent } from './nilWords.ts'
import { recentLedgers } from './recent.ts'
import './ledgers.css'

const ONLY = [
  { value: 'all', label: '全部' },
  { value: 'used', label: '本期有记录的' },
  { value: 'empty', label: '还没有记录的' },
]

export function LedgersPage() {
  const { org, period } = useFrame()
  const ledgers = useLedgers()
  const [search, change] = useSearchState()
  const { only = 'all', q = '' } = search
  return (
    <Page
      title="台账"
      about={`${org.name}及下级，${period.label}`}
      actions={
        <>
          <GoLink to={paths.duplicates('records')}>查重</GoLink>
          <GoLink to="/ledgers/own">自建台账</GoLink>
        </>
      }
    >
      <div className="mz-ledger-find">
        <Find
          value={q}
          change={(text) => change({ q: text || undefined })}
          first={foundBy(ledgers.data?.ledgers ?? [], q)[0]}
        />
        <Segmented
          options={ONLY}
          value={only}
          onChange={(next) => change({ only: next === 'all' ? undefined : String(next) })}
        />
      </div>
      <Loaded of={ledgers} rows={10}>
        {(found) => (
          <Found ledgers={foundBy(found.ledgers, q).filter(SHOWN[only] ?? all)} typed={q} only={only} />
        )}
      </Loaded>
    </Page>
  )
}

const all = () => true
const SHOWN: Record<string, (ledger: Listed) => boolean> = {
  used: (l) => l.records > 0,
  empty: isSilent,
}

interface FindProps {
  value: string
  change: (text: string) => void
  /** Opened by Enter. */
  first: Listed | undefined
}

function Find({ value, change, first }: FindProps) {
  const go = useGo()
  const box = useRef<InputRef>(null)
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, .ant-modal')
      if (event.key !== '/' || typing) return
      event.preventDefault()
      box.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <Input
      ref={box}
      allowClear
      prefix={<SearchOutlined className="mz-quiet" />}
      placeholder="找台账：名称、拼音首字母，如 zyfw"
      aria-label="找台账"
      value={value}
      onChange={(e) => change(e.target.value)}
      onKeyDown={(e: KeyboardEvent) =>
        e.key === 'Enter' && value && first && go(paths.ledger(first.definition.id))
      }
    />
  )
}

interface FoundProps {
  ledgers: Listed[]
  typed: string
  only: string
}

function Found({ ledgers, typed, only }: FoundProps) {
  if (ledgers.length === 0)
    return typed ? (
      <EmptyState title={`没有叫“${typed}”的台账`} hint="换个说法，或者清空再找。" />
    ) : (
      <EmptyState title="本期每本台账都有记录，或者已经声明本期无" />
    )
  const first = typed || only === 'empty' ? [] : usual(ledgers, recentLedgers())
  const lines = [...new Set(ledgers.map((l) => l.definition.line))]
  return (
    <>
      {first.length > 0 && (
        <Sheet title="常用" flush>
          <ul className="mz-ledgers">
            {first.map((l) => (
              <LedgerLine key={l.definition.id} ledger={l} />
            ))}
          </ul>
        </Sheet>
      )}
      {lines.map((line) => (
        <Line
          key={line}
          title={line}
          ledgers={ledgers.filter((l) => l.definition.line === line)}
          whole={typed !== '' || only === 'empty'}
        />
      ))}
    </>
  )
}

interface LineProps {
  title: string
  ledgers: Listed[]
  /** Also those without records stand in full. */
  whole: boolean
}

/** What has no record this period is there, and quiet. */
function Line({ title, ledgers, whole }: LineProps) {
  const full = ledgers.filter((l) => whole || l.records > 0)
  const silent = ledgers.filter((l) => !full.includes(l))
  return (
    <Sheet title={title} flush>
      {full.length > 0 && (
        <ul className="mz-ledgers">
          {full.map((l) => (
            <LedgerLine key={l.definition.id} ledger={l} />
          ))}
        </ul>
      )}
      {silent.length > 0 && (
        <p className="mz-ledgers-silent">
          <span>本期还没有记录</span>
          {silent.map((l) => (
            <GoLink key={l.definition.id} to={paths.ledger(l.definition.id)} title={l.definition.about}>
              {l.definition.title}
              {l.nil?.speaks === 'all' && <small>本期无</small>}
            </GoLink>
          ))}
        </p>
      )}
    </Sheet>
  )
}

function LedgerLine({ ledger }: { ledger: Listed }) {
  const { definition, records, personTimes, lastDay, nil } = ledger
  const { period } = useFrame()
  const go = useGo()
  const may = useMay('records.write') && !definition.own?.closed
  const around = { withinYear: Number(period.from.slice(0, 4)) }
  const { id, measureWord, standing } = definition
  return (
    <li className="mz-ledger">
      <Star ledger={ledger} />
      <GoLink className="mz-ledger-name" to={paths.ledger(id)}>
        <strong>{definition.title}</strong>
        <small>{definition.about}</small>
      </GoLink>
      <span className="mz-ledger-count">
        {standing ? (
          <Standing id={id} added={records} word={measureWord} />
        ) : records > 0 ? (
          <Counted measure={`${id}.count`} value={records} word={measureWord} />
        ) : (
          <span className="mz-quiet">{nil?.speaks === 'all' ? '本期无' : '—'}</span>
        )}
      </span>
      <span className="mz-ledger-count">
        {personTimes !== null && definition.personTimes && (
          <Counted measure={`${id}.personTimes`} value={personTimes} word="人次" />
        )}
      </span>
      <span className="mz-ledger-last">{lastDay && `最近 ${dateInWords(lastDay, 'day', around)}`}</span>
      <span className="mz-ledger-acts">
        {may && (records === 0 || nil) && <NilButton ledger={ledger} />}
        {may && (
          <Button icon={<PlusOutlined />} onClick={() => go(paths.newRecord(id))}>
            记一笔
          </Button>
        )}
      </span>
    </li>
  )
}

/** Of rows that last there are two numbers: what stands now, and what began in the period. */
function Standing({ id, added, word }: { id: string; added: number; word: string }) {
  return (
    <>
      <small className="mz-quiet">现有</small> <Figure asked={{ measure: `${id}.count` }} />
      {added > 0 && (
        <span className="mz-ledger-added">
          <small className="mz-quiet">新增</small>{' '}
          <Counted measure={`${id}.added`} value={added} word={word} />
        </span>
      )}
    </>
  )
}

/** Already counted with all the others; its rows are asked when it is opened. */
function Counted({ measure, value, word }: { measure: string; value: number; word: string }) {
  const { org, period } = useFrame()
  const evidence = useEvidence()
  return (
    <button
      type="button"
      className="mz-figure mz-figure-inline"
      aria-label={`${value} ${word}，查看佐证`}
      onClick={() => evidence.open({ measure, org: org.id, from: period.from, to: period.to })}
    >
      <span className="mz-figure-number">{value.toLocaleString('zh-CN')}</span>
      <span className="mz-figure-word">{word}</span>
    </button>
  )
}

function Star({ ledger: { definition, favourite } }: { ledger: Listed }) {
  const write = useWrite(setFavourite)
  const label = favourite ? `${definition.title}不再放在常用` : `把${definition.title}放到常用`
  return (
    <Tooltip title={favourite ? '不再放在常用' : '放到常用'} mouseEnterDelay={0.5}>
      <Button
        type="text"
        size="small"
        className={favourite ? 'mz-star mz-star-on' : 'mz-star'}
        aria-label={label}
        aria-pressed={favourite}
        icon={favourite ? <StarFilled /> : <StarOutlined />}
        loading={write.busy}
        onClick={() => void write.run({ params: { ledger: definition.id }, body: { on: !favourite } })}
      />
    </Tooltip>
  )
}
