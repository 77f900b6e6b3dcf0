/** Own ledgers as they stand with drafts and versions. */
import { type Selectable, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import { forbidden, notFound } from '../../../../kernel/errors.ts'
import { may, reach } from '../../../../kernel/scope.ts'
import { type Org, orgAt } from '../../../structure/organisations/queries.ts'
import type { LedgerDefinition } from '../definition.ts'
import { allLedgers, seesOwn } from '../registry.ts'
import type { OwnDetail, OwnSummary } from './contract.ts'
import { EVERYBODY, fileOf } from './rules.ts'
import type { Declared } from './tables.ts'

export interface Opened {
  row: Selectable<import('../../../../kernel/database/tables.ts').Database['ownLedger']>
  org: Org
  /** In force; null before the first version. */
  before: Declared | null
}

const ofAll = sql<SqlBool>`county_id in (select county_id from org)`

/** One that the caller sees; a draft that was never published is seen by those only who may declare there. */
export async function openOwn(ctx: Context, id: string, how: { write?: boolean } = {}): Promise<Opened> {
  const found = ctx.db.selectFrom('ownLedger').selectAll().where(ofAll).where('id', '=', id)
  const row = await (how.write ? found.forUpdate() : found).executeTakeFirst()
  const org = row && (await ownerOf(ctx, row.orgId))
  if (!row || !org || !seesOwn(ctx.actor.grants, org.pathNow)) throw notFound('这本自建台账')
  if (row.published === null && !may(ctx.actor.grants, 'records.read', org.pathNow))
    throw notFound('这本自建台账')
  if (how.write && !may(ctx.actor.grants, 'ledgers.declare', org.pathNow))
    throw forbidden(`这本台账由${org.name}设立，只有它能改。要改成自己的样子，可以复制一本。`)
  return { row, org, before: await versionOf(ctx, row) }
}

/** Who took its place, where the owner was merged into another. */
async function ownerOf(ctx: Context, orgId: string): Promise<Org | undefined> {
  const org = await orgAt(ctx.db, orgId, ctx.now)
  return org?.successorId ? orgAt(ctx.db, org.successorId, ctx.now) : org
}

async function versionOf(ctx: Context, { countyId, id, published }: Opened['row']): Promise<Declared | null> {
  if (published === null) return null
  const found = await ctx.db
    .selectFrom('ownLedgerVersion')
    .select(['definition', 'users'])
    .where('countyId', '=', countyId)
    .where('ledger', '=', id)
    .where('version', '=', published)
    .executeTakeFirst()
  return found ?? null
}

const stateOf = ({ published, closedAt }: Opened['row']): OwnSummary['state'] =>
  published === null ? 'draft' : closedAt ? 'closed' : 'published'

function summaryOf(ctx: Context, { row, org, before }: Opened) {
  const now = row.draft ?? before
  return {
    id: row.id,
    title: now?.definition.title ?? '',
    owner: { id: org.id, name: org.name },
    state: stateOf(row),
    pending: row.draft !== null,
    published: row.published,
    users: now?.users ?? EVERYBODY,
    changedAt: row.changedAt,
    mine: may(ctx.actor.grants, 'ledgers.declare', org.pathNow),
  }
}

export async function ownSummaries(ctx: Context): Promise<OwnSummary[]> {
  const rows = await ctx.db.selectFrom('ownLedger').selectAll().where(ofAll).orderBy('recordedAt').execute()
  const counts = await recordsOf(
    ctx,
    rows.map((r) => r.id),
  )
  const found: OwnSummary[] = []
  for (const row of rows) {
    const org = await ownerOf(ctx, row.orgId)
    if (!org || !seesOwn(ctx.actor.grants, org.pathNow)) continue
    if (row.published === null && !may(ctx.actor.grants, 'records.read', org.pathNow)) continue
    const opened = { row, org, before: await versionOf(ctx, row) }
    const { about = '', line = '' } = (row.draft ?? opened.before)?.definition ?? {}
    found.push({ ...summaryOf(ctx, opened), about, line, records: counts.get(row.id) ?? 0 })
  }
  return found
}

async function recordsOf(ctx: Context, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ ledger: string; records: number }>`
    select r.ledger, count(*) as records from record r
    where r.ledger = any(${ids}) and r.voided_at is null
      and ${reach(ctx.actor.grants, 'records.read', { countyId: 'r.county_id', path: 'r.path' })}
    group by r.ledger`.execute(ctx.db)
  return new Map(rows.map((r) => [r.ledger, r.records]))
}

export async function ownDetail(ctx: Context, id: string): Promise<OwnDetail> {
  const opened = await openOwn(ctx, id)
  const { row, before } = opened
  const mine = summaryOf(ctx, opened)
  const shown = mine.mine ? (row.draft ?? before) : before
  if (!shown) throw notFound('这本自建台账')
  return {
    ...mine,
    version: row.version,
    definition: shown.definition,
    users: shown.users,
    before: before?.definition ?? null,
    versions: await versionsOf(ctx, row),
    history: await historyOf(ctx, row),
    taken: await takenTitles(ctx, opened),
  }
}

async function versionsOf(ctx: Context, { countyId, id }: Opened['row']): Promise<OwnDetail['versions']> {
  return ctx.db
    .selectFrom('ownLedgerVersion as v')
    .leftJoin('account as a', 'a.id', 'v.recordedBy')
    .select(['v.version', 'v.recordedAt as at', sql<string>`coalesce(a.name, '')`.as('by')])
    .where('v.countyId', '=', countyId)
    .where('v.ledger', '=', id)
    .orderBy('v.version', 'desc')
    .execute()
}

async function historyOf(ctx: Context, { countyId, id }: Opened['row']): Promise<OwnDetail['history']> {
  return ctx.db
    .selectFrom('history')
    .select(['at', 'actorName as by', 'verb'])
    .where('countyId', '=', countyId)
    .where('subject', '=', 'ownLedger')
    .where('subjectId', '=', id)
    .where('verb', '!=', 'write')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

/** Titles that its users see beside it: built in, or declared at, above or below its owner. */
export async function takenTitles(ctx: Context, { row, org }: Opened): Promise<string[]> {
  const at = org.pathNow
  const seen = (path: string) => path.startsWith(at) || at.startsWith(path)
  return (await allLedgers(ctx))
    .filter((d) => d.id !== row.id && !d.own?.closed && (!d.own || seen(d.own.owner.path)))
    .map((d) => d.title.trim())
}

export const fileText = (definition: LedgerDefinition): string =>
  `${JSON.stringify(fileOf(definition), null, 2)}\n`
