/** Endpoints for people entered twice: found, shown side by side, merged, undone. ID and phone numbers stay masked. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { LooseDate, nullable, opens, ref } from '../../../kernel/shapes.ts'
import { Confirmed, OrgReference } from '../people/contract.ts'

/** Why two look like one: `weight` above 0 speaks for it, below 0 against it. */
export const Reason = Type.Object({ code: Type.String(), words: Type.String(), weight: Type.Integer() })
export type Reason = Static<typeof Reason>

/** What the caller may do with a pair; `why` says in words what stands in the way of merging. */
export const MayMerge = Type.Object({ merge: Type.Boolean(), why: nullable(Type.String()) })

export const Verdict = Type.Object({
  id: Type.String(),
  /** 'distinct' 不是同一个; 'proposed' 提请上级合并. */
  verdict: Type.String(),
  note: nullable(Type.String()),
  by: Type.String(),
  at: Type.String(),
})
export type Verdict = Static<typeof Verdict>

export const PairState = Type.Optional(
  Type.Union([Type.Literal('open'), Type.Literal('proposed'), Type.Literal('distinct')]),
)
const Score = Type.Integer()

export const PersonSide = Type.Object({
  personId: Type.String(),
  countyId: Type.String(),
  name: Type.String(),
  sex: nullable(Type.String()),
  birthDate: nullable(Type.String()),
  birthPrecision: nullable(Type.String()),
  idNoMasked: nullable(Type.String()),
  phoneMasked: nullable(Type.String()),
  /** Where the person stands or stood last, with the post or 团员. */
  standing: Type.Array(Type.String()),
})
export type PersonSide = Static<typeof PersonSide>

export const PersonPair = Type.Object({
  /** Both ids, the smaller first, joined by a comma. */
  id: Type.String(),
  score: Score,
  reasons: Type.Array(Reason),
  one: PersonSide,
  other: PersonSide,
  verdict: nullable(Verdict),
})
export type PersonPair = Static<typeof PersonPair>

