/** What a sheet may be: the three rosters, and every ledger. */
import type { Context } from '../../../kernel/context.ts'
import type { Target } from '../../../kernel/spreadsheet/target.ts'
import { sheet as officers } from '../../structure/appointments/sheet.ts'
import { sheet as members } from '../../structure/memberships/sheet.ts'
import { sheet as organisations } from '../../structure/organisations/sheet.ts'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { ledgers } from '../ledgers/registry.ts'
import { targetOf } from '../ledgers/sheet.ts'
import { SPLIT_AMOUNTS } from './kinds/cashBook.ts'

const rosters: Target[] = [organisations, members, officers]
const ROSTERS = new Set(rosters.map((one) => one.kind))

/** Rosters change the structure; ledgers do not. */
export const isRoster = (kind: string): boolean => ROSTERS.has(kind)

const made = new WeakMap<LedgerDefinition, Target>()

/** One target for a declaration, so that the reader indexes its words once. */
function ledgerTarget(definition: LedgerDefinition): Target {
  const target = made.get(definition) ?? readFrom(definition)
  made.set(definition, target)
  return target
}

function readFrom(definition: LedgerDefinition): Target {
  const target = targetOf(definition)
  return definition.cashBook ? { ...target, fields: [...target.fields, ...SPLIT_AMOUNTS] } : target
}

export async function targets(ctx: Context): Promise<Target[]> {
  const open = (await ledgers(ctx)).filter((one) => !one.own?.closed)
  return [...rosters, ...open.map(ledgerTarget)]
}
