/** Shapes of questions and answers. A figure is a question with an answer; the same for page, API, command line, report. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../kernel/endpoint.ts'
import { Day, Depth, Moment, nullable, opens, Where, WhereInAddress } from '../../kernel/shapes.ts'

const ValueShape = Type.Union([Type.Number(), Type.String(), Type.Null()])

/** As asked. `org` is an id, a code or a full path. Without a period, flows answer for the current half-year. */
export const FigureQuestion = Type.Object({
  org: opens('org', { minLength: 1 }),
  measure: Type.String({ minLength: 1 }),
  depth: Type.Optional(Depth),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  asOf: Type.Optional(Moment),
  where: Type.Optional(Where),
  group: Type.Optional(Type.String()),
  percent: Type.Optional(Type.Union([Type.Literal('cut'), Type.Literal('round')])),
})
export type FigureQuestion = Static<typeof FigureQuestion>

export const EvidencePart = Type.Object({
  role: Type.String(),
  title: Type.String(),
  value: ValueShape,
  count: Type.Integer(),
  /** Only of an answer that is kept: SHA-256 over the sorted (id, version) of its rows. */
  digest: Type.Optional(Type.String()),
})
export type EvidencePart = Static<typeof EvidencePart>

/**
 * Why an answer that was handed in would be another today. definition: what is counted is something else (口径已改);
 * value: other rows, and another value; rows: other rows, the same value.
 */
export const DriftReason = Type.Enum(['definition', 'value', 'rows'])

export const FigureGroup = Type.Object({
  key: Type.String(),
  label: Type.String(),
  orgId: Type.Optional(Type.String()),
  value: ValueShape,
  display: Type.String(),
  /** What has to be said beside it. */
  note: Type.Optional(Type.String()),
  count: Type.Integer(),
})
export type FigureGroup = Static<typeof FigureGroup>

export const FigureAnswer = Type.Object({
  measure: Type.Object({
    id: Type.String(),
    title: Type.String(),
    unit: Type.String(),
    kind: Type.String(),
    definition: Type.String(),
  }),
  org: Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() }),
  /** The question in words. */
  asked: Type.String(),
  value: ValueShape,
  missing: Type.Boolean(),
  /** Why it is missing, for the user. */
  missingReason: Type.Optional(Type.String()),
  /** atLeast: some people of the rows are not named, so there may be more. */
  bound: Type.Optional(Type.Literal('atLeast')),
  /** What has to be said beside the number: of how many rows it speaks, why it is in doubt. */
  note: Type.Optional(Type.String()),
  /** Of a base that is not known for all: for how many of the organisations it is. */
  stated: Type.Optional(Type.Object({ by: Type.Integer(), of: Type.Integer() })),
  /** Shown with its note; no document prints it. */
  doubtful: Type.Optional(Type.Literal(true)),
  unit: Type.String(),
  /** Exact: a number, or the fraction of a share. */
  exact: Type.String(),
  display: Type.String(),
  evidence: Type.Object({
    count: Type.Integer(),
    digest: Type.Optional(Type.String()),
    /** Only of an answer that is kept: what the measure counted, in short. */
    definition: Type.Optional(Type.String()),
    parts: Type.Array(EvidencePart),
  }),
  groups: Type.Optional(Type.Array(FigureGroup)),
  /** By how much the groups' sum exceeds the value, because records or people belong to several (其中联合 N). */
  overlap: Type.Optional(Type.Number()),
})
export type FigureAnswer = Static<typeof FigureAnswer>

export const EvidenceRows = Type.Object({
  columns: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      version: Type.Integer(),
      countyId: Type.String(),
      /** The kind of page that opens it: people, organisations, records; and by which id, where it is not the row's. */
      opens: Type.String(),
      opensId: Type.Optional(Type.String()),
      cells: Type.Array(nullable(Type.String())),
    }),
  ),
  total: Type.Integer(),
})
export type EvidenceRows = Static<typeof EvidenceRows>

export const MeasureEntry = Type.Object({
  id: Type.String(),
  title: Type.String(),
  group: Type.String(),
  unit: Type.String(),
  kind: Type.String(),
  timing: Type.String(),
  definition: Type.String(),
  /** Pinyin initials and syllables, for finding by typing. */
  nameKey: Type.String(),
  /** Shown first, until others are chosen. */
  headline: Type.Boolean(),
  filters: Type.Array(
    Type.Object({
      key: Type.String(),
      title: Type.String(),
      type: Type.String(),
      options: Type.Optional(Type.Array(Type.Object({ value: Type.String(), title: Type.String() }))),
    }),
  ),
  groupings: Type.Array(Type.String()),
})
export type MeasureEntry = Static<typeof MeasureEntry>

/** A question in a web address: `where` is JSON. */
export const InAddress = Type.Object({
  org: FigureQuestion.properties.org,
  measure: FigureQuestion.properties.measure,
  depth: FigureQuestion.properties.depth,
  from: FigureQuestion.properties.from,
  to: FigureQuestion.properties.to,
  asOf: FigureQuestion.properties.asOf,
  where: Type.Optional(WhereInAddress),
  group: FigureQuestion.properties.group,
  percent: FigureQuestion.properties.percent,
})

export const getMeasures = endpoint({
  id: 'indicators.measures',
  method: 'GET',
  path: '/measures',
  summary: '指标目录：名称、单位、口径、可用的筛选和分组',
  right: 'figures.read',
  response: Type.Object({ measures: Type.Array(MeasureEntry) }),
})

export const getFigure = endpoint({
  id: 'indicators.figure',
  method: 'GET',
  path: '/figures',
  summary: '查一个数据：数值、写法和佐证',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({
    ...InAddress.properties,
    /** 'yes': with the digest of the rows, as it is kept when a figure is handed in. */
    digest: Type.Optional(Type.Literal('yes')),
  }),
  response: FigureAnswer,
})

export const askFigures = endpoint({
  id: 'indicators.figures',
  method: 'POST',
  path: '/figures',
  summary: '一次查多个数据',
  right: 'figures.read',
  work: 'heavy',
  reads: true,
  body: Type.Object({
    questions: Type.Array(FigureQuestion, { maxItems: 200 }),
    digest: Type.Optional(Type.Boolean()),
  }),
  response: Type.Object({ answers: Type.Array(FigureAnswer) }),
})

export const getEvidence = endpoint({
  id: 'indicators.evidence',
  method: 'GET',
  path: '/figures/rows',
  summary: '打开一个数据背后的每一行',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({
    ...InAddress.properties,
    part: Type.Optional(Type.String()),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  response: EvidenceRows,
})

const Rule = Type.Object({ percent: Type.Union([Type.Literal('cut'), Type.Literal('round')]) })
const OfOrg = Type.Object({ org: opens('org', { minLength: 1 }) })

export const getPercentRule = endpoint({
  id: 'indicators.percentRule',
  method: 'GET',
  path: '/figures/percent-rule',
  summary: '本组织的百分数是去尾还是四舍五入',
  right: 'figures.read',
  query: OfOrg,
  response: Rule,
})

export const setPercentRule = endpoint({
  id: 'indicators.setPercentRule',
  method: 'PUT',
  path: '/figures/percent-rule',
  summary: '定下本组织的百分数是去尾还是四舍五入；没有另定的下级也照此写',
  right: 'summaries.submit',
  query: OfOrg,
  body: Rule,
  response: Rule,
})
