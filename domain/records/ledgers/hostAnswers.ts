/** What hosts answer: until one agrees a record counts nothing there, and when it leaves, nothing any more. */
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Database } from '../../../kernel/database/tables.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { conflict, forbidden, notFound } from '../../../kernel/errors.ts'
import { named } from '../../../kernel/pinyin.ts'
import { may, within } from '../../../kernel/scope.ts'
import { findOrg, pageOf, requireOrg } from '../../structure/organisations/queries.ts'
import { isNear, type StandingHost } from './hosts.ts'
import type { Answer, answerHost, listWaiting, searchHosts } from './hostsContract.ts'
import { hostName } from './hostWords.ts'
import { livesOf, ownOrg } from './lives.ts'
import { holdRecord, openToSee, openWithHosts, type WithHosts, withoutPeople } from './opened.ts'
import { homeRecords, viewsOf } from './queries.ts'
import { allLedgers } from './registry.ts'
import type { HostState } from './shapes.ts'
import { insertAll, mirrorsOf, removeMirrors } from './store.ts'

const STEPS: Record<Answer, { from: HostState; to: HostState }> = {
  agree: { from: 'invited', to: 'agreed' },
  decline: { from: 'invited', to: 'declined' },
  leave: { from: 'agreed', to: 'left' },
}

/** By whoever may record at the host: its own office, or one above it. The recorder's word does not do. */
export async function answer(
  ctx: Context,
  { params, body }: Input<typeof answerHost>,
): Promise<Output<typeof answerHost>> {
  const opened = await openWithHosts(ctx, params.id)
  const host = opened.hosts.find((h) => h.orgId === params.orgId)
  const life = opened.lives.get(params.orgId)
  if (!host || !life || !may(ctx.actor.grants, 'records.write', life.path)) {
    await openToSee(ctx, params.id)
    if (!host) throw notFound('这个联合组织')
    throw forbidden(`要由${host.name}自己，或者它的上级来答复。`)
  }
  const { from, to } = STEPS[body.answer]
  const said = (state: HostState) => hostName({ name: host.name, state })
  const changes = [{ field: 'hosts', title: '联合组织', before: said(from), after: said(to) }]
  const deed = { verb: body.answer, org: life, subject: 'record', subjectId: params.id, detail: { changes } }
  return act(ctx, { action: 'records.write', ...deed }, async () => {
    await holdRecord(ctx, params.id)
    const now = await openWithHosts(ctx, params.id)
    const asked = now.hosts.find((h) => h.orgId === params.orgId)
    refuseStale(now, asked, { from, version: body.version })
    await write(ctx, now, { ...host, state: to })
    return { state: to }
  })
}

function refuseStale(
  { record }: WithHosts,
  asked: StandingHost | undefined,
  { from, version }: { from: HostState; version: number },
): void {
  if (record.voidedAt) throw conflict('voided', '这条记录已经作废，不用答复了。')
  if (!asked) throw conflict('withdrawn', '对方已经撤回邀请，不用答复了。')
  if (record.version !== version)
    throw conflict('changedMeanwhile', '这条记录在您打开之后改过。请刷新，看过新内容再答复。')
  if (asked.state === from) return
  const who = asked.answeredAt ? `${asked.answeredAt.slice(0, 16)} ${asked.answeredByName ?? ''}` : '已经'
  throw conflict('answered', `${who}答复过了。请刷新，看现在是怎样的。`)
}

async function write(ctx: Context, { record, hosts }: WithHosts, host: StandingHost): Promise<void> {
  const said = { answeredAt: ctx.now, answeredBy: ctx.actor.accountId, answeredByName: ctx.actor.name }
  const { countyId, id } = record
  await ctx.db
    .updateTable('recordHost')
    .set({ state: host.state, ...said })
    .where('countyId', '=', countyId)
    .where('recordId', '=', id)
    .where('orgId', '=', host.orgId)
    .execute()
  if (host.countyId === countyId) return
  const ofRecord = { countyId, recordId: id }
  const home = {
    record: [record],
    recordHost: await rowsOfHome(ctx, 'recordHost', ofRecord),
    participation: await rowsOfHome(ctx, 'participation', ofRecord),
    recordStage: await rowsOfHome(ctx, 'recordStage', ofRecord),
    recordReference: await rowsOfHome(ctx, 'recordReference', ofRecord),
  }
  await removeMirrors(ctx.db, record)
  const now = hosts.map((h) => (h.orgId === host.orgId ? host : h))
  await insertAll(ctx.db, mirrorsOf(home, now))
}

type Home = 'recordHost' | 'participation' | 'recordStage' | 'recordReference'

