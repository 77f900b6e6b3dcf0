/** 报表: the superior's blank forms, pointed at once, filled for every period, kept with their evidence. */
import Type, { type Static, type TSchema } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, opens, ref, Where } from '../../../kernel/shapes.ts'
import { DriftReason, EvidenceRows, FigureAnswer, FigureQuestion } from '../../indicators/contract.ts'
import type { FormDocument } from './file/model.ts'
import type { Entry, Mapped } from './mapping.ts'

const Word = (maxLength = 100) => Type.String({ maxLength })
const At = { table: Word(20), row: Type.Integer({ minimum: 0 }), column: Type.Integer({ minimum: 0 }) }
const Rhythm = Type.Enum(['month', 'quarter', 'half', 'year'])

const asked = {
  measure: Type.String({ minLength: 1, maxLength: 200 }),
  where: Type.Optional(Where),
  depth: Type.Optional(Type.Enum(['0', '1', 'all'])),
  period: Type.Enum(['own', 'preceding', 'yearBefore', 'thisYear', 'everUntil']),
  org: Type.Union([
    Type.Literal('own'),
    Type.Literal('row'),
    Type.Literal('column'),
    Type.Object({ id: ref('org') }),
  ]),
}

const EntryShape = Type.Unsafe<Entry>(
  Type.Union([
    Type.Object({ kind: Type.Literal('figure'), ...asked }),
    Type.Object({
      kind: Type.Literal('text'),
      what: Type.Enum(['org', 'day', 'period', 'preparer', 'constant']),
      text: Type.Optional(Word(500)),
    }),
    Type.Object({
      kind: Type.Literal('list'),
      ...asked,
      through: Type.Integer({ minimum: 0 }),
      columns: Type.Array(Type.Object({ column: Type.Integer({ minimum: 0 }), from: Word() }), {
        maxItems: 80,
      }),
      sort: Type.Optional(Word()),
    }),
    Type.Object({ kind: Type.Literal('blank') }),
  ]),
)
const Mapping = Type.Unsafe<Mapped[]>(
  Type.Array(Type.Object({ ...At, entry: EntryShape }), { maxItems: 5000 }),
)
/** As file/model.ts describes it. */
const Document = Type.Unsafe<FormDocument>(Type.Unknown() as TSchema)

const listed = {
  id: Type.String(),
  org: Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() }),
  title: Type.String(),
  /** 来文单位; empty while nobody has said. */
  sender: Type.String(),
  fileName: Type.String(),
  format: Type.Enum(['xlsx', 'docx']),
  rhythm: Rhythm,
  /** Cells that have their entry, and those that nobody has decided about. */
  mapped: Type.Integer(),
  open: Type.Integer(),
  /** Filled last. */
  last: nullable(
    Type.Object({
      id: Type.String(),
      period: Type.String(),
      periodLabel: Type.String(),
      recordedAt: Type.String(),
      submittedOn: nullable(Type.String()),
    }),
  ),
  /** The period that is due next, by the rhythm. */
  next: Type.Object({ period: Type.String(), label: Type.String() }),
  changedAt: Type.String(),
  version: Type.Integer(),
  may: Type.Object({ write: Type.Boolean(), submit: Type.Boolean() }),
}
export const FormListed = Type.Object(listed)
export type FormListed = Static<typeof FormListed>

const FilledListed = Type.Object({
  id: Type.String(),
  period: Type.String(),
  periodLabel: Type.String(),
  recordedAt: Type.String(),
  recordedBy: Type.String(),
  missing: Type.Integer(),
  submittedOn: nullable(Type.String()),
  submittedTo: nullable(Type.String()),
})
export type FilledListed = Static<typeof FilledListed>

export const Form = Type.Object({
  ...listed,
  document: Document,
  mapping: Mapping,
  /** Organisations that labels of rows and columns name: label → organisation. */
  places: Type.Record(Type.String(), Type.Object({ id: Type.String(), name: Type.String() })),
  /** Cells for which somebody has to decide, in reading order. */
  openCells: Type.Array(Type.Object(At)),
  filled: Type.Array(FilledListed),
})
export type Form = Static<typeof Form>

