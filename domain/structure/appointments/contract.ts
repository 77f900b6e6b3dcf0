/** Endpoints about officers (团干部): posts, boards and their terms. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, Depth, LooseDate, Moment, nullable, opens, ref, YesNo } from '../../../kernel/shapes.ts'
import { Confirmed, OrgReference, PersonInput, personShape, Warning } from '../people/contract.ts'

const ofAppointment = Type.Object({ id: opens('appointment') })
const ofOrg = Type.Object({ orgId: opens('org') })

export const HeldPost = Type.Object({
  /** Of the appointment. */
  id: Type.String(),
  version: Type.Integer(),
  orgId: Type.String(),
  orgName: Type.String(),
  /** Value of posts.ts. */
  post: Type.String(),
  /** As the office says it: 组织委员. */
  postTitle: Type.String(),
  /** 'fullTime' | 'partTime' | 'seconded'. */
  officerKind: nullable(Type.String()),
  /** 'elected' | 'appointed' | 'coOpted' | 'byElection'. */
  mode: nullable(Type.String()),
  from: nullable(Type.String()),
  fromPrecision: Type.String(),
  to: nullable(Type.String()),
})
export type HeldPost = Static<typeof HeldPost>

/** One officer with every post in force within the organisations asked about. */
export const OfficerRow = Type.Object({ ...personShape, posts: Type.Array(HeldPost) })
export type OfficerRow = Static<typeof OfficerRow>

const filterShape = {
  org: OrgReference,
  depth: Type.Optional(Depth),
  asOf: Type.Optional(Moment),
  q: Type.Optional(Type.String({ maxLength: 60 })),
  orgType: Type.Optional(Type.String()),
  sector: Type.Optional(Type.String()),
  post: Type.Optional(Type.String()),
  officerKind: Type.Optional(Type.String()),
  mode: Type.Optional(Type.String()),
  sex: Type.Optional(Type.String()),
  minority: Type.Optional(YesNo),
  education: Type.Optional(Type.String()),
  politics: Type.Optional(Type.String()),
  /** In the Party, probationary members included. */
  partyMember: Type.Optional(YesNo),
  graduateVillageOfficial: Type.Optional(YesNo),
  ageFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  ageTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  sort: Type.Optional(Type.Enum(['org', 'name', '-name', 'birth', '-birth'])),
}
export const OfficerFilter = Type.Object(filterShape)
export type OfficerFilter = Static<typeof OfficerFilter>

