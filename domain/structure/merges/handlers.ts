/** People entered twice: found, compared, merged, and taken apart again. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { conflict, forbidden } from '../../../kernel/errors.ts'
import { nameKey } from '../../../kernel/pinyin.ts'
import { type AnyRoute, type Call, route } from '../../../kernel/route.ts'
import { postBeyond } from '../appointments/giving.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { scopeAt } from '../organisations/rules.ts'
import { SEXES } from '../people/codes.ts'
import { cleanName, prepare } from '../people/entry.ts'
import { findPerson } from '../people/queries.ts'
import { actingOrg, tieFor } from '../people/ties.ts'
import { likeDraft, pairsWithin, sideOf } from './candidates.ts'
import { clashesOf, comparedFields, keptOf, type Side, spanWords } from './compare.ts'
import * as contract from './contract.ts'
import {
  findMerge,
  keepMerge,
  mergeOfGone,
  mergesWithin,
  obstaclesTo,
  shownMerge,
  undoMerge,
} from './done.ts'
import { digestOf, imagesOf } from './images.ts'
import { mergeRows, seenOf, watchedOf } from './merge.ts'
import { openPair, type Pair, type Whole, whyNot } from './pair.ts'
import { fits, judge, pairId, verdictsOf } from './verdicts.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listPeoplePairs>) {
  const org = await findOrg(ctx, query.org ?? ctx.actor.grants[0]?.orgId ?? '')
  requireOrg(ctx, 'structure.read', org)
  const { state = 'open', minScore = 0, page = 1, size = 50 } = query
  const wanted = (await judgedPairs(ctx, org))
    .filter((f) => f.score >= minScore && fits(state, f.verdict))
    .sort((a, b) => Number(b.verdict !== null) - Number(a.verdict !== null))
  const pairs = wanted.slice((page - 1) * size, page * size).map(({ one, other, ...rest }) => ({
    ...rest,
    one: sideOf(one),
    other: sideOf(other),
  }))
  return { pairs, total: wanted.length }
}

async function judgedPairs(ctx: Context, org: Org) {
  const found = await pairsWithin(ctx, scopeAt(org, org.pathNow))
  const ids = found.map((f) => pairId(f.one.row.id, f.other.row.id))
  const verdicts = await verdictsOf(ctx, 'person', ids)
  return found.map((f, at) => ({ ...f, id: ids[at] ?? '', verdict: verdicts.get(ids[at] ?? '') ?? null }))
}

/** For the desk. The caller has asked for the right. */
export const countOpenPeople = async (ctx: Context, org: Org): Promise<number> =>
  (await judgedPairs(ctx, org)).filter((f) => fits('open', f.verdict)).length

async function compare(
  ctx: Context,
  { params }: Call<typeof contract.comparePeople>,
): Promise<Output<typeof contract.comparePeople>> {
  const pair = await openPair(ctx, params)
  const id = pairId(pair.one.looked.row.id, pair.other.looked.row.id)
  const why = await whyNot(ctx, pair)
  return {
    score: pair.score,
    reasons: pair.reasons,
    one: comparedSide(pair.one, why === null),
    other: comparedSide(pair.other, why === null),
    fields: comparedFields(pair),
    clashes: clashesOf(pair),
    keep: keptOf(pair.one, pair.other),
    notes: notesOf(pair, why === null),
    verdict: (await verdictsOf(ctx, 'person', [id])).get(id) ?? null,
    may: { merge: why === null, why },
    seen: await seenDigest(ctx, pair),
  }
}

const comparedSide = (whole: Whole, mine: boolean) => ({
  ...sideOf(whole.looked),
  recordedAt: whole.looked.row.recordedAt,
  memberships: whole.memberships.map(spanWords),
  appointments: whole.appointments.map(spanWords),
  participations: whole.participations,
  account: mine ? whole.account : null,
})

function notesOf({ one, other, reasons }: Pair, mine: boolean): string[] {
  const moved = one.participations + other.participations
  return [
    '合并以后是一个人：团籍、任职、参加的活动、学历党员等情况和账号都归到一起；按“人”数的少一个，人次不变。',
    ...(moved > 0 ? ['同一条记录里两个名字都在的，只留一个；记录里写的人次不动。'] : []),
    ...(mine && one.account && other.account
      ? [`两边都有账号（${one.account}、${other.account}），合并后都能登录，用不到的请在“设置”里停用。`]
      : []),
    ...(reasons.some((r) => r.code === 'together') ? ['两个名字同场出现过，请先核实不是两个人。'] : []),
    '已经上报的总结不会变，差异照常提示；合并可以撤销。',
  ]
}

const idsOf = ({ one, other }: Pair) => [one.looked.row.id, other.looked.row.id]

/** Held, when it is about to be merged: of two who merge at once, the second finds other rows. */
const seenDigest = async (ctx: Context, pair: Pair, hold = false) =>
  digestOf(await imagesOf(ctx, seenOf(watchedOf(idsOf(pair))), hold))

