/** Endpoints about since when the registers of people are complete. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, nullable, ref } from '../../../kernel/shapes.ts'
import { OrgReference } from '../people/contract.ts'

const RegisterShape = Type.Enum(['members', 'officers'])

/** Since when one register is complete at an organisation and everywhere below. */
const RegisterState = Type.Object({
  register: RegisterShape,
  title: Type.String(),
  /** The latest day from which the registers here are complete; null where none is kept. */
  completeFrom: nullable(Type.String()),
  /** hand: somebody said so; roster: an imported roster; entry: the first entry. Of that day. */
  statedBy: nullable(Type.Enum(['hand', 'roster', 'entry'])),
  /** How many organisations are to keep it, and how many do. */
  of: Type.Integer(),
  kept: Type.Integer(),
  /** Those that are complete last, at most 5; none where all are complete from the same day. */
  last: Type.Array(Type.Object({ orgId: Type.String(), name: Type.String(), completeFrom: Type.String() })),
})
export type RegisterState = Static<typeof RegisterState>

export const getRegisters = endpoint({
  id: 'registers.get',
  method: 'GET',
  path: '/registers',
  summary: '查看团员、团干部名册从哪一天起齐全',
  right: 'structure.read',
  query: Type.Object({ org: OrgReference }),
  response: Type.Object({
    registers: Type.Array(RegisterState),
    may: Type.Object({ state: Type.Boolean() }),
  }),
})

export const stateRegister = endpoint({
  id: 'registers.state',
  method: 'POST',
  path: '/registers',
  summary: '说明本级和下级的名册从哪一天起齐全（留痕）；这一天以前的人数只说“至少”',
  right: 'structure.change',
  body: Type.Object({ orgId: ref('org'), register: RegisterShape, completeFrom: Day }),
  response: Type.Object({ id: Type.String() }),
})
