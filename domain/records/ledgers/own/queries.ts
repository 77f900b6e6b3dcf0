/** Own ledgers as they stand with drafts and versions. */
import { type Selectable, sql } from 'kysely'
import type { Context } from '../../../../kernel/context.ts'
import type { Database } from '../../../../kernel/database/tables.ts'
import { forbidden, notFound } from '../../../../kernel/errors.ts'
import { may, reach } from '../../../../kernel/scope.ts'
import type { LedgerDefinition, LedgerUsers } from '../definition.ts'
import { allLedgers, seesOwn } from '../registry.ts'
import type { OwnDetail, OwnSummary } from './contract.ts'
import { EVERYBODY, fileOf } from './rules.ts'
import type { Declared } from './tables.ts'

export type OwnRow = Selectable<Database['ownLedger']>

/** As `act` and a figure's frame want an organisation: where it stands now. */
export interface Owner {
  id: string
  countyId: string
  code: string
  name: string
  path: string
}

export interface Opened {
  row: OwnRow
  owner: Owner
  /** In force; null before the first version. */
  before: Declared | null
}

/** The owner is who took its place, where it was merged into another. */
const STANDING = sql`select l.*, o.id as owner_id, o.county_id as owner_county, o.code, s.name, s.path,
    v.definition, v.users
  from own_ledger l
  join org made on made.id = l.org_id
  join org o on o.id = coalesce(made.successor_id, made.id)
  cross join lateral (select sp.name, sp.path from org_span sp where sp.org_id = o.id
    order by sp.valid_from desc limit 1) s
  left join own_ledger_version v on v.county_id = l.county_id and v.ledger = l.id and v.version = l.published`

interface Standing extends OwnRow {
  ownerId: string
  ownerCounty: string
  code: string
  name: string
  path: string
  definition: LedgerDefinition | null
  users: LedgerUsers | null
}

function openedOf({ ownerId, ownerCounty, code, name, path, definition, users, ...row }: Standing): Opened {
  const before = definition && { definition, users: users ?? EVERYBODY }
  return { row, owner: { id: ownerId, countyId: ownerCounty, code, name, path }, before }
}

/** A draft that was never published is known only where its owner's records may be read. */
const knows = (ctx: Context, { row, owner }: Opened): boolean =>
  row.published === null
    ? may(ctx.actor.grants, 'records.read', owner.path)
    : seesOwn(ctx.actor.grants, owner.path)

/** One that the caller sees, and may change if that is what it is opened for. */
export async function openOwn(ctx: Context, id: string, how: { write?: boolean } = {}): Promise<Opened> {
  const { rows } = await sql<Standing>`${STANDING}
    where l.county_id in (select county_id from org) and l.id = ${id}
    ${how.write ? sql`for update of l` : sql``}`.execute(ctx.db)
  const opened = rows[0] && openedOf(rows[0])
  if (!opened || !knows(ctx, opened)) throw notFound('这本自建台账')
  if (how.write && !may(ctx.actor.grants, 'ledgers.declare', opened.owner.path))
    throw forbidden(`这本台账由${opened.owner.name}设立，只有它能改。要改成自己的样子，可以复制一本。`)
  return opened
}

const stateOf = ({ published, closedAt }: OwnRow): OwnSummary['state'] =>
  published === null ? 'draft' : closedAt ? 'closed' : 'published'

function summaryOf(ctx: Context, { row, owner, before }: Opened) {
  const now = row.draft ?? before
  return {
    id: row.id,
    title: now?.definition.title ?? '',
    owner: { id: owner.id, name: owner.name },
    state: stateOf(row),
    pending: row.draft !== null,
    published: row.published,
    users: now?.users ?? EVERYBODY,
    changedAt: row.changedAt,
    mine: may(ctx.actor.grants, 'ledgers.declare', owner.path),
  }
}

export async function ownSummaries(ctx: Context): Promise<OwnSummary[]> {
  const { rows } = await sql<Standing>`${STANDING} order by l.recorded_at, l.id`.execute(ctx.db)
  const seen = rows.map(openedOf).filter((opened) => knows(ctx, opened))
  const counts = await recordsOf(
    ctx,
    seen.map(({ row }) => row.id),
  )
  return seen.map((opened) => {
    const { about = '', line = '' } = (opened.row.draft ?? opened.before)?.definition ?? {}
    return { ...summaryOf(ctx, opened), about, line, records: counts.get(opened.row.id) ?? 0 }
  })
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

async function versionsOf(ctx: Context, { countyId, id }: OwnRow): Promise<OwnDetail['versions']> {
  return ctx.db
    .selectFrom('ownLedgerVersion as v')
    .leftJoin('account as a', 'a.id', 'v.recordedBy')
    .select(['v.version', 'v.recordedAt as at', sql<string>`coalesce(a.name, '')`.as('by')])
    .where('v.countyId', '=', countyId)
    .where('v.ledger', '=', id)
    .orderBy('v.version', 'desc')
    .execute()
}

async function historyOf(ctx: Context, { countyId, id }: OwnRow): Promise<OwnDetail['history']> {
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
export async function takenTitles(ctx: Context, { row, owner }: Opened): Promise<string[]> {
  const at = owner.path
  const seen = (path: string) => path.startsWith(at) || at.startsWith(path)
  return (await allLedgers(ctx))
    .filter((d) => d.id !== row.id && !d.own?.closed && (!d.own || seen(d.own.owner.path)))
    .map((d) => d.title.trim())
}

export const fileText = (definition: LedgerDefinition): string =>
  `${JSON.stringify(fileOf(definition), null, 2)}\n`
