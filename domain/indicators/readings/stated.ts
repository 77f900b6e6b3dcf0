/**
 * A base that each organisation states for itself: of how many organisations it is known. A row of an organisation
 * speaks for whatever is below it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { inFrame } from '../../../kernel/measures.ts'
import { keepers } from './nil.ts'
import type { Selection } from './selection.ts'
import { everyRowOf } from './statement.ts'

export interface Stated {
  /** How many of the organisations have stated it. */
  by: number
  of: number
}

type PathKey = (path: RawBuilder<unknown>) => RawBuilder<string | null>

/** Of each selection of such a base, by key; nothing of any other. */
export async function statedBy(
  ctx: Context,
  selections: Selection[],
  keyOf: (s: Selection) => PathKey = () => () => sql<string>`''`,
): Promise<(s: Selection, key: string | null) => Stated | undefined> {
  const found = new Map<string, Map<string | null, Stated>>()
  for (const s of selections)
    if (s.source.base && !found.has(nameOf(s))) found.set(nameOf(s), await readStated(ctx, s, keyOf(s)))
  return (s, key) => (s.source.base ? found.get(nameOf(s))?.get(key ?? '') : undefined)
}

const nameOf = ({ source, frame }: Selection) => `${source.id} ${JSON.stringify(frame)}`

async function readStated(ctx: Context, s: Selection, keyOf: PathKey): Promise<Map<string | null, Stated>> {
  const { source, frame } = s
  const { rows } = await sql<{ key: string | null } & Stated>`
    with said as (select distinct ${source.path} as path ${everyRowOf(s)})
    select ${keyOf(sql`b.path`)} as key, count(distinct b.org_id)::int as of,
      count(distinct b.org_id) filter (where exists (select 1 from org_span h join said on starts_with(h.path, said.path)
        where h.org_id = b.org_id and h.valid_from <= ${frame.asOf}::timestamp
          and h.valid_to > ${frame.from}::timestamp))::int as by
    from org_span b where ${keepers(source.keptBy)} and b.valid_from <= ${frame.asOf}::timestamp
      and b.valid_to > ${frame.asOf}::timestamp and ${inFrame(frame, { countyId: 'b.county_id', path: 'b.path' })}
    group by 1`.execute(ctx.db)
  return new Map(rows.map(({ key, by, of }) => [key ?? '', { by, of }]))
}
