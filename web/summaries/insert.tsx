/** The choice that `/` opens: a figure found by 汉字 or pinyin, with what it says now. */
import { Button, Input } from 'antd'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { getMeasures, type MeasureEntry } from '../../domain/indicators/contract.ts'
import type { Wording } from '../../domain/indicators/wording.ts'
import type { FigureSpec } from '../../domain/reports/summaries/model.ts'
import { remember, remembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import { SpecFields, WordingFields } from './question.tsx'
import { insertFigure } from './textEditor.ts'
import { type Inserting, useWatched, type Workspace } from './workspace.ts'

const RECENT = 'recentMeasures'
const SHOWN = 40
const WIDTH = 480
const HEIGHT = 400

export function useMeasures(): MeasureEntry[] {
  return useFetch(getMeasures, {}).data?.measures ?? []
}

export function InsertMenu({ workspace }: { workspace: Workspace }) {
  const { inserting } = useWatched(workspace)
  if (!inserting) return null
  return createPortal(<Menu workspace={workspace} at={inserting} />, document.body)
}

function placeAt({ left, top, bottom }: Inserting) {
  const below = window.innerHeight - bottom > HEIGHT || bottom < window.innerHeight / 2
  return {
    left: Math.max(8, Math.min(left, window.innerWidth - WIDTH - 8)),
    width: Math.min(WIDTH, window.innerWidth - 16),
    ...(below ? { top: bottom + 6 } : { bottom: window.innerHeight - top + 6 }),
  }
}

function Menu({ workspace, at }: { workspace: Workspace; at: Inserting }) {
  const [detail, setDetail] = useState<MeasureEntry | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const outside = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (box.current?.contains(target) || target?.closest('.ant-select-dropdown, .ant-picker-dropdown'))
        return
      workspace.stopInserting(true)
    }
    document.addEventListener('mousedown', outside)
    return () => document.removeEventListener('mousedown', outside)
  }, [workspace])
  const insert = (question: FigureSpec, wording?: Wording) => {
    remember(RECENT, [question.measure, ...recent().filter((m) => m !== question.measure)].slice(0, 8))
    workspace.stopInserting(false)
    insertFigure(workspace.editor, question, wording)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    if (detail) setDetail(null)
    else workspace.stopInserting(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from wherever the focus stands inside.
    <div ref={box} className="mz-insert" style={placeAt(at)} onKeyDown={onKeyDown}>
      {detail ? (
        <Detail workspace={workspace} measure={detail} insert={insert} back={() => setDetail(null)} />
      ) : (
        <Find workspace={workspace} insert={insert} open={setDetail} />
      )}
    </div>
  )
}

const recent = () => remembered<string[]>(RECENT, [])

function useFound(text: string): MeasureEntry[] {
  const measures = useMeasures()
  return useMemo(() => {
    const typed = text.trim().toLowerCase()
    if (!typed) {
      const last = recent()
      const rank = (m: MeasureEntry) => (last.includes(m.id) ? last.indexOf(m.id) : last.length)
      return [...measures].sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
    }
    return measures
      .flatMap((m) => {
        const at = Math.min(
          ...[m.title, `${m.group}${m.title}`].map((t) => placeIn(t, typed)),
          inKeys(m, typed),
        )
        return at === Number.POSITIVE_INFINITY ? [] : [{ m, at }]
      })
      .sort((a, b) => a.at - b.at)
      .map(({ m }) => m)
      .slice(0, SHOWN)
  }, [measures, text])
}

const placeIn = (text: string, typed: string) => {
  const at = text.toLowerCase().indexOf(typed)
  return at < 0 ? Number.POSITIVE_INFINITY : at
}

/** Pinyin with and without spaces, and initials. */
const inKeys = (m: MeasureEntry, typed: string) =>
  Math.min(...m.nameKey.split('/').map((key) => placeIn(key.replace(/\s/g, ''), typed.replace(/\s/g, '')))) +
  0.5

interface FindProps {
  workspace: Workspace
  insert: (question: FigureSpec) => void
  open: (measure: MeasureEntry) => void
}

function Find({ workspace, insert, open }: FindProps) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useFound(text)
  const list = useRef<HTMLUListElement>(null)
  const move = (to: number) => {
    const next = Math.max(0, Math.min(found.length - 1, to))
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const chosen = found[at]
    const acts = new Map<string, () => void>([
      ['ArrowDown', () => move(at + 1)],
      ['ArrowUp', () => move(at - 1)],
      ['Enter', () => chosen && insert({ measure: chosen.id })],
      ['Tab', () => chosen && open(chosen)],
    ])
    if (text === '') acts.set('Backspace', () => workspace.stopInserting(false))
    const act = acts.get(event.key)
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <>
      <Input
        autoFocus
        variant="borderless"
        className="mz-insert-input"
        placeholder="找一个数据：汉字、拼音或首字母，如 志愿、zyfw"
        value={text}
        onChange={(e) => {
          setText(e.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} className="mz-insert-list">
        {found.map((m, i) => (
          <li key={m.id} className={i === at ? 'mz-insert-chosen' : ''}>
            <button
              type="button"
              tabIndex={-1}
              onMouseMove={() => setAt(i)}
              onClick={() => insert({ measure: m.id })}
              title={m.definition}
            >
              <span>
                {m.title}
                <small>{m.group}</small>
              </span>
              <Now workspace={workspace} question={{ measure: m.id }} />
            </button>
            <button type="button" tabIndex={-1} className="mz-link-button" onClick={() => open(m)}>
              细选
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p className="mz-insert-none">没有叫“{text}”的数据。换个词试试，或按 Esc 直接写字。</p>
      )}
      <p className="mz-insert-keys mz-no-print">
        <span>↑↓ 选择</span>
        <span>Enter 插入</span>
        <span>Tab 细选条件和写法</span>
        <span>Esc 不插入</span>
      </p>
    </>
  )
}

function Now({ workspace, question }: { workspace: Workspace; question: FigureSpec }) {
  const answer = workspace.answer({ question })
  const problem = workspace.store.problem({ question })
  if (problem)
    return (
      <b className="mz-quiet" title={problem.title}>
        须加条件
      </b>
    )
  if (!answer) return <b className="mz-quiet">…</b>
  return <b className={answer.missing ? 'mz-figure-missing mz-figure-inline' : ''}>{answer.display}</b>
}

interface DetailProps {
  workspace: Workspace
  measure: MeasureEntry
  insert: (question: FigureSpec, wording?: Wording) => void
  back: () => void
}

function Detail({ workspace, measure, insert, back }: DetailProps) {
  const [spec, setSpec] = useState<FigureSpec>({ measure: measure.id })
  const [wording, setWording] = useState<Wording | undefined>()
  const asked = { question: spec, ...(wording && { wording }) }
  const answer = workspace.answer(asked)
  const problem = workspace.store.problem(asked)
  return (
    <div className="mz-insert-detail">
      <div className="mz-insert-head">
        <strong>{measure.title}</strong>
        <b className="mz-insert-value">{problem ? '取数失败' : (answer?.display ?? '…')}</b>
      </div>
      <p className="mz-quiet mz-small">{problem?.title ?? answer?.missingReason ?? answer?.asked ?? '　'}</p>
      <SpecFields workspace={workspace} measure={measure} spec={spec} onChange={setSpec} />
      <WordingFields workspace={workspace} asked={asked} onChange={setWording} />
      <div className="mz-insert-foot">
        <Button onClick={back}>返回</Button>
        <Button autoFocus onClick={() => insert(spec, wording)} disabled={problem !== undefined}>
          插入
        </Button>
      </div>
    </div>
  )
}
