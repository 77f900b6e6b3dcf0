/** Organisations: the tree as it stood at a moment, and what may be done to it, each act from a day on. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { LooseDate, Moment, nullable, opens } from '../../../kernel/shapes.ts'

export * from './words.ts'

const Name = Type.String({ minLength: 1, maxLength: 100 })
/** Id, code, full path of names, or a unique ending of it. */
const OrgRef = opens('org', { minLength: 1, maxLength: 400 })

export const OrgType = Type.Enum([
  'committee',
  'workCommittee',
  'generalBranch',
  'branch',
  'group',
  'pioneersCommittee',
])
export const Sector = Type.Enum([
  'territory',
  'village',
  'community',
  'school',
  'enterprise',
  'townshipOffice',
  'governmentBody',
  'newEconomic',
  'newSocial',
  'coOperative',
  'market',
  'military',
  'other',
])
export const Level = Type.Enum(['province', 'city', 'county', 'township'])
export const BranchKind = Type.Enum(['joint', 'mobile', 'temporary', 'graduates'])

export const Organisation = Type.Object({
  id: Type.String(),
  countyId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  type: Type.String(),
  sector: Type.String(),
  level: nullable(Type.String()),
  kind: nullable(Type.String()),
  parentId: nullable(Type.String()),
  parentName: nullable(Type.String()),
  /** '/code/code/' at the moment asked about. */
  path: Type.String(),
  /** Names from the top, joined by '/'. */
  fullName: Type.String(),
  partyLink: nullable(Type.String()),
  place: nullable(Type.String()),
  openedAt: Type.String(),
  openedPrecision: Type.String(),
  closedAt: nullable(Type.String()),
  closeReason: nullable(Type.String()),
  successorId: nullable(Type.String()),
  /** At the moment asked about; otherwise the nearest known facts are given. */
  state: Type.Enum(['inForce', 'closed', 'notYetOpen']),
  version: Type.Integer(),
})
export type Organisation = Static<typeof Organisation>

const Facts = Type.Object({
  name: Name,
  type: OrgType,
  sector: Sector,
  level: nullable(Level),
  kind: nullable(BranchKind),
  partyLink: nullable(Type.String({ maxLength: 200 })),
  place: nullable(Type.String({ maxLength: 200 })),
})

const Filters = Type.Object({
  asOf: Type.Optional(Moment),
  /** Only this organisation and what is below it. */
  under: Type.Optional(OrgRef),
  type: Type.Optional(OrgType),
  sector: Type.Optional(Sector),
  level: Type.Optional(Level),
  kind: Type.Optional(BranchKind),
  /** Part of the name, its pinyin or initials. */
  name: Type.Optional(Type.String({ maxLength: 100 })),
})

const OneOrg = Type.Object({ id: opens('org', { minLength: 1, description: 'id, code or full path' }) })

