/** Shapes of summaries on the wire; model.ts says what a text is. */
import Type, { type Static } from 'typebox'
import { Day, nullable, ref, Where } from '../../../kernel/shapes.ts'
import { EvidencePart } from '../../indicators/contract.ts'
import type { Body, FigureSpec, Paragraph, SummarySettings } from './model.ts'

export const State = Type.Enum(['draft', 'submitted'])
export const Value = Type.Union([Type.Number(), Type.String(), Type.Null()])
export const OrgRef = Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() })

const Filters = Type.Optional(Where)
const SpecShape = Type.Object({
  measure: Type.String({ minLength: 1 }),
  where: Filters,
  depth: Type.Optional(Type.Enum(['0', '1', 'all'])),
  org: Type.Optional(ref('org')),
  period: Type.Optional(
    Type.Union([
      Type.Object({ from: Type.Optional(Day), to: Day }),
      Type.Object({ asOf: Type.String({ minLength: 10 }) }),
    ]),
  ),
})

export const WordingShape = Type.Object({
  style: Type.Optional(Type.Enum(['exact', 'rounded', 'over', 'nearly', 'wan', 'wanOver'])),
  percent: Type.Optional(Type.Enum(['cut', 'round'])),
  decimals: Type.Optional(Type.Integer({ minimum: 0, maximum: 6 })),
  bound: Type.Optional(Type.Enum(['atLeast', 'notLess', 'atMost', 'under'])),
  unitWord: Type.Optional(Type.Boolean()),
  chineseNumerals: Type.Optional(Type.Boolean()),
  withinYear: Type.Optional(Type.Integer()),
})

const RunShape = Type.Union([
  Type.Object({ type: Type.Literal('text'), text: Type.String() }),
  Type.Object({
    type: Type.Literal('figure'),
    ref: Type.String({ minLength: 1, maxLength: 60 }),
    question: SpecShape,
    wording: Type.Optional(WordingShape),
  }),
])

const ParagraphShape = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 60 }),
  origin: Type.Optional(
    Type.Object({ kind: Type.Enum(['outline', 'ledger', 'record', 'problem']), key: Type.String() }),
  ),
  edited: Type.Optional(Type.Boolean()),
  runs: Type.Array(RunShape, { maxItems: 500 }),
})

const SectionShape = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 60 }),
  level: Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3)]),
  title: Type.String({ maxLength: 200 }),
  paragraphs: Type.Array(ParagraphShape, { maxItems: 1000 }),
})

/** As model.ts describes it. */
export const SummaryBody = Type.Unsafe<Body>(
  Type.Object({ sections: Type.Array(SectionShape, { maxItems: 200 }) }),
)
export const ParagraphBody = Type.Unsafe<Paragraph>(ParagraphShape)
export const Spec = Type.Unsafe<FigureSpec>(SpecShape)

export const Settings = Type.Unsafe<SummarySettings>(
  Type.Object({
    percent: Type.Enum(['cut', 'round']),
    counts: Type.Enum(['exact', 'over', 'wan', 'wanOver']),
    money: Type.Enum(['exact', 'wan', 'wanOver']),
    organ: Type.Optional(Type.String({ maxLength: 100 })),
    day: Type.Optional(Day),
  }),
)

/** A figure as it stands in the text. Of a summary that was handed in: as it was frozen. */
export const ResolvedFigure = Type.Object({
  ref: Type.String(),
  measure: Type.Object({ id: Type.String(), title: Type.String(), kind: Type.String() }),
  /** The question as asked, complete: hand it to `/figures` and `/figures/rows`. */
  question: Type.Object({
    org: Type.String(),
    measure: Type.String(),
    depth: SpecShape.properties.depth,
    from: Type.Optional(Type.String()),
    to: Type.Optional(Type.String()),
    asOf: Type.Optional(Type.String()),
    where: Filters,
  }),
  /** The question in words. */
  asked: Type.String(),
  /** As the summary says it; — when missing. */
  display: Type.String(),
  value: Value,
  exact: Type.String(),
  unit: Type.String(),
  missing: Type.Boolean(),
  missingReason: Type.Optional(Type.String()),
  bound: Type.Optional(Type.Literal('atLeast')),
  /** Beside the number, where it does not speak of everything or is in doubt. */
  note: Type.Optional(Type.String()),
  doubtful: Type.Optional(Type.Literal(true)),
  /** `digest` and `definition` of what is kept. */
  evidence: Type.Object({
    count: Type.Integer(),
    digest: Type.Optional(Type.String()),
    definition: Type.Optional(Type.String()),
    parts: Type.Array(EvidencePart),
  }),
  /** The same period a year earlier, where it holds a value. `change`: 增加3人. */
  comparison: Type.Optional(
    Type.Object({ value: Value, display: Type.String(), change: Type.String(), period: Type.String() }),
  ),
})
export type ResolvedFigure = Static<typeof ResolvedFigure>

export const Check = Type.Object({
  /**
   * missing 缺数 · gone 记录已作废 · parts 分项大于总数 · people 人与人次 · percent 去尾与四舍五入不同 · twice 同一指标两个数 · typed 手写的数字 ·
   * over 5余 · cutOff 截至日期早于期末
   */
  kind: Type.Enum(['missing', 'gone', 'parts', 'people', 'percent', 'twice', 'typed', 'over', 'cutOff']),
  level: Type.Enum(['error', 'warning', 'note']),
  message: Type.String(),
  paragraphId: Type.Optional(Type.String()),
  refs: Type.Array(Type.String()),
})
export type Check = Static<typeof Check>

const listed = {
  id: Type.String(),
  org: OrgRef,
  period: Type.String(),
  periodLabel: Type.String(),
  from: Type.String(),
  to: Type.String(),
  cutOff: nullable(Type.String()),
  title: Type.String(),
  state: State,
  edition: Type.Integer(),
  version: Type.Integer(),
  changedAt: Type.String(),
  changedBy: Type.String(),
  submittedAt: nullable(Type.String()),
  /** May the caller change it, and hand it in? */
  may: Type.Object({ write: Type.Boolean(), submit: Type.Boolean() }),
}
export const SummaryListed = Type.Object(listed)
export type SummaryListed = Static<typeof SummaryListed>

export const worked = {
  body: SummaryBody,
  settings: Settings,
  figures: Type.Array(ResolvedFigure),
  checks: Type.Array(Check),
  /** 字数 */
  length: Type.Integer(),
}
export const Summary = Type.Object({
  ...listed,
  ...worked,
  /** All editions of this organisation and period, the newest first. */
  editions: Type.Array(
    Type.Object({
      id: Type.String(),
      edition: Type.Integer(),
      state: State,
      submittedAt: nullable(Type.String()),
    }),
  ),
})
export type Summary = Static<typeof Summary>
