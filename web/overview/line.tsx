/** One line of work: a figure over time, what it consists of, and each subordinate's share. */
import { Segmented, Select } from 'antd'
import { askFigures, getMeasures, type MeasureEntry } from '../../domain/indicators/contract.ts'
import type { OverviewFigure, OverviewLine } from '../../domain/indicators/overview/contract.ts'
import { type Period, parsePeriod, periodOf, precedingOf } from '../../kernel/period.ts'
import { paths, useParam, useSearchState } from '../app/address.tsx'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { Bars, Columns } from '../kit/Charts.tsx'
import type { Column } from '../kit/columns.ts'
import { DataTable } from '../kit/DataTable.tsx'
import { inLine, splitUnit } from '../kit/Figure.tsx'
import { type FigureQuestion, useEvidence, useFigure } from '../kit/figures.ts'
import { barOf, type Group, inOrder, ofGroup } from '../kit/groups.ts'
import { LackingButton } from '../kit/Lacking.tsx'
import { useList } from '../kit/list.ts'
import { EmptyState, Loaded, Page, Sheet } from '../kit/Page.tsx'
import { HeadlineNumber, Held } from './Headline.tsx'
import { NothingYet } from './page.tsx'
import { useAgainst, useOverview } from './query.ts'
import './overview.css'

export function OverviewLinePage() {
  const { org, period } = useFrame()
  const title = decodeURIComponent(useParam('line'))
  const overview = useOverview()
  return (
    <Page
      title={title}
      about={`${org.name}，${period.label}`}
      above={[{ title: '概览', to: paths.overview() }]}
    >
      <Loaded of={overview} rows={10}>
        {(found) => {
          const line = found.lines.find((l) => l.title === title)
          return line ? <Chosen line={line} /> : <NothingYet />
        }}
      </Loaded>
    </Page>
  )
}

function Chosen({ line }: { line: OverviewLine }) {
  const [search, change] = useSearchState()
  const figures = line.blocks.flatMap((b) => b.figures)
  const chosen = figures.find((f) => f.measure.id === search.measure) ?? figures[0]
  if (!chosen) return <NothingYet />
  const choose = (id: string) => change({ measure: id, by: undefined, page: undefined })
  return (
    <div className="mz-line-page">
      <Select
        className="mz-line-choose mz-no-print"
        aria-label="看哪个数据"
        value={chosen.measure.id}
        onChange={choose}
        options={line.blocks.map((b) => ({
          label: b.title,
          options: b.figures.map((f) => ({ value: f.measure.id, label: f.measure.title })),
        }))}
      />
      <nav className="mz-line-figures mz-no-print" aria-label="这条工作的数据">
        {line.blocks.map((block) => (
          <section key={block.id}>
            <h2>{block.title}</h2>
            {block.figures.map((f) => (
              <button
                key={f.measure.id}
                type="button"
                aria-current={f === chosen ? 'true' : undefined}
                onClick={() => choose(f.measure.id)}
              >
                <span>{f.measure.title}</span>
                <span className={f.missing ? 'mz-figure-missing mz-figure-inline' : undefined}>
                  {inLine({ display: f.display, unit: f.measure.unit })}
                </span>
              </button>
            ))}
          </section>
        ))}
      </nav>
      <OneFigure key={chosen.measure.id} figure={chosen} />
    </div>
  )
}

function OneFigure({ figure }: { figure: OverviewFigure }) {
  const { org, period } = useFrame()
  const [against] = useAgainst()
  const measures = useFetch(getMeasures, {})
  const entry = measures.data?.measures.find((m) => m.id === figure.measure.id)
  const question = { org: org.id, measure: figure.measure.id, from: period.from, to: period.to }
  return (
    <div className="mz-line-main">
      <Sheet title={figure.measure.title}>
        <HeadlineNumber figure={figure} />
        <Held figure={figure} against={against === 'preceding' ? '上一期' : '去年同期'} />
        <p className="mz-line-definition">口径：{figure.measure.definition}</p>
      </Sheet>
      <Trend figure={figure} />
      {entry && <Distribution entry={entry} question={question} />}
      <Subordinates question={question} title={figure.measure.title} />
    </div>
  )
}

const MONTHS = 12
const HALVES = 8

/** So many periods of one kind, the last of them that in which a day lies. */
function back(last: string, many: number): Period[] {
  const found = [parsePeriod(last)]
  while (found.length < many) found.unshift(precedingOf(found[0] as Period))
  return found
}

/** 3月, or 2024年1月 where a year begins; 2024上. */
const labelOf = (p: Period, first: boolean) => {
  const year = p.id.slice(0, 4)
  if (p.id[4] === 'H') return `${year}${p.id.endsWith('1') ? '上' : '下'}`
  const month = `${Number(p.id.slice(5))}月`
  return first || month === '1月' ? `${year.slice(2)}年${month}` : month
}

