/** What the desk shows of the ledgers: counts of the period, the latest records, who has been silent. */
import { sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import type { Frame } from '../../../kernel/measures.ts'
import { addDays, parsePeriod, periodOf } from '../../../kernel/period.ts'
import { termKey } from '../../../kernel/pinyin.ts'
import { findOrg, treeAt } from '../../structure/organisations/queries.ts'
import { hasRules } from './broken.ts'
import type { countBroken, getSuggestions, listLedgers, recentRecords, silentOrgs } from './contract.ts'
import { kitOf, naming } from './fields/types.ts'
import { HOSTS } from './hosts.ts'
import { ownOrg } from './lives.ts'
import { inScope } from './measures.ts'
import { nilOver, nilsDuring } from './nil.ts'
import { concerns } from './own/rules.ts'
import { frameOf, listed, type StoredRecord, viewsOf } from './queries.ts'
import { allLedgers, ledger, ledgers } from './registry.ts'

export async function ledgersWithCounts(
  ctx: Context,
  { query }: Input<typeof listLedgers>,
): Promise<Output<typeof listLedgers>> {
  const period = parsePeriod(periodOf(ctx.today))
  const frame = await frameOf(ctx, { from: period.from, to: period.to, ...query })
  const { rows } = await sql<{
    ledger: string
    records: number
    personTimes: number | null
    lastDay: string
  }>`
    select r.ledger, count(*) as records, sum(r.person_times) as person_times, max(r.day) as last_day from record r
    where r.voided_at is null and r.day between ${frame.from}::date and ${frame.to}::date and ${inScope(frame, true)}
    group by r.ledger`.execute(ctx.db)
  const nils = await nilsDuring(ctx, { of: { orgId: frame.org.id }, from: frame.from, to: frame.to })
  const counts = new Map(rows.map((r) => [r.ledger, r]))
  const favourites = new Set(await favouritesOf(ctx))
  const org = await findOrg(ctx, frame.org.id)
  const all = (await ledgers(ctx)).filter((d) => counts.has(d.id) || concerns(d, org))
  const usual = await keptBefore(
    ctx,
    frame,
    all.flatMap((d) => (counts.has(d.id) ? [] : [d.id])),
  )
  return {
    ledgers: all.map((definition) => {
      const counted = counts.get(definition.id)
      const nil = nilOver(
        nils.filter((n) => n.ledger === definition.id),
        frame.from.slice(0, 10),
        frame.to.slice(0, 10),
      )
      return {
        definition,
        records: counted?.records ?? 0,
        personTimes: counted?.personTimes ?? null,
        lastDay: counted?.lastDay ?? null,
        usual: counted !== undefined || usual.has(definition.id),
        favourite: favourites.has(definition.id),
        nameKey: keyOf(definition.title),
        nil: nil ? { id: nil.id, from: nil.from, to: nil.to, speaks: nil.speaks, below: nil.below } : null,
      }
    }),
  }
}

/** Of these, the ledgers in which something was recorded in the year before: the others nobody is waiting for. */
async function keptBefore(ctx: Context, frame: Frame, empty: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ ledger: string }>`
    select l.ledger from unnest(${empty}::text[]) as l(ledger) where exists (
      select 1 from record r where r.ledger = l.ledger and r.voided_at is null
      and r.day < ${frame.from}::date and r.day >= ${addDays(frame.from, -366)}::date
      and ${inScope(frame, true)})`.execute(ctx.db)
  return new Set(rows.map((r) => r.ledger))
}

async function favouritesOf({ db, actor }: Context): Promise<string[]> {
  const rows = await db
    .selectFrom('favouriteLedger')
    .select('ledger')
    .where('accountId', '=', actor.accountId)
    .execute()
  return rows.map((r) => r.ledger)
}

const keys = new Map<string, string>()

function keyOf(title: string): string {
  const key = keys.get(title) ?? termKey(title)
  keys.set(title, key)
  return key
}

export async function recent(
  ctx: Context,
  { query }: Input<typeof recentRecords>,
): Promise<Output<typeof recentRecords>> {
  const frame = await frameOf(ctx, { org: query.org })
  const { rows } = await sql<StoredRecord & { recordedByName: string | null }>`
    select r.*, (select a.name from account a where a.id = r.recorded_by) as recorded_by_name from record r
    where r.voided_at is null and ${inScope(frame, true)}
    order by r.day desc, r.recorded_at desc, r.id desc limit ${query.limit ?? 20}`.execute(ctx.db)
  const titles = new Map((await allLedgers(ctx)).map((d) => [d.id, d.title]))
  const views = await viewsOf(ctx, rows)
  return {
    records: views.map((view, at) => ({
      ...view,
      ledgerTitle: titles.get(view.ledger) ?? view.ledger,
      recordedByName: rows[at]?.recordedByName ?? '',
    })),
  }
}

