/** How a contract describes an endpoint. Browser-safe: the web client builds its calls from the same objects. */
import type { Static, TSchema } from 'typebox'
import type { Action } from './actions.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `public`: anyone; `signedIn`: any account; otherwise the named action, within the caller's grants. */
export type Right = 'public' | 'signedIn' | Action

export interface UploadLimits {
  files: number
  megabytes: number
  together?: number
}

export interface Endpoint<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  id: string
  method: Method
  /** Under /api, with :params. */
  path: string
  /** One Chinese sentence: what it does for the user. */
  summary: string
  right: Right
  params?: P
  query?: Q
  body?: B
  response?: R
  /** upload: the body is a multipart form with these fields, its files after them. download: the answer is a file. */
  raw?: 'upload' | 'download'
  /**
   * heavy: may read or write very many rows; it waits its turn among such, and has more time. list: heavy for whoever
   * looks over several counties. Left out: somebody waits for it, and nothing heavy may stand before it.
   */
  work?: 'heavy' | 'list'
  /** Asks by POST, because the question is too large or too private for an address, and writes nothing. */
  reads?: true
  /** Writes what it reads: all of it from one snapshot, whatever is recorded meanwhile. */
  snapshot?: true
  /** The answer holds numbers in full, a token or a link: it is kept nowhere, and every asking leaves its trace. */
  secret?: true
  /** Its texts are cells of a sheet, in which anything may stand. */
  cells?: true
  /** Of a form with files: how many, how large each, and all together where that is less. */
  upload?: UploadLimits
}

export function endpoint<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
>(description: Endpoint<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return description
}

type Shape<S> = S extends TSchema
  ? TSchema extends S
    ? Record<string, never>
    : Static<S>
  : Record<string, never>

export interface Input<E> {
  params: E extends Endpoint<infer P, infer _Q, infer _B, infer _R> ? Shape<P> : never
  query: E extends Endpoint<infer _P, infer Q, infer _B, infer _R> ? Shape<Q> : never
  body: E extends Endpoint<infer _P, infer _Q, infer B, infer _R> ? Shape<B> : never
}

export type Output<E> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R>
    ? TSchema extends R
      ? unknown
      : Static<R>
    : never
