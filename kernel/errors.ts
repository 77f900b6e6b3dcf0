/** Errors are data: a kind (closed set), a stable code, words for the user, the faulty field. */

export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'mismatch'
  | 'tooMany'
  | 'unavailable'
  | 'full'

export const statusOf: Record<ErrorKind, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  mismatch: 422,
  tooMany: 429,
  unavailable: 503,
  full: 507,
}

export interface FieldProblem {
  field: string
  reason: string
  remedy?: string
}

/** What a person reads when something is refused: what is wrong, where, how to mend it. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: ErrorKind
  readonly code: string
  readonly problems: FieldProblem[]
  /** Seconds after which trying again may help. */
  retryAfter?: number

  constructor(kind: ErrorKind, code: string, message: string, problems: FieldProblem[] = []) {
    super(message)
    this.kind = kind
    this.code = code
    this.problems = problems
  }
}

export const invalid = (code: string, message: string, problems: FieldProblem[] = []) =>
  new Refusal('invalid', code, message, problems)
/** What is wrong with one field, and how to mend it, as one text. */
export const saying = ({ reason, remedy }: FieldProblem): string =>
  `${reason}。${remedy ? `${remedy}。` : ''}`
export const refuse = (problem: FieldProblem) => invalid(problem.field, saying(problem), [problem])
export const forbidden = (message = '您的职务没有这项权限。') =>
  new Refusal('forbidden', 'forbidden', message)
/** Also the answer for what lies outside the caller's scope: "not yours" reads as "not there". */
export const notFound = (what: string) => new Refusal('notFound', 'notFound', `没有找到${what}。`)
/** @param seconds after which it is worth trying again */
export const later = (kind: 'tooMany' | 'unavailable', code: string, message: string, seconds: number) =>
  Object.assign(new Refusal(kind, code, message), { retryAfter: seconds })
export const conflict = (code: string, message: string) => new Refusal('conflict', code, message)
