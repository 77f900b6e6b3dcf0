/**
 * All ledgers. The built-in ones are the files of ../definitions, one each, found by reading the folder: to add a
 * ledger is to add a file. Asked through the context, because an office's own ledgers live in its database.
 */
import { readdirSync } from 'node:fs'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { LedgerDefinition } from './definition.ts'
import { faultsOf } from './faults.ts'

const folder = new URL('../definitions/', import.meta.url)

async function readBuiltIn(): Promise<LedgerDefinition[]> {
  const files = readdirSync(folder).filter((name) => /^[A-Za-z]+\.ts$/.test(name))
  const found = await Promise.all(
    files.map(async (name) => {
      const module = (await import(new URL(name, folder).href)) as { definition: LedgerDefinition }
      return checked(module.definition, name)
    }),
  )
  return found.sort((a, b) => a.order - b.order)
}

function checked(definition: LedgerDefinition, file: string): LedgerDefinition {
  const faults = faultsOf(definition)
  if (faults.length === 0 && definition.id === file.slice(0, -3)) return definition
  const list = faults.map((f) => `${f.field}: ${f.reason}（${f.remedy}）`)
  throw new Error(`definitions/${file} (id ${definition.id}) cannot be used:\n${list.join('\n')}`)
}

export const builtInLedgers: readonly LedgerDefinition[] = await readBuiltIn()

/** Every ledger that the caller's organisation may use. */
export async function ledgers(_ctx: Context): Promise<readonly LedgerDefinition[]> {
  return builtInLedgers
}

/** @throws notFound when there is no such ledger. */
export async function ledger(ctx: Context, id: string): Promise<LedgerDefinition> {
  const found = (await ledgers(ctx)).find((d) => d.id === id)
  if (!found) throw notFound(`台账“${id}”`)
  return found
}
