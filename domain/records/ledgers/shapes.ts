/** Parts of a record's page: who holds it with its organisation, and what was done to it. */
import Type, { type Static } from 'typebox'
import { nullable } from '../../../kernel/shapes.ts'

/** invited: asked, nothing counts there yet; agreed: it counts there; declined, left: it does not. */
export const HostState = Type.Union([
  Type.Literal('invited'),
  Type.Literal('agreed'),
  Type.Literal('declined'),
  Type.Literal('left'),
])
export type HostState = Static<typeof HostState>

export const Named = Type.Object({ id: Type.String(), name: Type.String() })

/** Who holds a record beside its own organisation, or is asked to. */
export const Host = Type.Object({
  ...Named.properties,
  path: Type.String(),
  state: Type.Union([Type.Literal('invited'), Type.Literal('agreed')]),
})
export type Host = Static<typeof Host>

/** Which thing a field of a record names. */
export const ShownReference = Type.Object({
  field: Type.String(),
  noun: Type.Union([Type.Literal('org'), Type.Literal('person'), Type.Literal('record')]),
  id: Type.String(),
  /** As it is called today; null where it lies beyond the caller's reach. */
  title: nullable(Type.String()),
  /** Where it belongs, to tell it from others of its name. */
  about: Type.String(),
})
export type ShownReference = Static<typeof ShownReference>

/** What became of asking one of them; also of those who said no. */
export const HostStanding = Type.Object({
  ...Named.properties,
  state: HostState,
  /** Null where nobody needed to be asked. */
  askedAt: nullable(Type.String()),
  answeredAt: nullable(Type.String()),
  answeredBy: nullable(Type.String()),
  /** A change of the record by the caller asks it again. */
  asks: Type.Boolean(),
  /** May the caller answer for it? */
  mayAnswer: Type.Boolean(),
})
export type HostStanding = Static<typeof HostStanding>

/** `verb`: record, import, change, void, restore, attach, detach; agree, decline, leave of a host. `changes`: what each changed field was and became. */
export const HistoryEntry = Type.Object({
  at: Type.String(),
  by: Type.String(),
  verb: Type.String(),
  reason: Type.Optional(Type.String()),
  changes: Type.Array(
    Type.Object({ field: Type.String(), title: Type.String(), before: Type.String(), after: Type.String() }),
  ),
})
export type HistoryEntry = Static<typeof HistoryEntry>