export const listPeoplePairs = endpoint({
  id: 'duplicates.people',
  method: 'GET',
  path: '/duplicates/people',
  summary: '疑似重复的人员，一组两人，附理由和把握',
  right: 'structure.read',
  work: 'heavy',
  query: Type.Object({
    org: Type.Optional(OrgReference),
    state: PairState,
    minScore: Type.Optional(Score),
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: Type.Object({ pairs: Type.Array(PersonPair), total: Type.Integer() }),
})

/** A field of both sides, in the offices' words. `choose`: both say something, and not the same. */
const ComparedField = Type.Object({
  field: Type.String(),
  title: Type.String(),
  one: nullable(Type.String()),
  other: nullable(Type.String()),
  choose: Type.Boolean(),
  /** Whose value is proposed. */
  proposed: Type.Union([Type.Literal('one'), Type.Literal('other')]),
})
export type ComparedField = Static<typeof ComparedField>

export const SpanChoice = Type.Union([
  Type.Literal('join'),
  Type.Literal('one'),
  Type.Literal('other'),
  Type.Literal('sequence'),
])
export type SpanChoice = Static<typeof SpanChoice>

/** Two spans that cannot both stand; `options` says in words what each choice leads to. */
const Clash = Type.Object({
  /** Id of one's span and of the other's, joined by a comma. */
  id: Type.String(),
  kind: Type.Union([Type.Literal('membership'), Type.Literal('appointment')]),
  one: Type.String(),
  other: Type.String(),
  options: Type.Array(Type.Object({ choice: SpanChoice, words: Type.String() })),
  proposed: nullable(SpanChoice),
})
export type Clash = Static<typeof Clash>

const ComparedSide = Type.Object({
  ...PersonSide.properties,
  recordedAt: Type.String(),
  memberships: Type.Array(Type.String()),
  appointments: Type.Array(Type.String()),
  /** Records in which the person took part. */
  participations: Type.Integer(),
  account: nullable(Type.String()),
})

export const PersonComparison = Type.Object({
  score: Score,
  reasons: Type.Array(Reason),
  one: ComparedSide,
  other: ComparedSide,
  fields: Type.Array(ComparedField),
  clashes: Type.Array(Clash),
  /** Who is proposed to be kept. */
  keep: Type.Union([Type.Literal('one'), Type.Literal('other')]),
  /** Sentences on what follows from a merge. */
  notes: Type.Array(Type.String()),
  verdict: nullable(Verdict),
  may: MayMerge,
  /** To be sent back with the merge: what was seen. */
  seen: Type.String(),
})
export type PersonComparison = Static<typeof PersonComparison>

export const comparePeople = endpoint({
  id: 'duplicates.comparePeople',
  method: 'GET',
  path: '/duplicates/people/:one/:other',
  summary: '两个人并排比对：资料、团籍、任职，哪里不同',
  right: 'structure.read',
  params: Type.Object({ one: opens('person'), other: opens('person') }),
  response: PersonComparison,
})

const Side = Type.Union([Type.Literal('one'), Type.Literal('other')])

export const mergePeople = endpoint({
  id: 'duplicates.mergePeople',
  method: 'POST',
  path: '/duplicates/people/:one/:other/merge',
  summary: '把两份人员资料合并成一个人（留痕，可撤销）',
  right: 'structure.change',
  params: Type.Object({ one: opens('person'), other: opens('person') }),
  body: Type.Object({
    seen: Type.String(),
    keep: Side,
    /** By field of the comparison; what is left out is as proposed. */
    fields: Type.Optional(Type.Record(Type.String(), Side)),
    /** By id of the clash. */
    spans: Type.Optional(Type.Record(Type.String(), SpanChoice)),
  }),
  response: Type.Object({ merge: Type.String(), personId: Type.String() }),
})

const VerdictBody = Type.Object({
  verdict: Type.Union([Type.Literal('distinct'), Type.Literal('proposed'), Type.Literal('none')]),
  note: Type.Optional(Type.String({ maxLength: 200 })),
})

/** 'none' takes back what was decided. */
export const judgePeople = endpoint({
  id: 'duplicates.judgePeople',
  method: 'POST',
  path: '/duplicates/people/:one/:other/verdict',
  summary: '记下“不是同一人”，以后不再提示；或提请上级合并；或收回',
  right: 'structure.read',
  params: Type.Object({ one: opens('person'), other: opens('person') }),
  body: VerdictBody,
  response: Type.Object({ verdict: nullable(Verdict) }),
})
export type VerdictBody = Static<typeof VerdictBody>

/** Numbers travel in the body, so that no address holds them. Only people within the caller's organisations. */
export const likePeople = endpoint({
  id: 'duplicates.likePeople',
  method: 'POST',
  path: '/duplicates/people/like',
  summary: '登记之前看看：有没有像是同一个人的',
  right: 'structure.read',
  reads: true,
  body: Type.Object({
    orgId: Type.Optional(ref('org')),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    sex: Type.Optional(Type.String({ maxLength: 20 })),
    birth: Type.Optional(LooseDate),
    idNumber: Type.Optional(Type.String({ maxLength: 30 })),
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    confirmed: Confirmed,
  }),
  response: Type.Object({
    people: Type.Array(Type.Object({ person: PersonSide, score: Score, reasons: Type.Array(Reason) })),
  }),
})

export const MergeDone = Type.Object({
  id: Type.String(),
  keptId: Type.String(),
  goneId: Type.String(),
  keptTitle: Type.String(),
  goneTitle: Type.String(),
  orgName: Type.String(),
  by: Type.String(),
  at: Type.String(),
  undoneBy: nullable(Type.String()),
  undoneAt: nullable(Type.String()),
})
export type MergeDone = Static<typeof MergeDone>

export const MergeList = Type.Object({ merges: Type.Array(MergeDone), total: Type.Integer() })
export const MergeQuery = Type.Object({
  org: Type.Optional(OrgReference),
  page: Type.Optional(Type.Integer({ minimum: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type MergeQuery = Static<typeof MergeQuery>
/** `obstacles`: later work that stands in the way, in words. */
export const MergeOpened = Type.Object({ merge: MergeDone, obstacles: Type.Array(Type.String()) })

export const listPeopleMerges = endpoint({
  id: 'duplicates.peopleMerges',
  method: 'GET',
  path: '/duplicates/people-merges',
  summary: '合并过的人员',
  right: 'structure.read',
  query: MergeQuery,
  response: MergeList,
})

export const getPeopleMerge = endpoint({
  id: 'duplicates.peopleMerge',
  method: 'GET',
  path: '/duplicates/people-merges/:id',
  summary: '一次人员合并，和现在能不能撤销',
  right: 'structure.read',
  params: Type.Object({ id: opens('personMerge') }),
  response: MergeOpened,
})

export const undoPeopleMerge = endpoint({
  id: 'duplicates.undoPeopleMerge',
  method: 'POST',
  path: '/duplicates/people-merges/:id/undo',
  summary: '撤销合并：两个人恢复原样',
  right: 'structure.change',
  params: Type.Object({ id: opens('personMerge') }),
  response: MergeDone,
})
