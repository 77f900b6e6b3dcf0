/** Which records name a record. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { nullable, opens } from '../../../kernel/shapes.ts'

const LinkedRow = Type.Object({
  id: Type.String(),
  title: Type.String(),
  day: Type.String(),
  dayPrecision: Type.Union([Type.Literal('day'), Type.Literal('month'), Type.Literal('year')]),
  org: Type.String(),
})

/** Records of one ledger that name it in one field. */
export const LinkedGroup = Type.Object({
  ledger: Type.String(),
  title: Type.String(),
  field: Type.String(),
  fieldTitle: Type.String(),
  measureWord: Type.String(),
  count: Type.Integer(),
  /** What the named ledger adds up of them. Null where none states it; `partial` where not all do. */
  sums: Type.Array(
    Type.Object({
      title: Type.String(),
      unit: Type.String(),
      value: nullable(Type.Number()),
      partial: Type.Boolean(),
    }),
  ),
  /** The latest. */
  rows: Type.Array(LinkedRow),
})
export type LinkedGroup = Static<typeof LinkedGroup>

/** Every ledger that could name it is there, also with no record: one may be added. */
export const getLinked = endpoint({
  id: 'records.linked',
  method: 'GET',
  path: '/records/:id/linked',
  summary: '关联的记录：哪些记录写到了它',
  right: 'records.read',
  work: 'list',
  params: Type.Object({ id: opens('record') }),
  response: Type.Object({ groups: Type.Array(LinkedGroup) }),
})
