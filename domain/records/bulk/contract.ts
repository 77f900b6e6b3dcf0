/** Many records of one ledger changed together: said before what will happen, and taken back together. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { nullable, opens, ref } from '../../../kernel/shapes.ts'
import { RecordFilter } from '../ledgers/contract.ts'

export const MOST_CHANGED = 20_000
/** Up to so many are changed at once; more in the background. */
export const CHANGED_AT_ONCE = 200

/** What is to become of each; only what its kind needs. */
export const BulkDeed = Type.Object({
  kind: Type.Union([
    Type.Literal('set'),
    Type.Literal('move'),
    Type.Literal('void'),
    Type.Literal('restore'),
  ]),
  /** Of set: a field's id, or day, title, personTimes. */
  field: Type.Optional(Type.String()),
  /** Of set; null empties the field. */
  value: Type.Optional(Type.Unknown()),
  /** Of move: where they should have been recorded. */
  orgId: Type.Optional(ref('org')),
  /** Of void. */
  reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
})
export type BulkDeed = Static<typeof BulkDeed>

/** The records with these ids, or else all of the filter. */
const Asked = Type.Object({
  ids: Type.Optional(Type.Array(opens('record'), { minItems: 1, maxItems: MOST_CHANGED })),
  filter: Type.Optional(RecordFilter),
  deed: BulkDeed,
})
export type BulkAsked = Static<typeof Asked>

/** Records that stay as they are, and why. */
const Left = Type.Object({
  reason: Type.String(),
  count: Type.Integer(),
  examples: Type.Array(Type.Object({ id: Type.String(), title: Type.String(), day: Type.String() })),
})
export type Left = Static<typeof Left>

export const BulkPreview = Type.Object({
  total: Type.Integer(),
  will: Type.Integer(),
  left: Type.Array(Left),
  /** The first of those that will be changed. */
  sample: Type.Array(
    Type.Object({
      id: Type.String(),
      day: Type.String(),
      title: Type.String(),
      org: Type.String(),
      changes: Type.Array(Type.Object({ title: Type.String(), before: Type.String(), after: Type.String() })),
    }),
  ),
})
export type BulkPreview = Static<typeof BulkPreview>

export const BulkResult = Type.Object({
  /** By which it can be taken back; null where nothing was changed. */
  bulk: nullable(Type.String()),
  done: Type.Integer(),
  left: Type.Array(Left),
})
export type BulkResult = Static<typeof BulkResult>

/** `job` where it goes on in the background: its result is a BulkResult. */
const Started = Type.Object({ job: nullable(Type.String()), result: nullable(BulkResult) })

export const previewBulk = endpoint({
  id: 'bulk.preview',
  method: 'POST',
  path: '/ledgers/:ledger/bulk/preview',
  summary: '批量修改之前看：改几条，哪些改不了，为什么',
  right: 'records.write',
  work: 'heavy',
  reads: true,
  params: Type.Object({ ledger: opens('ledger', {}) }),
  body: Asked,
  response: BulkPreview,
})

export const startBulk = endpoint({
  id: 'bulk.start',
  method: 'POST',
  path: '/ledgers/:ledger/bulk',
  summary: '批量修改、划转、作废或恢复（留痕，可整批撤销）',
  right: 'records.write',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  body: Asked,
  response: Started,
})

export const undoBulk = endpoint({
  id: 'bulk.undo',
  method: 'POST',
  path: '/bulk-changes/:id/undo',
  summary: '撤销一次批量修改：没有再改过的记录回到原样',
  right: 'records.write',
  work: 'heavy',
  params: Type.Object({ id: opens('bulkChange') }),
  response: Started,
})

export const BulkDone = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: Type.String(),
  deed: BulkDeed,
  /** What was said of it: 活动类型 → 植树; the reason of voiding; the organisation. */
  words: Type.String(),
  count: Type.Integer(),
  undoneAt: nullable(Type.String()),
})
export type BulkDone = Static<typeof BulkDone>

export const listBulks = endpoint({
  id: 'bulk.list',
  method: 'GET',
  path: '/ledgers/:ledger/bulk',
  summary: '一本台账最近的批量修改，可以撤销',
  right: 'records.write',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  response: Type.Object({ changes: Type.Array(BulkDone) }),
})
