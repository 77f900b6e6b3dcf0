/** Where an organisation stood, and what stood under it, at any moment. Moments are 'YYYY-MM-DD HH:MM:SS'. */
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Action } from '../../../kernel/actions.ts'
import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { isId } from '../../../kernel/id.ts'
import { covers, reach, within } from '../../../kernel/scope.ts'
import type { Organisation } from './contract.ts'
import { endOf, sameName } from './rules.ts'

type Db = Kysely<Database>

/** An organisation as it stood at a moment; outside its life, the nearest facts known of it. */
export interface Org extends Organisation {
  /** Where it stands now, or stood at its end: rights are asked there as well. */
  pathNow: string
}

const FOREVER = 'infinity'

const COLUMNS = [
  'org.id',
  'org.countyId',
  'org.code',
  'org.openedAt',
  'org.openedPrecision',
  'org.closedAt',
  'org.closeReason',
  'org.successorId',
  'org.version',
  'span.name',
  'span.type',
  'span.sector',
  'span.level',
  'span.kind',
  'span.parentId',
  'span.path',
  'span.partyLink',
  'span.place',
  'span.validFrom',
  'span.validTo',
  'parent.name as parentName',
] as const

/** One row for each organisation: the span in force at the moment, else the last before it, else the first after. */
const spansAt = (db: Db, moment: string) =>
  db
    .selectFrom('org')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('orgSpan as s')
          .selectAll()
          .whereRef('s.orgId', '=', 'org.id')
          .orderBy(sql`(s.valid_from <= ${moment}::timestamp) desc`)
          .orderBy(
            sql`case when s.valid_from <= ${moment}::timestamp then -extract(epoch from s.valid_from) else extract(epoch from s.valid_from) end`,
          )
          .limit(1)
          .as('span'),
      (join) => join.onTrue(),
    )
    .leftJoin('orgSpan as parent', (join) =>
      join
        .onRef('parent.orgId', '=', 'span.parentId')
        .on('parent.validFrom', '<=', moment)
        .on('parent.validTo', '>', moment),
    )
    .select([
      ...COLUMNS,
      sql<string>`(select l.path from org_span l where l.org_id = org.id order by l.valid_from desc limit 1)`.as(
        'pathNow',
      ),
    ])

type SpanRow = Awaited<ReturnType<ReturnType<typeof spansAt>['execute']>>[number]

function stateOf(row: SpanRow, moment: string): Organisation['state'] {
  if (row.validFrom > moment) return 'notYetOpen'
  return row.validTo === FOREVER || row.validTo > moment ? 'inForce' : 'closed'
}

/** Adds the names from the top, as they were at the moment. */
async function complete(db: Db, rows: SpanRow[], moment: string): Promise<Org[]> {
  const names = await namesOf(db, [...new Set(rows.flatMap((r) => codesOf(r.path)))], moment)
  return rows.map((row) => {
    const { validFrom: _from, validTo: _to, closedAt, ...rest } = row
    const above = codesOf(row.path).slice(0, -1)
    return {
      ...rest,
      parentName: row.parentName ?? names.get(above.at(-1) ?? '') ?? null,
      fullName: [...above.map((code) => names.get(code) ?? code), row.name].join('/'),
      closedAt: closedAt === FOREVER ? null : closedAt,
      state: stateOf(row, moment),
    }
  })
}

export const codesOf = (path: string): string[] => path.split('/').filter((code) => code !== '')

async function namesOf(db: Db, codes: string[], moment: string): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map()
  const { rows } = await sql<{ code: string; name: string }>`
    select distinct on (o.code) o.code, s.name from org o join org_span s on s.org_id = o.id
    where o.code = any(${codes}) order by o.code, (s.valid_from <= ${moment}::timestamp) desc,
      case when s.valid_from <= ${moment}::timestamp then s.valid_to else null end desc nulls last, s.valid_from`.execute(
    db,
  )
  return new Map(rows.map((r) => [r.code, r.name]))
}

/** The organisation with this id as it stood at a moment ('YYYY-MM-DD' means the end of that day). */
export async function orgAt(db: Db, id: string, moment: string): Promise<Org | undefined> {
  const at = endOf(moment)
  return (await complete(db, await spansAt(db, at).where('org.id', '=', id).execute(), at))[0]
}

export interface FindOptions {
  /** A day (its end) or a moment; now unless given. */
  asOf?: string | undefined
  /** Refuses an organisation that was not in force then. */
  inForce?: boolean
}

/**
 * Finds an organisation by id, code, full path of names ('云溪县/柳溪镇/柳河村团支部'), a unique ending of it, or a
 * unique name; names are those of the moment, then those of any other time. Only within the caller's grants.
 * @throws notFound; conflict `ambiguousOrg` listing the candidates; conflict `orgClosed` with `inForce`.
 */
