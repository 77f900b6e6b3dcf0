/** References in bodies and addresses: found in a contract, and resolved within the caller's reach before the handler. */
import type { TSchema } from 'typebox'
import type { Context } from './context.ts'
import type { Endpoint } from './endpoint.ts'
import { conflict, type FieldProblem, notFound, Refusal, saying } from './errors.ts'
import { isId } from './id.ts'
import { OPENED, RESOLVED } from './shapes.ts'

/** How the things of one noun are found. A slice that owns the noun exports it among its `references`. */
export interface ReferenceKind {
  noun: string
  /** As a refusal says it: 这个人. */
  title: string
  /** Which of these the caller may name, each with the id that it means today. One statement, however many. */
  resolve: (ctx: Context, ids: string[]) => Promise<Map<string, string>>
  /** What bears one of these names (or codes) within the caller's reach; `among`: of one kind only. One statement. */
  called: (ctx: Context, names: string[], among?: string) => Promise<Map<string, Bearer[]>>
  /** What these are called today, of those that the caller may name. */
  titled: (ctx: Context, ids: string[]) => Promise<Map<string, Titled>>
  /** The id of what people write in more ways than `called` knows. @throws as `idOf` does */
  find?: (ctx: Context, text: string) => Promise<string>
}

/** A thing that bears a name, and where it stands. */
export interface Bearer {
  id: string
  path: string
}

/** `about` tells it from others of its name. */
export interface Titled {
  title: string
  about: string
}

/** By the names that they bear; each thing once. */
export function bearersOf(rows: (Bearer & { name: string })[]): Map<string, Bearer[]> {
  const found = new Map<string, Bearer[]>()
  for (const { name, id, path } of rows) {
    const list = found.get(name) ?? []
    if (!list.some((one) => one.id === id)) list.push({ id, path })
    found.set(name, list)
  }
  return found
}

const kinds = new Map<string, ReferenceKind>()

/** Called by the wiring for every slice. */
export const resolveBy = (of: ReferenceKind): void => void kinds.set(of.noun, of)

/** A place in a contract that names a thing: `['body', 'participants', '*', 'personId']`. */
export interface Declared {
  at: string[]
  noun: string
  /** Left to the handler (`opens`). */
  opened: boolean
}

type Json = Record<string, unknown>

/** Every text in the parameters, query and body of an endpoint, with what it is declared to name. */
export function textsOf(endpoint: Endpoint): { at: string[]; shape: Json }[] {
  return (['params', 'query', 'body'] as const).flatMap((part) => textsIn(endpoint[part], [part]))
}

function textsIn(shape: TSchema | undefined, at: string[]): { at: string[]; shape: Json }[] {
  const { type, properties, patternProperties, items, anyOf } = (shape ?? {}) as Json
  const each = (of: unknown, step: string[]) => textsIn(of as TSchema, [...at, ...step])
  const named = Object.entries((properties ?? {}) as Json).flatMap(([key, of]) => each(of, [key]))
  const other = Object.values((patternProperties ?? {}) as Json).flatMap((of) => each(of, ['*']))
  const listed = items ? each(items, ['*']) : []
  const either = ((anyOf ?? []) as unknown[]).flatMap((of) => each(of, []))
  const itself = type === 'string' ? [{ at, shape: shape as unknown as Json }] : []
  return [...itself, ...named, ...other, ...listed, ...either]
}

const declared = new WeakMap<Endpoint, Declared[]>()

export function referencesOf(endpoint: Endpoint): Declared[] {
  const known = declared.get(endpoint)
  if (known) return known
  const found = textsOf(endpoint).flatMap(({ at, shape }): Declared[] => {
    const noun = (shape[RESOLVED] ?? shape[OPENED]) as string | undefined
    return noun ? [{ at, noun, opened: OPENED in shape }] : []
  })
  declared.set(endpoint, found)
  return found
}

/** Does it name anything that is not left to the handler? */
export const resolvesAny = (endpoint: Endpoint): boolean => referencesOf(endpoint).some((d) => !d.opened)

