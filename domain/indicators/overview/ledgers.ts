/** Which ledgers are in use, and who below records in them: one reading over all ledgers at once. */

import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { measure } from '../../../kernel/measureId.ts'
import type { Catalogue, Frame } from '../../../kernel/measures.ts'
import { covers } from '../../../kernel/scope.ts'
import { nilsDuring } from '../../records/ledgers/nil.ts'
import { measureOf } from '../catalogue.ts'
import { byPath } from '../readings/apart.ts'
import { selectIn } from '../readings/selection.ts'
import { rowsOf } from '../readings/statement.ts'
import { codeOfUnit, type Unit, type Units } from '../readings/units.ts'

interface Looking {
  all: Catalogue
  frame: Frame
  /** Told apart by these; by nothing where there are none. */
  units?: Units | null
  /** Ledgers whose rows last: in use while they have any. */
  lasting: string[]
}

/** Of each ledger with a row or a declared 本期无 in the frame: the codes of the units that have either. */
export async function ledgersInUse(ctx: Context, looking: Looking): Promise<Map<string, Set<string>>> {
  const { frame, units, lasting } = looking
  const used = new Map<string, Set<string>>()
  const note = (ledger: string, unit: string | null) =>
    used.set(ledger, (used.get(ledger) ?? new Set()).add(unit ?? ''))
  const ever = { ...frame, from: FIRST_MOMENT }
  const rows = [
    ...(await recordedIn(ctx, looking, frame, sql`true`)),
    ...(await recordedIn(ctx, looking, ever, sql`r.ledger = any(${lasting})`)),
  ]
  for (const { ledger, unit } of rows) note(ledger, unit)
  for (const { ledger, path } of await nilsIn(ctx, frame)) note(ledger, unitOf(units, path)?.code ?? null)
  return used
}

const FIRST_MOMENT = '0001-01-01 00:00:00'

async function recordedIn(
  ctx: Context,
  { all, units }: Looking,
  frame: Frame,
  only: RawBuilder<unknown>,
): Promise<{ ledger: string; unit: string | null }[]> {
  const s = selectIn(all, measureOf(all, measure('record.count')), frame)
  const { key, join } =
    units && units.list.length > 0
      ? byPath(s, codeOfUnit(units, frame, s.source.timing))
      : { key: sql`''`, join: sql`` }
  const { rows } = await sql<{ ledger: string; unit: string | null }>`
    select r.ledger, ${key} as unit ${rowsOf(s, join)} and ${only} group by 1, 2`.execute(ctx.db)
  return rows
}

const unitOf = (units: Units | null | undefined, path: string): Unit | undefined =>
  units?.list.find((u) => units.stood.some((s) => s.orgId === u.id && path.startsWith(s.path)))

/** What somebody in scope declared, and still speaks for, within the frame's days. */
async function nilsIn(ctx: Context, frame: Frame): Promise<{ ledger: string; path: string }[]> {
  const of = { countyId: frame.org.countyId }
  const declared = await nilsDuring(ctx, { of, from: frame.from, to: frame.to })
  return declared
    .filter((nil) => nil.speaks !== 'nobody')
    .flatMap(({ ledger, paths }) => paths.map((path) => ({ ledger, path })))
    .filter(({ path }) => frame.scopes.some((scope) => covers(scope, path)))
}
