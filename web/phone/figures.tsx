/** 本期数据 on the phone: a few figures of one's own, each with last year's and the siblings' median in small print. */

import { getOverview, type Overview, type OverviewFigure } from '../../domain/indicators/overview/contract.ts'
import { measure } from '../../kernel/measureId.ts'
import { parsePeriod, periodOf } from '../../kernel/period.ts'
import { useFetch } from '../app/queries.ts'
import { figurePlace } from './asked.tsx'
import { Card } from './kit.tsx'
import { goTo } from './place.ts'

/** Looked for first; what is not in use leaves its place to the next ledger that is. */
const FIRST = [
  measure('members.count'),
  measure('themeActivity.count'),
  measure('meeting.count'),
  measure('volunteering.count'),
]
const SHOWN = 5

export function PhoneFigures({ org, today }: { org: { id: string }; today: string }) {
  const period = parsePeriod(periodOf(today))
  const { data } = useFetch(getOverview, { query: { org: org.id, period: period.id } })
  if (!data) return null
  return (
    <Card flush title="本期数据" extra={<span className="mp-quiet">{period.label}</span>}>
      <ul className="mp-figures">
        {chosenOf(data).map((figure) => (
          <li key={figure.measure.id}>
            <button
              type="button"
              onClick={() =>
                goTo(
                  figurePlace({
                    org: org.id,
                    measure: figure.measure.id,
                    from: period.from,
                    to: period.to,
                  }),
                )
              }
            >
              <span>{figure.measure.title}</span>
              {figure.missing ? <em>还没有记录</em> : <strong>{figure.display}</strong>}
              <small>
                去年同期 {figure.before.missing ? '没有' : figure.before.display}
                {figure.siblings && <br />}
                {figure.siblings && `同级中位数 ${figure.siblings.display}`}
              </small>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const isOfLedger = ({ measure }: OverviewFigure) => !/^(members|officers|org)\./.test(measure.id)

function chosenOf(overview: Overview): OverviewFigure[] {
  const blocks = overview.lines.flatMap((line) => line.blocks)
  const all = blocks.flatMap((b) => b.figures)
  const first = FIRST.flatMap((id) => all.find((f) => f.measure.id === id) ?? [])
  const others = blocks.flatMap((b) => b.figures.slice(0, 1)).filter((f) => isOfLedger(f) && !f.missing)
  return [...new Set([...first, ...others])].slice(0, SHOWN)
}
