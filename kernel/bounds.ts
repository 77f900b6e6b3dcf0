/** Whole numbers that say no bounds of their own have those of a column. */
import type { TSchema } from 'typebox'

const INT4 = { minimum: -2_147_483_648, maximum: 2_147_483_647 }
/** Exact as a double, far beyond any sum of money. */
const LARGE = { minimum: -1e15, maximum: 1e15 }

export function bounded<S>(schema: S): S {
  if (Array.isArray(schema)) return schema.map(bounded) as S
  if (!schema || typeof schema !== 'object') return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, part]) => [key, bounded(part)]))
  const types = [(schema as TSchema & { type?: unknown }).type].flat()
  if (types.includes('integer')) return { ...INT4, ...inner } as S
  if (types.includes('number')) return { ...LARGE, ...inner } as S
  return inner as S
}
