/**
 * Acts on the tree. Each takes the lives concerned out of the database, lets `spans.ts` work out what follows, and
 * puts back what changed. Dates may lie in the past: later changes of the same fact stay as they are.
 */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid, notFound } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { termKey } from '../../../kernel/pinyin.ts'
import { keep, livesAround, lockTree } from './lives.ts'
import { type Org, orgAt } from './queries.ts'
import {
  checkFacts,
  codeAfter,
  countyIdFor,
  type Opening,
  openingOf,
  sameName,
  spansCounties,
  startOf,
} from './rules.ts'
import {
  alteredFrom,
  correctedAround,
  earlier,
  type Facts,
  type Lives,
  repathed,
  type Span,
  spanAt,
} from './spans.ts'

const FOREVER = 'infinity'

export interface NewOrg {
  /** Null only for the top of a deployment. */
  parent: Org | null
  name: string
  type: string
  sector: string
  level?: string | null | undefined
  kind?: string | null | undefined
  partyLink?: string | null | undefined
  place?: string | null | undefined
  code?: string | undefined
  /** Day, month, year, or nothing when unknown. */
  on?: string | undefined
  batchId?: string | undefined
}

const stated = (text: string | null | undefined): string | null => text?.trim() || null

/** Opens an organisation. @throws Refusal when name, code, date or superior do not allow it. */
export async function openOrg(ctx: Context, wanted: NewOrg): Promise<Org> {
  await lockTree(ctx)
  const id = newId()
  const { parent } = wanted
  const code = wanted.code ?? (parent && (await nextCodeOf(ctx, parent.code))) ?? '001'
  const countyId = countyIdFor(id, parent)
  const opening = await openingUnder(ctx, parent, openingOf(wanted.on))
  const facts = factsOf(wanted)
  const path = `${parent?.pathNow ?? '/'}${code}/`
  const deed = {
    action: 'structure.change' as const,
    verb: 'open',
    org: { id, countyId, path },
    subject: 'org',
    subjectId: id,
    detail: { name: facts.name, on: wanted.on ?? null, parent: parent?.code ?? null },
  }
  return act(ctx, deed, async () => {
    await checkFree(ctx, { code, facts, at: opening.at })
    await insertOrg(ctx, { id, code, countyId, opening, batchId: wanted.batchId ?? null })
    const span = { id: newId(), orgId: id, countyId, path, ...facts, validFrom: opening.at, validTo: FOREVER }
    const lives = await livesAround(ctx, { alone: parent ? [parent.id] : [] })
    lives.set(id, { code, spans: [span] })
    await keep(ctx, new Map(), repathed(lives, [id]), opening.at)
    return present(ctx, id)
  })
}

function factsOf(wanted: NewOrg): Facts {
  const name = wanted.name.trim()
  const facts = {
    name,
    nameKey: termKey(name),
    type: wanted.type,
    sector: wanted.sector,
    level: wanted.level ?? null,
    kind: wanted.kind ?? null,
    parentId: wanted.parent?.id ?? null,
    partyLink: stated(wanted.partyLink),
    place: stated(wanted.place),
  }
  checkName(name)
  checkFacts(facts)
  return facts
}

function checkName(name: string): void {
  if (name === '' || name.includes('/') || name.includes('／'))
    throw invalid('badName', '组织名称不能为空，也不能含有“/”（“/”用来分隔各级名称）。', [
      { field: 'name', reason: '为空或含“/”', remedy: '填写全称，去掉“/”' },
    ])
}

/** An opening that nobody knows is no earlier than that of the superior. */
async function openingUnder(ctx: Context, parent: Org | null, opening: Opening): Promise<Opening> {
  if (!parent || opening.precision !== 'unknown') return opening
  const { first } = await ctx.db
    .selectFrom('orgSpan')
    .select((eb) => eb.fn.min('validFrom').as('first'))
    .where('orgId', '=', parent.id)
    .executeTakeFirstOrThrow()
  return first > opening.at ? { ...opening, at: first } : opening
}

async function checkFree(ctx: Context, wanted: { code: string; facts: Facts; at: string }): Promise<void> {
  const taken = await ctx.db.selectFrom('org').select('id').where('code', '=', wanted.code).executeTakeFirst()
  if (taken)
    throw conflict('codeTaken', `代码 ${wanted.code} 已被另一个组织使用（撤销后也不再分配），请换一个代码。`)
  await checkNameFree(ctx, { ...wanted.facts, at: wanted.at })
}

