/** Endpoints about who took part. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, opens, ref } from '../../../kernel/shapes.ts'

/** Somebody known: name, where, and what tells them from a namesake. */
export const KnownPerson = Type.Object({
  personId: Type.String(),
  name: Type.String(),
  orgName: Type.String(),
  sex: nullable(Type.String()),
  birthYear: nullable(Type.Integer()),
  /** 2003-04, where it is known that well. */
  birthMonth: nullable(Type.String()),
})
export type KnownPerson = Static<typeof KnownPerson>

/** `state`: known (one person), ambiguous (several: choose), unknown (kept as a name). */
export const RecognisedName = Type.Object({
  name: Type.String(),
  state: Type.Union([Type.Literal('known'), Type.Literal('ambiguous'), Type.Literal('unknown')]),
  people: Type.Array(KnownPerson),
  /** How many come along without a name (+1). */
  extra: Type.Integer(),
  /** What else stood on the line: 请假, a village. */
  note: Type.String(),
})
export type RecognisedName = Static<typeof RecognisedName>

export const recogniseNames = endpoint({
  id: 'participation.recognise',
  method: 'POST',
  path: '/participants/recognise',
  summary: '把接龙或一串名字认成人',
  right: 'records.read',
  reads: true,
  body: Type.Object({
    /** The caller's own organisation when left out. */
    orgId: Type.Optional(opens('org', {})),
    /** A pasted text (接龙), or a name a line. */
    lines: Type.Array(Type.String({ maxLength: 20_000 }), { maxItems: 2000 }),
  }),
  response: Type.Object({
    names: Type.Array(RecognisedName),
    /** What the pasted text said about itself: its heading, and lines in which no name was found. */
    title: nullable(Type.String()),
    skipped: Type.Array(Type.String()),
    /** Everybody, with those who come along without a name. */
    personTimes: Type.Integer(),
  }),
})

const ParticipationEntry = Type.Object({
  recordId: Type.String(),
  ledger: Type.String(),
  ledgerTitle: Type.String(),
  day: Type.String(),
  dayPrecision: Type.String(),
  title: Type.String(),
  orgName: Type.String(),
  role: Type.String(),
  roleTitle: Type.String(),
  hours: nullable(Type.Number()),
  points: nullable(Type.Number()),
  amount: nullable(Type.Number()),
})

export const getMyParticipation = endpoint({
  id: 'participation.mine',
  method: 'GET',
  path: '/me/participation',
  summary: '我参加过的活动',
  right: 'signedIn',
  query: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }),
  response: Type.Object({ entries: Type.Array(ParticipationEntry) }),
})

export const getParticipation = endpoint({
  id: 'participation.ofPerson',
  method: 'GET',
  path: '/people/:id/participation',
  summary: '一个人参加过的活动',
  right: 'records.read',
  params: Type.Object({ id: ref('person') }),
  query: Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }),
  response: Type.Object({ entries: Type.Array(ParticipationEntry) }),
})
