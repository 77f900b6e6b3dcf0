/** A measure over many organisations at once. */
import type { Filters } from '../../../kernel/filters.ts'
import { type Catalogue, type Frame, type Measure, statesOne } from '../../../kernel/measures.ts'
import { measureOf } from '../catalogue.ts'
import { type Said, type Whole, wholeOf } from '../readings/said.ts'
import { partsOf, type Selection, selectionsIn } from '../readings/selection.ts'
import { frameOver, type Units } from '../readings/units.ts'

/**
 * The selections of a measure over all units. Null where its units cannot be told apart in one reading: what counts
 * only the level below, looks at other days, or states a single row.
 */
export function selectOver(
  all: Catalogue,
  measure: Measure,
  units: Units,
  days: Frame,
  where: Filters = {},
): Selection[] | null {
  const parts = partsOf(measure)
  const plain = parts.map((p) => measureOf(all, p.measure))
  if (measure.kind === 'falls' || parts.some((p) => p.shift) || !plain.every(isOfSubtree)) return null
  return selectionsIn(all, measure, ({ timing }) => frameOver(units, days, timing), where)
}

const isOfSubtree = (measure: Measure) => {
  const { belowOnly, depth = 'all', unitOf, parts } = measure
  return !statesOne(measure) && !belowOnly && depth === 'all' && !unitOf && !parts
}

/** What the measure comes to in each unit, by its code. */
export function wholeByUnit(
  measure: Measure,
  selections: Selection[],
  units: Units,
  said: Map<Selection, Map<string | null, Said>>,
): Map<string, Whole> {
  const of = (code: string) => selections.flatMap((s) => said.get(s)?.get(code) ?? [])
  return new Map(units.list.map(({ code }) => [code, wholeOf(measure, of(code))]))
}
