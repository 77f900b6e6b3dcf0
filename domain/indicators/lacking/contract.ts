/** Who has not: organisations or members without a row of a measure in a period, as a list to be sent to a chat. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { InAddress } from '../contract.ts'

/** direct: what stands directly below; branches: every branch below; members: League members by name. */
const Among = Type.Enum(['direct', 'branches', 'members'])
export type Among = Static<typeof Among>

const Named = Type.Object({ id: Type.String(), name: Type.String() })
export type Named = Static<typeof Named>

const Group = Type.Object({
  /** The township, the branch; empty where all stand together. */
  title: Type.String(),
  items: Type.Array(Named),
})
export type Group = Static<typeof Group>

export const LackingAnswer = Type.Object({
  /** 主题活动，青石镇团委，2024年1月1日至6月18日 */
  title: Type.String(),
  /** 'YYYY-MM-DD HH:MM' at which it was asked. */
  asOf: Type.String(),
  among: Among,
  /** May the members be told apart by this measure? */
  byName: Type.Boolean(),
  /** How many were looked at, and how many of them have not. */
  considered: Type.Integer(),
  count: Type.Integer(),
  groups: Type.Array(Group),
  /** Organisations that have declared 本期无. */
  declared: Type.Array(Named),
  /** Branches that recorded numbers without all the names: their members cannot be told apart. */
  unnamed: Type.Array(Named),
  /** The whole as text for a chat. */
  text: Type.String(),
})
export type LackingAnswer = Static<typeof LackingAnswer>

const { org, measure, from, to, asOf, where } = InAddress.properties

export const getLacking = endpoint({
  id: 'indicators.lacking',
  method: 'GET',
  path: '/figures/lacking',
  summary: '谁还没有：这段时间没有这项数据的下级组织，或没有参加的团员',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({ org, measure, from, to, asOf, where, among: Type.Optional(Among) }),
  response: LackingAnswer,
})
