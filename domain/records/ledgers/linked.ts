/** Ledgers whose records name those of another, and the field in which they do. */
import type { LedgerDefinition, LedgerField, LedgerMeasure } from './definition.ts'
import { referencesIn } from './fields/meant.ts'

export interface Referring {
  ledger: LedgerDefinition
  field: LedgerField
}

export const referringTo = (target: string, definitions: readonly LedgerDefinition[]): Referring[] =>
  definitions.flatMap((ledger) =>
    referencesIn(ledger)
      .filter((field) => field.ledger === target && !field.retired)
      .map((field) => ({ ledger, field })),
  )

/** Of a linked measure: undefined where whoever asks does not see the other ledger. */
export const referringOf = (
  target: string,
  { from }: LedgerMeasure,
  definitions: readonly LedgerDefinition[],
): Referring | undefined =>
  referringTo(target, definitions).find((r) => r.ledger.id === from?.ledger && r.field.id === from.field)

/** What is counted of the records that name it, as a measure of their own ledger. */
export const plainOf = ({ from: _, ...measure }: LedgerMeasure): LedgerMeasure => ({
  ...measure,
  kind: measure.field ? 'sum' : 'count',
})
