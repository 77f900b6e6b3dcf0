/** Endpoints for one activity recorded twice: found, shown side by side, made one record, undone. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, Id, nullable, opens, ref } from '../../../kernel/shapes.ts'
import {
  MayMerge,
  MergeDone,
  MergeList,
  MergeOpened,
  MergeQuery,
  PairState,
  Reason,
  Verdict,
} from '../../structure/merges/contract.ts'

const Score = Type.Integer()

export const RecordSide = Type.Object({
  id: Type.String(),
  ledger: Type.String(),
  ledgerTitle: Type.String(),
  orgId: Type.String(),
  orgName: Type.String(),
  day: Type.String(),
  dayTo: nullable(Type.String()),
  title: Type.String(),
  personTimes: nullable(Type.Integer()),
  place: nullable(Type.String()),
  /** How many are named. */
  named: Type.Integer(),
  /** Ids of its pictures. */
  photos: Type.Array(Type.String()),
})
export type RecordSide = Static<typeof RecordSide>

export const RecordPair = Type.Object({
  /** Both ids, the smaller first, joined by a comma. */
  id: Type.String(),
  score: Score,
  reasons: Type.Array(Reason),
  one: RecordSide,
  other: RecordSide,
  verdict: nullable(Verdict),
})
export type RecordPair = Static<typeof RecordPair>

/** Without `from`, the twelve months before today. */
export const listRecordPairs = endpoint({
  id: 'duplicates.records',
  method: 'GET',
  path: '/duplicates/records',
  summary: '疑似重复的台账记录，一组两条，附理由和把握',
  right: 'records.read',
  work: 'heavy',
  query: Type.Object({
    org: Type.Optional(opens('org', {})),
    ledger: Type.Optional(opens('ledger', {})),
    from: Type.Optional(Day),
    to: Type.Optional(Day),
    state: PairState,
    minScore: Type.Optional(Score),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: Type.Object({ pairs: Type.Array(RecordPair), total: Type.Integer() }),
})

const Side = Type.Union([Type.Literal('one'), Type.Literal('other')])

const ComparedCell = Type.Object({
  field: Type.String(),
  title: Type.String(),
  one: nullable(Type.String()),
  other: nullable(Type.String()),
  choose: Type.Boolean(),
  proposed: Side,
})
export type ComparedCell = Static<typeof ComparedCell>

const ComparedRecord = Type.Object({
  ...RecordSide.properties,
  hosts: Type.Array(Type.String()),
  recordedAt: Type.String(),
  recordedBy: Type.String(),
  sentence: Type.String(),
})

export const RecordComparison = Type.Object({
  score: Score,
  reasons: Type.Array(Reason),
  one: ComparedRecord,
  other: ComparedRecord,
  fields: Type.Array(ComparedCell),
  /** Named people, each once; on which sides they are named. */
  people: Type.Array(
    Type.Object({ name: Type.String(), role: Type.String(), one: Type.Boolean(), other: Type.Boolean() }),
  ),
  /** How many person-times the merged record may state, and what each means. Empty where none are counted. */
  personTimes: Type.Array(Type.Object({ value: Type.Integer(), words: Type.String() })),
  proposedPersonTimes: nullable(Type.Integer()),
  /** Pictures and files that both hold. */
  sameFiles: Type.Integer(),
  /** joint: one record of all hosts; single: one of the two stays, the other is void and points to it. */
  way: Type.Union([Type.Literal('joint'), Type.Literal('single')]),
  keep: Side,
  notes: Type.Array(Type.String()),
  verdict: nullable(Verdict),
  may: MayMerge,
  seen: Type.String(),
})
export type RecordComparison = Static<typeof RecordComparison>

const ofPair = Type.Object({ one: opens('record'), other: opens('record') })
const ofMerge = Type.Object({ id: opens('merge') })

export const compareRecords = endpoint({
  id: 'duplicates.compareRecords',
  method: 'GET',
  path: '/duplicates/records/:one/:other',
  summary: '两条记录并排比对：内容、人员、照片，哪里不同',
  right: 'records.read',
  params: ofPair,
  response: RecordComparison,
})

export const mergeRecords = endpoint({
  id: 'duplicates.mergeRecords',
  method: 'POST',
  path: '/duplicates/records/:one/:other/merge',
  summary: '把两条记录合并成一条（联合举办的列为联合组织；留痕，可撤销）',
  right: 'records.write',
  params: ofPair,
  body: Type.Object({
    seen: Type.String(),
    keep: Side,
    fields: Type.Optional(Type.Record(Type.String(), Side)),
    personTimes: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 })),
  }),
  response: Type.Object({ merge: Type.String(), recordId: Type.String(), sentence: Type.String() }),
})

