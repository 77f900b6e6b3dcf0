/** Endpoints of all ledgers. The same for built-in ledgers and for those that an office declares. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, Id, nullable, opens, ref, WhereInAddress } from '../../../kernel/shapes.ts'
import type { LedgerDefinition } from './definition.ts'
import { HistoryEntry, Host, HostStanding, ShownReference } from './shapes.ts'

// One type list rather than a union: the validator would turn a union's null into 0.
const WholeOrNull = Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 })
const NumberOrNull = Type.Unsafe<number | null>({ type: ['number', 'null'] })
const Precision = Type.Union([Type.Literal('day'), Type.Literal('month'), Type.Literal('year')])
const Definition = Type.Unsafe<LedgerDefinition>({})
/**
 * Values by field id: text, number, true or false, or a list of option values. Of a field that names a thing: its name,
 * code or id; `{ id, name }`, which also says under which name; `{ name }`, which is nothing but words.
 */
const Fields = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })
/** By id, code or name; the caller's own when left out. */
const Org = Type.Optional(opens('org', {}))
const ofLedger = Type.Object({ ledger: opens('ledger', {}) })
const ofRecord = Type.Object({ id: opens('record') })

/** What was done beside the ledger's own fields: 义务植树 400 株. `amount` is exact decimal text. */
export const Quantity = Type.Object({
  what: Type.String({ maxLength: 100 }),
  amount: Type.String({ maxLength: 30 }),
  unit: Type.String({ maxLength: 30 }),
})

/** A person by id, or a name that is nobody known. `role`: the ledger's first when left out. */
export const ParticipantInput = Type.Object({
  personId: Type.Optional(ref('person')),
  name: Type.Optional(Type.String({ maxLength: 100 })),
  role: Type.Optional(Type.String()),
  hours: Type.Optional(NumberOrNull),
  points: Type.Optional(NumberOrNull),
  amount: Type.Optional(NumberOrNull),
})
export type ParticipantInput = Static<typeof ParticipantInput>

export const RecordBody = Type.Object({
  /** Made by the client (kernel/id.ts), so that a phone may record before the server has seen it. */
  id: Type.Optional(Id),
  /** The caller's own organisation when left out. */
  orgId: Type.Optional(ref('org')),
  day: Day,
  dayPrecision: Type.Optional(Precision),
  dayTo: Type.Optional(nullable(Day)),
  title: Type.Optional(Type.String({ maxLength: 200 })),
  personTimes: Type.Optional(WholeOrNull),
  fields: Type.Optional(Fields),
  quantities: Type.Optional(Type.Array(Quantity, { maxItems: 100 })),
  hosts: Type.Optional(Type.Array(opens('host'), { maxItems: 50 })),
  participants: Type.Optional(Type.Array(ParticipantInput, { maxItems: 2000 })),
})
export type RecordBody = Static<typeof RecordBody>

export const Written = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  sentence: Type.String(),
  /** Names of hosts that are asked: nothing counts there before they agree. */
  asked: Type.Array(Type.String()),
})
export type Written = Static<typeof Written>

const OrgRef = Type.Object({ id: Type.String(), name: Type.String(), path: Type.String() })

const rowShape = {
  id: Type.String(),
  ledger: Type.String(),
  org: OrgRef,
  day: Type.String(),
  dayPrecision: Precision,
  dayTo: nullable(Type.String()),
  title: Type.String(),
  personTimes: nullable(Type.Integer()),
  fields: Fields,
  quantities: Type.Array(Quantity),
  hosts: Type.Array(Host),
  /** How many are named, known people or not. */
  named: Type.Integer(),
  /** Ids of its pictures, the newest last. */
  photos: Type.Array(Type.String()),
  batchId: nullable(Type.String()),
  version: Type.Integer(),
  recordedAt: Type.String(),
  voidedAt: nullable(Type.String()),
  sentence: Type.String(),
}
export const RecordRow = Type.Object(rowShape)
export type RecordRow = Static<typeof RecordRow>

