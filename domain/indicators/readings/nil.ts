/**
 * 本期无 (law 6): an office says that it had nothing to record. It speaks for its own subtree, as long as nothing is
 * recorded there; what stands above is empty only when every branch below has recorded or declared.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { type Frame, inFrame, type Source } from '../../../kernel/measures.ts'

export interface Declared {
  /** It was declared for the whole place. */
  all: boolean
  /** How many of the branches declared it, of those that were there. */
  by: number
  of: number
}

export const NONE: Declared = { all: false, by: 0, of: 0 }

interface Nil {
  ledger: string
  path: string
}

/** Everything declared for the whole of the frame's days, by ledger. */
export async function nilsOf(ctx: Context, ledgers: string[], frame: Frame): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (ledgers.length === 0) return found
  const county = frame.org.countyId
  const { rows } = await sql<Nil>`
    select ledger, path from nil_declaration where ledger = any(${[...new Set(ledgers)]}) and voided_at is null
      and from_day <= ${frame.from.slice(0, 10)}::date and to_day >= ${frame.to.slice(0, 10)}::date
      ${county === null ? sql`` : sql`and county_id = ${county}`}`.execute(ctx.db)
  for (const { ledger, path } of rows) found.set(ledger, [...(found.get(ledger) ?? []), path])
  return found
}

/** Spoken for by these declarations: its own, or that of an organisation above. */
const spokenFor = (path: string, declared: string[]): boolean => declared.some((d) => path.startsWith(d))

/** A place of which everything is known without looking below it; null where its branches have to be asked. */
export function ofPlace({ scopes, depth }: Frame, declared: string[]): Declared | null {
  if (scopes.length === 0 || declared.length === 0) return NONE
  if (scopes.every(({ path }) => spokenFor(path, declared))) return { all: true, by: 1, of: 1 }
  const below = declared.some((d) => scopes.some(({ path }) => d.startsWith(path)))
  return depth === 0 || !below ? NONE : null
}

/** Of the branches of a frame, told apart by what `keyOf` makes of their paths: how many have declared. */
export async function ofBranches(
  ctx: Context,
  { keptBy }: Pick<Source, 'keptBy'>,
  frame: Frame,
  declared: string[],
  keyOf: (path: RawBuilder<unknown>) => RawBuilder<string | null> = () => sql<string>`''`,
): Promise<Map<string, Declared>> {
  const { rows } = await sql<{ key: string | null; by: number; of: number }>`
    select ${keyOf(sql`b.path`)} as key, count(distinct b.org_id) as of, count(distinct b.org_id) filter (where exists (
        select 1 from unnest(${declared}::text[]) as d where starts_with(b.path, d))) as by
    from org_span b where ${keepers(keptBy)} and b.valid_from <= ${frame.asOf}::timestamp
      and b.valid_to > ${frame.from}::timestamp and ${inFrame(frame, { countyId: 'b.county_id', path: 'b.path' })}
    group by 1`.execute(ctx.db)
  return new Map(rows.map(({ key, by, of }) => [key ?? '', { all: of > 0 && by === of, by, of }]))
}

/** Who is to keep the ledger: branches, or whoever its owner chose. */
function keepers({ types = [], sectors = [], levels = [] }: NonNullable<Source['keptBy']> = {}) {
  const among = (column: string, list: string[]) =>
    list.length === 0 ? [] : [sql`${sql.ref(`b.${column}`)} = any(${list}::text[])`]
  const wanted = [...among('type', types), ...among('sector', sectors), ...among('level', levels)]
  return wanted.length === 0 ? sql`b.type = 'branch'` : sql`(${sql.join(wanted, sql` and `)})`
}