interface NameClaim {
  name: string
  parentId: string | null
  at: string
  self?: string
}

/** Two organisations of one name under one superior could not be told apart in any list. */
async function checkNameFree(ctx: Context, { name, parentId, at, self }: NameClaim): Promise<void> {
  const siblings = await ctx.db
    .selectFrom('orgSpan')
    .select(['orgId', 'name'])
    .where('parentId', parentId === null ? 'is' : '=', parentId)
    .where('validTo', '>', at)
    .execute()
  if (siblings.some((s) => s.orgId !== self && sameName(s.name) === sameName(name)))
    throw conflict('sameName', `同一个上级下面已有“${name}”，请核对是否重复，或换一个能区分的名称。`)
}

export async function nextCodeOf(ctx: Context, parentCode: string): Promise<string> {
  const used = await ctx.db
    .selectFrom('org')
    .select('code')
    .where('code', 'like', `${parentCode}___`)
    .execute()
  return codeAfter(
    parentCode,
    used.map((r) => r.code),
  )
}

interface OrgRow {
  id: string
  code: string
  countyId: string
  opening: Opening
  batchId: string | null
}

async function insertOrg(ctx: Context, { opening, ...row }: OrgRow): Promise<void> {
  await ctx.db
    .insertInto('org')
    .values({
      ...row,
      openedAt: opening.at,
      openedPrecision: opening.precision,
      closeReason: null,
      successorId: null,
      version: 0,
      recordedBy: ctx.actor.accountId,
      recordedAt: ctx.now,
    })
    .execute()
}

export type Patch = Partial<Omit<Facts, 'nameKey' | 'parentId'>>

function patchOf(patch: Patch): Partial<Facts> {
  const given = Object.fromEntries(
    Object.entries(patch)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, typeof value === 'string' ? value.trim() || null : value]),
  ) as Partial<Facts>
  if (Object.keys(given).length === 0) throw invalid('nothing', '没有要变更的内容，请至少改一项。')
  if (given.name === undefined) return given
  checkName(given.name ?? '')
  return { ...given, nameKey: termKey(given.name) }
}

/** What a change of type takes with it. */
const withType = (patch: Partial<Facts>): Partial<Facts> =>
  patch.type !== undefined && patch.type !== 'branch' && patch.kind === undefined
    ? { ...patch, kind: null }
    : patch

/** From a moment on. */
export async function changeOrg(ctx: Context, org: Org, on: string, patch: Patch): Promise<Org> {
  const at = startOf(on)
  const facts = withType(patchOf(patch))
  return rewrite(ctx, org, { verb: 'change', at, detail: { on, ...patch } }, async (spans) => {
    await checkPatch(ctx, spans, facts, at)
    return alteredFrom(spans, facts, at)
  })
}

/** A wrong value, for as long as it stood. */
export async function correctOrg(
  ctx: Context,
  org: Org,
  patch: Patch,
  how: { at: string; reason: string },
): Promise<Org> {
  const facts = withType(patchOf(patch))
  const detail = { ...patch, before: pick(org, patch), reason: how.reason }
  return rewrite(ctx, org, { verb: 'correct', at: how.at, detail }, async (spans) => {
    await checkPatch(ctx, spans, facts, how.at)
    return correctedAround(spans, facts, how.at)
  })
}

const pick = (org: Org, patch: Patch) =>
  Object.fromEntries(Object.keys(patch).map((key) => [key, org[key as keyof Patch]]))

async function checkPatch(ctx: Context, spans: Span[], patch: Partial<Facts>, at: string): Promise<void> {
  const now = spanAt(spans, at)
  if (!now) return
  checkFacts({ ...now, ...patch })
  if (patch.name !== undefined)
    await checkNameFree(ctx, { name: patch.name, parentId: now.parentId, at, self: now.orgId })
  if (patch.level === undefined || spansCounties(patch.level) === spansCounties(now.level)) return
  const child = await ctx.db
    .selectFrom('orgSpan')
    .select('id')
    .where('parentId', '=', now.orgId)
    .limit(1)
    .execute()
  if (child.length > 0)
    throw conflict(
      'levelFixed',
      `“${now.name}”已有下级组织，级别不能在市级（省级）与县级以下之间改动：下级数据的归属县区由它决定。请另设组织，再办理划转。`,
    )
}

