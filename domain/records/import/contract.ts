/** An office's own spreadsheet: upload and look, check row by row, take over, undo. Kinds: see targets.ts. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, opens } from '../../../kernel/shapes.ts'

const FileRef = opens('upload', { pattern: '^[0-9a-f]{64}$' })
const Page = {
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}
const Letter = Type.String({ pattern: '^[A-Z]{1,3}$' })
const Severity = Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('confirm')])
const Option = Type.Object({ value: Type.String(), title: Type.String() })

/** Above this many rows the check runs in the background. */
export const CHECKED_AT_ONCE = 500
/** Rows of the sheet that a preview shows. */
export const PREVIEW_ROWS = 200
/** Rows that a check or an import lists; what failed comes first into this number. */
export const LISTED_ROWS = 2000
/** Below this a sheet's kind is a guess: it is taken over only as what somebody says that it is. */
export const SURE_ENOUGH = 0.5
/** The column that a workbook of failed rows ends with; it is passed over when the workbook comes back. */
export const REASON_HEADER = '失败原因'

/** What a person may agree to; without it the rows concerned are not taken over. */
export const ACCEPTABLE = {
  idPending: '身份证号读不准的，先不登记号码，标为“待补”',
  namesake: '本支部已有同名的人、又没有身份证号、电话、出生日期可以区分的，按新的人登记',
  sameRow: '表里重复出现的行，每一行都登记',
  otherName: '身份证号相同而姓名不同的，按已登记的人处理，姓名不改',
  blankOrg: '没有填组织的行，记在所选的组织名下',
  sameFile: '这个文件导入过，再导入一次',
  titleDay: '表里没有日期一列的，按表题里写的日期登记',
} as const
export type Acceptable = keyof typeof ACCEPTABLE
export const Acceptance = Type.Enum([
  'idPending',
  'namesake',
  'sameRow',
  'otherName',
  'blankOrg',
  'sameFile',
  'titleDay',
])

/** An earlier import of the same file and sheet that still stands. */
export const BatchRef = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: Type.String(),
  fileName: Type.String(),
  orgName: Type.String(),
})
export type BatchRef = Static<typeof BatchRef>

export const Column = Type.Object({
  letter: Type.String(),
  /** Flattened, A/B for a header of two rows; empty where there is none. */
  header: Type.String(),
  /** Field id; null when the column is not taken over. */
  field: nullable(Type.String()),
  /** 0–1. */
  confidence: Type.Number(),
  samples: Type.Array(Type.String()),
  unit: Type.Optional(Type.String()),
  /** Field ids that the header could also mean. */
  candidates: Type.Optional(Type.Array(Type.String())),
  sequence: Type.Optional(Type.Literal(true)),
})
export type Column = Static<typeof Column>

const Kind = Type.Object({
  kind: Type.String(),
  title: Type.String(),
  fields: Type.Array(
    Type.Object({ id: Type.String(), title: Type.String(), kind: Type.String(), required: Type.Boolean() }),
  ),
})
export type Kind = Static<typeof Kind>

export const Preview = Type.Object({
  /** Names the stored file in the calls that follow; only its uploader may use it. */
  file: Type.String(),
  fileName: Type.String(),
  org: Type.Object({ id: Type.String(), name: Type.String() }),
  sheets: Type.Array(Type.Object({ name: Type.String(), hidden: Type.Boolean() })),
  sheet: Type.String(),
  /** Empty when no header was found; then the kind is to be chosen. */
  kind: Type.String(),
  kindTitle: Type.String(),
  confidence: Type.Number(),
  candidates: Type.Array(
    Type.Object({ kind: Type.String(), title: Type.String(), confidence: Type.Number() }),
  ),
  /** As numbered in the sheet. */
  headerRows: Type.Array(Type.Integer()),
  title: Type.String(),
  /** 填报单位 as written. */
  unit: nullable(Type.String()),
  /** 填报时间, where it can be read as a day. */
  statementDate: nullable(Type.String()),
  columns: Type.Array(Column),
  /** What columns may be mapped to. */
  fields: Kind.properties.fields,
  unmapped: Type.Array(Type.String()),
  /** The first rows as they stand, from the top of the sheet. */
  rows: Type.Array(Type.Object({ row: Type.Integer(), cells: Type.Array(Type.String()) })),
  dataRows: Type.Integer(),
  notes: Type.Array(Type.String()),
  /** The mapping is one that was confirmed before. */
  remembered: Type.Boolean(),
  duplicateOf: nullable(BatchRef),
})
export type Preview = Static<typeof Preview>

