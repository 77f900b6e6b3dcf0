/** Organisations that hold a record together: who is asked, what they answer, what waits for an answer. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { nullable, opens } from '../../../kernel/shapes.ts'
import { HostState, Named } from './shapes.ts'

export const answerHost = endpoint({
  id: 'hosts.answer',
  method: 'POST',
  path: '/records/:id/hosts/:orgId/answer',
  summary: '替受邀的组织答复：同意联合、不同意，或者退出',
  right: 'records.write',
  params: Type.Object({ id: opens('record'), orgId: opens('host') }),
  body: Type.Object({
    answer: Type.Union([Type.Literal('agree'), Type.Literal('decline'), Type.Literal('leave')]),
    /** The version of the record that was seen: an answer is to what it says. */
    version: Type.Integer(),
  }),
  response: Type.Object({ state: HostState }),
})
export type Answer = Static<typeof answerHost.body & {}>['answer']

/** What a host that is asked sees of a record before it answers. */
export const WaitingRecord = Type.Object({
  id: Type.String(),
  ledgerTitle: Type.String(),
  org: Named,
  day: Type.String(),
  title: Type.String(),
  personTimes: nullable(Type.Integer()),
  sentence: Type.String(),
  version: Type.Integer(),
  /** Who is asked, and since when. */
  host: Named,
  askedAt: nullable(Type.String()),
})
export type WaitingRecord = Static<typeof WaitingRecord>

export const listWaiting = endpoint({
  id: 'hosts.waiting',
  method: 'GET',
  path: '/hosts/waiting',
  summary: '邀请本组织联合、等着答复的记录',
  right: 'records.write',
  query: Type.Object({
    /** The caller's own when left out. */
    org: Type.Optional(opens('org', {})),
    /** 'all': also those that organisations below are asked. */
    depth: Type.Optional(Type.Union([Type.Literal('0'), Type.Literal('all')])),
  }),
  response: Type.Object({ records: Type.Array(WaitingRecord) }),
})

export const searchHosts = endpoint({
  id: 'hosts.search',
  method: 'GET',
  path: '/hosts/search',
  summary: '找可以一起办的组织：本县的按名称，别的县的要写全称或代码',
  right: 'records.write',
  query: Type.Object({
    q: Type.String({ maxLength: 100 }),
    /** Who records; the caller's own organisation when left out. */
    org: Type.Optional(opens('org', {})),
  }),
  response: Type.Object({
    organisations: Type.Array(
      Type.Object({
        ...Named.properties,
        fullName: Type.String(),
        /** It has to agree before anything counts there. */
        asks: Type.Boolean(),
      }),
    ),
  }),
})