function Trend({ figure }: { figure: OverviewFigure }) {
  const { org, period, asOf } = useFrame()
  const [search, change] = useSearchState()
  const evidence = useEvidence()
  const halves = search.trend === 'halves'
  const end = asOf
  const points = halves ? back(periodOf(end), HALVES) : back(end.slice(0, 7), MONTHS)
  const questions: FigureQuestion[] = points.map((p) => ({
    org: org.id,
    measure: figure.measure.id,
    from: p.from,
    to: p.to,
  }))
  const answers = useFetch(askFigures, { body: { questions } }, { keepLast: true })
  const title = halves ? `最近 ${HALVES} 个半年` : `最近 ${MONTHS} 个月`
  return (
    <Sheet
      title="趋势"
      extra={
        <Segmented
          className="mz-no-print"
          value={halves ? 'halves' : 'months'}
          onChange={(to) => change({ trend: to === 'halves' ? to : undefined })}
          options={[
            { value: 'months', label: `${MONTHS} 个月` },
            { value: 'halves', label: `${HALVES} 个半年` },
          ]}
        />
      }
    >
      <Loaded of={answers} rows={3}>
        {({ answers: found }) => (
          <Columns
            title={title}
            bars={points.map((p, i) => {
              const answer = found[i]
              const asked = questions[i]
              return {
                key: p.id,
                label: labelOf(p, i === 0),
                value: answer?.value ?? null,
                shown:
                  answer && !answer.missing ? inLine({ ...answer, unit: '' }).replace(answer.unit, '') : '—',
                open: asked ? () => evidence.open(asked) : null,
                strong: p.from <= period.to && p.to >= period.from,
              }
            })}
          />
        )}
      </Loaded>
    </Sheet>
  )
}

/** What is told apart first, where it can be. */
const USUAL = ['kind', 'occasion', 'sector', 'level', 'sex']

function Distribution({ entry, question }: { entry: MeasureEntry; question: FigureQuestion }) {
  const [search, change] = useSearchState()
  const evidence = useEvidence()
  const choices = entry.filters.filter(
    (filter) => filter.type === 'choice' && entry.groupings.includes(filter.key),
  )
  const usual = USUAL.flatMap((key) => choices.find((c) => c.key === key) ?? [])[0] ?? choices[0]
  const by = choices.find((c) => c.key === search.by) ?? usual
  const asked = { ...question, group: by?.key ?? '' }
  const figure = useFigure(asked, { enabled: by !== undefined })
  if (!by) return null
  return (
    <Sheet
      title="分布"
      extra={
        <Select
          aria-label="按什么分"
          value={by.key}
          onChange={(key) => change({ by: key })}
          options={choices.map((c) => ({ value: c.key, label: `按${c.title}` }))}
          popupMatchSelectWidth={false}
        />
      }
    >
      <Loaded of={figure} rows={3}>
        {({ groups = [], unit }) =>
          groups.length > 0 ? (
            <Bars bars={inOrder(groups).map((g) => barOf(asked, g, { unit, open: evidence.open }))} />
          ) : (
            <p className="mz-quiet">这段时间还没有记录。</p>
          )
        }
      </Loaded>
    </Sheet>
  )
}

function Subordinates({ question, title }: { question: FigureQuestion; title: string }) {
  const list = useList({ size: 50 })
  const evidence = useEvidence()
  const asked = { ...question, group: 'org' }
  const figure = useFigure(asked)
  const unit = figure.data?.unit ?? ''
  const rows = figure.data?.groups
  if (rows && rows.length === 0) return null
  const most = Math.max(1, ...(rows ?? []).map((g) => Number(g.value) || 0))
  const columns: Column<Group>[] = [
    { id: 'label', title: '组织', value: (g) => g.label, fixed: true },
    {
      id: 'value',
      title: unit ? `${title}（${unit}）` : title,
      value: (g) => (typeof g.value === 'number' ? g.value : null),
      cell: (g) => (
        <span className={g.value === null ? 'mz-figure-missing mz-figure-inline' : undefined}>
          {splitUnit({ display: g.display, unit }).number}
        </span>
      ),
      numeric: true,
    },
    {
      id: 'bar',
      title: '',
      cell: (g) => (
        <span className="mz-bar" aria-hidden="true">
          <i style={{ width: `${((Number(g.value) || 0) / most) * 100}%` }} />
        </span>
      ),
    },
  ]
  const open = (g: Group) => {
    const one = ofGroup(asked, g)
    if (one) evidence.open(one)
  }
  return (
    <Sheet
      title="各下级"
      flush
      extra={
        <span className="mz-no-print">
          <LackingButton question={question} />
        </span>
      }
    >
      <DataTable<Group>
        name={`${title}-各下级`}
        columns={columns}
        rows={rows}
        rowKey={(g) => g.key}
        list={list}
        problem={figure.error}
        retry={() => void figure.refetch()}
        onOpen={open}
        searchHint={null}
        empty={<EmptyState title="没有下级组织" />}
      />
      {figure.data?.overlap ? (
        <p className="mz-line-overlap mz-quiet mz-small">
          其中联合 {figure.data.overlap} {unit}：联合开展的在每个下级各计一次，各下级之和比本数多出这些。
        </p>
      ) : null}
    </Sheet>
  )
}
