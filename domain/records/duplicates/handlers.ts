/** Activities recorded twice: found, compared, made one, and taken apart again. */
import { act } from '../../../kernel/act.ts'
import { momentOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { conflict, forbidden, notFound } from '../../../kernel/errors.ts'
import { addDays } from '../../../kernel/period.ts'
import { type AnyRoute, type Call, route, type Steps, stepwise } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { countsOf } from '../../structure/merges/counts.ts'
import {
  findMerge,
  keepMerge,
  mergeOfGone,
  mergesInto,
  mergesWithin,
  obstaclesTo,
  type StoredMerge,
  shownMerge,
  undoMerge,
} from '../../structure/merges/done.ts'
import { countOpenPeople } from '../../structure/merges/handlers.ts'
import { digestOf, imagesOf } from '../../structure/merges/images.ts'
import { fits, judge, pairId, verdictsOf } from '../../structure/merges/verdicts.ts'
import { findOrg, type Org, requireOrg } from '../../structure/organisations/queries.ts'
import { scopeAt, scopedCounty } from '../../structure/organisations/rules.ts'
import { hostName } from '../ledgers/hostWords.ts'
import { livesOf, ownOrg } from '../ledgers/lives.ts'
import { deedOn, openForReading, openForWriting } from '../ledgers/opened.ts'
import { rewritePaths } from '../ledgers/paths.ts'
import { nameOn, placeOn } from '../ledgers/places.ts'
import { viewsOf } from '../ledgers/queries.ts'
import { ledger } from '../ledgers/registry.ts'
import { type Found, likeDraft, pairsWithin, sidesOf } from './candidates.ts'
import { comparedCells, comparedPeople, keptOf, notesOf, personTimesOf, wayOf } from './compare.ts'
import * as contract from './contract.ts'
import { laid, mergeRows, watchedOf } from './merge.ts'
import { openPair, type Pair, type Whole, whyNot } from './pair.ts'

type Query = Call<typeof contract.listRecordPairs>['query']

async function found(ctx: Context, { org: asked, ledger: only, from, to }: Query): Promise<Found[]> {
  const org = await findOrg(ctx, asked ?? ownOrg(ctx))
  requireOrg(ctx, 'records.read', org)
  return pairsWithin(ctx, {
    scope: scopeAt(org, org.pathNow),
    from: from ?? addDays(to ?? ctx.today, -365),
    to: to ?? '9999-12-31',
    ledger: only,
  })
}

async function list(ctx: Context, { query }: Call<typeof contract.listRecordPairs>) {
  const pairs = await found(ctx, query)
  const ids = pairs.map((f) => pairId(f.one.id, f.other.id))
  const verdicts = await verdictsOf(ctx, 'record', ids)
  const { state = 'open', minScore = 0, page = 1, size = 50 } = query
  const wanted = pairs
    .map((f, at) => ({ ...f, id: ids[at] ?? '', verdict: verdicts.get(ids[at] ?? '') ?? null }))
    .filter((f) => f.score >= minScore && fits(state, f.verdict))
    .sort((a, b) => Number(b.verdict !== null) - Number(a.verdict !== null))
  const shown = wanted.slice((page - 1) * size, page * size)
  const sides = await sidesOf(
    ctx,
    shown.flatMap((f) => [f.one, f.other]),
  )
  const rows = shown.flatMap(({ one, other, ...rest }) => {
    const [a, b] = [sides.get(one.id), sides.get(other.id)]
    return a && b ? [{ ...rest, one: a, other: b }] : []
  })
  return { pairs: rows, total: wanted.length }
}

async function compare(
  ctx: Context,
  { params }: Call<typeof contract.compareRecords>,
): Promise<Output<typeof contract.compareRecords>> {
  const pair = await openPair(ctx, params)
  const id = pairId(params.one, params.other)
  const why = await whyNot(ctx, pair)
  const shas = new Set(pair.one.files.map((f) => f.sha256))
  return {
    score: pair.score,
    reasons: pair.reasons,
    one: await comparedRecord(ctx, pair.one),
    other: await comparedRecord(ctx, pair.other),
    fields: comparedCells(pair),
    people: comparedPeople(pair),
    ...personTimesOf(pair),
    sameFiles: pair.other.files.filter((f) => shas.has(f.sha256)).length,
    way: wayOf(pair),
    keep: keptOf(pair),
    notes: notesOf(pair),
    verdict: (await verdictsOf(ctx, 'record', [id])).get(id) ?? null,
    may: { merge: why === null, why },
    seen: await seenDigest(ctx, pair),
  }
}

async function comparedRecord(ctx: Context, { opened, looked }: Whole) {
  const [view] = await viewsOf(ctx, [opened.record])
  const side = (await sidesOf(ctx, [looked])).get(looked.id)
  if (!side) throw notFound('这条记录')
  const by = await ctx.db
    .selectFrom('account')
    .select('name')
    .where('id', '=', opened.record.recordedBy)
    .executeTakeFirst()
  return {
    ...side,
    hosts: (view?.hosts ?? []).map(hostName),
    recordedAt: opened.record.recordedAt,
    recordedBy: by?.name ?? '',
    sentence: view?.sentence ?? looked.title,
  }
}

const idsOf = ({ one, other }: Pair) => [one.looked.id, other.looked.id]
/** Held, when it is about to be merged: of two who merge at once, the second finds other rows. */
const seenDigest = async (ctx: Context, pair: Pair, hold = false) =>
  digestOf(await imagesOf(ctx, watchedOf(idsOf(pair)), hold))

async function merge(ctx: Context, { params, body }: Call<typeof contract.mergeRecords>) {
  const done = (await mergeOfGone(ctx, params.one)) ?? (await mergeOfGone(ctx, params.other))
  if (done && [params.one, params.other].every((id) => [done.keptId, done.goneId].includes(id)))
    return { merge: done.id, recordId: done.keptId, sentence: '' }
  const pair = await openPair(ctx, params)
  const why = await whyNot(ctx, pair)
  if (why) throw forbidden(why)
  const kept = await openForWriting(ctx, pair[body.keep].looked.id)
  const gone = await openForWriting(ctx, pair[body.keep === 'one' ? 'other' : 'one'].looked.id)
  const choices = { keep: body.keep, fields: body.fields ?? {}, personTimes: body.personTimes }
  const after = await laid(ctx, pair, choices)
  const titles = {
    kept: titleOf(pair[body.keep]),
    gone: titleOf(pair[body.keep === 'one' ? 'other' : 'one']),
  }
  const reasons = pair.reasons.map((r) => r.words)
  const reason = `与这条是同一件事：${titles.gone}`
  const detail = { changes: after.changes, reason, gone: titles.gone, score: pair.score, reasons }
  return act(ctx, deedOn(kept, 'merge', detail), async () => {
    if ((await seenDigest(ctx, pair, true)) !== body.seen) throw changedMeanwhile()
    let sentence = ''
    const id = await keepMerge(
      ctx,
      {
        subject: 'record',
        org: kept.life,
        otherPath: gone.life.path,
        kept: { id: kept.record.id, title: titles.kept },
        gone: { id: gone.record.id, title: titles.gone },
        detail: { score: pair.score, reasons },
      },
      () => watchedOf(idsOf(pair)),
      async () => {
        sentence = (await mergeRows(ctx, pair, body.keep, after)).sentence
      },
    )
    const told = deedOn(gone, 'mergedInto', { reason: `与这条是同一件事：${titles.kept}` })
    await act(ctx, told, async () => null)
    return { merge: id, recordId: kept.record.id, sentence }
  })
}

const changedMeanwhile = () =>
  conflict('changedMeanwhile', '这两条记录在您打开之后又改过。请刷新，看过新内容再合并。')

const titleOf = ({ looked }: Whole) => `${looked.orgName} ${looked.day} ${looked.title}`

async function judgePair(ctx: Context, { params, body }: Call<typeof contract.judgeRecords>) {
  const pair = await openPair(ctx, params)
  const both = [pair.one, pair.other]
  const mine = both.find((w) => may(ctx.actor.grants, 'records.write', w.opened.life.path)) ?? pair.one
  const ids: [string, string] = [params.one, params.other]
  return judge(ctx, { ...deedOn(mine.opened, ''), ids, titles: both.map(titleOf).join('；') }, body)
}

async function like(ctx: Context, { body }: Call<typeof contract.likeRecords>) {
  const definition = await ledger(ctx, body.ledger)
  const orgId = body.orgId ?? ownOrg(ctx)
  const life = (await livesOf(ctx.db, [orgId])).get(orgId)
  if (!life) throw notFound('这个组织')
  const { day, title, place = null, personTimes = null } = body
  const near = await likeDraft(
    ctx,
    {
      id: body.id ?? null,
      countyId: life.countyId,
      ledger: definition.id,
      orgId,
      orgName: nameOn(life, day),
      path: placeOn(life, day)?.path ?? life.path,
      day,
      title,
      place,
      personTimes,
      exact: (definition.day.precision ?? 'day') === 'day',
      hosts: [],
    },
    definition.joint === true,
  )
  const sides = await sidesOf(
    ctx,
    near.map((f) => f.record),
  )
  return {
    records: near.flatMap(({ record, score, reasons }) => {
      const side = sides.get(record.id)
      return side ? [{ record: side, score, reasons }] : []
    }),
  }
}

async function ofRecord(ctx: Context, id: string) {
  await openForReading(ctx, id)
  const into = await mergeOfGone(ctx, id)
  return { into: into ? shownMerge(into) : null, taken: (await mergesInto(ctx, id)).map(shownMerge) }
}

/** Of an import that was taken back since, an undo would bring back what no longer stands. */
async function obstacles(ctx: Context, merge: StoredMerge): Promise<string[]> {
  const undone = await ctx.db
    .selectFrom('record as r')
    .innerJoin('batch as b', (join) =>
      join.onRef('b.countyId', '=', 'r.countyId').onRef('b.id', '=', 'r.batchId'),
    )
    .select(['b.fileName', 'r.title'])
    .where('r.countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
    .where('r.id', 'in', [merge.keptId, merge.goneId])
    .where('b.undoneAt', 'is not', null)
    .execute()
  return [
    ...(merge.undoneAt === null ? undone.map((u) => `“${u.title}”所在的导入“${u.fileName}”已经撤销`) : []),
    ...(await obstaclesTo(ctx, merge)),
  ]
}

async function opened(ctx: Context, id: string) {
  const one = await findMerge(ctx, 'record', 'records.read', id)
  return { merge: shownMerge(one), obstacles: await obstacles(ctx, one) }
}

async function undo(ctx: Context, id: string) {
  const one = await findMerge(ctx, 'record', 'records.read', id)
  return undoMerge(ctx, one, 'records.write', {
    obstacles: () => obstacles(ctx, one),
    // The tree may have been changed since: paths are those of the tree as it is known now.
    afterwards: async () => {
      const rows = await ctx.db
        .selectFrom('recordHost')
        .select('orgId')
        .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
        .where('recordId', 'in', [one.keptId, one.goneId])
        .execute()
      const records = await ctx.db
        .selectFrom('record')
        .select(['orgId', 'day'])
        .where('countyId', 'in', ctx.db.selectFrom('org').select('countyId'))
        .where('id', 'in', [one.keptId, one.goneId])
        .execute()
      const orgIds = [...new Set([...rows, ...records].map((r) => r.orgId))]
      const [from = ctx.today] = records.map((r) => r.day).sort()
      await rewritePaths(ctx, { orgIds, from })
    },
  })
}

async function count({ part, services }: Steps, { query }: Call<typeof contract.countDuplicates>) {
  const org = await part(async (ctx) => {
    const asked = await findOrg(ctx, query.org ?? ownOrg(ctx))
    requireOrg(ctx, 'records.read', asked)
    return asked
  })
  const at = momentOf(services.clock.now())
  // Above the counties nobody tidies up; whoever does opens the page.
  if (scopedCounty(org) === null) return { people: 0, records: 0, at }
  const counts = await countsOf(services, org.id, () => part((ctx) => counted(ctx, org)))
  return counts ?? { people: null, records: null, at: null }
}

async function counted(ctx: Context, org: Org) {
  const pairs = await found(ctx, { org: org.id })
  const ids = pairs.map((f) => pairId(f.one.id, f.other.id))
  const verdicts = await verdictsOf(ctx, 'record', ids)
  const records = ids.filter((id) => fits('open', verdicts.get(id) ?? null)).length
  return { people: await countOpenPeople(ctx, org), records, at: ctx.now }
}

export const routes: AnyRoute[] = [
  route(contract.listRecordPairs, list),
  route(contract.compareRecords, compare),
  route(contract.mergeRecords, merge),
  route(contract.judgeRecords, judgePair),
  route(contract.likeRecords, like),
  route(contract.mergesOfRecord, (ctx, { params }) => ofRecord(ctx, params.id)),
  route(contract.listRecordMerges, (ctx, { query }) => mergesWithin(ctx, 'record', 'records.read', query)),
  route(contract.getRecordMerge, (ctx, { params }) => opened(ctx, params.id)),
  route(contract.undoRecordMerge, (ctx, { params }) => undo(ctx, params.id)),
  stepwise(contract.countDuplicates, count),
]