const Participant = Type.Object({
  id: Type.String(),
  personId: nullable(Type.String()),
  name: Type.String(),
  role: Type.String(),
  hours: nullable(Type.Number()),
  points: nullable(Type.Number()),
  amount: nullable(Type.Number()),
})

export const Attachment = Type.Object({
  id: Type.String(),
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  recordedAt: Type.String(),
})
export type Attachment = Static<typeof Attachment>

export const RecordDetail = Type.Object({
  ...rowShape,
  voidReason: nullable(Type.String()),
  participants: Type.Array(Participant),
  /** Which things its fields name, where that is known. */
  references: Type.Array(ShownReference),
  attachments: Type.Array(Attachment),
  history: Type.Array(HistoryEntry),
  /** Every host that was ever asked, and what it said. */
  standings: Type.Array(HostStanding),
  /** What it breaks of its ledger's rules as they are declared today, with both values and the remedy. */
  broken: Type.Array(
    Type.Object({ field: Type.String(), reason: Type.String(), remedy: Type.Optional(Type.String()) }),
  ),
  /** May the caller change it? */
  mine: Type.Boolean(),
  /** Shown to decide about an invitation: without people, pictures and history. */
  invited: Type.Boolean(),
})
export type RecordDetail = Static<typeof RecordDetail>

/** In a web address. `where` is a JSON object of filters, in the syntax of a figure's question. */
export const RecordFilter = Type.Object({
  org: Org,
  depth: Type.Optional(Type.Union([Type.Literal('0'), Type.Literal('1'), Type.Literal('all')])),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
  /** Part of a title or place. */
  text: Type.Optional(Type.String({ maxLength: 100 })),
  where: Type.Optional(WhereInAddress),
  /** Records with this person. */
  personId: Type.Optional(ref('person')),
  photos: Type.Optional(Type.Boolean()),
  batch: Type.Optional(opens('batch')),
  /** Only these, with commas between. */
  ids: Type.Optional(opens('record', { pattern: '^[0-9a-f-]{36}(,[0-9a-f-]{36})*$' })),
  /** 'yes': only what was voided. */
  voided: Type.Optional(Type.Literal('yes')),
  /** 'yes': only what breaks a rule of the ledger as it is declared today, to be mended. */
  broken: Type.Optional(Type.Literal('yes')),
})
export type RecordFilter = Static<typeof RecordFilter>

export const FilterFigures = Type.Object({
  count: Type.Integer(),
  personTimes: nullable(Type.Integer()),
  sums: Type.Array(
    Type.Object({
      field: Type.String(),
      title: Type.String(),
      unit: Type.String(),
      value: nullable(Type.Number()),
    }),
  ),
})

export const listLedgers = endpoint({
  id: 'ledgers.list',
  method: 'GET',
  path: '/ledgers',
  summary: '全部台账，附一个组织本期的条数',
  right: 'records.read',
  work: 'list',
  query: Type.Object({ org: Org, from: Type.Optional(Day), to: Type.Optional(Day) }),
  response: Type.Object({
    ledgers: Type.Array(
      Type.Object({
        definition: Definition,
        records: Type.Integer(),
        personTimes: nullable(Type.Integer()),
        lastDay: nullable(Type.String()),
        /** Kept within the period or the year before it. */
        usual: Type.Boolean(),
        /** Chosen by the caller to stand first. */
        favourite: Type.Boolean(),
        /** For finding it by typing: syllables, then initials. */
        nameKey: Type.String(),
        /** Declared 本期无 by the organisation itself within the period. */
        nil: nullable(
          Type.Object({
            id: Type.String(),
            from: Type.String(),
            to: Type.String(),
            /** For whom it still speaks: its subtree; itself alone, since somebody below recorded; nobody. */
            speaks: Type.Union([Type.Literal('all'), Type.Literal('self'), Type.Literal('nobody')]),
            /** How many organisations below have recorded within its days. */
            below: Type.Integer(),
          }),
        ),
      }),
    ),
  }),
})

