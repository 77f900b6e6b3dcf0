import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { named } from '../../../kernel/pinyin.ts'
import type { ReferenceKind } from '../../../kernel/references.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import * as contract from './contract.ts'
import {
  changeOrg,
  correctOpening,
  correctOrg,
  moveOrg,
  type NewOrg,
  nextCodeOf,
  openOrg,
  type Patch,
} from './operations.ts'
import { ancestorsOf, findOrg, type Org, pageOf, requireOrg, treeAt } from './queries.ts'
import { organisation } from './references.ts'
import { endOf, startOf } from './rules.ts'
import { timelineOf } from './timeline.ts'

interface Filters {
  asOf?: string | undefined
  under?: string | undefined
  type?: string | undefined
  sector?: string | undefined
  level?: string | undefined
  kind?: string | undefined
  name?: string | undefined
}

const momentOf = (ctx: Context, asOf: string | undefined) => (asOf ? endOf(asOf) : ctx.now)

async function underOf(ctx: Context, { under, asOf }: Filters): Promise<Org | undefined> {
  if (!under) return undefined
  const org = await findOrg(ctx, under, { asOf })
  requireOrg(ctx, 'structure.read', org)
  return org
}

function conditionsOf(filters: Filters): RawBuilder<SqlBool>[] {
  const equal = (['type', 'sector', 'level', 'kind'] as const).flatMap((key) =>
    filters[key] === undefined ? [] : [sql<SqlBool>`${sql.ref(`span.${key}`)} = ${filters[key]}`],
  )
  if (!filters.name?.trim()) return equal
  return [...equal, named(filters.name, { name: 'span.name', key: 'span.name_key' })]
}

const ORDERS: Record<string, RawBuilder<unknown>> = {
  code: sql`span.path`,
  '-code': sql`span.path desc`,
  name: sql`span.name_key, span.path`,
  '-name': sql`span.name_key desc, span.path`,
  openedAt: sql`org.opened_at, span.path`,
  '-openedAt': sql`org.opened_at desc, span.path`,
}

async function list(ctx: Context, query: Filters & { sort?: string; page?: number; size?: number }) {
  const { sort = 'code', page = 1, size = 50 } = query
  const under = await underOf(ctx, query)
  return pageOf(ctx, {
    moment: momentOf(ctx, query.asOf),
    under: under?.path,
    conditions: conditionsOf(query),
    order: ORDERS[sort] ?? sql`span.path`,
    limit: size,
    offset: (page - 1) * size,
  })
}

/** What fits the filters, and whatever leads to it from the top of what the caller may see. */
async function tree(ctx: Context, query: Filters) {
  const under = await underOf(ctx, query)
  const all = await treeAt(ctx, { asOf: query.asOf, root: under?.id })
  const fitting = new Set(all.map((o) => o.id))
  const conditions = conditionsOf(query)
  if (conditions.length > 0) {
    const moment = momentOf(ctx, query.asOf)
    const wanted = {
      moment,
      under: under?.path,
      conditions,
      order: sql`span.path`,
      limit: all.length,
      offset: 0,
    }
    const { organisations } = await pageOf(ctx, wanted)
    fitting.clear()
    for (const o of organisations) fitting.add(o.id)
  }
  const shown = leadingTo(all, fitting)
  const children = Map.groupBy(shown, (o) => o.parentId)
  return {
    organisations: shown.map((o) => ({
      ...o,
      childCount: children.get(o.id)?.length ?? 0,
      matches: fitting.has(o.id),
    })),
  }
}

function leadingTo(all: Org[], fitting: Set<string>): Org[] {
  const kept = new Set(fitting)
  // Superiors come first, so that going backwards meets every subordinate before its superior.
  for (const o of [...all].reverse()) if (kept.has(o.id) && o.parentId) kept.add(o.parentId)
  return all.filter((o) => kept.has(o.id))
}

async function search(ctx: Context, query: { q: string; asOf?: string; type?: string }) {
  const text = query.q.trim()
  const byCode = sql<SqlBool>`org.code like ${`${text}%`}`
  const found = sql<SqlBool>`(${/^\d+$/.test(text) ? byCode : sql<SqlBool>`false`} or ${named(text, { name: 'span.name', key: 'span.name_key' })})`
  const { organisations } = await pageOf(ctx, {
    moment: momentOf(ctx, query.asOf),
    under: undefined,
    conditions: [...conditionsOf({ type: query.type }), ...(text ? [found] : [])],
    order: sql`length(span.path), length(span.name), span.name_key, span.path`,
    limit: 20,
    offset: 0,
  })
  return { organisations }
}