export const judgeRecords = endpoint({
  id: 'duplicates.judgeRecords',
  method: 'POST',
  path: '/duplicates/records/:one/:other/verdict',
  summary: '记下“两场不同的活动”，以后不再提示；或提请上级合并；或收回',
  right: 'records.read',
  params: ofPair,
  body: Type.Object({
    verdict: Type.Union([Type.Literal('distinct'), Type.Literal('proposed'), Type.Literal('none')]),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  response: Type.Object({ verdict: nullable(Verdict) }),
})

export const likeRecords = endpoint({
  id: 'duplicates.likeRecords',
  method: 'POST',
  path: '/duplicates/records/like',
  summary: '记一笔之前看看：有没有像是同一件事的',
  right: 'records.read',
  reads: true,
  body: Type.Object({
    ledger: opens('ledger', {}),
    orgId: Type.Optional(ref('org')),
    /** The record that is being written, which is not like itself. */
    id: Type.Optional(Id),
    day: Day,
    title: Type.String({ minLength: 1, maxLength: 200 }),
    place: Type.Optional(Type.String({ maxLength: 200 })),
    personTimes: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 })),
  }),
  response: Type.Object({
    records: Type.Array(Type.Object({ record: RecordSide, score: Score, reasons: Type.Array(Reason) })),
  }),
})

/** What became of a record: into which it was merged, and which were merged into it. */
export const mergesOfRecord = endpoint({
  id: 'duplicates.mergesOfRecord',
  method: 'GET',
  path: '/records/:id/merges',
  summary: '一条记录的合并经过',
  right: 'records.read',
  params: Type.Object({ id: opens('record') }),
  response: Type.Object({ into: nullable(MergeDone), taken: Type.Array(MergeDone) }),
})

export const listRecordMerges = endpoint({
  id: 'duplicates.recordMerges',
  method: 'GET',
  path: '/duplicates/record-merges',
  summary: '合并过的记录',
  right: 'records.read',
  query: MergeQuery,
  response: MergeList,
})

export const getRecordMerge = endpoint({
  id: 'duplicates.recordMerge',
  method: 'GET',
  path: '/duplicates/record-merges/:id',
  summary: '一次记录合并，和现在能不能撤销',
  right: 'records.read',
  params: ofMerge,
  response: MergeOpened,
})

export const undoRecordMerge = endpoint({
  id: 'duplicates.undoRecordMerge',
  method: 'POST',
  path: '/duplicates/record-merges/:id/undo',
  summary: '撤销合并：两条记录恢复原样',
  right: 'records.write',
  params: ofMerge,
  response: MergeDone,
})

/** For the desk: how many pairs waited for somebody to look at `at`; null while they are counted for the first time. */
export const countDuplicates = endpoint({
  id: 'duplicates.count',
  method: 'GET',
  path: '/duplicates/count',
  summary: '疑似重复的有几组',
  right: 'records.read',
  query: Type.Object({ org: Type.Optional(opens('org', {})) }),
  response: Type.Object({
    people: nullable(Type.Integer()),
    records: nullable(Type.Integer()),
    at: nullable(Type.String()),
  }),
})
