/** Endpoints about people. Codes are those of codes.ts; ID and phone numbers are hidden unless revealed. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { LooseDate, Moment, nullable, opens } from '../../../kernel/shapes.ts'

const Text = Type.String({ minLength: 1, maxLength: 200 })
/** An organisation by id, code or full path. */
export const OrgReference = opens('org', { minLength: 1, maxLength: 300 })
const Precision = nullable(Type.String())
const ofPerson = Type.Object({ id: opens('person') })

/** What every list of people shows of a person, at the moment asked about. */
export const personShape = {
  personId: Type.String(),
  countyId: Type.String(),
  name: Type.String(),
  /** 'male' | 'female'. */
  sex: nullable(Type.String()),
  birthDate: nullable(Type.String()),
  birthPrecision: Precision,
  age: nullable(Type.Integer()),
  /** Two-digit code of GB 3304. */
  ethnicity: nullable(Type.String()),
  education: nullable(Type.String()),
  /** Derived: Party before League before what is stated; null where nothing is known. */
  politics: nullable(Type.String()),
  /** In the Party and in the League. */
  dualMember: Type.Boolean(),
  /** The last two digits behind stars. */
  phoneMasked: nullable(Type.String()),
  /** '已登记': no digit of it is shown. */
  idNoMasked: nullable(Type.String()),
  /** 'verified' | 'unverified' (未核实) | 'pending' (身份证号待补). */
  identityState: Type.String(),
  occupation: nullable(Type.String()),
  nativePlace: nullable(Type.String()),
  joinedLeagueOn: nullable(Type.String()),
  joinedLeaguePrecision: Precision,
  mobile: nullable(Type.Object({ place: nullable(Type.String()) })),
  graduateVillageOfficial: Type.Boolean(),
}

/** A dated span as screens show it: null start is unknown, null end is in force. */
const spanShape = {
  id: Type.String(),
  orgId: Type.String(),
  orgName: Type.String(),
  from: nullable(Type.String()),
  fromPrecision: Type.String(),
  to: nullable(Type.String()),
  endReason: nullable(Type.String()),
  version: Type.Integer(),
}
export const MembershipSpan = Type.Object({
  ...spanShape,
  memberNo: nullable(Type.String()),
  startReason: Type.String(),
})
export type MembershipSpan = Static<typeof MembershipSpan>
export const AppointmentSpan = Type.Object({
  ...spanShape,
  post: Type.String(),
  postTitle: Type.String(),
  officerKind: nullable(Type.String()),
  mode: nullable(Type.String()),
})
export type AppointmentSpan = Static<typeof AppointmentSpan>
export const TraitSpan = Type.Object({
  id: Type.String(),
  trait: Type.String(),
  value: Type.String(),
  detail: nullable(Type.String()),
  from: nullable(Type.String()),
  fromPrecision: Type.String(),
  to: nullable(Type.String()),
})
export type TraitSpan = Static<typeof TraitSpan>

export const PersonCard = Type.Object({
  ...personShape,
  /** All of them, the latest first; those in force have no `to`. */
  memberships: Type.Array(MembershipSpan),
  appointments: Type.Array(AppointmentSpan),
  version: Type.Integer(),
})
export type PersonCard = Static<typeof PersonCard>

export const PersonPage = Type.Object({
  person: PersonCard,
  traits: Type.Array(TraitSpan),
  /** Records in which the person took part. */
  participations: Type.Integer(),
  /** Who changed or revealed what, the latest first. */
  history: Type.Array(
    Type.Object({ at: Type.String(), by: Type.String(), verb: Type.String(), detail: Type.Unknown() }),
  ),
  /** Null: as it is. Else the person has moved on, and this is what was so on that day, when they stood here last. */
  until: nullable(Type.String()),
  may: Type.Object({ change: Type.Boolean(), reveal: Type.Boolean() }),
})
export type PersonPage = Static<typeof PersonPage>

/** A candidate in a picker: enough to tell two people of one name apart. */
export const PersonChoice = Type.Object({
  personId: Type.String(),
  countyId: Type.String(),
  name: Type.String(),
  sex: nullable(Type.String()),
  birthDate: nullable(Type.String()),
  birthPrecision: Precision,
  phoneMasked: nullable(Type.String()),
  orgId: nullable(Type.String()),
  orgName: nullable(Type.String()),
})
export type PersonChoice = Static<typeof PersonChoice>

