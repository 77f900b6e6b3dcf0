import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import { conflict } from '../../../kernel/errors.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { keep, livesAround, lockTree } from '../organisations/lives.ts'
import { deedOn, present } from '../organisations/operations.ts'
import { checkInForce, findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { mayHold, startOf } from '../organisations/rules.ts'
import {
  alteredFrom,
  changesAfter,
  endedAt,
  type Lives,
  repathed,
  type Span,
} from '../organisations/spans.ts'
import * as contract from './contract.ts'
import { carryOver, countMembers, countPosts, endPosts, followReferences } from './followers.ts'

async function merge(ctx: Context, id: string, { into, on }: { into: string; on: string }) {
  await lockTree(ctx)
  const at = startOf(on)
  const org = await findOrg(ctx, id, { asOf: at })
  requireOrg(ctx, 'structure.change', org)
  const to = await findOrg(ctx, into, { asOf: at, inForce: true })
  require(ctx, 'structure.change', to.pathNow, `组织“${into}”`)
  return act(ctx, deedOn(org, 'merge', { on, into: to.fullName, intoId: to.id }), async () => {
    const lives = await livesAround(ctx, { whole: [org.id], alone: [to.id] })
    const below = subordinates(lives, org.id, at)
    await checkMerger(ctx, { org, to, at, lives, below })
    const next = new Map(lives)
    for (const child of below) restand(next, child, { from: org.id, to: to.id, at })
    await endLife(ctx, { org, at, lives, next, reason: 'merge', successorId: to.id })
    await followReferences(ctx, org, to)
    return {
      memberships: await carryOver(ctx, org, to, at),
      appointments: await endPosts(ctx, org, at, 'merge'),
      subordinates: below.length,
      organisation: await present(ctx, org.id),
    }
  })
}

/** Organisations that stand directly below at the moment or at any time after it. */
const subordinates = (lives: Lives, id: string, at: string): string[] =>
  [...lives]
    .filter(([, life]) => life.spans.some((s) => s.parentId === id && s.validTo > at))
    .map(([child]) => child)

interface Merger {
  org: Org
  to: Org
  at: string
  lives: Lives
  below: string[]
}

async function checkMerger(ctx: Context, { org, to, at, lives, below }: Merger): Promise<void> {
  checkMayEnd(lives, org, at)
  if (org.id === to.id) throw conflict('intoItself', '不能并入自己，请另选组织。')
  if (to.pathNow.startsWith(org.pathNow) || to.path.startsWith(org.path))
    throw conflict('intoBelow', `“${to.name}”是“${org.name}”的下级，不能并入。请先把“${to.name}”划转出来。`)
  if (org.countyId !== to.countyId)
    throw conflict(
      'otherCounty',
      `“${org.name}”和“${to.name}”不在同一个县（区），不能合并。请先办理团员组织关系转接，再撤销“${org.name}”。`,
    )
  const held = below.flatMap((child) => lives.get(child)?.spans.at(-1) ?? [])
  const stuck = held.filter((child) => !mayHold(to.type, child.type))
  if (stuck.length > 0)
    throw conflict('cannotHold', `“${to.name}”下面不能设${names(stuck)}，请先划转或撤销它们，再合并。`)
  if (to.type === 'branch' || (await countMembers(ctx, org, at)) === 0) return
  throw conflict(
    'membersInBranches',
    `“${org.name}”还有团员，只能并入团支部，而“${to.name}”不是。请另选一个团支部。`,
  )
}

/** A subordinate stands under the successor from the moment on, wherever it would stand under the one that ended. */
function restand(
  lives: Lives,
  child: string,
  { from, to, at }: { from: string; to: string; at: string },
): void {
  const life = lives.get(child)
  if (!life) return
  const begins = life.spans.filter((s) => s.parentId === from && s.validTo > at)
  let spans = life.spans
  for (const span of begins)
    spans = alteredFrom(spans, { parentId: to }, span.validFrom > at ? span.validFrom : at)
  lives.set(child, { ...life, spans })
}

interface End {
  org: Org
  at: string
  lives: Lives
  next: Lives
  reason: string
  successorId: string | null
}

async function endLife(ctx: Context, { org, at, lives, next, reason, successorId }: End): Promise<void> {
  const life = next.get(org.id)
  if (!life) return
  next.set(org.id, { ...life, spans: endedAt(life.spans, at) })
  await ctx.db
    .updateTable('org')
    .set({ closedAt: at, closeReason: reason, successorId })
    .where('id', '=', org.id)
    .execute()
  await keep(ctx, lives, repathed(next, next.keys()), at)
}

function checkMayEnd(lives: Lives, org: Org, at: string): void {
  checkInForce(org, at)
  const spans = lives.get(org.id)?.spans ?? []
  if ((spans[0]?.validFrom ?? '') >= at)
    throw conflict(
      'beforeOpening',
      `“${org.name}”${org.openedAt.slice(0, 10)} 才设立，请改用更晚的日期，或先更正设立日期。`,
    )
  if (spans.some((s) => s.parentId === null))
    throw conflict('topStays', `“${org.name}”是这套系统的最上级组织，不能撤销或合并。`)
  if (org.closedAt)
    throw conflict(
      'alreadyClosed',
      `“${org.name}”已定于 ${org.closedAt.slice(0, 10)} 撤销，不能再办理撤销或合并。`,
    )
  const [later] = changesAfter(spans, at)
  if (later)
    throw conflict(
      'laterChanges',
      `“${org.name}”在 ${later.validFrom.slice(0, 10)} 还有变更，不能从 ${at.slice(0, 10)} 起撤销。请改用更晚的日期。`,
    )
}

const names = (spans: Span[]) =>
  `${spans
    .slice(0, 5)
    .map((s) => `“${s.name}”`)
    .join('、')}${spans.length > 5 ? `等 ${spans.length} 个组织` : ''}`

interface Closure {
  on: string
  reason?: string | undefined
  endAppointments?: boolean | undefined
}

async function close(ctx: Context, id: string, { on, reason, endAppointments = false }: Closure) {
  await lockTree(ctx)
  const at = startOf(on)
  const org = await findOrg(ctx, id, { asOf: at })
  requireOrg(ctx, 'structure.change', org)
  return act(ctx, deedOn(org, 'close', { on, reason: reason ?? null }), async () => {
    const lives = await livesAround(ctx, { whole: [org.id] })
    checkMayEnd(lives, org, at)
    await checkEmpty(ctx, org, { at, lives, endAppointments })
    await endLife(ctx, {
      org,
      at,
      lives,
      next: new Map(lives),
      reason: reason?.trim() || 'closed',
      successorId: null,
    })
    return {
      memberships: 0,
      appointments: await endPosts(ctx, org, at, 'orgClosed'),
      subordinates: 0,
      organisation: await present(ctx, org.id),
    }
  })
}

async function checkEmpty(
  ctx: Context,
  org: Org,
  { at, lives, endAppointments }: { at: string; lives: Lives; endAppointments: boolean },
): Promise<void> {
  const below = subordinates(lives, org.id, at).flatMap((child) => lives.get(child)?.spans.at(-1) ?? [])
  if (below.length > 0)
    throw conflict(
      'hasSubordinates',
      `“${org.name}”下面还有${names(below)}，请先划转或撤销它们，或改用“合并”。`,
    )
  const members = await countMembers(ctx, org, at)
  if (members > 0)
    throw conflict(
      'hasMembers',
      `“${org.name}”还有 ${members} 名团员，请先办理转出，或改用“合并”把团员一并转入另一个团支部。`,
    )
  const posts = await countPosts(ctx, org, at)
  if (posts > 0 && !endAppointments)
    throw conflict(
      'hasPosts',
      `“${org.name}”还有 ${posts} 个任职没有终止。请先免职，或选择“同时终止任职”再撤销。`,
    )
}

export const routes: AnyRoute[] = [
  route(contract.mergeOrganisation, (ctx, { params, body }) => merge(ctx, params.id, body)),
  route(contract.closeOrganisation, (ctx, { params, body }) => close(ctx, params.id, body)),
]
