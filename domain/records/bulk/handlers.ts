import { sql } from 'kysely'
import { act } from '../../../kernel/act.ts'
import { type Context, contextOf } from '../../../kernel/context.ts'
import { insertRows } from '../../../kernel/database/bulk.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { conflict, forbidden, invalid, notFound, saying } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { enqueue, type JobKind, type RunningJob } from '../../../kernel/jobs/runner.ts'
import { once } from '../../../kernel/once.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { findOrg, type Org } from '../../structure/organisations/queries.ts'
import { type Overlay, rewriteMany } from '../ledgers/change.ts'
import type { LedgerDefinition } from '../ledgers/definition.ts'
import { isAsked } from '../ledgers/fields/types.ts'
import { ownOrg } from '../ledgers/lives.ts'
import { barredReason } from '../ledgers/own/rules.ts'
import { frameOf, listed, viewsOf } from '../ledgers/queries.ts'
import { ledger, ledgerOf } from '../ledgers/registry.ts'
import * as contract from './contract.ts'
import { bulksOf } from './done.ts'
import { Leftovers, type Planned, planFor, type Wanted } from './plan.ts'
import './tables.ts'

const CHUNK = 500
const SAMPLE = 5

type Asked = contract.BulkAsked
type Progress = (stage: string, done: number, total?: number) => Promise<void>
const quietly: Progress = async () => undefined

async function preview(
  ctx: Context,
  { params, body }: Input<typeof contract.previewBulk>,
): Promise<contract.BulkPreview> {
  const definition = await ledger(ctx, params.ledger)
  await checkDeed(ctx, definition, body.deed)
  const ids = await idsOf(ctx, definition, body)
  const left = new Leftovers()
  const shown: Good[] = []
  let will = 0
  for (let at = 0; at < ids.length; at += CHUNK) {
    const part = ids.slice(at, at + CHUNK)
    const good = sorted(part, await planFor(ctx, definition, part, body), left)
    will += good.length
    shown.push(...good.slice(0, SAMPLE - shown.length))
  }
  return { total: ids.length, will, left: left.list(), sample: await sampleOf(ctx, shown) }
}

async function sampleOf(ctx: Context, planned: Planned[]): Promise<contract.BulkPreview['sample']> {
  const views = await viewsOf(
    ctx,
    planned.map((p) => p.record),
  )
  return views.map(({ id, day, title, org }, at) => {
    const one = planned[at]
    const changes = one && 'laid' in one ? one.laid.changes : []
    return { id, day, title, org: org.name, changes: changes.map(({ field: _, ...said }) => said) }
  })
}

/** @throws invalid where the deed says too little, or names what nobody types */
async function checkDeed(ctx: Context, definition: LedgerDefinition, deed: contract.BulkDeed): Promise<void> {
  const { kind, field = '', orgId } = deed
  if (kind === 'void' && !deed.reason?.trim()) throw invalid('reason', '请写作废的原因。')
  if (kind === 'move') {
    if (!orgId) throw invalid('orgId', '请选择划到哪个组织。')
    const org = await findOrg(ctx, orgId)
    if (!may(ctx.actor.grants, 'records.write', org.pathNow))
      throw forbidden(`“${org.name}”不归您管，不能把记录划过去。`)
    const barred = barredReason(definition, { ...org, path: org.pathNow })
    if (barred) throw invalid('orgId', saying({ field: 'orgId', ...barred }))
  }
  if (kind !== 'set' || ['day', 'title', 'personTimes'].includes(field)) return
  const found = definition.fields.find((f) => f.id === field)
  if (!found) throw invalid('field', '请选择要改哪一项。')
  if (!isAsked(found))
    throw invalid('field', `“${found.title}”${found.retired ? '已经停用' : '是算出来的'}，不能直接改。`)
}

async function idsOf(ctx: Context, definition: LedgerDefinition, { ids, filter, deed }: Asked) {
  if (ids) return [...new Set(ids)]
  const asked = { ...filter, ...(deed.kind === 'restore' && { voided: 'yes' as const }) }
  const from = await listed(ctx, definition, asked, await frameOf(ctx, asked))
  const { rows } = await sql<{ id: string }>`select distinct r.id ${from} order by r.id
    limit ${contract.MOST_CHANGED + 1}`.execute(ctx.db)
  if (rows.length > contract.MOST_CHANGED)
    throw invalid('tooMany', `一次最多改 ${contract.MOST_CHANGED} 条，请缩小筛选范围，分几次改。`)
  return rows.map((r) => r.id)
}