/** A person as typed into a form. What is not known is left out; an ID number is optional everywhere. */
export const PersonInput = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  sex: Type.Optional(Text),
  birth: Type.Optional(LooseDate),
  ethnicity: Type.Optional(Text),
  education: Type.Optional(Text),
  politics: Type.Optional(Text),
  idNumber: Type.Optional(Text),
  phone: Type.Optional(Text),
  occupation: Type.Optional(Text),
  nativePlace: Type.Optional(Text),
  joinedLeague: Type.Optional(LooseDate),
})
export type PersonInput = Static<typeof PersonInput>

/** Found but not forbidding; the write goes through when its code is among `confirmed`. */
export const Warning = Type.Object({ code: Type.String(), message: Type.String() })
export type Warning = Static<typeof Warning>
export const Confirmed = Type.Optional(Type.Array(Type.String()))

export const searchPeople = endpoint({
  id: 'people.search',
  method: 'GET',
  path: '/people',
  summary: '按姓名、拼音、完整的手机号找人，最多 20 个',
  right: 'structure.read',
  work: 'list',
  query: Type.Object({ q: Type.String({ minLength: 1, maxLength: 60 }), org: Type.Optional(OrgReference) }),
  response: Type.Object({ people: Type.Array(PersonChoice) }),
})

export const getPerson = endpoint({
  id: 'people.get',
  method: 'GET',
  path: '/people/:id',
  summary: '一个人的资料、团籍、任职和沿革',
  right: 'structure.read',
  params: ofPerson,
  query: Type.Object({ asOf: Type.Optional(Moment) }),
  response: PersonPage,
})

/** What the register says of oneself, numbers masked; a post is not needed to see it. */
export const getMyself = endpoint({
  id: 'people.myself',
  method: 'GET',
  path: '/me/card',
  summary: '我在花名册里的资料：团籍、任职',
  right: 'signedIn',
  response: Type.Object({ person: nullable(PersonCard) }),
})

/** null empties a field. Wrong data is put right for all time; what changed on a day is a trait. */
export const correctPerson = endpoint({
  id: 'people.correct',
  method: 'PATCH',
  path: '/people/:id',
  summary: '更正姓名、身份证号、出生日期等登记错误（留痕）',
  right: 'structure.change',
  params: ofPerson,
  body: Type.Object({
    version: Type.Integer(),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
    confirmed: Confirmed,
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    sex: Type.Optional(nullable(Text)),
    birth: Type.Optional(nullable(LooseDate)),
    ethnicity: Type.Optional(nullable(Text)),
    idNumber: Type.Optional(nullable(Text)),
    phone: Type.Optional(nullable(Text)),
    occupation: Type.Optional(nullable(Text)),
    nativePlace: Type.Optional(nullable(Text)),
    joinedLeague: Type.Optional(nullable(LooseDate)),
  }),
  response: Type.Object({ person: PersonCard, warnings: Type.Array(Warning) }),
})

/**
 * education, party ('partyMember' | 'probationaryPartyMember'), politics, mobile ('yes', detail: where),
 * graduateVillageOfficial ('yes'). value null ends the trait on that day. Without `from` it holds since always.
 */
export const setTrait = endpoint({
  id: 'people.setTrait',
  method: 'POST',
  path: '/people/:id/traits',
  summary: '登记学历、入党、流动等随时间变化的情况，自某日起',
  right: 'structure.change',
  params: ofPerson,
  body: Type.Object({
    trait: Type.Enum(['education', 'party', 'politics', 'mobile', 'graduateVillageOfficial']),
    value: nullable(Text),
    detail: Type.Optional(nullable(Text)),
    from: Type.Optional(LooseDate),
  }),
  response: PersonCard,
})

export const revealPerson = endpoint({
  id: 'people.reveal',
  method: 'POST',
  path: '/people/:id/reveal',
  summary: '查看完整的身份证号和电话：须写明用途，留痕',
  right: 'people.reveal',
  secret: true,
  params: ofPerson,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }),
  response: Type.Object({ idNumber: nullable(Type.String()), phone: nullable(Type.String()) }),
})
