/** A contract joined to the function that fulfils it, and the one way in which that function is run. */
import type { Readable } from 'node:stream'
import { actionsOfRole } from './actions.ts'
import type { Actor, Context, Outside, Services } from './context.ts'
import type { Endpoint, Input, Output } from './endpoint.ts'
import { forbidden } from './errors.ts'
import { type Keyed, once } from './once.ts'
import { digestOf } from './pieces.ts'
import { resolved, resolvesAny } from './references.ts'
import { type InTransaction, inContext } from './transaction.ts'

export interface Upload {
  name: string
  mediaType: string
  bytes: Uint8Array
}

/** The answer of a `raw: 'download'` endpoint. */
export interface Download {
  name: string
  mediaType: string
  body: Uint8Array | Readable
  /** Shown in the page rather than saved. */
  inline?: boolean
}

/** Where a call comes from: for limits at the door, and for the list of one's sessions. */
export interface From {
  address: string
  agent: string
  /** What a browser keeps of earlier sign-ins. */
  device: string
}

export interface Call<E> extends Input<E> {
  /** Of `raw: 'upload'` endpoints. */
  uploads: Upload[]
  from: From
}

/** What a call may do before, between and after transactions. Each gives its connection back before the next. */
export interface Steps {
  actor: Actor
  services: Outside
  /** The call's only transaction, to which its idempotency key belongs. */
  whole: InTransaction
  /** One of several. */
  part: InTransaction
}

/** What a call may name though it lies beyond the caller's reach: it stands already where the call writes. */
type Standing<E> = (ctx: Context, input: Call<E>) => Promise<Set<string>>

export interface Route<E extends Endpoint = Endpoint> {
  endpoint: E
  handler: (steps: Steps, input: Call<E>) => Promise<unknown>
  admit?: Admit<E> | undefined
}

/** Of uploads: whether the caller may do this there, asked before a byte of a file is read; no file has come yet. */
type Admit<E> = (ctx: Context, input: Call<E>) => Promise<void>

/** What a handler may answer: the promised shape, or a file. */
type Answer<E> = E extends { raw: 'download' } ? Download : Output<E>

// biome-ignore lint/suspicious/noExplicitAny: a list of routes holds endpoints of every shape; each is checked where it is made.
export type AnyRoute = Route<any>

/** One call, one transaction: reading on one snapshot; writing whole or not at all. */
export const route = <E extends Endpoint>(
  endpoint: E,
  handler: (ctx: Context, input: Call<E>) => Promise<Answer<E>>,
  standing?: Standing<E>,
): Route<E> => ({
  endpoint,
  handler: (steps, input) =>
    steps.whole(async (ctx) => {
      const kept = standing && (() => standing(ctx, input))
      return handler(ctx, await resolved(ctx, endpoint, input, kept))
    }),
})

/** For what takes long and needs no connection meanwhile, or must be kept although the call is refused. */
export const stepwise = <E extends Endpoint>(
  endpoint: E,
  handler: (steps: Steps, input: Call<E>) => Promise<Answer<E>>,
): Route<E> => ({
  endpoint,
  handler: async (steps, input) => {
    if (!resolvesAny(endpoint)) return handler(steps, input)
    return handler(steps, await steps.part((ctx) => resolved(ctx, endpoint, input)))
  },
})

/** The same, asked for admission first. */
export const admitting = <E extends Endpoint>(served: Route<E>, admit: Admit<E>): Route<E> => ({
  ...served,
  admit,
})

const NOWHERE: From = { address: '', agent: '', device: '' }

export async function run<E extends Endpoint>(
  services: Services,
  actor: Actor,
  called: Route<E>,
  input: Partial<Call<E>>,
  idempotencyKey: string | null = null,
): Promise<Output<E>> {
  checkRight(called.endpoint, actor)
  const whole = {
    params: {},
    query: {},
    body: {},
    uploads: [],
    from: NOWHERE,
    ...input,
  } as unknown as Call<E>
  const reading = called.endpoint.method === 'GET' || called.endpoint.reads === true
  const key = reading || called.endpoint.right === 'public' ? null : idempotencyKey
  const steps: Steps = {
    actor,
    services,
    whole: async (work) => {
      const question = key && (await keyed(key, called.endpoint, whole))
      const how = { reading, snapshot: reading || called.endpoint.snapshot }
      return inContext(services, actor, how, (ctx) =>
        question ? once(ctx, question, () => work(ctx)) : work(ctx),
      )
    },
    part: (work) => inContext(services, actor, {}, work),
  }
  return (await called.handler(steps, whole)) as Output<E>
}

/** Files stand in the question by their digests. */
async function keyed(key: string, { method, path, secret }: Endpoint, input: Call<Endpoint>): Promise<Keyed> {
  const { params, query, body, uploads } = input
  const files: [string, string][] = []
  for (const { name, bytes } of uploads) files.push([name, await digestOf(bytes)])
  return { key, question: [method, path, params, query, body, files], secret }
}

/** Over before the body is read. @throws what `run` would throw for want of a right */
export async function admit<E extends Endpoint>(
  services: Services,
  actor: Actor,
  called: Route<E>,
  input: { params: unknown; query: unknown; body: Record<string, string> },
): Promise<void> {
  const { admit: asked } = called
  const whole = { ...input, uploads: [] } as unknown as Parameters<Admit<E>>[1]
  if (asked) await inContext(services, actor, { reading: true, snapshot: true }, (ctx) => asked(ctx, whole))
}

/** The coarse check: does any post of the caller give this action at all? Where it applies is the handler's `require`. */
export function checkRight(endpoint: Endpoint, actor: Actor): void {
  const { right } = endpoint
  if (right === 'public' || right === 'signedIn') return
  if (!actor.grants.some((g) => actionsOfRole[g.role].includes(right))) throw forbidden()
}
