/** A contract joined to the function that fulfils it, and the one way in which that function is run. */
import type { Readable } from 'node:stream'
import { actionsOfRole } from './actions.ts'
import { type Actor, type Context, contextOf, type Services } from './context.ts'
import type { Endpoint, Input, Output } from './endpoint.ts'
import { forbidden } from './errors.ts'

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

export interface Call<E> extends Input<E> {
  /** Of `raw: 'upload'` endpoints. */
  uploads: Upload[]
}

export interface Route<E extends Endpoint = Endpoint> {
  endpoint: E
  handler: (ctx: Context, input: Call<E>) => Promise<unknown>
}

/** What a handler may answer: the promised shape, or a file. */
type Answer<E> = E extends { raw: 'download' } ? Download : Output<E>

// biome-ignore lint/suspicious/noExplicitAny: a list of routes holds endpoints of every shape; each is checked where it is made.
export type AnyRoute = Route<any>

export const route = <E extends Endpoint>(
  endpoint: E,
  handler: (ctx: Context, input: Call<E>) => Promise<Answer<E>>,
): Route<E> => ({ endpoint, handler })

const RETRIED = new Set(['40001', '40P01'])

/** One call, one transaction: reading on one snapshot; writing whole or not at all. */
export async function run<E extends Endpoint>(
  services: Services,
  actor: Actor,
  called: Route<E>,
  input: Partial<Call<E>>,
  idempotencyKey: string | null = null,
): Promise<Output<E>> {
  checkRight(called.endpoint, actor)
  const reading = called.endpoint.method === 'GET'
  const whole = { params: {}, query: {}, body: {}, uploads: [], ...input } as unknown as Call<E>
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await services.db
        .transaction()
        .setIsolationLevel(reading ? 'repeatable read' : 'read committed')
        .setAccessMode(reading ? 'read only' : 'read write')
        .execute((db) => called.handler(contextOf(services, db, actor, idempotencyKey), whole))
      return answer as Output<E>
    } catch (error) {
      if (attempt === 3 || !RETRIED.has((error as { code?: string }).code ?? '')) throw error
    }
  }
}

/** The coarse check: does any post of the caller give this action at all? Where it applies is the handler's `require`. */
function checkRight(endpoint: Endpoint, actor: Actor): void {
  const { right } = endpoint
  if (right === 'public' || right === 'signedIn') return
  if (!actor.grants.some((g) => actionsOfRole[g.role].includes(right))) throw forbidden()
}