const requestShape = {
  file: FileRef,
  /** Id, code or full path of the organisation for whom the file speaks. */
  org: opens('org', {}),
  sheet: Type.Optional(Type.String()),
  kind: Type.Optional(Type.String()),
  /** The first row of the header, as numbered in the sheet; found when left out. */
  headerRow: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  /** How many rows the header has; found when left out. */
  headerRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 6 })),
  /** The day for which the sheet speaks: facts without a start of their own begin on it. */
  statementDate: Type.Optional(Day),
  /** Header → field id, or '' to leave the column out; headers not named are matched as usual. */
  mapping: Type.Optional(Type.Record(Type.String(), Type.String())),
  /** Mended cells. */
  corrections: Type.Optional(
    Type.Array(
      Type.Object({
        row: Type.Integer({ minimum: 1 }),
        column: Letter,
        value: Type.String({ maxLength: 2000 }),
      }),
      { maxItems: 5000 },
    ),
  ),
  /** Which of a problem's options holds for every row of a column in doubt: 0 the first. */
  picks: Type.Optional(
    Type.Array(Type.Object({ column: Letter, option: Type.Integer({ minimum: 0, maximum: 20 }) })),
  ),
  accepted: Type.Optional(Type.Array(Acceptance)),
  /** Opens organisations that rows name and that do not exist. */
  createOrgs: Type.Optional(Type.Boolean()),
}
export const ImportRequest = Type.Object(requestShape)
export type ImportRequest = Static<typeof ImportRequest>
export const CommitRequest = Type.Object({ ...requestShape, onlyGood: Type.Optional(Type.Boolean()) })
export type CommitRequest = Static<typeof CommitRequest>
const problemShape = {
  /** Letter; null where the problem is the row's. */
  column: nullable(Type.String()),
  field: Type.String(),
  header: Type.String(),
  severity: Severity,
  reason: Type.String(),
  remedy: Type.String(),
  /** Readings among which to choose: send one back as a correction, or its place as a pick. */
  options: Type.Optional(Type.Array(Option)),
  /** Of ACCEPTABLE: agreeing to it lets the row in. */
  accept: Type.Optional(Acceptance),
}
export const Problem = Type.Object(problemShape)
export type Problem = Static<typeof Problem>

/** `unchanged`: everything that the row says is known. `confirm`: enters once somebody agrees; failed until then. */
export const RowState = Type.Enum(['new', 'updated', 'unchanged', 'refused', 'confirm'])
export type RowState = Static<typeof RowState>

export const RowOutcome = Type.Object({
  /** As numbered in the sheet. */
  row: Type.Integer(),
  state: RowState,
  /** Name or title. */
  label: Type.String(),
  org: nullable(Type.String()),
  /** What happens: 登记为柳河村团支部团员. */
  effect: Type.String(),
  problems: Type.Array(Problem),
})
export type RowOutcome = Static<typeof RowOutcome>

/** Problems of one sort in one column. */
export const Finding = Type.Object({
  ...problemShape,
  count: Type.Integer(),
  /** The first few. */
  rows: Type.Array(Type.Integer()),
})
export type Finding = Static<typeof Finding>

export const Total = Type.Object({
  row: Type.Integer(),
  column: Type.String(),
  field: Type.String(),
  label: Type.String(),
  stated: Type.Number(),
  ours: Type.Number(),
  equal: Type.Boolean(),
})
export type Total = Static<typeof Total>

const reportShape = {
  kind: Type.String(),
  kindTitle: Type.String(),
  org: Type.Object({ id: Type.String(), name: Type.String() }),
  fileName: Type.String(),
  sheet: Type.String(),
  statementDate: nullable(Type.String()),
  counts: Type.Object({
    rows: Type.Integer(),
    new: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    refused: Type.Integer(),
    confirm: Type.Integer(),
    /** Rows with something to confirm: those of `confirm`, and refused ones that ask as well. */
    asking: Type.Integer(),
  }),
  /** In the order of the sheet. */
  rows: Type.Array(RowOutcome),
  findings: Type.Array(Finding),
  /** Of the sheet as a whole. */
  warnings: Type.Array(Type.String()),
  totals: Type.Array(Total),
  /** Header → field id. */
  mapping: Type.Record(Type.String(), Type.String()),
  unmapped: Type.Array(Type.String()),
  remembered: Type.Boolean(),
  duplicateOf: nullable(BatchRef),
  newOrgs: Type.Array(Type.Object({ name: Type.String(), parent: Type.String() })),
}
/** What a check answers, at once or as its job's result. */
export const CheckReport = Type.Object(reportShape)
export type CheckReport = Static<typeof CheckReport>

/** What an import's job results in. */
export const ImportReport = Type.Object({
  ...reportShape,
  /** False: nothing at all was written, because rows failed or the file was imported before. */
  written: Type.Boolean(),
  /** Null when nothing was written. */
  batch: nullable(Type.String()),
  /** For `imports.failed`: the failed rows with their reasons; null when none failed. */
  failedFile: nullable(Type.String()),
})
export type ImportReport = Static<typeof ImportReport>

