/**
 * 本期无 (law 6): who declared it speaks for its own subtree, as long as nothing is recorded there; what stands above
 * is empty only when every branch below has recorded or declared. Declarations that follow each other add up.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { type Frame, inFrame, type Source } from '../../../kernel/measures.ts'
import { type Nil, nilOver, nilsDuring } from '../../records/ledgers/nil.ts'

export interface Declared {
  /** It was declared for the whole place. */
  all: boolean
  /** How many of the branches declared it, of those that were there. */
  by: number
  of: number
}

export const NONE: Declared = { all: false, by: 0, of: 0 }

/** What was declared within the frame's days and still speaks for somebody, by ledger. */
export async function nilsOf(ctx: Context, ledgers: string[], frame: Frame): Promise<Map<string, Nil[]>> {
  const found = new Map<string, Nil[]>()
  const of = { countyId: frame.org.countyId }
  for (const nil of await nilsDuring(ctx, { ledgers, of, from: frame.from, to: frame.to }))
    if (nil.speaks !== 'nobody') found.set(nil.ledger, [...(found.get(nil.ledger) ?? []), nil])
  return found
}

const coversAll = (nil: Nil, path: string): boolean =>
  nil.speaks === 'all' && nil.paths.some((p) => path.startsWith(p))

/** A place of which everything is known without looking below it; null where its branches have to be asked. */
export function ofPlace({ org, scopes, depth, from, to }: Frame, declared: Nil[]): Declared | null {
  if (scopes.length === 0 || declared.length === 0) return NONE
  const speaking = (path: string) =>
    declared.filter((nil) => coversAll(nil, path) || (depth === 0 && nil.orgId === org.id))
  const days = [from.slice(0, 10), to.slice(0, 10)] as const
  if (scopes.every(({ path }) => nilOver(speaking(path), ...days))) return { all: true, by: 1, of: 1 }
  const touched = declared.some((nil) =>
    nil.paths.some((p) => scopes.some(({ path }) => p.startsWith(path) || path.startsWith(p))),
  )
  return depth === 0 || !touched ? NONE : null
}

/**
 * Of the branches of a frame, told apart by what `keyOf` makes of their paths: how many have declared, each for the
 * days on which it was there.
 */
export async function ofBranches(
  ctx: Context,
  { keptBy }: Pick<Source, 'keptBy'>,
  frame: Frame,
  declared: Nil[],
  keyOf: (path: RawBuilder<unknown>) => RawBuilder<string | null> = () => sql<string>`''`,
): Promise<Map<string, Declared>> {
  const words = JSON.stringify(
    declared.map(({ orgId, paths, from, to, speaks }) => ({
      org_id: orgId,
      paths: speaks === 'all' ? paths : [],
      from_day: from,
      to_day: to,
    })),
  )
  const { rows } = await sql<{ key: string | null; by: number; of: number }>`
    with said as materialized (
      select org_id, array(select jsonb_array_elements_text(paths)) as paths, daterange(from_day, to_day, '[]') as days
      from jsonb_to_recordset(${words}::jsonb) as x(org_id uuid, paths jsonb, from_day date, to_day date)),
    branch as materialized (
      select ${keyOf(sql`b.path`)} as key, b.org_id, array_agg(b.path) as paths, range_agg(daterange(
        greatest(b.valid_from, ${frame.from}::timestamp)::date,
        least(b.valid_to, ${frame.asOf}::date + 1)::date)) as days
      from org_span b where ${keepers(keptBy)} and b.valid_from <= ${frame.asOf}::timestamp
        and b.valid_to > ${frame.from}::timestamp and ${inFrame(frame, { countyId: 'b.county_id', path: 'b.path' })}
      group by 1, 2)
    select key, count(*) as of, count(*) filter (where days <@ (
        select range_agg(said.days) from said where said.org_id = branch.org_id or exists (
          select 1 from unnest(said.paths) as s, unnest(branch.paths) as p where starts_with(p, s)))) as by
    from branch group by key`.execute(ctx.db)
  return new Map(rows.map(({ key, by, of }) => [key ?? '', { all: of > 0 && by === of, by, of }]))
}

/** Who is to keep the ledger: branches, or whoever its owner chose. */
export function keepers({ types = [], sectors = [], levels = [] }: NonNullable<Source['keptBy']> = {}) {
  const among = (column: string, list: string[]) =>
    list.length === 0 ? [] : [sql`${sql.ref(`b.${column}`)} = any(${list}::text[])`]
  const wanted = [...among('type', types), ...among('sector', sectors), ...among('level', levels)]
  return wanted.length === 0 ? sql`b.type = 'branch'` : sql`(${sql.join(wanted, sql` and `)})`
}