async function start(ctx: Context, { params, body }: Input<typeof contract.startBulk>) {
  const definition = await ledger(ctx, params.ledger)
  await checkDeed(ctx, definition, body.deed)
  const ids = await idsOf(ctx, definition, body)
  const work = { ledger: definition.id, ids, deed: body.deed }
  if (ids.length <= contract.CHANGED_AT_ONCE) return { job: null, result: await carryOut(ctx, work, quietly) }
  const org = await deedOrg(ctx)
  const title = `批量${TITLES[body.deed.kind]}“${definition.title}”，${ids.length} 条`
  return { job: await enqueue(ctx, { kind: BULK_JOB, title, org, input: work }), result: null }
}

const TITLES = { set: '修改', move: '划转', void: '作废', restore: '恢复' }

interface Work {
  ledger: string
  ids: string[]
  deed: contract.BulkDeed
}

/** For whom the caller works when changing records of many. */
async function deedOrg(ctx: Context): Promise<Org> {
  const grant = ctx.actor.grants.find((g) => may([g], 'records.write', g.path))
  return findOrg(ctx, grant?.orgId || ownOrg(ctx))
}

const placeOf = (org: Org) => ({ id: org.id, countyId: org.countyId, path: org.pathNow })

/** All in one transaction; each record keeps its own trace. */
async function carryOut(ctx: Context, { ledger: id, ids, deed }: Work, progress: Progress) {
  const definition = await ledgerOf(ctx, id)
  const org = await deedOrg(ctx)
  const bulk = newId()
  const detail = { ledger: id, kind: deed.kind, ...(deed.field && { field: deed.field }), asked: ids.length }
  const told = { action: 'records.write' as const, verb: 'bulk', org: placeOf(org), detail }
  return act(
    ctx,
    { ...told, subject: 'bulkChange', subjectId: bulk },
    async (): Promise<contract.BulkResult> => {
      const left = new Leftovers()
      let done = 0
      for (let at = 0; at < ids.length; at += CHUNK) {
        await progress(`正在${TITLES[deed.kind]}`, at, ids.length)
        const part = ids.slice(at, at + CHUNK)
        await hold(ctx, part)
        const good = sorted(part, await planFor(ctx, definition, part, { deed }), left)
        await write(ctx, good, deed.reason)
        await keepBack(ctx, { bulk, countyId: org.countyId }, good)
        done += good.length
      }
      if (done > 0) {
        const row = {
          countyId: org.countyId,
          id: bulk,
          ledger: id,
          orgId: org.id,
          path: org.pathNow,
          change: deed,
        }
        const by = { recordedBy: ctx.actor.accountId, recordedAt: ctx.now, undoneAt: null }
        await insertRows(ctx.db, 'bulkChange', [{ ...row, ...by }])
      }
      return { bulk: done > 0 ? bulk : null, done, left: left.list() }
    },
  )
}

type Good = Exclude<Planned, { reason: string }>

function sorted(ids: string[], planned: Planned[], left: Leftovers): Good[] {
  left.addUnknown(ids.length - planned.length)
  return planned.flatMap((one) => {
    if (!('reason' in one)) return [one]
    left.add(one.reason, one.record)
    return []
  })
}

/** The rows are held until the end of the transaction. */
const hold = (ctx: Context, ids: string[]) =>
  sql`select 1 from record where id = any(${ids}::uuid[]) and home_county_id is null
    and county_id in (select county_id from org) order by id for update`.execute(ctx.db)

async function write(ctx: Context, good: Good[], reason = ''): Promise<void> {
  const laid = good.flatMap((g) => ('laid' in g ? [g] : []))
  if (laid.length > 0) await rewriteMany(ctx, laid)
  for (const kind of ['void', 'restore'] as const)
    await mark(
      ctx,
      good.filter((g) => 'mark' in g && g.mark === kind).map((g) => g.record.id),
      kind === 'void' ? reason : null,
    )
  const rows = good.map(({ record, ...how }) => ({
    countyId: record.countyId,
    id: newId(),
    at: ctx.now,
    accountId: ctx.actor.accountId,
    actorName: ctx.actor.name,
    verb: 'mark' in how ? how.mark : 'change',
    subject: 'record',
    subjectId: record.id,
    orgId: record.orgId,
    detail: 'mark' in how ? (how.mark === 'void' ? { reason } : {}) : { changes: how.laid.changes },
  }))
  await insertRows(ctx.db, 'history', rows)
}

/** At home and in every mirror. */
async function mark(ctx: Context, ids: string[], reason: string | null): Promise<void> {
  if (ids.length === 0) return
  const voided = reason !== null
  await sql`update record set version = version + 1, changed_at = ${ctx.now}::timestamp,
    voided_at = ${voided ? ctx.now : null}::timestamp, voided_by = ${voided ? ctx.actor.accountId : null}::uuid,
    void_reason = ${reason}
    where county_id in (select county_id from org) and id = any(${ids}::uuid[])`.execute(ctx.db)
}

