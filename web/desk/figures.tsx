/** 本期数据: the figures that this person looks at, with the same period before and a line of months. */
import { SettingOutlined } from '@ant-design/icons'
import { Button, Popover, Select } from 'antd'
import { getMeasures, type MeasureEntry } from '../../domain/indicators/contract.ts'
import { monthsOf } from '../../kernel/period.ts'
import { GoLink, paths } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useRemembered } from '../app/preferences.ts'
import { useFetch } from '../app/queries.ts'
import { Change, Figure } from '../kit/Figure.tsx'
import { useFigure, useYearBefore } from '../kit/figures.ts'
import { Failure, Sheet } from '../kit/Page.tsx'

const MOST = 8

export function DeskFigures() {
  const { org, period } = useFrame()
  const measures = useFetch(getMeasures, {})
  const [chosen, setChosen] = useRemembered<string[] | null>(`desk.figures.${org.type}`, null)
  const known = measures.data?.measures ?? []
  const headlines = known
    .filter((m) => m.headline)
    .map((m) => m.id)
    .slice(0, MOST)
  const shown = (chosen ?? headlines).flatMap((id) => known.find((m) => m.id === id) ?? [])
  return (
    <Sheet
      title="本期数据"
      flush
      extra={
        <>
          <span className="mz-quiet">{period.label}</span> <GoLink to={paths.overview()}>概览</GoLink>
          <Popover
            trigger="click"
            placement="bottomRight"
            arrow={false}
            title={`选最多 ${MOST} 个数据`}
            content={<Chooser measures={known} chosen={chosen ?? headlines} setChosen={setChosen} />}
          >
            <Button type="text" aria-label="选择数据" icon={<SettingOutlined />} />
          </Popover>
        </>
      }
    >
      {measures.error && <Failure problem={measures.error} retry={() => void measures.refetch()} />}
      {!measures.data && !measures.error && <div className="mz-desk-waiting" />}
      <div className="mz-desk-tiles">
        {shown.map((m) => (
          <Tile key={m.id} measure={m} />
        ))}
      </div>
    </Sheet>
  )
}

interface ChooserProps {
  measures: MeasureEntry[]
  chosen: string[]
  /** Null chooses the usual ones again. */
  setChosen: (ids: string[] | null) => void
}

function Chooser({ measures, chosen, setChosen }: ChooserProps) {
  const groups = [...new Set(measures.map((m) => m.group))]
  return (
    <div className="mz-desk-chooser">
      <Select
        mode="multiple"
        className="mz-wide"
        maxCount={MOST}
        value={chosen}
        onChange={setChosen}
        placeholder="输入名称或拼音首字母"
        showSearch={{
          filterOption: (typed, option) =>
            'words' in (option ?? {}) &&
            String((option as { words?: string }).words).includes(typed.toLowerCase()),
        }}
        options={groups.map((group) => ({
          label: group,
          options: measures
            .filter((m) => m.group === group && (m.unit || m.kind !== 'only'))
            .map((m) => ({ value: m.id, label: m.title, words: `${m.title} ${m.nameKey}`.toLowerCase() })),
        }))}
      />
      <Button size="small" type="text" onClick={() => setChosen(null)}>
        恢复常用的
      </Button>
    </div>
  )
}

function Tile({ measure }: { measure: MeasureEntry }) {
  const asked = { measure: measure.id }
  const now = useFigure(asked)
  const before = useYearBefore(now.question)
  const ledger = measure.id.split('.')[0] ?? ''
  const isLedger = measure.timing === 'flow' && measure.filters.some((f) => f.key === 'hasPhotos')
  return (
    <div className="mz-tile">
      <div className="mz-tile-title" title={measure.definition}>
        {measure.title}
      </div>
      <div className="mz-desk-value">
        <Figure
          asked={asked}
          size="large"
          record={isLedger && <GoLink to={paths.newRecord(ledger)}>记一笔</GoLink>}
        />
        <Line measure={measure} />
      </div>
      <div className="mz-tile-before">{before && now.data && <Change now={now.data} before={before} />}</div>
    </div>
  )
}

const ADDING = new Set(['count', 'sum', 'distinct'])
const [WIDTH, HEIGHT] = [72, 28]

/** Month by month, up to the present one. */
function Line({ measure }: { measure: MeasureEntry }) {
  const { period, today } = useFrame()
  const months = monthsOf(period).filter((m) => m <= today.slice(0, 7))
  const drawn =
    ADDING.has(measure.kind) &&
    measure.groupings.includes('month') &&
    months.length > 1 &&
    months.length <= 24
  const { data } = useFigure({ measure: measure.id, group: 'month' }, { enabled: drawn })
  if (!drawn || !data?.groups?.length) return null
  const values = months.map((m) => Number(data.groups?.find((g) => g.key === m)?.value ?? 0))
  const top = Math.max(...values, 1)
  const points = values.map((v, i) => [
    2 + (i * (WIDTH - 4)) / (values.length - 1),
    HEIGHT - 3 - (v / top) * (HEIGHT - 6),
  ])
  const last = points[points.length - 1]
  return (
    <svg className="mz-line" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img">
      <title>{months.map((m, i) => `${Number(m.slice(5))}月 ${values[i]}`).join('，')}</title>
      <polyline points={points.map((p) => p.join(',')).join(' ')} />
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" />}
    </svg>
  )
}