export const getLedger = endpoint({
  id: 'ledgers.get',
  method: 'GET',
  path: '/ledgers/:ledger',
  summary: '一本台账的样子：字段、角色、指标、句子',
  right: 'records.read',
  params: ofLedger,
  response: Definition,
})

export const getTemplate = endpoint({
  id: 'ledgers.template',
  method: 'GET',
  path: '/ledgers/:ledger/template',
  summary: '下载空白表格',
  right: 'records.read',
  params: ofLedger,
  raw: 'download',
})

export const listRecords = endpoint({
  id: 'records.list',
  method: 'GET',
  path: '/ledgers/:ledger/records',
  summary: '查台账：筛选、排序、翻页，附筛选结果的合计',
  right: 'records.read',
  work: 'list',
  params: ofLedger,
  query: Type.Object({
    ...RecordFilter.properties,
    /** day, title, org, personTimes, recordedAt or a field id; '-day' is the newest first (the default). */
    sort: Type.Optional(Type.String()),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    /** 'no': only the count; the sums are asked by themselves (`records.figures`), once for all pages and orders. */
    figures: Type.Optional(Type.Literal('no')),
  }),
  response: Type.Object({ rows: Type.Array(RecordRow), total: Type.Integer(), figures: FilterFigures }),
})

/** Of all days, what is recorded below included. Only ledgers that have any. */
export const countBroken = endpoint({
  id: 'records.countBroken',
  method: 'GET',
  path: '/broken-records',
  summary: '不合台账规则的旧记录，每本几条',
  right: 'records.read',
  work: 'heavy',
  query: Type.Object({ org: Org }),
  response: Type.Object({
    ledgers: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), count: Type.Integer() })),
  }),
})

/** For naming one in another record. An empty `q` offers the nearest. */
export const searchRecords = endpoint({
  id: 'records.search',
  method: 'GET',
  path: '/ledgers/:ledger/search',
  summary: '按名称、拼音找一本台账里的记录，最多 20 条',
  right: 'records.read',
  work: 'list',
  params: ofLedger,
  query: Type.Object({ q: Type.String({ maxLength: 60 }), org: Type.Optional(ref('org')) }),
  response: Type.Object({
    records: Type.Array(
      Type.Object({ id: Type.String(), title: Type.String(), day: Type.String(), org: Type.String() }),
    ),
  }),
})

export const createRecord = endpoint({
  id: 'records.create',
  method: 'POST',
  path: '/ledgers/:ledger/records',
  summary: '记一笔',
  right: 'records.write',
  params: ofLedger,
  body: RecordBody,
  response: Written,
})

export const getRecord = endpoint({
  id: 'records.get',
  method: 'GET',
  path: '/records/:id',
  summary: '打开一条记录：参加人员、附件、修改经过',
  right: 'records.read',
  params: ofRecord,
  response: RecordDetail,
})

/** What is left out stays. `participants`, `hosts` and `quantities` replace the whole list; a new host may be asked. */
export const changeRecord = endpoint({
  id: 'records.change',
  method: 'PATCH',
  path: '/records/:id',
  summary: '修改一条记录（留痕）',
  right: 'records.write',
  params: ofRecord,
  body: Type.Object({
    /** The version that was seen; a newer one is a conflict. */
    version: Type.Integer(),
    day: Type.Optional(Day),
    dayPrecision: Type.Optional(Precision),
    dayTo: RecordBody.properties.dayTo,
    title: RecordBody.properties.title,
    personTimes: RecordBody.properties.personTimes,
    /** null empties a field. */
    fields: Type.Optional(Fields),
    quantities: RecordBody.properties.quantities,
    hosts: RecordBody.properties.hosts,
    participants: RecordBody.properties.participants,
  }),
  response: Written,
})

export const voidRecord = endpoint({
  id: 'records.void',
  method: 'POST',
  path: '/records/:id/void',
  summary: '作废一条记录（留痕，可恢复）',
  right: 'records.write',
  params: ofRecord,
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200 }) }),
  response: Written,
})

