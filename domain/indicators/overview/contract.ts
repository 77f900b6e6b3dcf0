/** An organisation's period at a glance (概览), and which subordinates something has reached (覆盖). */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, Where, WhereInAddress } from '../../../kernel/shapes.ts'
import { FigureAnswer, FigureQuestion } from '../contract.ts'

const Said = {
  value: FigureAnswer.properties.value,
  display: Type.String(),
  missing: Type.Boolean(),
}

export const OverviewFigure = Type.Object({
  /** What opens it, without organisation and period. */
  measure: FigureAnswer.properties.measure,
  ...Said,
  missingReason: Type.Optional(Type.String()),
  bound: FigureAnswer.properties.bound,
  note: FigureAnswer.properties.note,
  before: Type.Object(Said),
  /** Of those under the same superior and of the same type, without the organisation itself; never who. */
  siblings: nullable(Type.Object({ median: Type.Number(), display: Type.String(), count: Type.Integer() })),
})
export type OverviewFigure = Static<typeof OverviewFigure>

/** The figures of one ledger, or of the structure. */
export const OverviewBlock = Type.Object({
  /** A ledger's id, or 'structure'. */
  id: Type.String(),
  title: Type.String(),
  figures: Type.Array(OverviewFigure),
  /** Direct subordinates that recorded something or declared 本期无, of all; null where there are none. */
  recorded: nullable(Type.Object({ count: Type.Integer(), of: Type.Integer() })),
})
export type OverviewBlock = Static<typeof OverviewBlock>

export const OverviewLine = Type.Object({ title: Type.String(), blocks: Type.Array(OverviewBlock) })
export type OverviewLine = Static<typeof OverviewLine>

const Span = Type.Object({ from: Day, to: Day, label: Type.String() })

export const Overview = Type.Object({
  org: FigureAnswer.properties.org,
  period: Span,
  /** What `before` is about. */
  before: Span,
  lines: Type.Array(OverviewLine),
  /** Ledgers without a row in either period. */
  quiet: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), line: Type.String() })),
})
export type Overview = Static<typeof Overview>

const Against = Type.Union([Type.Literal('yearBefore'), Type.Literal('preceding')])
export type Against = Static<typeof Against>

const Asked = {
  org: FigureQuestion.properties.org,
  period: Type.Optional(Type.String({ description: '2024H1、2024、2024Q2、2024-03 或起止日期' })),
  until: Type.Optional(Day),
}

export const getOverview = endpoint({
  id: 'indicators.overview',
  method: 'GET',
  path: '/overview',
  summary: '概览：一个组织一段时间各条工作的主要数据，和上期、同级中位数对照',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({
    ...Asked,
    /** yearBefore (去年同期) unless given; preceding: the period just before. */
    against: Type.Optional(Against),
  }),
  response: Overview,
})

export const CoverageTile = Type.Object({
  orgId: Type.String(),
  name: Type.String(),
  sector: Type.String(),
  sectorTitle: Type.String(),
  /** The superior under which it is shown; null for what stands directly under the organisation asked. */
  under: nullable(Type.String()),
  ...Said,
  /** Whether it is reached: there is a value, and it is not 0. */
  covered: Type.Boolean(),
})
export type CoverageTile = Static<typeof CoverageTile>

export const CoverageShare = Type.Object({
  sector: nullable(Type.String()),
  title: Type.String(),
  covered: Type.Integer(),
  total: Type.Integer(),
  display: Type.String(),
})
export type CoverageShare = Static<typeof CoverageShare>

export const Coverage = Type.Object({
  org: FigureAnswer.properties.org,
  /** In words: what makes a tile covered. */
  asked: Type.String(),
  unit: Type.String(),
  /** As asked of each tile; null where days since the last record are shown. */
  question: nullable(
    Type.Object({
      measure: Type.String(),
      from: Day,
      to: Day,
      where: Type.Optional(Where),
    }),
  ),
  tiles: Type.Array(CoverageTile),
  /** Of all tiles first, then of each sector. */
  shares: Type.Array(CoverageShare),
})
export type Coverage = Static<typeof Coverage>

/** Instead of a measure: days since the last record of any ledger. */
export const LAST_RECORD = 'lastRecord'

export const getCoverage = endpoint({
  id: 'indicators.coverage',
  method: 'GET',
  path: '/overview/coverage',
  summary: '覆盖：下级组织里哪些有、哪些没有，任选一个指标',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({
    ...Asked,
    measure: Type.String({ minLength: 1, description: '指标，或 lastRecord（距最近一次记录的天数）' }),
    where: Type.Optional(WhereInAddress),
  }),
  response: Coverage,
})