export const listOrganisations = endpoint({
  id: 'organisations.list',
  method: 'GET',
  path: '/organisations',
  summary: '某一时点的组织名册，可筛选、排序、分页',
  right: 'structure.read',
  work: 'list',
  query: Type.Object({
    ...Filters.properties,
    sort: Type.Optional(Type.Enum(['code', 'name', 'openedAt', '-code', '-name', '-openedAt'])),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  response: Type.Object({ organisations: Type.Array(Organisation), total: Type.Integer() }),
})

const TreeNode = Type.Object({
  ...Organisation.properties,
  /** Subordinates at that moment that the filters leave. */
  childCount: Type.Integer(),
  /** Fits the filters itself, and is not only shown because of what is below it. */
  matches: Type.Boolean(),
})

export const organisationTree = endpoint({
  id: 'organisations.tree',
  method: 'GET',
  path: '/organisations/tree',
  summary: '某一时点的组织树；筛选时保留到达匹配组织的各级上级',
  right: 'structure.read',
  work: 'list',
  query: Filters,
  /** Superiors before subordinates; nested by parentId. */
  response: Type.Object({ organisations: Type.Array(TreeNode) }),
})

export const searchOrganisations = endpoint({
  id: 'organisations.search',
  method: 'GET',
  path: '/organisations/search',
  summary: '按名称、拼音或代码找组织，最多 20 个',
  right: 'structure.read',
  query: Type.Object({
    q: Type.String({ maxLength: 100 }),
    asOf: Type.Optional(Moment),
    type: Type.Optional(OrgType),
  }),
  response: Type.Object({ organisations: Type.Array(Organisation) }),
})

/** One stretch of an organisation's life, or an act on it. */
const TimelineEntry = Type.Object({
  /** Null where the opening is unknown. */
  at: nullable(Type.String()),
  to: nullable(Type.String()),
  /** opened, renamed, changed, moved, closed, merged. */
  kinds: Type.Array(Type.String()),
  /** In words: 更名为…, 划转到…. */
  text: Type.String(),
})

export const getOrganisation = endpoint({
  id: 'organisations.get',
  method: 'GET',
  path: '/organisations/:id',
  summary: '一个组织的情况和沿革',
  right: 'structure.read',
  params: OneOrg,
  query: Type.Object({ asOf: Type.Optional(Moment) }),
  response: Type.Object({
    organisation: Organisation,
    ancestors: Type.Array(Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() })),
    childCount: Type.Integer(),
    timeline: Type.Array(TimelineEntry),
    /** Who did what here, newest first. */
    acts: Type.Array(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        actorName: Type.String(),
        verb: Type.String(),
        detail: Type.Record(Type.String(), Type.Unknown()),
      }),
    ),
  }),
})

export const nextCode = endpoint({
  id: 'organisations.nextCode',
  method: 'GET',
  path: '/organisations/:id/next-code',
  summary: '在这个组织下新设组织将使用的代码',
  right: 'structure.change',
  params: OneOrg,
  response: Type.Object({ code: Type.String() }),
})

const Changed = Type.Object({ organisation: Organisation })

export const openOrganisation = endpoint({
  id: 'organisations.open',
  method: 'POST',
  path: '/organisations',
  summary: '设立组织，自某日起',
  right: 'structure.change',
  body: Type.Object({
    parent: OrgRef,
    name: Name,
    type: OrgType,
    sector: Sector,
    level: Type.Optional(nullable(Level)),
    kind: Type.Optional(nullable(BranchKind)),
    partyLink: Type.Optional(Facts.properties.partyLink),
    place: Type.Optional(Facts.properties.place),
    code: Type.Optional(Type.String({ pattern: '^[0-9]{1,30}$' })),
    /** Day, month (2024-03) or year; without it the opening is unknown and counts as always. */
    on: Type.Optional(LooseDate),
  }),
  response: Changed,
})

export const changeOrganisation = endpoint({
  id: 'organisations.change',
  method: 'POST',
  path: '/organisations/:id/changes',
  summary: '自某日起更名或变更类型、领域、级别、类别、党组织、地点',
  right: 'structure.change',
  params: OneOrg,
  body: Type.Object({ on: Moment, facts: Type.Partial(Facts) }),
  response: Changed,
})

export const correctOrganisation = endpoint({
  id: 'organisations.correct',
  method: 'POST',
  path: '/organisations/:id/corrections',
  summary: '更正登记错误：错的值从它开始的那天起改正，留痕',
  right: 'structure.change',
  work: 'heavy',
  params: OneOrg,
  body: Type.Object({
    /** A moment at which the wrong value stands; today unless said. */
    at: Type.Optional(Moment),
    facts: Type.Partial(Facts),
    /** The right day of opening. */
    openedOn: Type.Optional(Moment),
    reason: Type.String({ minLength: 1, maxLength: 200 }),
  }),
  response: Changed,
})

export const moveOrganisation = endpoint({
  id: 'organisations.move',
  method: 'POST',
  path: '/organisations/:id/moves',
  summary: '自某日起划转到另一个上级（同一县区内）',
  right: 'structure.change',
  work: 'heavy',
  params: OneOrg,
  body: Type.Object({ to: OrgRef, on: Moment }),
  response: Changed,
})
