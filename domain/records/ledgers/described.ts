/** What a declared measure says of itself, whichever way it is counted. */
import type { Measure } from '../../../kernel/measures.ts'
import type { LedgerDefinition, LedgerMeasure } from './definition.ts'

/** `of`: the ledger whose fields it takes, where that is another. */
export const describedBy = (definition: LedgerDefinition, m: LedgerMeasure, of = definition) => ({
  id: `${definition.id}.${m.id}`,
  title: m.title,
  group: definition.title,
  unit: m.unit,
  definition: m.definition,
  declared: declaredIn(of, m),
  ...(m.formerly && { formerly: m.formerly.map((id) => `${definition.id}.${id}`) }),
  ...(m.mayExceed && { mayExceed: m.mayExceed }),
})

/** What decides what is counted: the measure, and what it takes of its field and role. Not how anything is called. */
function declaredIn(
  { fields, roles, standing }: LedgerDefinition,
  { field, per, role, among, began, at, from }: LedgerMeasure,
): Measure['declared'] {
  const { type, unit, formula, decimals, appliesWhen, blank, precision, unitIn, ordinal, ranked, options } =
    fields.find((f) => f.id === field) ?? {}
  const { attends, counted, blank: unnamed } = roles.find((r) => r.id === role) ?? {}
  return {
    measure: { field, per, role, among, began, at, from },
    field: { type, unit, formula, decimals, appliesWhen, blank, precision, unitIn, ordinal },
    // The order of the options is what is counted by.
    ranked: ranked && options?.map((o) => o.value),
    role: { attends, counted, unnamed },
    standing,
  }
}