export const restoreRecord = endpoint({
  id: 'records.restore',
  method: 'POST',
  path: '/records/:id/restore',
  summary: '恢复作废的记录',
  right: 'records.write',
  params: ofRecord,
  response: Written,
})

export const declareNil = endpoint({
  id: 'ledgers.declareNil',
  method: 'POST',
  path: '/ledgers/:ledger/nil',
  summary: '声明本期无',
  right: 'records.write',
  params: ofLedger,
  body: Type.Object({ orgId: Type.Optional(ref('org')), from: Day, to: Day }),
  response: Type.Object({ id: Type.String() }),
})

export const withdrawNil = endpoint({
  id: 'ledgers.withdrawNil',
  method: 'POST',
  path: '/nil-declarations/:id/withdraw',
  summary: '收回“本期无”的声明',
  right: 'records.write',
  params: Type.Object({ id: opens('nilDeclaration') }),
  response: Type.Object({ id: Type.String() }),
})

/** Multipart form; each file jpg, png, webp, heic, pdf, docx or xlsx, up to 20 MB. Pictures are kept without place and device. */
export const addAttachments = endpoint({
  id: 'records.attach',
  method: 'POST',
  path: '/records/:id/attachments',
  summary: '给记录添加照片或附件',
  right: 'records.write',
  params: ofRecord,
  response: Type.Object({ attachments: Type.Array(Attachment) }),
  ...({ raw: 'upload', upload: { files: 50, megabytes: 20, together: 64 } } as const),
})

export const getAttachment = endpoint({
  id: 'records.attachment',
  method: 'GET',
  path: '/attachments/:id',
  summary: '打开照片或附件；照片可以要小的（size=small、medium）',
  right: 'records.read',
  params: Type.Object({ id: opens('attachment') }),
  query: Type.Object({ size: Type.Optional(Type.Union([Type.Literal('small'), Type.Literal('medium')])) }),
  raw: 'download',
})

export const removeAttachment = endpoint({
  id: 'records.detach',
  method: 'DELETE',
  path: '/attachments/:id',
  summary: '移除照片或附件（留痕）',
  right: 'records.write',
  params: Type.Object({ id: opens('attachment') }),
  response: Type.Object({ id: Type.String() }),
})

export const recentRecords = endpoint({
  id: 'records.recent',
  method: 'GET',
  path: '/records/recent',
  summary: '最近的记录（各本台账）',
  right: 'records.read',
  work: 'list',
  query: Type.Object({ org: Org, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })) }),
  response: Type.Object({
    records: Type.Array(
      Type.Object({ ...rowShape, ledgerTitle: Type.String(), recordedByName: Type.String() }),
    ),
  }),
})

/** Direct subordinates whose subtree holds no record since a day: a list to help, not a ranking. */
export const silentOrgs = endpoint({
  id: 'records.silent',
  method: 'GET',
  path: '/records/silent',
  summary: '下级里近来没有记录的组织',
  right: 'records.read',
  work: 'heavy',
  query: Type.Object({
    org: Org,
    /** Thirty days ago when left out. */
    since: Type.Optional(Day),
    /** Of one ledger; of any when left out. */
    ledger: Type.Optional(opens('ledger', {})),
  }),
  response: Type.Object({
    since: Type.String(),
    orgs: Type.Array(Type.Object({ ...OrgRef.properties, lastDay: nullable(Type.String()) })),
  }),
})

export const getSuggestions = endpoint({
  id: 'ledgers.suggestions',
  method: 'GET',
  path: '/ledgers/:ledger/suggestions',
  summary: '本组织用过的名称、地点等，填写时提示',
  right: 'records.read',
  work: 'list',
  params: ofLedger,
  query: Type.Object({ orgId: Org }),
  response: Type.Object({
    titles: Type.Array(Type.String()),
    /** By field id, the most recent first. */
    fields: Type.Record(Type.String(), Type.Array(Type.String())),
  }),
})
