import { sql } from 'kysely'
import { act, type Deed } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict, forbidden, notFound } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import { ownOrg } from '../ledgers/lives.ts'
import { ledger } from '../ledgers/registry.ts'
import type * as contract from './contract.ts'
import { changeView, deleteView, listViews, saveView, setDefaultView, setFavourite } from './contract.ts'
import './tables.ts'

const MOST = 50

interface Stored {
  countyId: string
  id: string
  list: string
  name: string
  accountId: string
  orgId: string
  orgName: string | null
  /** Where the organisation stands now. */
  path: string | null
  shared: boolean
  state: contract.ViewState
  by: string | null
  isDefault: boolean
}

/** Those of the caller, and those shared in an organisation in which the caller holds a post. */
const visible = ({ actor }: Context) => {
  const orgs = actor.grants.map((g) => g.orgId).filter(Boolean)
  return sql`(v.account_id = ${actor.accountId} or (v.shared and v.org_id = any(${orgs}::uuid[])))`
}

async function stored(ctx: Context, where: ReturnType<typeof sql>): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select v.county_id, v.id, v.list, v.name, v.account_id, v.org_id, v.shared, v.state, s.name as org_name, s.path,
      (select a.name from account a where a.id = v.account_id) as by,
      exists (select 1 from saved_view_default d where d.account_id = ${ctx.actor.accountId} and d.list = v.list
        and d.view_id = v.id) as is_default
    from saved_view v
    left join lateral (select name, path from org_span where org_id = v.org_id order by valid_from desc limit 1) s on true
    where ${visible(ctx)} and ${where}
    order by v.shared, v.recorded_at, v.id`.execute(ctx.db)
  return rows
}

const shown = (ctx: Context, view: Stored): contract.SavedView => ({
  id: view.id,
  name: view.name,
  state: view.state,
  shared: view.shared,
  mine: mayChange(ctx, view),
  by: view.by ?? '',
  org: view.orgName ?? '',
  isDefault: view.isDefault,
})

/** Whoever runs the organisation's work looks after what is shared there, when its author has gone. */
const mayChange = ({ actor }: Context, view: Stored): boolean =>
  view.accountId === actor.accountId ||
  (view.shared && view.path !== null && may(actor.grants, 'structure.change', view.path))

async function opened(ctx: Context, id: string): Promise<Stored> {
  const [view] = await stored(ctx, sql`v.id = ${id}`)
  if (!view) throw notFound('这个视图')
  return view
}

async function changeable(ctx: Context, id: string): Promise<Stored> {
  const view = await opened(ctx, id)
  if (!mayChange(ctx, view))
    throw forbidden(`“${view.name}”是${view.by ?? '别人'}存的，只能使用；要改动，请另存为自己的视图。`)
  return view
}

/** Sharing is work for the organisation; a view of one's own only needs that one may look. */
async function deedOf(ctx: Context, verb: string, view: { id: string; orgId: string; shared: boolean }) {
  const org = await findOrg(ctx, view.orgId)
  const place = { id: org.id, countyId: org.countyId, path: org.pathNow }
  const action = view.shared ? ('records.write' as const) : ('records.read' as const)
  const deed: Deed = { action, verb, org: place, subject: 'view', subjectId: view.id }
  return deed
}

async function refuseTaken(
  ctx: Context,
  view: { id: string; list: string; name: string; shared: boolean; orgId: string },
) {
  const among = view.shared
    ? sql`v.shared and v.org_id = ${view.orgId}`
    : sql`not v.shared and v.account_id = ${ctx.actor.accountId}`
  const others = await stored(ctx, sql`v.list = ${view.list} and v.id <> ${view.id} and ${among}`)
  if (others.some((v) => v.name === view.name))
    throw conflict('nameTaken', `已经有一个叫“${view.name}”的视图，请换个名字，或打开它再更新。`)
  if (others.length >= MOST) throw conflict('tooMany', `这张列表已经有 ${MOST} 个视图，请先删掉不用的。`)
}

async function save(ctx: Context, { body }: Input<typeof saveView>) {
  const org = await findOrg(ctx, ownOrg(ctx))
  const { list, name, state, shared } = body
  const view = { id: newId(), list, name: name.trim(), shared, orgId: org.id }
  return act(ctx, await deedOf(ctx, 'save', view), async () => {
    await refuseTaken(ctx, view)
    const row = { ...view, countyId: org.countyId, accountId: ctx.actor.accountId }
    await ctx.db
      .insertInto('savedView')
      .values({ ...row, state: JSON.stringify(state), recordedAt: ctx.now, changedAt: ctx.now })
      .execute()
    return shown(ctx, await opened(ctx, view.id))
  })
}

async function change(ctx: Context, { params, body }: Input<typeof changeView>) {
  const view = await changeable(ctx, params.id)
  const after = { ...view, name: body.name?.trim() ?? view.name, shared: body.shared ?? view.shared }
  const deed = await deedOf(ctx, 'change', { ...after, shared: after.shared || view.shared })
  return act(ctx, deed, async () => {
    await refuseTaken(ctx, after)
    await ctx.db
      .updateTable('savedView')
      .set({
        name: after.name,
        shared: after.shared,
        state: JSON.stringify(body.state ?? view.state),
        changedAt: ctx.now,
      })
      .where('countyId', '=', view.countyId)
      .where('id', '=', view.id)
      .execute()
    return shown(ctx, await opened(ctx, view.id))
  })
}

async function remove(ctx: Context, id: string) {
  const view = await changeable(ctx, id)
  return act(ctx, await deedOf(ctx, 'delete', view), async () => {
    await ctx.db.deleteFrom('savedViewDefault').where('viewId', '=', id).execute()
    await ctx.db.deleteFrom('savedView').where('countyId', '=', view.countyId).where('id', '=', id).execute()
    return { id }
  })
}

/** A habit of one person: no deed, no history. */
async function begin(ctx: Context, { body }: Input<typeof setDefaultView>) {
  const { accountId } = ctx.actor
  const { list, view } = body
  await ctx.db
    .deleteFrom('savedViewDefault')
    .where('accountId', '=', accountId)
    .where('list', '=', list)
    .execute()
  if (view === null) return { view }
  const found = await opened(ctx, view)
  if (found.list !== list) throw notFound('这张列表的这个视图')
  await ctx.db.insertInto('savedViewDefault').values({ accountId, list, viewId: view }).execute()
  return { view }
}

async function favourite(ctx: Context, { params, body }: Input<typeof setFavourite>) {
  const { id } = await ledger(ctx, params.ledger)
  const { accountId } = ctx.actor
  await ctx.db
    .deleteFrom('favouriteLedger')
    .where('accountId', '=', accountId)
    .where('ledger', '=', id)
    .execute()
  if (body.on)
    await ctx.db.insertInto('favouriteLedger').values({ accountId, ledger: id, at: ctx.now }).execute()
  return { on: body.on }
}

export const routes: AnyRoute[] = [
  route(listViews, async (ctx, { query }) => ({
    views: (await stored(ctx, sql`v.list = ${query.list}`)).map((view) => shown(ctx, view)),
  })),
  route(saveView, save),
  route(changeView, change),
  route(deleteView, (ctx, { params }) => remove(ctx, params.id)),
  route(setDefaultView, begin),
  route(setFavourite, favourite),
]