export const CHECK_JOB = 'import.check'
export const COMMIT_JOB = 'import.commit'

export const listKinds = endpoint({
  id: 'imports.kinds',
  method: 'GET',
  path: '/imports/kinds',
  summary: '可以导入的表：组织、团员、团干部和各本台账',
  right: 'records.import',
  response: Type.Object({ kinds: Type.Array(Kind) }),
})

/** One file: .xlsx, .xls or .csv. */
export const uploadFile = endpoint({
  id: 'imports.upload',
  method: 'POST',
  path: '/imports/files',
  summary: '上传一个表格，看它是什么、各列是什么',
  right: 'records.import',
  secret: true,
  raw: 'upload',
  body: Type.Object({
    org: opens('org', { minLength: 1 }),
    sheet: Type.Optional(Type.String()),
    kind: Type.Optional(Type.String()),
  }),
  response: Preview,
})

export const previewImport = endpoint({
  id: 'imports.preview',
  method: 'POST',
  path: '/imports/preview',
  summary: '换一张工作表、换一种表或改动列的对应后再看',
  right: 'records.import',
  work: 'heavy',
  reads: true,
  cells: true,
  body: ImportRequest,
  response: Preview,
})

/** `report` at once for small sheets, else `job`, whose result is the report. Writes nothing. */
export const checkImport = endpoint({
  id: 'imports.check',
  method: 'POST',
  path: '/imports/check',
  summary: '试导入：逐行说明会发生什么，不写入',
  right: 'records.import',
  work: 'heavy',
  secret: true,
  cells: true,
  body: ImportRequest,
  response: Type.Object({ job: nullable(Type.String()), report: nullable(CheckReport) }),
})

/** The job's result is an ImportReport. */
export const commitImport = endpoint({
  id: 'imports.commit',
  method: 'POST',
  path: '/imports/commit',
  summary: '导入：全部写入或全部不写，也可只导入正确的行',
  right: 'records.import',
  cells: true,
  body: CommitRequest,
  response: Type.Object({ job: Type.String() }),
})

export const downloadFailed = endpoint({
  id: 'imports.failed',
  method: 'GET',
  path: '/imports/failed/:file',
  summary: '下载没有导入的行，改好后可直接再上传',
  right: 'records.import',
  params: Type.Object({ file: FileRef }),
  raw: 'download',
})

export const Batch = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  kindTitle: Type.String(),
  org: Type.Object({ id: Type.String(), name: Type.String() }),
  fileName: Type.String(),
  sheet: Type.String(),
  /** rows, new, updated, unchanged, failed. */
  counts: Type.Record(Type.String(), Type.Integer()),
  at: Type.String(),
  by: Type.String(),
  undoneAt: nullable(Type.String()),
  undoneBy: nullable(Type.String()),
})
export type Batch = Static<typeof Batch>

export const listBatches = endpoint({
  id: 'imports.batches',
  method: 'GET',
  path: '/imports/batches',
  summary: '导入过的批次：谁、什么时候、哪个文件、多少行',
  right: 'records.import',
  query: Type.Object({
    /** With its subtree; the caller's own when left out. */
    org: Type.Optional(opens('org', {})),
    kind: Type.Optional(Type.String()),
    ...Page,
  }),
  response: Type.Object({ batches: Type.Array(Batch), total: Type.Integer() }),
})

export const BatchRow = Type.Object({
  /** person, membership, appointment, org, record. */
  subject: Type.String(),
  id: Type.String(),
  title: Type.String(),
  org: nullable(Type.String()),
  day: nullable(Type.String()),
})
export type BatchRow = Static<typeof BatchRow>

export const getBatch = endpoint({
  id: 'imports.batch',
  method: 'GET',
  path: '/imports/batches/:id',
  summary: '一个批次写入了什么，能不能撤销',
  right: 'records.import',
  params: Type.Object({ id: opens('batch') }),
  query: Type.Object(Page),
  response: Type.Object({
    batch: Batch,
    rows: Type.Array(BatchRow),
    total: Type.Integer(),
    /** How many known rows were filled in rather than made. */
    altered: Type.Integer(),
    /** Later work that stands in the way of an undo, in words; empty when it may be undone. */
    obstacles: Type.Array(Type.String()),
  }),
})

/** Undone already: answers the same. Conflict `dependsOn` says what stands in the way. */
export const undoBatch = endpoint({
  id: 'imports.undo',
  method: 'POST',
  path: '/imports/batches/:id/undo',
  summary: '撤销一个批次：它写入的全部作废，它改动的恢复原样',
  right: 'records.import',
  work: 'heavy',
  params: Type.Object({ id: opens('batch') }),
  response: Batch,
})
