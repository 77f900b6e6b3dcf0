/** Entering many records of one ledger in a grid. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../../kernel/endpoint.ts'
import { nullable, opens } from '../../../../kernel/shapes.ts'
import { Acceptance, Problem, RowState } from '../contract.ts'

export const MOST_TYPED = 500

export const TypedOutcome = Type.Object({
  /** In the order of the grid, from 1. */
  row: Type.Integer(),
  state: RowState,
  org: nullable(Type.String()),
  effect: Type.String(),
  problems: Type.Array(Problem),
})
export type TypedOutcome = Static<typeof TypedOutcome>

/** `keep`: none checks and writes nothing; all writes nothing when a row fails; good leaves out those that fail. */
export const enterTyped = endpoint({
  id: 'imports.typed',
  method: 'POST',
  path: '/ledgers/:ledger/grid',
  summary: '表格录入：一次记多条，逐格说明问题；写入的是一个批次，可以整批撤销',
  right: 'records.write',
  work: 'heavy',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  body: Type.Object({
    /** Whose records they are where a row names no organisation. */
    org: opens('org', {}),
    rows: Type.Array(Type.Record(Type.String(), Type.String({ maxLength: 20_000 })), {
      minItems: 1,
      maxItems: MOST_TYPED,
    }),
    keep: Type.Enum(['none', 'all', 'good']),
    accepted: Type.Optional(Type.Array(Acceptance)),
  }),
  response: Type.Object({
    rows: Type.Array(TypedOutcome),
    written: Type.Boolean(),
    batch: nullable(Type.String()),
  }),
})