/** Each ledger reads its own part of the index; one without rules is not looked at. */
export async function broken(
  ctx: Context,
  { query }: Input<typeof countBroken>,
): Promise<Output<typeof countBroken>> {
  const frame = await frameOf(ctx, query)
  const ruled = (await allLedgers(ctx)).filter(hasRules)
  if (ruled.length === 0) return { ledgers: [] }
  const each = []
  for (const definition of ruled)
    each.push(
      sql`select ${definition.id}::text as id, count(*) as count
        ${await listed(ctx, definition, { broken: 'yes' }, frame)}`,
    )
  const { rows } = await sql<{ id: string; count: number }>`${sql.join(each, sql` union all `)}`.execute(
    ctx.db,
  )
  const counts = new Map(rows.map((r) => [r.id, r.count]))
  return {
    ledgers: ruled
      .map(({ id, title }) => ({ id, title, count: counts.get(id) ?? 0 }))
      .filter(({ count }) => count > 0),
  }
}

const SILENT_DAYS = 30
/** How far back the last day is looked for. */
const LOOKED_BACK_DAYS = 400

export async function silent(
  ctx: Context,
  { query }: Input<typeof silentOrgs>,
): Promise<Output<typeof silentOrgs>> {
  const since = query.since ?? addDays(ctx.today, -SILENT_DAYS)
  const frame = await frameOf(ctx, { org: query.org })
  const below = (await treeAt(ctx, { root: frame.org.id })).filter(
    (o) => o.parentId === frame.org.id && o.type !== 'pioneersCommittee',
  )
  const only = query.ledger ? sql`and r.ledger = ${(await ledger(ctx, query.ledger)).id}` : sql``
  const { rows } = await sql<{ path: string; lastDay: string }>`
    select below.path, max(r.day) as last_day
    from record r
    cross join lateral (select r.path union select h.path from ${HOSTS} h
      where h.county_id = r.county_id and h.record_id = r.id) as at(path)
    join unnest(${below.map((o) => o.path)}::text[]) as below(path)
      on starts_with(at.path, below.path)
    where r.voided_at is null and r.day >= ${addDays(since, -LOOKED_BACK_DAYS)}::date
      and ${inScope(frame, true)} ${only}
    group by below.path`.execute(ctx.db)
  const last = new Map(rows.map((r) => [r.path, r.lastDay]))
  const orgs = below.map((o) => ({ id: o.id, name: o.name, path: o.path, lastDay: last.get(o.path) ?? null }))
  return { since, orgs: orgs.filter((o) => o.lastDay === null || o.lastDay < since) }
}

const LOOKED_AT = 200
const OFFERED = 10
/** What this organisation wrote before, the most recent first. */
export async function suggestions(
  ctx: Context,
  { params, query }: Input<typeof getSuggestions>,
): Promise<Output<typeof getSuggestions>> {
  const definition = await ledger(ctx, params.ledger)
  const frame = await frameOf(ctx, { org: query.orgId ?? ownOrg(ctx), depth: '0' })
  const { rows } = await sql<{ title: string; fields: Record<string, unknown> }>`
    select r.title, r.fields from record r
    where r.ledger = ${definition.id} and r.voided_at is null and ${inScope(frame, false)}
    order by r.day desc, r.id desc limit ${LOOKED_AT}`.execute(ctx.db)
  const offered = definition.fields.filter((f) => ['line', 'reference'].includes(kitOf(f.type).widget))
  const directory = offered.some(isEnterprise) ? await enterprises(ctx, frame.org) : []
  const first = (values: unknown[]) =>
    [...new Set(values.filter((v): v is string => typeof v === 'string'))].slice(0, OFFERED)
  return {
    titles: first(rows.map((r) => r.title)),
    fields: Object.fromEntries(
      offered.map((f) => {
        const before = first(rows.map((r) => r.fields[f.id]))
        return [f.id, isEnterprise(f) ? [...new Set([...before, ...directory])] : before]
      }),
    ),
  }
}

const isEnterprise = naming('enterprise')

const DIRECTORY_SHOWN = 500

/** Directories are ledgers of their own; a field of this type refers to what they list by name. */
async function enterprises(ctx: Context, { countyId }: { countyId: string | null }): Promise<string[]> {
  const directories = (await allLedgers(ctx)).flatMap((d) => (d.lists === 'enterprise' ? [d.id] : []))
  const { rows } = await sql<{ title: string }>`
    select distinct r.title from record r where r.county_id = ${countyId} and r.ledger = any(${directories})
    and r.voided_at is null order by r.title limit ${DIRECTORY_SHOWN}`.execute(ctx.db)
  return rows.map((r) => r.title)
}
