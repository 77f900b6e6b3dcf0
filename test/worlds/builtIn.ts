import type { LedgerDefinition } from '../../domain/records/ledgers/definition.ts'
import { builtInLedgers } from '../../domain/records/ledgers/registry.ts'

/** A built-in ledger with its words, as the application knows it. */
export function builtIn(id: string): LedgerDefinition {
  const found = builtInLedgers.find((one) => one.id === id)
  if (!found) throw new Error(`no built-in ledger ${id}`)
  return found
}
