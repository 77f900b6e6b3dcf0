/**
 * What is asked of a call beyond what its contract writes down, the same over HTTP and on the command line: nothing that
 * the contract does not know, and no number that no column holds.
 */
import type { TSchema } from 'typebox'

const INT4 = { minimum: -2_147_483_648, maximum: 2_147_483_647 }
/** Exact as a double, far beyond any sum of money. */
const LARGE = { minimum: -1e15, maximum: 1e15 }

type Written = TSchema & { type?: unknown; properties?: unknown; additionalProperties?: unknown }

/** The shape with its unspoken limits: a key left out of it would be dropped in silence, and what it held lost. */
export function strictly<S>(shape: S): S {
  if (Array.isArray(shape)) return shape.map(strictly) as S
  if (!shape || typeof shape !== 'object') return shape
  const inner = Object.fromEntries(Object.entries(shape).map(([key, part]) => [key, strictly(part)]))
  return { ...unspoken(shape as Written), ...inner } as S
}

function unspoken({ type, properties }: Written): object {
  const types = [type].flat()
  if (types.includes('integer')) return INT4
  if (types.includes('number')) return LARGE
  // `properties` may also be the name of a field, of which the shape has no type.
  return types.includes('object') && properties ? { additionalProperties: false } : {}
}

/** Of a call that takes none. */
export const NOTHING = { type: 'object', properties: {}, additionalProperties: false } as const

/**
 * The known name that looks most like one that is not: `birth` for `birthDate`, `ordId` for `orgId`. Likeness is the
 * share of neighbouring letters (Dice).
 */
export function nearest(name: string, known: string[]): string | null {
  const scored = known.map((one) => ({ one, likeness: likeness(name, one) }))
  const best = scored.sort((a, b) => b.likeness - a.likeness)[0]
  return best && best.likeness >= LIKE ? best.one : null
}

const LIKE = 0.4

function likeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)]
  const both = left.length + right.length
  const shared = left.filter((pair) => {
    const at = right.indexOf(pair)
    if (at >= 0) right.splice(at, 1)
    return at >= 0
  })
  return (2 * shared.length) / both
}

/** With its first and last letter as pairs of their own, so that short names have some. */
function pairsOf(name: string): string[] {
  const text = `^${name.toLowerCase()}$`
  return [...text].slice(1).map((letter, at) => text[at] + letter)
}

/** What to say of a key that the shape does not know. */
export function unknownKey(key: string, known: string[]): { reason: string; remedy: string } {
  const near = nearest(key, known)
  const all = known.length > 0 ? `可用：${known.join('、')}` : '这里不需要任何内容'
  return { reason: `没有“${key}”这一项`, remedy: near ? `是不是“${near}”？请改过来` : `请去掉它。${all}` }
}
