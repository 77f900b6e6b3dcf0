/** A figure of the overview: its number, what it is held against, and the rows behind it on a click. */
import { Tooltip } from 'antd'
import type { OverviewFigure } from '../../domain/indicators/overview/contract.ts'
import { useFrame } from '../app/frameState.tsx'
import { grouped, splitUnit } from '../kit/Figure.tsx'
import { useEvidence } from '../kit/figures.ts'

interface HeadlineProps {
  figure: OverviewFigure
  /** The name of what it stands in is left out of its own: 主题活动场数 in 主题活动 is 场数. */
  within: string
  against: string
}

export function Headline({ figure, within, against }: HeadlineProps) {
  const { title, definition } = figure.measure
  const short = title.startsWith(within) && title.length > within.length ? title.slice(within.length) : title
  return (
    <div className="mz-headline">
      <dt title={definition}>{short}</dt>
      <dd>
        <HeadlineNumber figure={figure} />
        <Held figure={figure} against={against} />
      </dd>
    </div>
  )
}

export function HeadlineNumber({ figure }: { figure: OverviewFigure }) {
  const { period } = useFrame()
  const evidence = useEvidence()
  const { org } = useFrame()
  const { title, unit, id, definition } = figure.measure
  const { number, word } = splitUnit({ display: figure.display, unit })
  const bare = figure.bound ? number.replace('至少', '') : number
  const open = () => evidence.open({ org: org.id, measure: id, from: period.from, to: period.to })
  const className = `mz-figure mz-figure-large${figure.missing ? ' mz-figure-missing' : ''}`
  return (
    <Tooltip
      mouseEnterDelay={0.35}
      title={
        <>
          <div>{figure.missing ? figure.missingReason : `${org.name}，${period.label}，${title}`}</div>
          <div style={{ opacity: 0.75 }}>{definition}</div>
        </>
      }
    >
      <button
        type="button"
        className={className}
        aria-label={`${title}：${figure.missing ? '还没有记录' : `${figure.display}，查看佐证`}`}
        onClick={open}
      >
        {figure.bound && <span className="mz-figure-word">至少</span>}
        <span className="mz-figure-number">{word ? grouped(bare) : bare}</span>
        {word && !figure.missing && <span className="mz-figure-word">{word}</span>}
      </button>
    </Tooltip>
  )
}

/** 去年同期 12 · 同级中位数 9, in the unit above. No judgement: more is not always better. */
export function Held({ figure, against }: { figure: OverviewFigure; against: string }) {
  const { before, siblings } = figure
  const bare = (display: string) => {
    const { number, word } = splitUnit({ display, unit: figure.measure.unit })
    return word === '%' ? `${number}%` : grouped(number)
  }
  return (
    <div className="mz-held">
      <span>
        {against} {before.missing ? '没有记录' : bare(before.display)}
      </span>
      {siblings && (
        <span title={`同一上级、同一类型的其他组织中，有数的 ${siblings.count} 个的中间值；不显示是哪个组织`}>
          同级中位数 {bare(siblings.display)}
        </span>
      )}
    </div>
  )
}
