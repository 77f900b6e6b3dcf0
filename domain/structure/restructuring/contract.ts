/** Ends of organisations: acts on the tree that end or carry over memberships and appointments. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Moment, opens } from '../../../kernel/shapes.ts'
import { Organisation } from '../organisations/contract.ts'

const OneOrg = Type.Object({ id: opens('org', { minLength: 1, description: 'id, code or full path' }) })

export const Ended = Type.Object({
  organisation: Organisation,
  /** Memberships carried over to the successor. */
  memberships: Type.Integer(),
  /** Appointments that ended. */
  appointments: Type.Integer(),
  /** Subordinates that now stand under the successor. */
  subordinates: Type.Integer(),
})
export type Ended = Static<typeof Ended>

export const mergeOrganisation = endpoint({
  id: 'restructuring.merge',
  method: 'POST',
  path: '/organisations/:id/merger',
  summary: '自某日起并入另一个组织：团员转入、任职终止、下级划转，原组织撤销',
  right: 'structure.change',
  work: 'heavy',
  params: OneOrg,
  body: Type.Object({ into: opens('org', { minLength: 1 }), on: Moment }),
  response: Ended,
})

export const closeOrganisation = endpoint({
  id: 'restructuring.close',
  method: 'POST',
  path: '/organisations/:id/closure',
  summary: '自某日起撤销组织；仍有团员或下级时不能撤销',
  right: 'structure.change',
  params: OneOrg,
  body: Type.Object({
    on: Moment,
    reason: Type.Optional(Type.String({ maxLength: 200 })),
    /** Ends the appointments still in force on that day. */
    endAppointments: Type.Optional(Type.Boolean()),
  }),
  response: Ended,
})