/** The right day of opening, earlier or later. */
export async function correctOpening(ctx: Context, org: Org, on: string, reason: string): Promise<Org> {
  const opening = openingOf(on)
  const detail = { openedOn: on, before: org.openedAt, reason }
  const first = earlier(org.openedAt, opening.at)
  return rewrite(ctx, org, { verb: 'correct', at: org.openedAt, from: first, detail }, async (spans) => {
    const [start, ...rest] = spans
    if (!start || opening.at >= start.validTo)
      throw conflict(
        'afterChange',
        `设立日期不能晚于它后来的变更（${start?.validTo.slice(0, 10)}），请核对日期。`,
      )
    await ctx.db
      .updateTable('org')
      .set({ openedAt: opening.at, openedPrecision: opening.precision })
      .where('id', '=', org.id)
      .execute()
    return [{ ...start, validFrom: opening.at }, ...rest]
  })
}

/** To another superior of the same county. */
export async function moveOrg(ctx: Context, org: Org, to: Org, on: string): Promise<Org> {
  const at = startOf(on)
  const detail = { on, from: org.parentName, to: to.fullName, fromId: org.parentId, toId: to.id }
  return rewrite(ctx, org, { verb: 'move', at, detail, toward: to }, async (spans) => {
    const now = spanAt(spans, at)
    if (now?.parentId === null) throw conflict('topStays', `“${org.name}”是这套系统的最上级组织，不能划转。`)
    if (now?.parentId === to.id)
      throw conflict('alreadyThere', `“${org.name}”在 ${on} 已经在“${to.name}”下面，不需要划转。`)
    if (countyIdFor(org.id, to) !== org.countyId)
      throw conflict(
        'otherCounty',
        `“${org.name}”和“${to.name}”不在同一个县（区），不能直接划转。请在新的县（区）设立组织，办理团员组织关系转接后，再撤销这里的组织。`,
      )
    await checkNameFree(ctx, { name: org.name, parentId: to.id, at, self: org.id })
    return alteredFrom(spans, { parentId: to.id }, at)
  })
}

interface Rewriting {
  verb: string
  /** A moment in the life that is rewritten. */
  at: string
  /** From when on anything may differ; `at` unless said. */
  from?: string
  detail: Record<string, unknown>
  toward?: Org
}

async function rewrite(
  ctx: Context,
  org: Org,
  how: Rewriting,
  work: (spans: Span[]) => Promise<Span[]>,
): Promise<Org> {
  await lockTree(ctx)
  const lives = await livesAround(ctx, { whole: [org.id], alone: how.toward ? [how.toward.id] : [] })
  const life = lives.get(org.id)
  if (!life) throw notFound(`组织“${org.name}”`)
  checkAlive(org, life.spans, how.at)
  return act(ctx, deedOn(org, how.verb, how.detail), async () => {
    const spans = await work(life.spans)
    const next: Lives = new Map(lives).set(org.id, { ...life, spans })
    const affected = [...lives].filter(([, l]) => l.spans.some((s) => s.path.includes(`/${org.code}/`)))
    const from = how.verb === 'correct' && !how.from ? '0001-01-01 00:00:00' : (how.from ?? how.at)
    await keep(
      ctx,
      lives,
      repathed(
        next,
        affected.map(([id]) => id),
      ),
      from,
    )
    return present(ctx, org.id)
  })
}

export const deedOn = (org: Org, verb: string, detail: Record<string, unknown>) => ({
  action: 'structure.change' as const,
  verb,
  org: { id: org.id, countyId: org.countyId, path: org.pathNow },
  subject: 'org',
  subjectId: org.id,
  detail,
})

function checkAlive(org: Org, spans: Span[], at: string): void {
  const opened = spans[0]?.validFrom ?? ''
  const closed = spans.at(-1)?.validTo ?? ''
  if (at < opened)
    throw conflict(
      'beforeOpening',
      `“${org.name}”${opened.slice(0, 10)} 才设立，不能在 ${at.slice(0, 10)} 变更。请改晚日期，或先更正设立日期。`,
    )
  if (at >= closed)
    throw conflict(
      'afterClosing',
      `“${org.name}”已于 ${closed.slice(0, 10)} 撤销，不能在 ${at.slice(0, 10)} 变更。`,
    )
}

/** The organisation after an act, as it is now. */
export async function present(ctx: Context, id: string): Promise<Org> {
  const org = await orgAt(ctx.db, id, ctx.now)
  if (!org) throw notFound('这个组织')
  return org
}
