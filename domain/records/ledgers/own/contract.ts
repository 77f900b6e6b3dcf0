/** 自建台账: ledgers that an office declares. What is published is a ledger like any other (`../contract.ts`). */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../../kernel/endpoint.ts'
import { nullable, opens, ref } from '../../../../kernel/shapes.ts'
import type { LedgerDefinition, LedgerUsers } from '../definition.ts'

const Words = (maxLength = 100) => Type.String({ maxLength })
const List = (maxLength = 100, maxItems = 80) => Type.Array(Words(maxLength), { maxItems })
const Labelled = Type.Object({ label: Words(), synonyms: Type.Optional(List()) })
const Flag = Type.Optional(Type.Boolean())
const Precision = Type.Optional(Type.Enum(['day', 'month', 'year']))
const Blank = Type.Optional(Type.Enum(['none', 'unknown']))
const Filters = Type.Optional(Type.Record(Words(80), Words(200)))

const Rule = Type.Object({
  kind: Type.Enum(['notBefore', 'atMost', 'named', 'photo']),
  field: Type.Optional(Words(40)),
  other: Type.Optional(Words(40)),
  least: Type.Optional(Type.Integer()),
  times: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  perDay: Flag,
})

/** A declaration as it is being written: its shape is checked here, its sense when it is published. */
const Definition = Type.Unsafe<LedgerDefinition>(
  Type.Object({
    id: Words(40),
    title: Words(),
    line: Words(),
    order: Type.Number(),
    about: Words(300),
    sheetTitles: List(),
    measureWord: Words(10),
    name: Type.Object({ ...Labelled.properties, fallback: Type.Optional(Words(200)) }),
    org: Type.Optional(Type.Object({ synonyms: List() })),
    day: Type.Object({ ...Labelled.properties, span: Flag, future: Flag, precision: Precision }),
    personTimes: Type.Optional(Labelled),
    roles: Type.Array(
      Type.Object({
        id: Words(40),
        title: Words(),
        synonyms: Type.Optional(List()),
        unit: Type.Optional(Words(20)),
        hours: Flag,
        retired: Flag,
        attends: Flag,
        counted: Type.Optional(Type.Record(Words(40), Type.Number())),
        blank: Blank,
      }),
      {
        maxItems: 20,
      },
    ),
    standing: Type.Optional(Type.Object({ until: Type.Optional(Words(40)) })),
    joint: Flag,
    photos: Flag,
    fields: Type.Array(
      Type.Object({
        id: Words(40),
        title: Words(),
        type: Words(20),
        usedBy: Words(200),
        unit: Type.Optional(Words(20)),
        synonyms: Type.Optional(List()),
        required: Flag,
        retired: Flag,
        minimum: Type.Optional(Type.Number()),
        maximum: Type.Optional(Type.Number()),
        decimals: Type.Optional(Type.Integer()),
        precision: Precision,
        formula: Type.Optional(Words(400)),
        appliesWhen: Filters,
        blank: Blank,
        hint: Type.Optional(Words(200)),
        ledger: Type.Optional(Words(40)),
        known: Flag,
        unitIn: Type.Optional(Words(40)),
        ordinal: Flag,
        ranked: Flag,
        days: Type.Optional(
          Type.Array(
            Type.Object({ id: Words(40), title: Words(), of: List(), synonyms: Type.Optional(List()) }),
            { maxItems: 20 },
          ),
        ),
        options: Type.Optional(
          Type.Array(
            Type.Object({
              value: Words(40),
              title: Words(),
              synonyms: Type.Optional(List()),
              retired: Flag,
              implies: Type.Optional(Words(40)),
            }),
            {
              maxItems: 200,
            },
          ),
        ),
      }),
      { maxItems: 120 },
    ),
    measures: Type.Array(
      Type.Object({
        id: Words(40),
        title: Words(),
        unit: Words(20),
        kind: Words(20),
        definition: Words(300),
        field: Type.Optional(Words(80)),
        role: Type.Optional(Words(40)),
        per: Type.Optional(Words(80)),
        numerator: Type.Optional(Words(80)),
        denominator: Type.Optional(Words(80)),
        formerly: Type.Optional(Type.Array(Words(80), { maxItems: 20 })),
        began: Flag,
        at: Type.Optional(Type.Object({ field: Words(40), states: Words(400) })),
        from: Type.Optional(Type.Object({ ledger: Words(40), field: Words(40) })),
        mayExceed: Flag,
        where: Filters,
        among: Filters,
      }),
      { maxItems: 100 },
    ),
    sentences: Type.Array(Type.Object({ id: Words(40), of: Words(10), text: Words(1000), listed: Flag }), {
      maxItems: 60,
    }),
    rules: Type.Optional(Type.Array(Rule, { maxItems: 60 })),
  }),
)

