/** By what the rows of a reading are told apart: not at all, by organisation, by the value of a dimension. */
import { type RawBuilder, sql } from 'kysely'
import { dimensionOf } from '../catalogue.ts'
import type { Selection } from './selection.ts'
import { codeOfUnit, type Units } from './units.ts'

export interface Key {
  key: RawBuilder<unknown>
  /** What has to be joined for it. */
  join: RawBuilder<unknown>
}

export type Apart = (s: Selection) => Key

export const whole: Apart = () => ({ key: sql`''`, join: sql`` })

export const byUnit =
  (units: Units): Apart =>
  (s) =>
    byPath(s, codeOfUnit(units, s.frame, s.source.timing))

export const byDimension =
  (name: string): Apart =>
  (s) => ({ key: dimensionOf(s.source, name).sql(s.frame), join: sql`` })

/**
 * Rows told apart by what a path says. A row of several organisations stands with each of them, once; only such rows
 * are opened out, for they are few.
 */
export function byPath(
  { source, frame }: Selection,
  keyOf: (path: RawBuilder<unknown>) => RawBuilder<string | null>,
): Key {
  const own = keyOf(source.path)
  if (!source.joint) return { key: own, join: sql`` }
  const { rows, paths } = source.joint(frame)
  const inside = keyOf(sql`p`)
  const join = sql`left join lateral (select distinct ${inside} as child from unnest(${paths}) as p
    where ${rows} and ${inside} is not null) as branch on true`
  return { key: sql`coalesce(branch.child, ${own})`, join }
}
