/** Endpoints about members (团员): who is a member of which branch, from when to when. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Depth, LooseDate, Moment, nullable, opens, ref, YesNo } from '../../../kernel/shapes.ts'
import { Confirmed, OrgReference, PersonInput, personShape, Warning } from '../people/contract.ts'

const ofMembership = Type.Object({ id: opens('membership') })
const Reason = Type.String({ maxLength: 200 })

/** A membership in force at the moment asked about, and the person as they were then. */
export const MemberRow = Type.Object({
  ...personShape,
  /** Of the membership. */
  id: Type.String(),
  version: Type.Integer(),
  orgId: Type.String(),
  orgName: Type.String(),
  memberNo: nullable(Type.String()),
  startReason: Type.String(),
  /** null: since always, as far as is known. */
  from: nullable(Type.String()),
  fromPrecision: Type.String(),
  /** null: in force. */
  to: nullable(Type.String()),
  endReason: nullable(Type.String()),
  /** 柳河村团支部 书记, … in force then. */
  posts: Type.Array(Type.String()),
})
export type MemberRow = Static<typeof MemberRow>

/** Several values of one filter are separated by commas. Without `asOf`: now. */
const filterShape = {
  org: OrgReference,
  depth: Type.Optional(Depth),
  asOf: Type.Optional(Moment),
  /** Name, pinyin or initials. */
  q: Type.Optional(Type.String({ maxLength: 60 })),
  sex: Type.Optional(Type.String()),
  ethnicity: Type.Optional(Type.String()),
  minority: Type.Optional(YesNo),
  ageFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  ageTo: Type.Optional(Type.Integer({ minimum: 0, maximum: 150 })),
  education: Type.Optional(Type.String()),
  politics: Type.Optional(Type.String()),
  mobile: Type.Optional(YesNo),
  identityState: Type.Optional(Type.String()),
  /** Holds a post in force. */
  officer: Type.Optional(YesNo),
  sort: Type.Optional(Type.Enum(['name', '-name', 'birth', '-birth', 'joined', '-joined', 'org'])),
}
export const MemberFilter = Type.Object(filterShape)
export type MemberFilter = Static<typeof MemberFilter>

export const listMembers = endpoint({
  id: 'memberships.list',
  method: 'GET',
  path: '/members',
  summary: '团员花名册：按组织、日期和条件',
  right: 'structure.read',
  work: 'list',
  query: Type.Object({
    ...filterShape,
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: Type.Object({ asOf: Type.String(), total: Type.Integer(), rows: Type.Array(MemberRow) }),
})

export const exportMembers = endpoint({
  id: 'memberships.export',
  method: 'GET',
  path: '/members/export',
  summary: '导出团员花名册（不含证件号，电话只有末两位）',
  right: 'structure.read',
  work: 'heavy',
  query: MemberFilter,
  raw: 'download',
})

export const startMembersExport = endpoint({
  id: 'memberships.startExport',
  method: 'POST',
  path: '/members/exports',
  summary: '在后台导出团员名册，做好后在收件箱下载',
  right: 'structure.read',
  body: MemberFilter,
  response: Type.Object({ job: Type.String() }),
})

/** A known person by id, or one as typed; the latter is matched first, so nobody is entered twice. */
export const enterMember = endpoint({
  id: 'memberships.enter',
  method: 'POST',
  path: '/members',
  summary: '登记一名团员：新发展、转入或补登',
  right: 'structure.change',
  body: Type.Object({
    orgId: ref('org'),
    personId: Type.Optional(ref('person')),
    person: Type.Optional(PersonInput),
    /** 'admission' | 'transferIn' | 'roster' | 'restored' | 'declared'. */
    startReason: Type.String(),
    from: LooseDate,
    memberNo: Type.Optional(Type.String({ maxLength: 40 })),
    confirmed: Confirmed,
  }),
  response: Type.Object({
    id: Type.String(),
    personId: Type.String(),
    /** How the person was found: 'given' | 'id' | 'phone' | 'birthAndOrg' | 'new'. */
    how: Type.String(),
    warnings: Type.Array(Warning),
  }),
})

/** The first day on which the person is no longer a member there. */
export const endMembership = endpoint({
  id: 'memberships.end',
  method: 'POST',
  path: '/members/:id/end',
  summary: '团员离开：转出、超龄离团、退团、除名等',
  right: 'structure.change',
  params: ofMembership,
  body: Type.Object({
    version: Type.Integer(),
    on: LooseDate,
    /** 'transferOut' | 'ageOut' | 'resigned' | 'removed' | 'expelled' | 'death' | 'other'. */
    reason: Type.String(),
  }),
  response: Type.Object({ version: Type.Integer() }),
})

export const correctMembership = endpoint({
  id: 'memberships.correct',
  method: 'PATCH',
  path: '/members/:id',
  summary: '更正团籍登记的日期、编号、来源（留痕）',
  right: 'structure.change',
  params: ofMembership,
  body: Type.Object({
    version: Type.Integer(),
    note: Type.Optional(Reason),
    memberNo: Type.Optional(nullable(Type.String({ maxLength: 40 }))),
    startReason: Type.Optional(Type.String()),
    /** null: the start is unknown. */
    from: Type.Optional(nullable(LooseDate)),
    /** null: back in force. */
    to: Type.Optional(nullable(LooseDate)),
    endReason: Type.Optional(nullable(Type.String())),
    confirmed: Confirmed,
  }),
  response: Type.Object({ version: Type.Integer(), warnings: Type.Array(Warning) }),
})

export const removeMembership = endpoint({
  id: 'memberships.remove',
  method: 'POST',
  path: '/members/:id/remove',
  summary: '作废登记错的团籍（留痕，不再计数）',
  right: 'structure.change',
  params: ofMembership,
  body: Type.Object({ version: Type.Integer(), reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  response: Type.Object({ version: Type.Integer() }),
})

/** A member's mobile flag, with where they live or work now. */
export const setMobile = endpoint({
  id: 'memberships.setMobile',
  method: 'POST',
  path: '/members/:id/mobile',
  summary: '标记或取消流动团员，写明去向',
  right: 'structure.change',
  params: ofMembership,
  body: Type.Object({
    mobile: Type.Boolean(),
    place: Type.Optional(nullable(Type.String({ maxLength: 100 }))),
    /** Without it: since always. */
    from: Type.Optional(LooseDate),
  }),
  response: Type.Object({ personId: Type.String() }),
})
