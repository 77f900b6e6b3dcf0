/** Records as they are read: one, a page of a ledger, the figures of a filter. */
import { type Kysely, type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { invalid } from '../../../kernel/errors.ts'
import { asked as askedOf, condition, fixed } from '../../../kernel/filters.ts'
import type { Depth, Dimension, Frame } from '../../../kernel/measures.ts'
import { own } from '../../../kernel/own.ts'
import { findOrg, pathsDuring, requireOrg } from '../../structure/organisations/queries.ts'
import { scopeAt, scopedCounty } from '../../structure/organisations/rules.ts'
import { brokenSql } from './broken.ts'
import type { RecordFilter, RecordRow, Written } from './contract.ts'
import { isAdditive } from './declared.ts'
import type { DayPrecision, LedgerDefinition } from './definition.ts'
import { stillOpen } from './derived.ts'
import { recordDimensions } from './dimensions.ts'
import { fieldSql } from './fields/sql.ts'
import { isPlace, unitOf } from './fields/types.ts'
import { agrees, isNamed } from './hosts.ts'
import { livesOf, ownOrg } from './lives.ts'
import { recordsWhere } from './measures.ts'
import { nameOn, type OrgLife } from './places.ts'
import { allLedgers } from './registry.ts'
import { recordSentence } from './sentences.ts'
import type { Host, HostState } from './shapes.ts'
import type { RecordTable } from './tables.ts'

export type StoredRecord = Selectable<RecordTable>
type Db = Kysely<Database>

/** Whose records, from when to when. Asks for the right to read them. */
export async function frameOf(
  ctx: Context,
  asked: {
    org?: string | undefined
    depth?: string | undefined
    from?: string | undefined
    to?: string | undefined
  },
): Promise<Frame> {
  const org = await findOrg(ctx, asked.org ?? ownOrg(ctx))
  requireOrg(ctx, 'records.read', org)
  const from = asked.from ?? '0001-01-01'
  const to = asked.to ?? '9999-12-31'
  if (to < from) throw invalid('period', `结束日期（${to}）早于开始日期（${from}），请把两个日期对调。`)
  const countyId = scopedCounty(org)
  const paths = await pathsDuring(ctx.db, org.id, from, to)
  const depth: Depth = asked.depth === '0' ? 0 : asked.depth === '1' ? 1 : 'all'
  return {
    org: { id: org.id, code: org.code, countyId },
    scopes: paths.map((path) => scopeAt(org, path)),
    depth,
    from,
    to,
    asOf: `${to} 23:59:59`,
  }
}

const allCounties = (db: Db) => db.selectFrom('org').select('countyId')

/** The records with these ids where they are at home. */
export const homeRecords = (db: Db, ids: string[]): Promise<StoredRecord[]> =>
  db
    .selectFrom('record')
    .selectAll()
    .where('countyId', 'in', allCounties(db))
    .where(sql<SqlBool>`id = any(${ids}::uuid[])`)
    .where('homeCountyId', 'is', null)
    .execute()

/** FROM … WHERE … of a filtered list. @throws Refusal of a filter that is none, or names what is beyond reach */
export async function listed(
  ctx: Context,
  definition: LedgerDefinition,
  filter: RecordFilter,
  frame: Frame,
): Promise<RawBuilder<unknown>> {
  const dimensions = recordDimensions(definition)
  const dimensionFor = (key: string) => dimensionOf(definition, dimensions, key)
  const asked = await askedOf(ctx, filtersOf(filter.where), dimensionFor)
  const conditions = [
    ...inPeriod(definition, filter, frame, asked),
    ...Object.entries(asked).map(([key, text]) => condition(key, dimensionFor(key), text, frame)),
  ]
  if (filter.text) conditions.push(holding(definition, filter.text))
  if (filter.personId)
    conditions.push(sql<SqlBool>`exists (select 1 from participation q where q.county_id = r.county_id
      and q.record_id = r.id and q.person_id = ${filter.personId})`)
  if (filter.photos !== undefined && dimensions.hasPhotos) {
    const text = fixed('hasPhotos', dimensions.hasPhotos, filter.photos ? '是' : '否')
    conditions.push(condition('hasPhotos', dimensions.hasPhotos, text, frame))
  }
  if (filter.ids) conditions.push(sql<SqlBool>`r.id = any(${filter.ids.split(',')}::uuid[])`)
  if (filter.broken) conditions.push(brokenSql(definition))
  if (filter.batch) conditions.push(sql<SqlBool>`r.batch_id = ${filter.batch}`)
  return sql`from record r where ${sql.join(conditions, sql` and `)}`
}

/** Rows that last are listed as they stand on the last day; who asks for an end sees those that ended as well. */
function inPeriod(
  definition: LedgerDefinition,
  filter: RecordFilter,
  frame: Frame,
  asked: Record<string, string>,
): RawBuilder<SqlBool>[] {
  const voided = filter.voided === 'yes'
  const { standing } = definition
  if (!standing) return [recordsWhere(definition, frame, voided)]
  const begun = recordsWhere(definition, { ...frame, from: '0001-01-01' }, voided)
  const { until } = standing
  if (!until || voided || filter.broken || until in asked) return [begun]
  return [begun, stillOpen(until, sql`${frame.to}::date`)]
}

function filtersOf(where: string | undefined): Record<string, string> {
  if (!where) return {}
  try {
    const filters = JSON.parse(where) as Record<string, unknown>
    return Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  } catch {
    throw invalid('badFilter', '筛选条件 where 不是 JSON 对象，请写成 {"kind":"themeDay"} 的样子。')
  }
}

function dimensionOf(
  definition: LedgerDefinition,
  dimensions: Record<string, Dimension>,
  key: string,
): Dimension {
  const found = own(dimensions, key)
  if (found) return found
  const list = Object.entries(dimensions).map(([id, d]) => `${id}（${d.title}）`)
  throw invalid('unknownFilter', `“${definition.title}”不能按“${key}”筛选。可用：${list.join('、')}。`)
}

/** A part of the title or of a place. */
function holding(definition: LedgerDefinition, text: string): RawBuilder<SqlBool> {
  const places = definition.fields.filter(isPlace)
  const within = [sql`r.title`, ...places.map((f) => fieldSql(definition, f.id))]
  return sql<SqlBool>`(${sql.join(
    within.map((column) => sql`position(${text} in coalesce(${column}, '')) > 0`),
    sql` or `,
  )})`
}

const SORTS: Record<string, RawBuilder<unknown>> = {
  day: sql`r.day`,
  title: sql`r.title`,
  org: sql`r.path`,
  personTimes: sql`r.person_times`,
  recordedAt: sql`r.recorded_at`,
}

/** '-day' is the newest first. What has no value comes last; read backwards, first. */
export function orderOf(definition: LedgerDefinition, sort = '-day', backwards = false): RawBuilder<unknown> {
  const key = sort.replace(/^-/, '')
  const column = own(SORTS, key) ?? fieldSql(definition, key)
  const direction = sort.startsWith('-') === backwards ? sql`asc` : sql`desc`
  return sql`${column} ${direction} nulls ${backwards ? sql`first` : sql`last`}, r.id ${direction}`
}

interface PageAsked {
  sort?: string | undefined
  page?: number | undefined
  size?: number | undefined
}

/**
 * One page of the `total` that the filter finds. Only what is sorted by is sorted, and what lies in the second half is
 * read from the end: the last page costs no more than the first.
 */
export async function pageOf(
  ctx: Context,
  definition: LedgerDefinition,
  from: RawBuilder<unknown>,
  { sort, page = 1, size = 50, total }: PageAsked & { total: number },
): Promise<RecordRow[]> {
  const first = (page - 1) * size
  const count = Math.min(size, total - first)
  if (count <= 0) return []
  const backwards = first > total / 2
  const skipped = backwards ? total - first - count : first
  const { rows } = await sql<StoredRecord>`
    select w.* from (select r.county_id, r.id, row_number() over () as at from (
      select r.county_id, r.id ${from} order by ${orderOf(definition, sort, backwards)}
      limit ${count} offset ${skipped}) r) k
    join record w on w.county_id = k.county_id and w.id = k.id order by k.at`.execute(ctx.db)
  return viewsOf(ctx, backwards ? rows.reverse() : rows)
}

export async function countOf(ctx: Context, from: RawBuilder<unknown>) {
  const { rows } = await sql<{ count: number }>`select count(*) as count ${from}`.execute(ctx.db)
  return { count: rows[0]?.count ?? 0, personTimes: null, sums: [] }
}

export async function figuresOf(ctx: Context, definition: LedgerDefinition, from: RawBuilder<unknown>) {
  const added = definition.fields.filter(isAdditive)
  const sums = sql`array[${sql.join([
    sql`sum(r.person_times)::text`,
    ...added.map((f) => sql`sum(${fieldSql(definition, f.id)})::text`),
  ])}]`
  const { rows } = await sql<{ count: number; sums: (string | null)[] }>`
    select count(*) as count, ${sums} as sums ${from}`.execute(ctx.db)
  const [personTimes, ...others] = (rows[0]?.sums ?? []).map((v) => (v === null ? null : Number(v)))
  return {
    count: rows[0]?.count ?? 0,
    personTimes: personTimes ?? null,
    sums: added.map((f, at) => ({
      field: f.id,
      title: f.title,
      unit: unitOf(f),
      value: others[at] ?? null,
    })),
  }
}

/** What stands beside records, by record id. */
interface Parts {
  hosts: Map<string, { orgId: string; path: string; state: HostState }[]>
  participants: Map<string, { name: string; role: string }[]>
  photos: Map<string, string[]>
  lives: Map<string, OrgLife>
}

/** Records as the screens show them; a mirror shows its record at home. */
export async function viewsOf(ctx: Context, stored: StoredRecord[]): Promise<RecordRow[]> {
  if (stored.length === 0) return []
  const away = stored.filter((r) => r.homeCountyId !== null).map((r) => r.id)
  const homes = new Map((away.length > 0 ? await homeRecords(ctx.db, away) : []).map((r) => [r.id, r]))
  const records = stored.map((r) => homes.get(r.id) ?? r)
  const parts = await partsOf(ctx.db, records)
  const definitions = new Map((await allLedgers(ctx)).map((d) => [d.id, d]))
  return records.map((r) => viewOf(r, parts, definitions.get(r.ledger)))
}

async function partsOf(db: Db, records: StoredRecord[]): Promise<Parts> {
  const counties = [...new Set(records.map((r) => r.countyId))]
  const ids = records.map((r) => r.id)
  const ofThese = sql<SqlBool>`county_id = any(${counties}::uuid[]) and record_id = any(${ids}::uuid[])`
  const hosts = await db
    .selectFrom('recordHost')
    .select(['recordId', 'orgId', 'path', 'state'])
    .where(ofThese)
    .orderBy('path')
    .execute()
  const people = await db
    .selectFrom('participation')
    .select(['recordId', 'name', 'role'])
    .where(ofThese)
    .orderBy('id')
    .execute()
  const photos = await db
    .selectFrom('attachment')
    .select(['id', 'recordId'])
    .where(ofThese)
    .where('voidedAt', 'is', null)
    .where('mediaType', 'like', 'image/%')
    .orderBy('id')
    .execute()
  const orgs = [...records.map((r) => r.orgId), ...hosts.map((h) => h.orgId)]
  return {
    hosts: byRecord(hosts.filter(isNamed)),
    participants: byRecord(people),
    photos: new Map([...byRecord(photos)].map(([id, list]) => [id, list.map((p) => p.id)])),
    lives: await livesOf(db, orgs),
  }
}

function byRecord<T extends { recordId: string }>(rows: T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const row of rows) {
    const list = found.get(row.recordId)
    if (list) list.push(row)
    else found.set(row.recordId, [row])
  }
  return found
}

