/**
 * Own ledgers in force, as the registry gives them out. One light query a request says which versions stand; what a
 * version declares never changes and is read once.
 */
import { type Kysely, sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import type { Database } from '../../../../kernel/database/tables.ts'
import type { LedgerDefinition, LedgerUsers } from '../definition.ts'

interface Standing {
  countyId: string
  id: string
  version: number
  closed: boolean
  orgId: string
  name: string
  path: string
}

type Db = Kysely<Database>

const asked = new WeakMap<Db, Promise<readonly LedgerDefinition[]>>()

/** All published ones, closed ones too, whoever declared them. The same objects as long as nothing changes. */
export function publishedLedgers(ctx: Context): Promise<readonly LedgerDefinition[]> {
  const before = asked.get(ctx.db)
  if (before) return before
  const reading = read(ctx.db)
  asked.set(ctx.db, reading)
  return reading
}

/** After a deed on one of them, within the same request. */
export const askAgain = (ctx: Context): void => void asked.delete(ctx.db)

/** The owner is who took its place after a merger. */
const standing = sql<Standing>`
  select l.county_id, l.id, l.published as version, l.closed_at is not null as closed, s.org_id, s.name, s.path
  from own_ledger l
  join org o on o.id = l.org_id
  cross join lateral (select sp.org_id, sp.name, sp.path from org_span sp
    where sp.org_id = coalesce(o.successor_id, o.id) order by sp.valid_from desc limit 1) s
  where l.published is not null order by l.recorded_at, l.id`

const KEPT = 5000
const made = new Map<string, LedgerDefinition>()

async function read(db: Db): Promise<readonly LedgerDefinition[]> {
  const { rows } = await standing.execute(db)
  const missing = rows.filter((row) => !made.has(keyOf(row)))
  if (missing.length > 0) await load(db, missing)
  return rows.flatMap((row) => made.get(keyOf(row)) ?? [])
}

const keyOf = ({ countyId, id, version, closed, orgId, name, path }: Standing): string =>
  JSON.stringify([countyId, id, version, closed, orgId, name, path])

async function load(db: Db, missing: Standing[]): Promise<void> {
  if (made.size + missing.length > KEPT) made.clear()
  const { rows } = await sql<{ ledger: string; definition: LedgerDefinition; users: LedgerUsers }>`
    select v.ledger, v.definition, v.users from own_ledger_version v
    join unnest(${missing.map((m) => m.countyId)}::uuid[], ${missing.map((m) => m.id)}::text[],
      ${missing.map((m) => m.version)}::int[]) as wanted(county_id, id, version)
      on v.county_id = wanted.county_id and v.ledger = wanted.id and v.version = wanted.version`.execute(db)
  const found = new Map(rows.map((row) => [row.ledger, row]))
  for (const row of missing) {
    const stored = found.get(row.id)
    if (!stored) continue
    const { version, closed, orgId, name, path } = row
    const own = {
      owner: { id: orgId, name, path },
      version,
      users: stored.users,
      ...(closed && { closed }),
    }
    made.set(keyOf(row), { ...stored.definition, id: row.id, own })
  }
}
