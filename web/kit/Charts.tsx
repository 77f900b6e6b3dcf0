/**
 * Bars, lying or standing. Each is a button that opens what it shows; lengths only help the eye, the number stands
 * beside them, so nothing is told by colour or length alone, and paper shows what the screen shows.
 */
import { type CSSProperties, useState } from 'react'
import './charts.css'

export interface Bar {
  key: string
  label: string
  /** Null: missing. */
  value: number | string | null
  /** As it is written beside the bar. */
  shown: string
  /** What a click opens; null where nothing can be opened. */
  open: (() => void) | null
}

/** Of the longest bar, from 0 to 1. */
const sizeOf = (bars: Bar[]) => {
  const most = Math.max(1, ...bars.map((b) => Number(b.value) || 0))
  return (bar: Bar) => Math.max(0, Number(bar.value) || 0) / most
}

/** Lying bars, one below the other; the rest is shown when asked for. */
export function Bars({ bars, shownAtFirst = 8 }: { bars: Bar[]; shownAtFirst?: number }) {
  const [whole, setWhole] = useState(false)
  const size = sizeOf(bars)
  return (
    <>
      <ul className="mz-bars">
        {(whole ? bars : bars.slice(0, shownAtFirst)).map((bar) => (
          <li key={bar.key}>
            <button type="button" disabled={!bar.open} onClick={() => bar.open?.()}>
              <span className="mz-bar-label">{bar.label}</span>
              <span className="mz-bar">
                <i style={{ width: `${size(bar) * 100}%` }} />
              </span>
              <span className={bar.value === null ? 'mz-bar-value mz-figure-missing' : 'mz-bar-value'}>
                {bar.shown}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {!whole && bars.length > shownAtFirst && (
        <button type="button" className="mz-link-button" onClick={() => setWhole(true)}>
          显示全部 {bars.length} 个
        </button>
      )}
    </>
  )
}

/** Standing bars, from left to right, as time goes; on a narrow screen they lie. */
export function Columns({ bars, title }: { bars: (Bar & { strong?: boolean })[]; title: string }) {
  const size = sizeOf(bars)
  return (
    <ol className="mz-columns" aria-label={title}>
      {bars.map((bar) => (
        <li key={bar.key}>
          <button
            type="button"
            disabled={!bar.open}
            onClick={() => bar.open?.()}
            style={{ '--ratio': size(bar) } as CSSProperties}
            aria-label={`${bar.label}：${bar.value === null ? '还没有记录' : bar.shown}`}
          >
            <span className={bar.value === null ? 'mz-column-value mz-figure-missing' : 'mz-column-value'}>
              {bar.shown}
            </span>
            <span className="mz-column" aria-hidden="true">
              <i className={bar.strong ? 'mz-column-strong' : undefined} />
            </span>
            <span className="mz-column-label">{bar.label}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