async function keepBack(ctx: Context, of: { bulk: string; countyId: string }, good: Good[]): Promise<void> {
  const rows = good.map((g) => ({
    countyId: of.countyId,
    bulkId: of.bulk,
    recordId: g.record.id,
    version: g.record.version + 1,
    before: 'back' in g ? g.back : {},
  }))
  await insertRows(ctx.db, 'bulkChangeRow', rows)
}

async function findBulk(ctx: Context, id: string) {
  const found = await ctx.db
    .selectFrom('bulkChange')
    .selectAll()
    .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!found || !may(ctx.actor.grants, 'records.write', found.path)) throw notFound('这次批量修改')
  if (found.undoneAt) throw conflict('undone', '这次批量修改已经撤销过了。')
  return found
}

async function undo(ctx: Context, id: string) {
  const { ledger: of, orgId, countyId } = await findBulk(ctx, id)
  const definition = await ledgerOf(ctx, of)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from bulk_change_row where county_id = ${countyId} and bulk_id = ${id}`.execute(
    ctx.db,
  )
  const n = rows[0]?.n ?? 0
  if (n <= contract.CHANGED_AT_ONCE) return { job: null, result: await takeBack(ctx, id, quietly) }
  const title = `撤销批量修改“${definition.title}”，${n} 条`
  const org = { id: orgId, countyId }
  return { job: await enqueue(ctx, { kind: UNDO_JOB, title, org, input: { id } }), result: null }
}

const OPPOSITE = { void: 'restore', restore: 'void', set: 'set', move: 'move' } as const

/** What was changed again since stays as it is. */
async function takeBack(ctx: Context, id: string, progress: Progress): Promise<contract.BulkResult> {
  const bulk = await findBulk(ctx, id)
  const definition = await ledgerOf(ctx, bulk.ledger)
  const rows = await ctx.db
    .selectFrom('bulkChangeRow')
    .select(['recordId', 'version', 'before'])
    .where('countyId', '=', bulk.countyId)
    .where('bulkId', '=', id)
    .orderBy('recordId')
    .execute()
  const kept = new Map(rows.map((r) => [r.recordId, r]))
  const wanted: Wanted = {
    deed: { ...bulk.change, kind: OPPOSITE[bulk.change.kind] },
    backOf: (record) => (kept.get(record.id)?.before ?? {}) as Overlay,
  }
  const org = { id: bulk.orgId, countyId: bulk.countyId, path: bulk.path }
  const told = { action: 'records.write' as const, verb: 'undo', org, subject: 'bulkChange', subjectId: id }
  return act(ctx, told, async () => {
    const left = new Leftovers()
    let done = 0
    for (let at = 0; at < rows.length; at += CHUNK) {
      await progress('正在撤销', at, rows.length)
      const part = rows.slice(at, at + CHUNK).map((r) => r.recordId)
      await hold(ctx, part)
      const planned = (await planFor(ctx, definition, part, wanted)).map((one) =>
        one.record.version === kept.get(one.record.id)?.version
          ? one
          : { record: one.record, reason: '后来又改过，没有退回' },
      )
      const good = sorted(part, planned, left)
      await write(ctx, good, '撤销批量恢复')
      done += good.length
    }
    await ctx.db
      .updateTable('bulkChange')
      .set({ undoneAt: ctx.now })
      .where('countyId', '=', bulk.countyId)
      .where('id', '=', id)
      .execute()
    return { bulk: null, done, left: left.list() }
  })
}

export const routes: AnyRoute[] = [
  route(contract.previewBulk, preview),
  route(contract.startBulk, start),
  route(contract.listBulks, bulksOf),
  route(contract.undoBulk, (ctx, { params }) => undo(ctx, params.id)),
]

const BULK_JOB = 'records.bulk'
const UNDO_JOB = 'records.undoBulk'

const inOne =
  <I>(work: (ctx: Context, input: I, progress: Progress) => Promise<unknown>) =>
  ({ id, input, actor, services, progress }: RunningJob<I>) =>
    services.db.transaction().execute((db) => {
      const ctx = contextOf(services, db, actor)
      return once(ctx, { key: `job:${id}`, question: input }, () => work(ctx, input, progress))
    })

export const jobs: JobKind[] = [
  { kind: BULK_JOB, run: inOne<Work>(carryOut) },
  { kind: UNDO_JOB, run: inOne<{ id: string }>((ctx, { id }, progress) => takeBack(ctx, id, progress)) },
]