export const listOfficers = endpoint({
  id: 'appointments.officers',
  method: 'GET',
  path: '/officers',
  summary: '团干部名册：按组织、日期和条件，一人一行',
  right: 'structure.read',
  work: 'list',
  query: Type.Object({
    ...filterShape,
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: Type.Object({
    asOf: Type.String(),
    /** People; `posts` counts what they hold. */
    total: Type.Integer(),
    posts: Type.Integer(),
    rows: Type.Array(OfficerRow),
  }),
})

export const exportOfficers = endpoint({
  id: 'appointments.export',
  method: 'GET',
  path: '/officers/export',
  summary: '导出团干部名册（不含证件号，电话只有末两位）',
  right: 'structure.read',
  work: 'heavy',
  query: OfficerFilter,
  raw: 'download',
})

export const startOfficersExport = endpoint({
  id: 'appointments.startExport',
  method: 'POST',
  path: '/officers/exports',
  summary: '在后台导出团干部名册，做好后在收件箱下载',
  right: 'structure.read',
  body: OfficerFilter,
  response: Type.Object({ job: Type.String() }),
})

export const Term = Type.Object({
  id: Type.String(),
  ordinal: nullable(Type.Integer()),
  startedOn: Type.String(),
  dueOn: nullable(Type.String()),
  endedOn: nullable(Type.String()),
  /** Past its due day and not ended, as of the day asked about. */
  overdue: Type.Boolean(),
})
export type Term = Static<typeof Term>

export const Board = Type.Object({
  asOf: Type.String(),
  org: Type.Object({ id: Type.String(), name: Type.String(), type: Type.String() }),
  term: nullable(Term),
  terms: Type.Array(Term),
  /** In force, the highest post first. */
  posts: Type.Array(Type.Object({ ...HeldPost.properties, person: Type.Object(personShape) })),
  /** Held before, the latest first. */
  former: Type.Array(
    Type.Object({
      ...HeldPost.properties,
      personId: Type.String(),
      name: Type.String(),
      endReason: nullable(Type.String()),
    }),
  ),
  /** Posts that such a body should have and lacks. */
  vacancies: Type.Array(Type.Object({ post: Type.String(), title: Type.String(), message: Type.String() })),
  /** People who hold posts elsewhere too. */
  concurrent: Type.Array(
    Type.Object({ personId: Type.String(), name: Type.String(), posts: Type.Array(HeldPost) }),
  ),
  may: Type.Object({ change: Type.Boolean() }),
})
export type Board = Static<typeof Board>

export const getBoard = endpoint({
  id: 'appointments.board',
  method: 'GET',
  path: '/boards/:orgId',
  summary: '一个组织的班子：职务、任期、空缺、兼任',
  right: 'structure.read',
  params: ofOrg,
  query: Type.Object({ asOf: Type.Optional(Moment) }),
  response: Board,
})

export const appoint = endpoint({
  id: 'appointments.appoint',
  method: 'POST',
  path: '/appointments',
  summary: '任职：选举、任命、增补、补选',
  right: 'structure.change',
  body: Type.Object({
    orgId: ref('org'),
    personId: Type.Optional(ref('person')),
    person: Type.Optional(PersonInput),
    post: Type.String(),
    /** The post's own word when left out. */
    postTitle: Type.Optional(Type.String({ maxLength: 40 })),
    officerKind: Type.Optional(Type.String()),
    mode: Type.Optional(Type.String()),
    from: LooseDate,
    confirmed: Confirmed,
  }),
  response: Type.Object({
    id: Type.String(),
    personId: Type.String(),
    how: Type.String(),
    warnings: Type.Array(Warning),
  }),
})

/** The first day on which the post is no longer held. */
export const dismiss = endpoint({
  id: 'appointments.dismiss',
  method: 'POST',
  path: '/appointments/:id/dismiss',
  summary: '免职、辞职、离任',
  right: 'structure.change',
  params: ofAppointment,
  body: Type.Object({
    version: Type.Integer(),
    on: LooseDate,
    /** 'termEnded' | 'resigned' | 'transferred' | 'dismissed' | 'ageLimit' | 'other'. */
    reason: Type.String(),
  }),
  response: Type.Object({ version: Type.Integer() }),
})

export const correctAppointment = endpoint({
  id: 'appointments.correct',
  method: 'PATCH',
  path: '/appointments/:id',
  summary: '更正任职登记的职务、日期、方式（留痕）',
  right: 'structure.change',
  params: ofAppointment,
  body: Type.Object({
    version: Type.Integer(),
    note: Type.Optional(Type.String({ maxLength: 200 })),
    post: Type.Optional(Type.String()),
    postTitle: Type.Optional(Type.String({ maxLength: 40 })),
    officerKind: Type.Optional(nullable(Type.String())),
    mode: Type.Optional(nullable(Type.String())),
    from: Type.Optional(nullable(LooseDate)),
    to: Type.Optional(nullable(LooseDate)),
    endReason: Type.Optional(nullable(Type.String())),
  }),
  response: Type.Object({ version: Type.Integer() }),
})

export const removeAppointment = endpoint({
  id: 'appointments.remove',
  method: 'POST',
  path: '/appointments/:id/remove',
  summary: '作废登记错的任职（留痕，不再计数）',
  right: 'structure.change',
  params: ofAppointment,
  body: Type.Object({ version: Type.Integer(), reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  response: Type.Object({ version: Type.Integer() }),
})

/** Ends the term before it on the same day. */
export const openTerm = endpoint({
  id: 'appointments.openTerm',
  method: 'POST',
  path: '/boards/:orgId/terms',
  summary: '登记一届任期：届次、起始、应换届日期',
  right: 'structure.change',
  params: ofOrg,
  body: Type.Object({
    ordinal: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
    startedOn: Day,
    dueOn: Type.Optional(Day),
  }),
  response: Term,
})
