/** A figure looks the same everywhere: its number with its measure word, its question on hover, its rows on click. */
import { Popover, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import {
  type Asked,
  type FigureAnswer,
  type FigureQuestion,
  useEvidence,
  useFigure,
  useYearBefore,
} from './figures.ts'

export interface FigureProps {
  asked: Asked
  /** large: standing alone as on the desk; inline: within a line or a table. */
  size?: 'inline' | 'large'
  /** The way to the record that is missing. */
  record?: ReactNode
  /** The number without its measure word, for table columns whose head names it. */
  bare?: boolean
}

/** Asks and shows. */
export function Figure({ asked, ...look }: FigureProps) {
  const { question, data, error } = useFigure(asked)
  if (error)
    return (
      <Tooltip title={error.title}>
        <span className="mz-figure mz-figure-failed">取数失败</span>
      </Tooltip>
    )
  if (!data)
    return <span className={`mz-figure mz-figure-${look.size ?? 'inline'} mz-figure-waiting`}>　</span>
  return <FigureValue question={question} answer={data} {...look} />
}

export interface FigureValueProps extends Omit<FigureProps, 'asked'> {
  question: FigureQuestion
  answer: FigureAnswer
}

/** Shows an answer that is already here. */
export function FigureValue({ question, answer, size = 'inline', record, bare }: FigureValueProps) {
  const evidence = useEvidence()
  const className = `mz-figure mz-figure-${size}`
  if (answer.missing) return <MissingFigure className={className} answer={answer} record={record} />
  const { number, word } = splitUnit(answer)
  return (
    <Tooltip title={questionInWords(answer)} mouseEnterDelay={0.35}>
      <button
        type="button"
        className={className}
        aria-label={`${answer.measure.title}：${answer.display}，查看佐证`}
        onClick={(e) => {
          e.stopPropagation()
          evidence.open(question)
        }}
      >
        <span className="mz-figure-number">{word ? grouped(number) : number}</span>
        {!bare && word && <span className="mz-figure-word">{word}</span>}
      </button>
    </Tooltip>
  )
}

function MissingFigure(props: { className: string; answer: FigureAnswer; record: ReactNode }) {
  const { answer } = props
  return (
    <Popover
      content={
        <div className="mz-missing">
          <p>{answer.missingReason ?? '还没有记录'}</p>
          <p className="mz-quiet mz-small">{answer.asked}</p>
          {props.record}
        </div>
      }
      mouseEnterDelay={0.25}
      trigger={['hover', 'focus', 'click']}
    >
      <button
        type="button"
        className={`${props.className} mz-figure-missing`}
        aria-label={`${answer.measure.title}：还没有记录`}
      >
        —
      </button>
    </Popover>
  )
}

const questionInWords = (answer: FigureAnswer) => (
  <>
    <div>{answer.asked}</div>
    {answer.bound && <div>至少：有的记录没有填这一项，或没有写全名单</div>}
    {answer.note && <div>{answer.note}</div>}
    <div style={{ opacity: 0.75 }}>{answer.evidence.count.toLocaleString('zh-CN')} 条佐证，点开查看</div>
  </>
)

/** 1,234 and 人次; dates and texts have no measure word. */
export function splitUnit(answer: Pick<FigureAnswer, 'display' | 'unit'>): { number: string; word: string } {
  const { display, unit } = answer
  return unit && display.endsWith(unit)
    ? { number: display.slice(0, -unit.length).trim(), word: unit }
    : { number: display, word: '' }
}

/** 1390 as 1,390 on screens; documents write it without. Dates and texts have no measure word and stay. */
export const grouped = (number: string): string =>
  number.replace(
    /^(\d{4,})(\.\d+)?$/,
    (_, whole: string, rest = '') => Number(whole).toLocaleString('zh-CN') + rest,
  )

/** As it stands in a line: 1,390 人次, 97%. */
export function inLine(answer: Pick<FigureAnswer, 'display' | 'unit'>): string {
  const { number, word } = splitUnit(answer)
  if (!word) return number
  return word === '%' ? `${number}%` : `${grouped(number)} ${word}`
}

/** A figure standing alone: title, number, the same period before. */
export function FigureTile(props: {
  asked: Asked
  title?: ReactNode
  record?: ReactNode
  compare?: boolean
}) {
  const now = useFigure(props.asked)
  const before = useYearBefore(now.question, props.compare ?? true)
  const definition = now.data?.measure.definition
  return (
    <div className="mz-tile">
      <Tooltip title={definition} placement="topLeft" mouseEnterDelay={0.5}>
        <div className="mz-tile-title">{props.title ?? now.data?.measure.title ?? '　'}</div>
      </Tooltip>
      <Figure asked={props.asked} size="large" record={props.record} />
      {(props.compare ?? true) && (
        <div className="mz-tile-before">
          {before && now.data && <Change now={now.data} before={before} />}
        </div>
      )}
    </div>
  )
}

/** 去年同期 12 场，多 3 场. No judgement: more is not always better. */
export function Change({ now, before }: { now: FigureAnswer; before: FigureAnswer }) {
  if (before.missing) return <span>去年同期没有记录</span>
  // Of two numbers of which one is no more than a bound, nobody knows the difference.
  const exact = (one: FigureAnswer) => typeof one.value === 'number' && !one.bound && !one.doubtful
  const both = exact(now) && exact(before)
  const difference = both ? Number(now.value) - Number(before.value) : 0
  const size = Math.abs(difference).toLocaleString('zh-CN', {
    maximumFractionDigits: now.unit === '%' ? 1 : 2,
  })
  const word = now.unit === '%' ? ' 个百分点' : ` ${now.unit}`
  const changed = difference === 0 ? '持平' : `${difference > 0 ? '多' : '少'} ${size}${word}`
  return (
    <span>
      去年同期 {inLine(before)}
      {both && !now.missing && (
        <>
          ，<span style={{ whiteSpace: 'nowrap' }}>{changed}</span>
        </>
      )}
    </span>
  )
}