/** A reference as it stands in an input. */
interface Named {
  noun: string
  at: string[]
  id: string
}

const stepsInto = (value: unknown, step: string): string[] => {
  if (step !== '*') return [step]
  return value !== null && typeof value === 'object' ? Object.keys(value) : []
}

function namedIn(value: unknown, { at, noun }: Declared, before: string[] = []): Named[] {
  const [step, ...rest] = at
  if (step === undefined) return typeof value === 'string' ? [{ noun, at: before, id: value }] : []
  return stepsInto(value, step).flatMap((key) =>
    namedIn((value as Json | undefined | null)?.[key], { at: rest, noun, opened: false }, [...before, key]),
  )
}

/**
 * The input with every reference as it is meant today: of something that was merged away, the one that it lives on in.
 * `standing` tells which ids stand already where the call writes: whoever sends a whole list again may leave them.
 * @throws notFound naming the first that the caller cannot reach, with all of them as problems
 */
export async function resolved<I extends object>(
  ctx: Context,
  endpoint: Endpoint,
  input: I,
  standing?: () => Promise<Set<string>>,
): Promise<I> {
  const places = referencesOf(endpoint).filter((d) => !d.opened)
  const named = places.flatMap((place) => namedIn(input, place))
  if (named.length === 0) return input
  const meant = new Map<Named, string | undefined>()
  for (const [noun, all] of Map.groupBy(named, (n) => n.noun)) {
    const found = await kindOf(noun).resolve(ctx, [...new Set(all.map((n) => n.id))])
    for (const one of all) meant.set(one, found.get(one.id))
  }
  await refuseUnknown(
    named.filter((n) => meant.get(n) === undefined),
    standing,
  )
  return rewritten(input, meant)
}

/**
 * The id of what one text names, by id, code or name.
 * @throws notFound, in the same words for what is not there and what is beyond reach; conflict `severalBear`
 */
export async function idOf(ctx: Context, noun: string, text: string): Promise<string> {
  const { find, resolve, called, title } = kindOf(noun)
  if (find) return find(ctx, text)
  if (isId(text)) return (await resolve(ctx, [text])).get(text) ?? missing(title)
  const [only, ...others] = (await called(ctx, [text])).get(text) ?? []
  if (others.length > 0)
    throw conflict('severalBear', `叫“${text}”的不止一个，请从列表里选${title.replace(/^这个/, '')}。`)
  return only?.id ?? missing(title)
}

function missing(title: string): never {
  throw notFound(title)
}

export function kindOf(noun: string): ReferenceKind {
  const kind = kinds.get(noun)
  if (!kind) throw new Error(`nobody resolves references to “${noun}”`)
  return kind
}

async function refuseUnknown(unknown: Named[], standing?: () => Promise<Set<string>>): Promise<void> {
  const kept = unknown.length > 0 && standing ? await standing() : new Set<string>()
  const problems = unknown.filter((n) => !kept.has(n.id)).map(problemOf)
  const [first] = problems
  if (first) throw new Refusal('notFound', 'notFound', saying(first), problems)
}

function problemOf({ noun, at }: Named): FieldProblem {
  const [, ...field] = at
  const place = field.find((step) => /^\d+$/.test(step))
  const where = place === undefined ? '' : `第 ${Number(place) + 1} ${noun === 'person' ? '人' : '项'}：`
  const { title } = kindOf(noun)
  return { field: field.join('.'), reason: `${where}没有找到${title}`, remedy: '请重新选择' }
}

function rewritten<I extends object>(input: I, meant: Map<Named, string | undefined>): I {
  const moved = [...meant].filter(([named, id]) => id !== undefined && id !== named.id)
  if (moved.length === 0) return input
  const { query, body } = input as { query?: unknown; body?: unknown }
  const copy = { ...input, ...structuredClone({ query, body }) }
  for (const [{ at }, id] of moved) {
    const last = at.at(-1) ?? ''
    const holder = at.slice(0, -1).reduce<Json>((within, step) => within[step] as Json, copy as Json)
    holder[last] = id
  }
  return copy
}