const Users = Type.Unsafe<LedgerUsers>(
  Type.Object({ types: List(40, 20), sectors: List(40, 20), levels: List(40, 20) }),
)
const Any = Type.Unsafe<LedgerDefinition>({})
const State = Type.Enum(['draft', 'published', 'closed'])
const ofOne = Type.Object({ id: opens('ownLedger', { maxLength: 40 }) })
const Version = Type.Integer()

const summary = {
  id: Type.String(),
  title: Type.String(),
  owner: Type.Object({ id: Type.String(), name: Type.String() }),
  /** `draft`: never published. */
  state: State,
  /** Something is written that is not published yet. */
  pending: Type.Boolean(),
  /** Version in force. */
  published: nullable(Type.Integer()),
  users: Users,
  changedAt: Type.String(),
  /** May the caller change it? */
  mine: Type.Boolean(),
}

export const OwnSummary = Type.Object({
  ...summary,
  about: Type.String(),
  line: Type.String(),
  /** Of all times, within what the caller may read. */
  records: Type.Integer(),
})
export type OwnSummary = Static<typeof OwnSummary>

export const OwnDetail = Type.Object({
  ...summary,
  /** Grows with every deed; told back with the next. */
  version: Version,
  /** What is being written, else what is in force. */
  definition: Any,
  /** What is in force. */
  before: nullable(Any),
  versions: Type.Array(Type.Object({ version: Type.Integer(), at: Type.String(), by: Type.String() })),
  history: Type.Array(Type.Object({ at: Type.String(), by: Type.String(), verb: Type.String() })),
  /** Titles of other ledgers that its users see. */
  taken: Type.Array(Type.String()),
})
export type OwnDetail = Static<typeof OwnDetail>

const Done = Type.Object({ id: Type.String(), version: Version })

export const listOwn = endpoint({
  id: 'ownLedgers.list',
  method: 'GET',
  path: '/own-ledgers',
  summary: '自建台账：本级、上级和下级设立的',
  right: 'records.read',
  response: Type.Object({ ledgers: Type.Array(OwnSummary) }),
})

export const getOwn = endpoint({
  id: 'ownLedgers.get',
  method: 'GET',
  path: '/own-ledgers/:id',
  summary: '一本自建台账的设计、版本和经过',
  right: 'records.read',
  params: ofOne,
  response: OwnDetail,
})

export const createOwn = endpoint({
  id: 'ownLedgers.create',
  method: 'POST',
  path: '/own-ledgers',
  summary: '新建一本台账（草稿）',
  right: 'ledgers.declare',
  body: Type.Object({
    /** The caller's own organisation when left out. */
    orgId: Type.Optional(ref('org')),
    definition: Definition,
    users: Type.Optional(Users),
  }),
  response: Done,
})

export const writeOwn = endpoint({
  id: 'ownLedgers.write',
  method: 'PUT',
  path: '/own-ledgers/:id/draft',
  summary: '保存台账的设计（草稿，不影响正在用的）',
  right: 'ledgers.declare',
  params: ofOne,
  body: Type.Object({ version: Version, definition: Definition, users: Users }),
  response: Done,
})

export const discardOwn = endpoint({
  id: 'ownLedgers.discard',
  method: 'DELETE',
  path: '/own-ledgers/:id/draft',
  summary: '放弃没有发布的设计；从未发布的整本删去',
  right: 'ledgers.declare',
  params: ofOne,
  response: Type.Object({ id: Type.String(), gone: Type.Boolean() }),
})

const deed = (id: string, part: string, title: string) =>
  endpoint({
    id: `ownLedgers.${id}`,
    method: 'POST',
    path: `/own-ledgers/:id/${part}`,
    summary: title,
    right: 'ledgers.declare',
    params: ofOne,
    body: Type.Object({ version: Version }),
    response: Done,
  })

export const publishOwn = deed('publish', 'publish', '发布：从此可以记、可以导入、可以统计')
export const closeOwn = deed('close', 'close', '停用：不再记新的，旧记录照常查看、统计')
export const reopenOwn = deed('reopen', 'reopen', '恢复使用')

/** The first rows of a spreadsheet as texts, for guessing fields. Multipart form with one file. */
export const readColumns = endpoint({
  id: 'ownLedgers.columns',
  method: 'POST',
  path: '/own-ledgers/columns',
  summary: '读出一张表的表头和前几行，用来建台账',
  right: 'ledgers.declare',
  reads: true,
  raw: 'upload',
  response: Type.Object({ name: Type.String(), rows: Type.Array(Type.Array(Type.String())) }),
})

export const downloadFile = endpoint({
  id: 'ledgers.file',
  method: 'GET',
  path: '/ledgers/:ledger/file',
  summary: '把一本台账的设计导出成一个文件，可在别处导入',
  right: 'records.read',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  raw: 'download',
})
