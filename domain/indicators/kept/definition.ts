/** What a measure counts, in short: kept beside an answer, it tells a changed definition (口径已改) from changed rows. */
import { createHash } from 'node:crypto'
import type { Catalogue, Measure } from '../../../kernel/measures.ts'
import { measureOf } from '../catalogue.ts'

/** Names and titles are left out: a measure that is only called otherwise counts as before. */
export const definitionOf = (all: Catalogue, measure: Measure): string =>
  createHash('sha256')
    .update(JSON.stringify(madeOf(all, measure)))
    .digest('hex')
    .slice(0, 16)

function madeOf(all: Catalogue, measure: Measure): unknown {
  const { unit, kind, definition, source, where, valueType, unitOf, blank, mayExceed, falls, depth } = measure
  const parts = measure.parts?.map(({ title: _title, measure: id, ...part }) => ({
    ...part,
    of: madeOf(all, measureOf(all, id)),
  }))
  const plain = { unit, kind, definition, source, where, valueType, blank, mayExceed, falls, depth }
  return {
    ...plain,
    belowOnly: measure.belowOnly,
    apartBy: unitOf?.apartBy,
    declared: measure.declared,
    parts,
  }
}