export async function findOrg(ctx: Context, reference: string, options: FindOptions = {}): Promise<Org> {
  const moment = options.asOf ? endOf(options.asOf) : ctx.now
  const found = await findOnly(ctx, reference.trim(), moment)
  if (!mayKnow(ctx, found)) throw unknownOrg(reference)
  if (options.inForce) checkInForce(found, moment)
  return found
}

/** @throws conflict `orgClosed` unless the organisation, looked at as of the moment, was in force then. */
export function checkInForce(org: Org, moment: string): void {
  if (org.state === 'inForce') return
  const when =
    org.state === 'closed' ? `已于 ${org.closedAt?.slice(0, 10)} 撤销` : `${org.openedAt.slice(0, 10)} 才设立`
  throw conflict(
    'orgClosed',
    `“${org.fullName}”${when}，在 ${moment.slice(0, 10)} 不能使用，请换一个组织或日期。`,
  )
}

/** The organisation where a thing stands. @throws notFound of the thing, where the caller may not see into it */
export async function orgOf(ctx: Context, thing: { orgId: string }, what: string): Promise<Org> {
  const org = await orgAt(ctx.db, thing.orgId, ctx.now)
  const within = (path: string) => ctx.actor.grants.some((g) => covers(g, path))
  if (!org || !(within(org.path) || within(org.pathNow))) throw notFound(what)
  return org
}

/** The same words for what is not there and for what the caller may not know of. */
const unknownOrg = (reference: string) =>
  notFound(`组织“${reference.trim()}”，请写它的代码，或从上级写起的全称（如 县名/镇名/组织名）`)

/** Superiors of one's own organisation are known by name; what may be done there is asked by `require`. */
const mayKnow = ({ actor }: Context, org: Org): boolean =>
  actor.grants.some((g) => covers(g, org.path) || covers(g, org.pathNow) || g.path.startsWith(org.pathNow))

/** Refuses unless the caller may do this where the organisation stood at that moment or stands now. */
export function requireOrg(ctx: Context, action: Action, org: Org): void {
  try {
    require(ctx, action, org.pathNow, `组织“${org.name}”`)
  } catch (error) {
    if (org.path === org.pathNow) throw error
    require(ctx, action, org.path, `组织“${org.name}”`)
  }
}

async function findOnly(ctx: Context, reference: string, moment: string): Promise<Org> {
  const direct = isId(reference) ? spansAt(ctx.db, moment).where('org.id', '=', reference) : null
  const byCode = /^\d+$/.test(reference) ? spansAt(ctx.db, moment).where('org.code', '=', reference) : null
  const rows = (await direct?.execute()) ?? (await byCode?.execute()) ?? []
  const [exact] = await complete(ctx.db, rows, moment)
  if (exact) return exact
  const found = await findByName(ctx, reference, moment)
  const [first, ...others] = found
  if (!first) throw unknownOrg(reference)
  if (others.length === 0) return first
  const list = found.slice(0, 8).map((o) => `${o.fullName}（${o.code}）`)
  throw conflict(
    'ambiguousOrg',
    `“${reference}”不止一个：${list.join('、')}${found.length > 8 ? ` 等 ${found.length} 个` : ''}。请写代码或更完整的路径。`,
  )
}

async function findByName(ctx: Context, reference: string, moment: string): Promise<Org[]> {
  const written = reference.split(/[/／]/).filter((part) => part.trim() !== '')
  const wanted = written.map(sameName)
  const last = written.at(-1)
  if (!last) return []
  const named = (at: SqlBoolText) =>
    spansAt(ctx.db, moment).where((eb) =>
      eb.exists(
        eb
          .selectFrom('orgSpan as n')
          .select('n.id')
          .whereRef('n.orgId', '=', 'org.id')
          .where(sql`regexp_replace(n.name, '\\s', '', 'g')`, 'in', [last.replace(/\s/g, ''), sameName(last)])
          .where(at),
      ),
    )
  const then = sql<SqlBool>`n.valid_from <= ${moment}::timestamp and n.valid_to > ${moment}::timestamp`
  for (const at of [then, sql<SqlBool>`true`]) {
    const known = (await complete(ctx.db, await named(at).orderBy('org.code').execute(), moment)).filter(
      (o) => mayKnow(ctx, o),
    )
    const fitting = narrow(known, wanted)
    if (fitting.length > 0) return fitting
  }
  return []
}

type SqlBoolText = ReturnType<typeof sql<SqlBool>>

/** Those whose full name ends with the wanted names; one whose full name they are is the only one. */
function narrow(known: Org[], wanted: string[]): Org[] {
  const above = wanted.slice(0, -1)
  const parents = (o: Org) => o.fullName.split('/').map(sameName).slice(0, -1)
  const whole = known.filter((o) => above.length > 0 && parents(o).join('/') === above.join('/'))
  if (whole.length === 1) return whole
  return known.filter((o) => `/${parents(o).join('/')}`.endsWith(above.map((part) => `/${part}`).join('')))
}

/** The path that an organisation had at the end of a day; outside its life, the nearest. */
export async function pathOn(db: Db, orgId: string, day: string): Promise<string> {
  const row = await spansAt(db, endOf(day)).where('org.id', '=', orgId).executeTakeFirst()
  if (!row) throw notFound('这个组织')
  return row.path
}