const rowsOfHome = <T extends Home>(
  ctx: Context,
  table: T,
  { countyId, recordId }: { countyId: string; recordId: string },
): Promise<Selectable<Database[T]>[]> =>
  ctx.db
    .selectFrom<Home>(table)
    .selectAll()
    .where('countyId', '=', countyId)
    .where('recordId', '=', recordId)
    .execute() as Promise<Selectable<Database[T]>[]>

const MOST_WAITING = 200

export async function waiting(
  ctx: Context,
  { query }: Input<typeof listWaiting>,
): Promise<Output<typeof listWaiting>> {
  const org = await findOrg(ctx, query.org ?? ownOrg(ctx))
  requireOrg(ctx, 'records.write', org)
  const below = within({ countyId: null, path: org.pathNow }, { countyId: 'h.county_id', path: 'now.path' })
  const { rows } = await sql<{ recordId: string; orgId: string; name: string; askedAt: string | null }>`
    select h.record_id, h.org_id, now.name, h.asked_at from record_host h
    join record r on r.county_id = h.county_id and r.id = h.record_id
    join lateral (select s.name, s.path from org_span s where s.org_id = h.org_id
      order by s.valid_from desc limit 1) now on true
    where h.state = 'invited' and r.voided_at is null
      and ${query.depth === 'all' ? below : sql<SqlBool>`h.org_id = ${org.id}`}
    order by h.asked_at, h.record_id limit ${MOST_WAITING}`.execute(ctx.db)
  const records = await homeRecords(
    ctx.db,
    rows.map((r) => r.recordId),
  )
  const definitions = new Map((await allLedgers(ctx)).map((d) => [d.id, d]))
  const views = new Map((await viewsOf(ctx, records)).map((v) => [v.id, v]))
  return {
    records: rows.flatMap(({ recordId, orgId, name, askedAt }) => {
      const view = views.get(recordId)
      const definition = view && definitions.get(view.ledger)
      if (!definition) return []
      const { id, org: by, day, title, personTimes, version, sentence } = withoutPeople(definition, view)
      const said = { id, day, title, personTimes, version, sentence, ledgerTitle: definition.title }
      return [{ ...said, org: { id: by.id, name: by.name }, host: { id: orgId, name }, askedAt }]
    }),
  }
}

const OFFERED = 20
/** Organisations of one name under superiors of one name, of which the one with the whole name is looked for. */
const NAMESAKES = 2000

const found = async (ctx: Context, condition: RawBuilder<SqlBool>, limit: number) =>
  (
    await pageOf(ctx, {
      moment: ctx.now,
      under: '/',
      conditions: [condition],
      order: sql`length(span.path), length(span.name), span.name_key, span.path`,
      limit,
      offset: 0,
    })
  ).organisations

/** By its code, or by its name with all above it. A name alone would list who there is in other counties. */
async function namedWhole(ctx: Context, text: string) {
  const [above, name] = text.split('/').slice(-2)
  const alike = sql<SqlBool>`(org.code = ${text} or (span.name = ${name ?? ''} and exists (select 1 from org_span u
    where u.org_id = span.parent_id and u.name = ${above ?? ''} and u.valid_from <= ${ctx.now}::timestamp
      and u.valid_to > ${ctx.now}::timestamp)))`
  const namesakes = await found(ctx, alike, NAMESAKES)
  return namesakes.filter((o) => o.code === text || o.fullName === text)
}

/** Those of one's county by a part of the name; who lies elsewhere is known by whole name or code. */
export async function search(
  ctx: Context,
  { query }: Input<typeof searchHosts>,
): Promise<Output<typeof searchHosts>> {
  const org = await findOrg(ctx, query.org ?? ownOrg(ctx))
  requireOrg(ctx, 'records.write', org)
  const text = query.q.trim().replace(/\s*\/\s*/g, '/')
  if (!text) return { organisations: [] }
  const ofCounty = sql<SqlBool>`org.county_id = ${org.countyId} and ${named(text, { name: 'span.name', key: 'span.name_key' })}`
  const matching = [...(await found(ctx, ofCounty, OFFERED)), ...(await namedWhole(ctx, text))]
  const organisations = [...new Map(matching.map((o) => [o.id, o])).values()]
  const recorder = (await livesOf(ctx.db, [org.id])).get(org.id)
  return {
    organisations: organisations
      .filter((o) => o.id !== org.id)
      .map(({ id, name, fullName, pathNow: path }) => ({
        id,
        name,
        fullName,
        asks: !(recorder && isNear(recorder, { path })) && !may(ctx.actor.grants, 'records.write', path),
      })),
  }
}