const ofForm = Type.Object({ id: opens('form') })
const ofFilled = Type.Object({ id: opens('filledForm') })

export const listForms = endpoint({
  id: 'forms.list',
  method: 'GET',
  path: '/forms',
  summary: '一个组织要填的报表',
  right: 'figures.read',
  query: Type.Object({ org: opens('org', { minLength: 1 }) }),
  response: Type.Object({ forms: Type.Array(FormListed) }),
})

/** One file: .xlsx or .docx. `sender`: who sent the blank form, where that is known. */
export const uploadForm = endpoint({
  id: 'forms.upload',
  method: 'POST',
  path: '/forms',
  summary: '上传空白报表：认得的沿用上次的对应，改过的只问改动处，新的给出建议',
  right: 'summaries.write',
  raw: 'upload',
  body: Type.Object({
    org: opens('org', { minLength: 1 }),
    sender: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: Type.Object({
    id: Type.String(),
    /** new: never seen; same: as last time; changed: of the same family, with rows, columns or labels changed. */
    known: Type.Enum(['new', 'same', 'changed']),
    /** Cells that kept their entry. */
    carried: Type.Integer(),
    /** Entries whose cell is no longer in the form. */
    lost: Type.Integer(),
    /** Cells that somebody has to decide about. */
    open: Type.Integer(),
  }),
})

export const getForm = endpoint({
  id: 'forms.get',
  method: 'GET',
  path: '/forms/:id',
  summary: '打开一张报表：表的样子、每格填什么',
  right: 'figures.read',
  params: ofForm,
  response: Form,
})

const Suggestion = Type.Object({ title: Type.String(), entry: EntryShape, sure: Type.Boolean() })
const Suggested = Type.Object({
  ...At,
  /** The words beside the cell. */
  words: Type.String(),
  /** The likeliest first. */
  suggestions: Type.Array(Suggestion),
})
export type Suggested = Static<typeof Suggested>

export const suggestEntries = endpoint({
  id: 'forms.suggestions',
  method: 'GET',
  path: '/forms/:id/suggestions',
  summary: '按格子旁边的字，建议每格填什么',
  right: 'figures.read',
  work: 'heavy',
  params: ofForm,
  response: Type.Object({ cells: Type.Array(Suggested) }),
})

/** What is left out stays. A newer version than the one seen is a conflict, and nothing is overwritten. */
export const saveForm = endpoint({
  id: 'forms.save',
  method: 'PUT',
  path: '/forms/:id',
  summary: '保存报表的名称、来文单位、报送频次和每格的对应',
  right: 'summaries.write',
  params: ofForm,
  body: Type.Object({
    version: Type.Integer(),
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    sender: Type.Optional(Word(100)),
    rhythm: Type.Optional(Rhythm),
    mapping: Type.Optional(Mapping),
  }),
  response: Type.Object({ version: Type.Integer() }),
})

export const voidForm = endpoint({
  id: 'forms.void',
  method: 'POST',
  path: '/forms/:id/void',
  summary: '不再填这张报表（填过的留着）',
  right: 'summaries.write',
  params: ofForm,
  response: Type.Object({ id: Type.String() }),
})

export const fillForm = endpoint({
  id: 'forms.fill',
  method: 'POST',
  path: '/forms/:id/fill',
  summary: '取数填表：存下每格的数、问法和佐证',
  right: 'summaries.write',
  snapshot: true,
  work: 'heavy',
  params: ofForm,
  body: Type.Object({ period: Type.String({ minLength: 4 }), cutOff: Type.Optional(nullable(Day)) }),
  response: Type.Object({ id: Type.String(), missing: Type.Integer() }),
})

/** What stands in one cell of a filled form. */
export const FilledCell = Type.Object({
  ...At,
  /** figure: from the ledgers; text; list: the first cell of a list; typed: by hand; nil: declared 本期无. */
  source: Type.Enum(['figure', 'text', 'list', 'typed', 'nil']),
  /** As it stands in the form; null where it is missing. */
  value: Type.Union([Type.Number(), Type.String(), Type.Null()]),
  display: Type.String(),
  /** Of figures and lists, also where something was typed over them. */
  answer: Type.Optional(FigureAnswer),
  question: Type.Optional(FigureQuestion),
  missingReason: Type.Optional(Type.String()),
  /** Why it was typed by hand. */
  reason: Type.Optional(Type.String()),
  /** Of lists: how many lines, and the last of the form's own rows for them; what lies below moved down. */
  lines: Type.Optional(Type.Integer()),
  through: Type.Optional(Type.Integer()),
})
export type FilledCell = Static<typeof FilledCell>

const FormCheck = Type.Object({
  /** missing 没有数据 · sum 合计与分项不符 · part 其中数大于总数. */
  kind: Type.Enum(['missing', 'sum', 'part']),
  message: Type.String(),
  cells: Type.Array(Type.Object(At)),
})
export type FormCheck = Static<typeof FormCheck>

export const Filled = Type.Object({
  ...FilledListed.properties,
  formId: Type.String(),
  org: listed.org,
  title: Type.String(),
  sender: Type.String(),
  fileName: Type.String(),
  cutOff: nullable(Type.String()),
  /** The form as filled. */
  document: Document,
  cells: Type.Array(FilledCell),
  checks: Type.Array(FormCheck),
  may: listed.may,
})
export type Filled = Static<typeof Filled>

export const getFilled = endpoint({
  id: 'forms.filled',
  method: 'GET',
  path: '/filled-forms/:id',
  summary: '打开一张填好的报表：每格的数和待核对的事项',
  right: 'figures.read',
  params: ofFilled,
  response: Filled,
})

/** Until it is handed in. `null` takes back what was typed. */
export const amendFilled = endpoint({
  id: 'forms.amend',
  method: 'PUT',
  path: '/filled-forms/:id/cell',
  summary: '没有数据的格：写明本期无，或手填并说明理由',
  right: 'summaries.write',
  params: ofFilled,
  body: Type.Object({
    ...At,
    as: Type.Union([
      Type.Object({ nil: Type.Literal(true) }),
      Type.Object({
        value: Type.Union([Type.Number(), Word(500)]),
        reason: Type.String({ minLength: 1, maxLength: 200 }),
      }),
      Type.Null(),
    ]),
  }),
  response: Type.Object({ id: Type.String(), missing: Type.Integer() }),
})

export const submitFilled = endpoint({
  id: 'forms.submit',
  method: 'POST',
  path: '/filled-forms/:id/submit',
  summary: '记下已上报：哪天、报给谁；此后不再改动',
  right: 'summaries.submit',
  params: ofFilled,
  body: Type.Object({ on: Day, to: Type.String({ minLength: 1, maxLength: 100 }) }),
  response: Type.Object({ id: Type.String(), submittedOn: Type.String() }),
})

export const downloadFilled = endpoint({
  id: 'forms.file',
  method: 'GET',
  path: '/filled-forms/:id/file',
  summary: '下载填好的报表，原来的格式和公式不变',
  right: 'figures.read',
  params: ofFilled,
  raw: 'download',
})

export const getFilledRows = endpoint({
  id: 'forms.rows',
  method: 'GET',
  path: '/filled-forms/:id/rows',
  summary: '填表时一格背后的每一行',
  right: 'figures.read',
  params: ofFilled,
  query: Type.Object({
    ...At,
    part: Type.Optional(Type.String()),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  response: EvidenceRows,
})

export const getFilledDrift = endpoint({
  id: 'forms.drift',
  method: 'GET',
  path: '/filled-forms/:id/drift',
  summary: '填表后的变动：今天哪些格会不同',
  right: 'figures.read',
  work: 'heavy',
  params: ofFilled,
  response: Type.Object({
    drifted: Type.Array(
      Type.Object({
        ...At,
        asked: Type.String(),
        was: Type.String(),
        now: Type.String(),
        /** 增加3人; empty for dates and texts. */
        change: Type.String(),
        why: DriftReason,
      }),
    ),
  }),
})