function viewOf(r: StoredRecord, parts: Parts, definition: LedgerDefinition | undefined): RecordRow {
  const orgRef = (id: string, path: string) => ({ id, name: nameOn(parts.lives.get(id), r.day), path })
  const org = orgRef(r.orgId, r.path)
  const hosts = (parts.hosts.get(r.id) ?? []).map(
    (h): Host => ({ ...orgRef(h.orgId, h.path), state: agrees(h) ? 'agreed' : 'invited' }),
  )
  const participants = parts.participants.get(r.id) ?? []
  const { id, ledger, day, dayTo, title, personTimes, fields, batchId, version, recordedAt, voidedAt } = r
  const dayPrecision = r.dayPrecision as DayPrecision
  const quantities = r.quantities ?? []
  const said = {
    org: org.name,
    day,
    dayPrecision,
    dayTo,
    title,
    personTimes,
    fields,
    quantities,
    participants,
    hosts: hosts.filter(agrees).map((h) => h.name),
  }
  return {
    id,
    ledger,
    org,
    day,
    dayPrecision,
    dayTo,
    title,
    personTimes,
    fields,
    quantities,
    hosts,
    named: participants.length,
    photos: parts.photos.get(id) ?? [],
    batchId,
    version,
    recordedAt,
    voidedAt,
    sentence: definition ? recordSentence(definition, said) : title,
  }
}

export const writtenOf = ({ id, version, sentence, hosts }: RecordRow): Written => ({
  id,
  version,
  sentence,
  asked: hosts.filter((h) => !agrees(h)).map((h) => h.name),
})
