/** Endpoints of summaries: write, check, hand in, correct, export. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, opens } from '../../../kernel/shapes.ts'
import { DriftReason, EvidenceRows } from '../../indicators/contract.ts'
import {
  OrgRef,
  ParagraphBody,
  Settings,
  Spec,
  State,
  Summary,
  SummaryBody,
  SummaryListed,
  Value,
  WordingShape,
  worked,
} from './shapes.ts'

export * from './shapes.ts'

const ofSummary = Type.Object({ id: opens('summary') })

export const listSummaries = endpoint({
  id: 'summaries.list',
  method: 'GET',
  path: '/summaries',
  summary: '一个组织和下级的总结，以及谁还没有上报',
  right: 'summaries.read',
  query: Type.Object({
    org: opens('org', { minLength: 1 }),
    /** 2024H1, 2024 …; with it, who has not handed in. */
    period: Type.Optional(Type.String()),
    state: Type.Optional(State),
  }),
  response: Type.Object({
    /** The latest edition of each. */
    summaries: Type.Array(SummaryListed),
    /** Committees directly below without a summary handed in for the period. */
    notYet: Type.Array(Type.Object({ ...OrgRef.properties, draft: Type.Boolean() })),
  }),
})

export const createSummary = endpoint({
  id: 'summaries.create',
  method: 'POST',
  path: '/summaries',
  summary: '起草一份总结：按提纲从台账取数',
  right: 'summaries.write',
  work: 'heavy',
  body: Type.Object({
    /** An id, a code or a full path. */
    org: opens('org', { minLength: 1 }),
    period: Type.String({ minLength: 4 }),
    cutOff: Type.Optional(nullable(Day)),
  }),
  response: Summary,
})

export const getSummary = endpoint({
  id: 'summaries.get',
  method: 'GET',
  path: '/summaries/:id',
  summary: '打开一份总结：正文、每个数据、待核对的事项',
  right: 'summaries.read',
  params: ofSummary,
  response: Summary,
})

const Written = Type.Object({
  version: Type.Integer(),
  figures: worked.figures,
  checks: worked.checks,
  length: worked.length,
})

/** What is left out stays. A newer version than the one seen is a conflict, and nothing is overwritten. */
export const saveSummary = endpoint({
  id: 'summaries.save',
  method: 'PUT',
  path: '/summaries/:id',
  summary: '保存正文、标题、截至日期和写法',
  right: 'summaries.write',
  params: ofSummary,
  body: Type.Object({
    version: Type.Integer(),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    cutOff: Type.Optional(nullable(Day)),
    body: Type.Optional(SummaryBody),
    settings: Type.Optional(Settings),
    /** Keep these settings as the organisation's usual ones. */
    settingsForAll: Type.Optional(Type.Boolean()),
    /** Saves only, while somebody is typing: the answer brings no figures and no checks. */
    quiet: Type.Optional(Type.Boolean()),
  }),
  response: Written,
})

/** Figures for chips that are not saved yet: of the `/` menu, of a change of wording. Writes nothing. */
export const tryFigures = endpoint({
  id: 'summaries.figures',
  method: 'POST',
  path: '/summaries/:id/figures',
  summary: '取未保存的数据：插入数据、改写法时用',
  right: 'summaries.read',
  work: 'heavy',
  reads: true,
  params: ofSummary,
  body: Type.Object({
    figures: Type.Array(
      Type.Object({ ref: Type.String(), question: Spec, wording: Type.Optional(WordingShape) }),
      { maxItems: 200 },
    ),
  }),
  response: Type.Object({ figures: worked.figures }),
})

const Change = Type.Object({
  /** added: new in the ledgers; changed: says something else now; gone: its facts are no longer there. */
  kind: Type.Enum(['added', 'changed', 'gone']),
  sectionId: Type.String(),
  /** Title and level of a section that the text does not have yet. */
  section: Type.Object({ title: Type.String(), level: Type.Integer() }),
  /** The paragraph in the text; of 'added', the one after which it goes, if any. */
  paragraphId: nullable(Type.String()),
  /** As it would be; null when gone. */
  paragraph: nullable(ParagraphBody),
  before: Type.String(),
  after: Type.String(),
  /** Written by hand: only replaced when asked for by name. */
  edited: Type.Boolean(),
})
export type Change = Static<typeof Change>