async function merge(ctx: Context, { params, body }: Call<typeof contract.mergePeople>) {
  const done = (await mergeOfGone(ctx, params.one)) ?? (await mergeOfGone(ctx, params.other))
  const ids = [params.one, params.other]
  if (done && ids.includes(done.keptId) && ids.includes(done.goneId))
    return { merge: done.id, personId: done.keptId }
  const pair = await openPair(ctx, params)
  const why = await whyNot(ctx, pair)
  if (why) throw forbidden(why)
  const kept = pair[body.keep]
  const gone = pair[body.keep === 'one' ? 'other' : 'one']
  const detail = detailOf(pair, body.keep, body.fields ?? {})
  const deed = deedOn(ctx, kept)
  return act(ctx, { ...deed, verb: '合并人员', detail }, async () => {
    if ((await seenDigest(ctx, pair, true)) !== body.seen) throw changedMeanwhile()
    const titled = (whole: Whole) => ({ id: whole.looked.row.id, title: titleOf(whole) })
    const made = { subject: 'person' as const, org: deed.org, otherPath: deedOn(ctx, gone).org.path, detail }
    const choices = { keep: body.keep, fields: body.fields ?? {}, spans: body.spans ?? {} }
    const id = await keepMerge(
      ctx,
      { ...made, kept: titled(kept), gone: titled(gone) },
      () => watchedOf(idsOf(pair)),
      () => mergeRows(ctx, pair, choices),
    )
    await act(ctx, { ...deedOn(ctx, gone), verb: '并入', detail }, async () => null)
    return { merge: id, personId: kept.looked.row.id }
  })
}

const changedMeanwhile = () =>
  conflict('changedMeanwhile', '这两份资料在您打开之后又改过。请刷新，看过新内容再合并。')

const titleOf = ({ looked }: Whole) => [looked.name, looked.standing[0]].filter(Boolean).join('，')

/** What history keeps: names, reasons and whose value was taken; never a number. */
const detailOf = (pair: Pair, keep: Side, fields: Record<string, Side>) => ({
  kept: titleOf(pair[keep]),
  gone: titleOf(pair[keep === 'one' ? 'other' : 'one']),
  score: pair.score,
  reasons: pair.reasons.map((r) => r.words),
  taken: Object.fromEntries(
    comparedFields(pair)
      .filter((f) => f.choose)
      .map((f) => [f.field, (fields[f.field] ?? f.proposed) === keep ? 'kept' : 'gone']),
  ),
})

const deedOn = (ctx: Context, whole: Whole) => ({
  action: 'structure.change' as const,
  org: actingOrg(ctx, 'structure.change', { row: whole.looked.row, ties: whole.ties, until: null }),
  subject: 'person' as const,
  subjectId: whole.looked.row.id,
})

/** Whoever may change one of them may say so. */
async function judgePair(ctx: Context, { params, body }: Call<typeof contract.judgePeople>) {
  const pair = await openPair(ctx, params)
  const mine = [pair.one, pair.other].find((w) => tieFor(ctx, 'structure.change', w.ties))
  const ids: [string, string] = [pair.one.looked.row.id, pair.other.looked.row.id]
  const titles = `${titleOf(pair.one)}；${titleOf(pair.other)}`
  return judge(ctx, { ...deedOn(ctx, mine ?? pair.one), ids, titles }, body)
}

/** Of what is typed only what can be read is looked at; faults are told when it is saved. */
async function like(ctx: Context, { body }: Call<typeof contract.likePeople>) {
  const org = body.orgId ? await findOrg(ctx, body.orgId) : null
  const name = cleanName(body.name)
  const sex = SEXES.find((s) => s.value === body.sex || s.title === body.sex)?.value
  const { stated, digest } = prepare(
    { orgId: org?.id ?? '', name, sex, birth: body.birth, idNumber: body.idNumber, phone: body.phone },
    ctx.services.secrets,
    ctx.today,
  )
  const orgs = org ? [{ id: org.id, name: org.name, path: org.pathNow, inForce: true }] : []
  const { birthDate, birthPrecision, phoneDigest } = stated
  const found = await likeDraft(ctx, {
    name,
    nameKey: nameKey(name),
    sex: stated.sex,
    birthDate,
    birthPrecision,
    phoneDigest,
    orgs,
    hasId: digest !== null,
    joinedLeagueOn: null,
    orgId: org?.id ?? null,
    digest,
  })
  return { people: found.map(({ person, ...rest }) => ({ ...rest, person: sideOf(person) })) }
}

async function opened(ctx: Context, id: string) {
  const found = await findMerge(ctx, 'person', 'structure.read', id)
  return { merge: shownMerge(found), obstacles: await obstaclesTo(ctx, found) }
}

/**
 * Posts go back to whom they were taken from: as much a handing out as the merge was. Who has moved on since is no
 * longer theirs to take apart.
 */
async function undo(ctx: Context, id: string) {
  const merge = await findMerge(ctx, 'person', 'structure.read', id)
  if (merge.undoneAt === null) actingOrg(ctx, 'structure.change', await findPerson(ctx, merge.keptId))
  const afterwards = async () => {
    const beyond = await postBeyond(ctx, [merge.goneId])
    if (beyond) throw forbidden(`${beyond}。`)
  }
  return undoMerge(ctx, merge, 'structure.change', { afterwards })
}

export const routes: AnyRoute[] = [
  route(contract.listPeoplePairs, list),
  route(contract.comparePeople, compare),
  route(contract.mergePeople, merge),
  route(contract.judgePeople, judgePair),
  route(contract.likePeople, like),
  route(contract.listPeopleMerges, (ctx, { query }) => mergesWithin(ctx, 'person', 'structure.read', query)),
  route(contract.getPeopleMerge, (ctx, { params }) => opened(ctx, params.id)),
  route(contract.undoPeopleMerge, (ctx, { params }) => undo(ctx, params.id)),
]