/** Every path that an organisation had from one moment (or day) to another, both included. */
export async function pathsDuring(db: Db, orgId: string, from: string, to: string): Promise<string[]> {
  const rows = await db
    .selectFrom('orgSpan')
    .select('path')
    .distinct()
    .where('orgId', '=', orgId)
    .where('validFrom', '<=', endOf(to))
    .where('validTo', '>', from)
    .orderBy('path')
    .execute()
  return rows.map((r) => r.path)
}

/** Ids of the superiors of a path, from the top, with their names at the moment. */
export async function ancestorsOf(
  db: Db,
  path: string,
  moment: string,
): Promise<{ id: string; code: string; name: string }[]> {
  const codes = codesOf(path).slice(0, -1)
  if (codes.length === 0) return []
  const names = await namesOf(db, codes, endOf(moment))
  const rows = await db.selectFrom('org').select(['id', 'code']).where('code', 'in', codes).execute()
  return codes.flatMap((code) =>
    rows.filter((r) => r.code === code).map((r) => ({ ...r, name: names.get(code) ?? code })),
  )
}

export interface TreeOptions {
  /** A day (its end) or a moment; now unless given. */
  asOf?: string | undefined
  /** Id of the organisation at the top; without it, everything within the caller's grants. */
  root?: string | undefined
}

/** Organisations in force at a moment, superiors first. With `root` the caller has asked for the right before. */
export async function treeAt(ctx: Context, options: TreeOptions = {}): Promise<Org[]> {
  const moment = options.asOf ? endOf(options.asOf) : ctx.now
  const top = options.root ? await orgAt(ctx.db, options.root, moment) : undefined
  if (options.root && !top) throw notFound('这个组织')
  const rows = await standing(ctx, moment, await coverOf(ctx, moment, top?.path))
    .orderBy('span.path')
    .execute()
  return complete(ctx.db, rows, moment)
}

const SPAN = { countyId: 'span.countyId', path: 'span.path' }

/** Rows below a path; without one, below the organisations of the caller's posts, where these stood at the moment. */
async function coverOf(ctx: Context, moment: string, under?: string): Promise<RawBuilder<SqlBool>> {
  if (under !== undefined) return within({ countyId: null, path: under }, SPAN)
  const { grants } = ctx.actor
  if (moment >= ctx.now) return reach(grants, 'structure.read', SPAN)
  const { rows } = await sql<{ orgId: string; path: string }>`
    select org_id, path from org_span where org_id::text = any(${grants.map((g) => g.orgId)})
    and valid_from <= ${moment}::timestamp and valid_to > ${moment}::timestamp`.execute(ctx.db)
  const then = grants.map((g) => ({ ...g, path: rows.find((r) => r.orgId === g.orgId)?.path ?? g.path }))
  return reach(then, 'structure.read', SPAN)
}

/** Spans in force at a moment. `span`, `org` and `parent` may be asked further. */
const standing = (ctx: Context, moment: string, cover: RawBuilder<SqlBool>) =>
  ctx.db
    .selectFrom('orgSpan as span')
    .innerJoin('org', 'org.id', 'span.orgId')
    .leftJoin('orgSpan as parent', (join) =>
      join
        .onRef('parent.orgId', '=', 'span.parentId')
        .on('parent.validFrom', '<=', moment)
        .on('parent.validTo', '>', moment),
    )
    .select([...COLUMNS, 'span.path as pathNow'])
    .where('span.validFrom', '<=', moment)
    .where('span.validTo', '>', moment)
    .where(cover)

export interface Listing {
  moment: string
  under: string | undefined
  conditions: RawBuilder<SqlBool>[]
  order: RawBuilder<unknown>
  limit: number
  offset: number
}

/** One page of the organisations in force that meet the conditions (on `span` and `org`), and how many there are. */
export async function pageOf(
  ctx: Context,
  wanted: Listing,
): Promise<{ organisations: Org[]; total: number }> {
  let query = standing(ctx, wanted.moment, await coverOf(ctx, wanted.moment, wanted.under))
  for (const condition of wanted.conditions) query = query.where(condition)
  const rows = await query
    .select(sql<number>`count(*) over ()`.as('total'))
    .orderBy(wanted.order)
    .limit(wanted.limit)
    .offset(wanted.offset)
    .execute()
  const total = rows[0]?.total ?? 0
  return {
    organisations: await complete(
      ctx.db,
      rows.map(({ total: _total, ...row }) => row),
      wanted.moment,
    ),
    total,
  }
}

/** The tops of the deployment as they stand now. */
export const topOrgs = (ctx: Context) =>
  ctx.db
    .selectFrom('orgSpan')
    .select(['orgId as id', 'countyId', 'path'])
    .where('parentId', 'is', null)
    .where('validFrom', '<=', ctx.now)
    .where('validTo', '>', ctx.now)
    .orderBy('path')
    .execute()