/** What the ledgers would say today. Writes nothing: the editor puts the wanted ones into the text and saves. */
export const refreshSummary = endpoint({
  id: 'summaries.refresh',
  method: 'POST',
  path: '/summaries/:id/refresh',
  summary: '从台账刷新：列出会变的段落，手写的不动',
  right: 'summaries.write',
  work: 'heavy',
  params: ofSummary,
  body: Type.Object({
    /** The text as it stands in the editor; the saved one when left out. */
    body: Type.Optional(SummaryBody),
    /** Only this paragraph, even if it was changed by hand. */
    paragraphId: Type.Optional(Type.String()),
  }),
  response: Type.Object({ changes: Type.Array(Change), figures: worked.figures }),
})

const Problem = Type.Object({
  key: Type.String(),
  /** 流动团员欠缴团费 … */
  title: Type.String(),
  words: Type.String(),
  paragraph: ParagraphBody,
  /** 下一步打算, tied to it; neutral and for editing. */
  nextStep: ParagraphBody,
  nextStepWords: Type.String(),
  /** Organisations concerned, to be opened. */
  orgs: Type.Array(OrgRef),
})
export type Problem = Static<typeof Problem>

export const proposeProblems = endpoint({
  id: 'summaries.problems',
  method: 'GET',
  path: '/summaries/:id/problems',
  summary: '由数据提出的不足和对应的打算',
  right: 'summaries.read',
  work: 'heavy',
  params: ofSummary,
  response: Type.Object({ problems: Type.Array(Problem), figures: worked.figures }),
})

export const submitSummary = endpoint({
  id: 'summaries.submit',
  method: 'POST',
  path: '/summaries/:id/submit',
  summary: '上报：数据和佐证从此固定',
  right: 'summaries.submit',
  snapshot: true,
  work: 'heavy',
  params: ofSummary,
  body: Type.Object({
    version: Type.Integer(),
    /** Hand in although figures are missing; they stand as missing. */
    withMissing: Type.Optional(Type.Boolean()),
  }),
  response: Type.Object({ version: Type.Integer(), submittedAt: Type.String(), figures: Type.Integer() }),
})

export const correctSummary = endpoint({
  id: 'summaries.correct',
  method: 'POST',
  path: '/summaries/:id/correct',
  summary: '更正已上报的总结：另起一版草稿',
  right: 'summaries.write',
  params: ofSummary,
  response: Type.Object({ id: Type.String(), edition: Type.Integer() }),
})

const RowChange = Type.Object({
  kind: Type.Enum(['added', 'removed', 'changed']),
  part: Type.String(),
  id: Type.String(),
  opens: Type.String(),
  /** As frozen and as today. */
  before: Type.Array(nullable(Type.String())),
  after: Type.Array(nullable(Type.String())),
})

const Drifted = Type.Object({
  ref: Type.String(),
  sentence: Type.String(),
  asked: Type.String(),
  frozen: Type.Object({ value: Value, display: Type.String() }),
  today: Type.Object({ value: Value, display: Type.String(), missingReason: Type.Optional(Type.String()) }),
  /** 增加3人; empty for dates and texts. */
  change: Type.String(),
  why: DriftReason,
  columns: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
  rows: Type.Array(RowChange),
})
export type Drifted = Static<typeof Drifted>

export const getDrift = endpoint({
  id: 'summaries.drift',
  method: 'GET',
  path: '/summaries/:id/drift',
  summary: '上报后的变动：今天哪些数据会不同，差在哪几行',
  right: 'summaries.read',
  work: 'heavy',
  params: ofSummary,
  response: Type.Object({ submittedAt: nullable(Type.String()), drifted: Type.Array(Drifted) }),
})

export const voidSummary = endpoint({
  id: 'summaries.void',
  method: 'POST',
  path: '/summaries/:id/void',
  summary: '删去草稿（留痕）',
  right: 'summaries.write',
  params: ofSummary,
  response: Type.Object({ id: Type.String() }),
})

export const exportSummary = endpoint({
  id: 'summaries.docx',
  method: 'GET',
  path: '/summaries/:id/docx',
  summary: '导出 Word（公文格式）',
  right: 'summaries.read',
  params: ofSummary,
  raw: 'download',
})

export const exportAnnex = endpoint({
  id: 'summaries.annex',
  method: 'GET',
  path: '/summaries/:id/annex',
  summary: '导出佐证附表（Excel）',
  right: 'summaries.read',
  params: ofSummary,
  raw: 'download',
})

/** Of a summary that was handed in: the rows as they were. */
export const getFrozenRows = endpoint({
  id: 'summaries.rows',
  method: 'GET',
  path: '/summaries/:id/figures/:ref/rows',
  summary: '打开上报时一个数据背后的每一行',
  right: 'summaries.read',
  params: Type.Object({ id: opens('summary'), ref: Type.String() }),
  query: Type.Object({
    part: Type.Optional(Type.String()),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  response: EvidenceRows,
})