async function get(ctx: Context, id: string, asOf: string | undefined) {
  const organisation = await findOrg(ctx, id, { asOf })
  requireOrg(ctx, 'structure.read', organisation)
  const moment = momentOf(ctx, asOf)
  const below = await pageOf(ctx, {
    moment,
    under: organisation.path,
    conditions: [sql<SqlBool>`span.parent_id = ${organisation.id}`],
    order: sql`span.path`,
    limit: 1,
    offset: 0,
  })
  const acts = await ctx.db
    .selectFrom('history')
    .select(['id', 'at', 'actorName', 'verb', 'detail'])
    .where('countyId', '=', organisation.countyId)
    .where('subject', '=', 'org')
    .where('subjectId', '=', organisation.id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return {
    organisation,
    ancestors: await ancestorsOf(ctx.db, organisation.path, moment),
    childCount: below.total,
    timeline: await timelineOf(ctx, organisation),
    acts,
  }
}

async function open(ctx: Context, body: Omit<NewOrg, 'parent' | 'batchId'> & { parent: string }) {
  const parent = await findOrg(ctx, body.parent, { asOf: body.on?.length === 10 ? body.on : undefined })
  requireOrg(ctx, 'structure.change', parent)
  return { organisation: await openOrg(ctx, { ...body, parent }) }
}

async function change(ctx: Context, id: string, body: { on: string; facts: Patch }) {
  return { organisation: await changeOrg(ctx, await ownOrg(ctx, id), body.on, body.facts) }
}

interface Correction {
  at?: string
  facts: Patch
  openedOn?: string
  reason: string
}

async function correct(ctx: Context, id: string, { at, facts, openedOn, reason }: Correction) {
  const org = await ownOrg(ctx, id)
  if (!openedOn && Object.keys(facts).length === 0)
    throw invalid('nothing', '没有要更正的内容，请至少改一项。')
  let corrected = org
  if (Object.keys(facts).length > 0)
    corrected = await correctOrg(ctx, org, facts, { at: at ? endOf(at) : lastMoment(ctx, org), reason })
  if (openedOn) corrected = await correctOpening(ctx, corrected, openedOn, reason)
  return { organisation: corrected }
}

/** Of a closed organisation, what stood until its end is corrected. */
const lastMoment = (ctx: Context, org: Org) => (org.closedAt ? endedBefore(org.closedAt) : ctx.now)
const endedBefore = (moment: string) =>
  new Date(Date.parse(`${moment.replace(' ', 'T')}Z`) - 1000).toISOString().slice(0, 19).replace('T', ' ')

async function move(ctx: Context, id: string, { to, on }: { to: string; on: string }) {
  const org = await findOrg(ctx, id, { asOf: startOf(on) })
  requireOrg(ctx, 'structure.change', org)
  const target = await findOrg(ctx, to, { asOf: startOf(on), inForce: true })
  require(ctx, 'structure.change', target.pathNow, `组织“${to}”`)
  return { organisation: await moveOrg(ctx, org, target, on) }
}

async function ownOrg(ctx: Context, id: string): Promise<Org> {
  const org = await findOrg(ctx, id)
  requireOrg(ctx, 'structure.change', org)
  return org
}

export const references: ReferenceKind[] = [organisation]

export const routes: AnyRoute[] = [
  route(contract.listOrganisations, (ctx, { query }) => list(ctx, query)),
  route(contract.organisationTree, (ctx, { query }) => tree(ctx, query)),
  route(contract.searchOrganisations, (ctx, { query }) => search(ctx, query)),
  route(contract.getOrganisation, (ctx, { params, query }) => get(ctx, params.id, query.asOf)),
  route(contract.nextCode, async (ctx, { params }) => ({
    code: await nextCodeOf(ctx, (await ownOrg(ctx, params.id)).code),
  })),
  route(contract.openOrganisation, (ctx, { body }) => open(ctx, body)),
  route(contract.changeOrganisation, (ctx, { params, body }) => change(ctx, params.id, body)),
  route(contract.correctOrganisation, (ctx, { params, body }) => correct(ctx, params.id, body)),
  route(contract.moveOrganisation, (ctx, { params, body }) => move(ctx, params.id, body)),
]
