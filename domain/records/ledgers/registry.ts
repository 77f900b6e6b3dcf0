/**
 * All ledgers. The built-in ones are the files of ../definitions, one each, found by reading the folder; their words
 * are those of ../words, one file a line of work. Asked through the context, because an office's own ledgers live in its database.
 */
import { readdirSync } from 'node:fs'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import { covers, type Grant } from '../../../kernel/scope.ts'
import type { LineOfWords } from '../words/shape.ts'
import type { LedgerDeclaration, LedgerDefinition } from './definition.ts'
import { faultsOf } from './faults.ts'
import { publishedLedgers } from './own/published.ts'
import { worded } from './worded.ts'

/** What the files of a folder export under this name. */
async function exportsOf<T>(folder: string, name: string): Promise<{ file: string; found: T }[]> {
  const root = new URL(folder, import.meta.url)
  const files = readdirSync(root).filter((file) => /^[A-Za-z]+\.ts$/.test(file))
  const modules = await Promise.all(
    files.map(async (file) => ({
      file,
      found: ((await import(new URL(file, root).href)) as Record<string, T | undefined>)[name],
    })),
  )
  return modules.flatMap(({ file, found }) => (found ? [{ file, found }] : []))
}

async function readBuiltIn(): Promise<LedgerDefinition[]> {
  const lines = (await exportsOf<LineOfWords>('../words/', 'words')).map((one) => one.found)
  const declared = await exportsOf<LedgerDeclaration>('../definitions/', 'definition')
  unclaimed(
    lines,
    declared.map((one) => one.found),
  )
  const found = declared.map(({ file, found }) => {
    const words = lines.find(({ line }) => line === found.line)?.ledgers[found.id]
    return checked(worded(found, words ?? {}), file)
  })
  return found.sort((a, b) => a.order - b.order)
}

/** @throws Error where words are of no ledger of their line. */
function unclaimed(lines: LineOfWords[], declared: LedgerDeclaration[]): void {
  for (const { line, ledgers } of lines)
    for (const id of Object.keys(ledgers))
      if (!declared.some((one) => one.id === id && one.line === line))
        throw new Error(`words of ${line} name ${id}, which is no ledger of that line`)
}

function checked(definition: LedgerDefinition, file: string): LedgerDefinition {
  const faults = faultsOf(definition)
  if (faults.length === 0 && definition.id === file.slice(0, -3)) return definition
  const list = faults.map((f) => `${f.field}: ${f.reason}（${f.remedy}）`)
  throw new Error(`definitions/${file} (id ${definition.id}) cannot be used:\n${list.join('\n')}`)
}

export const builtInLedgers: readonly LedgerDefinition[] = await readBuiltIn()

/** Every ledger of this database: for showing records that the caller may read, whoever declared their ledger. */
export async function allLedgers(ctx: Context): Promise<readonly LedgerDefinition[]> {
  const own = await publishedLedgers(ctx)
  return own.length === 0 ? builtInLedgers : [...builtInLedgers, ...own]
}

/**
 * Every ledger that the caller sees: the built-in ones, and those declared at, above or below one of his posts. The
 * same list as long as nothing changes, so that what is derived from it may be kept beside it.
 */
export async function ledgers(ctx: Context): Promise<readonly LedgerDefinition[]> {
  const { grants } = ctx.actor
  const own = (await publishedLedgers(ctx)).flatMap((d) => {
    const path = d.own?.owner.path ?? ''
    if (!seesOwn(grants, path)) return []
    return grants.some((g) => g.path.startsWith(path)) ? [d] : [withOwner(d)]
  })
  return own.length === 0 ? builtInLedgers : sameList(own)
}

const named = new WeakMap<LedgerDefinition, LedgerDefinition>()

/** Seen from above: several townships may each have a ledger of the same title. */
function withOwner(definition: LedgerDefinition): LedgerDefinition {
  const title = `${definition.title}（${definition.own?.owner.name}）`
  const known = named.get(definition) ?? { ...definition, title }
  named.set(definition, known)
  return known
}

/** The one rule of who sees an own ledger: those who may use it, and those above, into whose figures it goes. */
export const seesOwn = (grants: readonly Grant[], ownerPath: string): boolean =>
  grants.some((g) => g.path.startsWith(ownerPath) || covers(g, ownerPath))

const KEPT_LISTS = 200
const lists = new Map<string, readonly LedgerDefinition[]>()
const numbers = new WeakMap<LedgerDefinition, number>()
let lastNumber = 0

function sameList(own: readonly LedgerDefinition[]): readonly LedgerDefinition[] {
  const key = own.map(numberOf).join()
  const list = lists.get(key) ?? [...builtInLedgers, ...own].sort((a, b) => a.order - b.order)
  if (lists.size >= KEPT_LISTS) lists.clear()
  lists.set(key, list)
  return list
}

function numberOf(definition: LedgerDefinition): number {
  const known = numbers.get(definition)
  if (known) return known
  lastNumber += 1
  numbers.set(definition, lastNumber)
  return lastNumber
}

/** @throws notFound when there is no such ledger. */
export async function ledger(ctx: Context, id: string): Promise<LedgerDefinition> {
  const found = (await ledgers(ctx)).find((d) => d.id === id)
  if (!found) throw notFound(`台账“${id}”`)
  return found
}

/** The ledger of a record that the caller may read. @throws notFound when there is no such ledger. */
export async function ledgerOf(ctx: Context, id: string): Promise<LedgerDefinition> {
  const found = (await allLedgers(ctx)).find((d) => d.id === id)
  if (!found) throw notFound(`台账“${id}”`)
  return found
}
