/** Posts of an organisation on a time line: one lane a post, one bar a holder; terms and the day asked about as lines. */
import type { Board } from '../../domain/structure/appointments/contract.ts'
import { POSTS } from '../../domain/structure/appointments/posts.ts'
import { GoLink, paths } from '../app/address.tsx'
import { dayShown } from '../people/words.ts'
import './officers.css'

interface Held {
  id: string
  personId: string
  name: string
  title: string
  from: string | null
  to: string | null
  words: string
}

interface Lane {
  key: string
  title: string
  /** Rows of bars that do not overlap. */
  rows: Held[][]
  vacant: boolean
}

const ROW = 28

/** Years as fractions: 2024-07-01 is 2024.5. */
function yearOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  return year + (month - 1) / 12 + (date - 1) / 372
}

export function PostLine({ board }: { board: Board }) {
  const lanes = lanesOf(board)
  if (lanes.length === 0) return null
  const scale = scaleOf(board, lanes)
  return (
    <div className="mz-spans">
      <span />
      <div className="mz-spans-years" aria-hidden="true">
        {scale.years.map((year) => (
          <span key={year} style={{ left: `${scale.at(year)}%` }}>
            {year}
          </span>
        ))}
      </div>
      {lanes.map((lane) => (
        <LaneOf key={lane.key} lane={lane} scale={scale} board={board} />
      ))}
    </div>
  )
}

interface Scale {
  years: number[]
  /** Where a year stands, in % of the width. */
  at: (year: number) => number
  end: number
}

interface LaneProps {
  lane: Lane
  scale: Scale
  board: Board
}

function LaneOf({ lane, scale, board }: LaneProps) {
  return (
    <>
      <div className="mz-spans-post">
        {lane.title}
        {lane.vacant && <small>空缺</small>}
      </div>
      <div className="mz-spans-lane" style={{ height: lane.rows.length * ROW + 8 }}>
        {board.terms.map((term) => (
          <i
            key={term.id}
            className="mz-spans-mark"
            style={{ left: `${scale.at(yearOf(term.startedOn))}%` }}
          />
        ))}
        <i className="mz-spans-mark mz-spans-today" style={{ left: `${scale.at(yearOf(board.asOf))}%` }} />
        {lane.rows.flatMap((row, i) =>
          row.map((held) => {
            const left = held.from ? Math.max(0, scale.at(yearOf(held.from))) : 0
            const right = scale.at(held.to ? yearOf(held.to) : scale.end)
            return (
              <GoLink
                key={held.id}
                to={paths.person(held.personId)}
                title={held.words}
                className={`mz-span${held.to ? ' mz-span-past' : ''}${held.from ? '' : ' mz-span-open'}`}
                style={{ left: `${left}%`, width: `${Math.max(right - left, 0.8)}%`, top: 6 + i * ROW }}
              >
                {held.name}
                {held.title !== lane.title && `　${held.title}`}
              </GoLink>
            )
          }),
        )}
      </div>
    </>
  )
}

function lanesOf(board: Board): Lane[] {
  const held = [
    ...board.posts.map((p) => ({ ...p, personId: p.person.personId, name: p.person.name })),
    ...board.former,
  ]
  const vacant = new Set(board.vacancies.map((v) => v.post))
  return POSTS.filter((p) => vacant.has(p.value) || held.some((h) => h.post === p.value)).map((post) => ({
    key: post.value,
    title: post.title,
    vacant: vacant.has(post.value),
    rows: packed(
      held
        .filter((h) => h.post === post.value)
        .map((h) => ({
          id: h.id,
          personId: h.personId,
          name: h.name,
          title: h.postTitle,
          from: h.fromPrecision === 'unknown' ? null : h.from,
          to: h.to,
          words: `${h.name} ${h.postTitle}：${dayShown(h.from, h.fromPrecision)} 至 ${h.to?.slice(0, 10) ?? '今'}`,
        })),
    ),
  }))
}

/** Each bar in the first row where it fits. */
function packed(all: Held[]): Held[][] {
  const rows: Held[][] = []
  for (const held of [...all].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))) {
    const free = rows.find((row) => {
      const last = row[row.length - 1]
      return last?.to != null && last.to.slice(0, 10) <= (held.from ?? '')
    })
    if (free) free.push(held)
    else rows.push([held])
  }
  return rows
}

const MARGIN = 0.25
const MOST_YEARS = 12
/** In % of the width: beyond it a year's label would be cut off. */
const LAST_LABEL = 95

function scaleOf(board: Board, lanes: Lane[]): Scale {
  const days = [
    ...lanes.flatMap((l) => l.rows.flat().flatMap((h) => (h.from ? [h.from] : []))),
    ...board.terms.map((t) => t.startedOn),
    board.asOf,
  ]
  const end = yearOf(board.asOf) + MARGIN
  const start = Math.max(Math.min(...days.map(yearOf)) - MARGIN, end - MOST_YEARS)
  const first = Math.ceil(start)
  const count = Math.max(0, Math.floor(end) - first + 1)
  const at = (year: number) => ((year - start) / (end - start)) * 100
  const years = Array.from({ length: count }, (_, i) => first + i)
  return { years: years.filter((year) => at(year) <= LAST_LABEL), at, end }
}
