/** Members: listed, exported, entered, ended, corrected, marked as mobile. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid, refuse } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { JobKind } from '../../../kernel/jobs/runner.ts'
import { ageOn } from '../../../kernel/period.ts'
import { type AnyRoute, type Call, route } from '../../../kernel/route.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import type { Warning } from '../people/contract.ts'
import { bumpPerson, changeTrait } from '../people/correct.ts'
import { personMeant } from '../people/meant.ts'
import { findPerson } from '../people/queries.ts'
import { beginRoster, rosterJob, rosterNow } from '../people/roster.ts'
import { requireConfirmed } from '../people/rules.ts'
import { dated, datedOrUnknown, INFINITY } from '../people/spans.ts'
import { actingOrg } from '../people/ties.ts'
import * as contract from './contract.ts'
import { enterMembers } from './enter.ts'
import { roster } from './export.ts'
import { findMembership, heldBy, type Membership, membersOf, updateMembership } from './queries.ts'
import { checkReason, orgProblem, unusualAge } from './rules.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listMembers>) {
  const { page = 1, size = 50, ...filter } = query
  const { asOf, total, rows } = await membersOf(ctx, filter, { page, size })
  return { asOf, total, rows }
}

const deed = (org: Org, verb: string, subjectId: string, detail: Record<string, unknown>) => ({
  action: 'structure.change' as const,
  verb,
  org: { id: org.id, countyId: org.countyId, path: org.pathNow },
  subject: 'membership',
  subjectId,
  detail,
})

async function enter(ctx: Context, { body }: Call<typeof contract.enterMember>) {
  const org = await findOrg(ctx, body.orgId)
  requireOrg(ctx, 'structure.change', org)
  const startReason = checkReason('start', body.startReason)
  const meant = await personMeant(ctx, org, body)
  const name = meant.known?.name ?? body.person?.name ?? ''
  const detail = { name, from: body.from, startReason }
  const id = newId()
  return act(ctx, deed(org, '登记团员', id, detail), async () => {
    const entry = { id, person: meant.person, from: body.from, startReason, memberNo: body.memberNo }
    const [answer] = await enterMembers(ctx, [entry], { statedOn: ctx.today })
    if (!answer?.person || !answer.membershipId || answer.state === 'refused')
      throw invalid('membership', answer?.message ?? '没有登记。')
    if (answer.state === 'elsewhere') throw conflict('memberElsewhere', answer.message ?? '')
    if (answer.state === 'unchanged')
      throw conflict('alreadyMember', `${name}已经是“${org.name}”的团员，不用再登记。`)
    const age = startReason === 'admission' ? await ageAsked(ctx, answer.person, body.from) : []
    const warnings = [...meant.warnings, ...age]
    requireConfirmed(warnings, body.confirmed)
    return { id, personId: answer.person.personId, how: answer.person.how, warnings }
  })
}

async function ageAsked(
  ctx: Context,
  { countyId, personId }: { countyId: string; personId: string },
  from: string,
): Promise<Warning[]> {
  const person = await ctx.db
    .selectFrom('person')
    .select('birthDate')
    .where('countyId', '=', countyId)
    .where('id', '=', personId)
    .executeTakeFirst()
  const born = person?.birthDate
  if (!born) return []
  const asked = unusualAge(ageOn(born, dated(from, { id: 'from', title: '入团日期' }).at))
  return asked ? [asked] : []
}

async function end(ctx: Context, { params, body }: Call<typeof contract.endMembership>) {
  const { membership, org, person } = await findMembership(ctx, params.id)
  const reason = checkReason('end', body.reason)
  const on = dated(body.on, { id: 'on', title: '离开日期' })
  const detail = { name: person.name, on: body.on, reason }
  return act(ctx, deed(org, '办理离开', membership.id, detail), () => {
    if (membership.validTo !== INFINITY)
      throw conflict(
        'alreadyEnded',
        `这条团籍已在 ${membership.validTo.slice(0, 10)} 结束。日期有误的，请用“更正”。`,
      )
    if (on.at <= membership.validFrom)
      throw refuse({ field: 'on', reason: `离开日期不晚于起始日期 ${membership.validFrom.slice(0, 10)}` })
    const ended = { validTo: on.at, toPrecision: on.precision, endReason: reason }
    return updateMembership(ctx, membership, body.version, ended)
  })
}

type CorrectBody = Call<typeof contract.correctMembership>['body']

async function correct(ctx: Context, { params, body }: Call<typeof contract.correctMembership>) {
  const { membership, org, person } = await findMembership(ctx, params.id)
  const set = correctedFrom(membership, body)
  const detail = {
    name: person.name,
    ...changedIn(membership, set),
    ...(body.note && { note: body.note }),
  }
  return act(ctx, deed(org, '更正团籍', membership.id, detail), async () => {
    await checkSpan(ctx, membership, org, { ...membership, ...set })
    const admitted = (set.startReason ?? membership.startReason) === 'admission'
    const warnings = admitted && body.from ? await ageAsked(ctx, membership, body.from) : []
    requireConfirmed(warnings, body.confirmed)
    return { ...(await updateMembership(ctx, membership, body.version, set)), warnings }
  })
}

function correctedFrom(held: Membership, body: CorrectBody) {
  const from = body.from === undefined ? null : datedOrUnknown(body.from, { id: 'from', title: '起始日期' })
  const to = body.to ? dated(body.to, { id: 'to', title: '结束日期' }) : null
  return {
    ...(body.memberNo !== undefined && { memberNo: body.memberNo?.trim() || null }),
    ...(body.startReason && { startReason: checkReason('start', body.startReason) }),
    ...(from && { validFrom: from.at, fromPrecision: from.precision }),
    ...(to && {
      validTo: to.at,
      toPrecision: to.precision,
      endReason: checkReason('end', body.endReason ?? held.endReason ?? 'other'),
    }),
    ...(body.to === null && { validTo: INFINITY, toPrecision: null, endReason: null }),
    ...(body.to === undefined && body.endReason && { endReason: checkReason('end', body.endReason) }),
  }
}

const changedIn = (before: Membership, set: Partial<Membership>) =>
  Object.fromEntries(
    Object.entries(set)
      .map(([key, value]) => [key, [before[key as keyof Membership], value]] as const)
      .filter(([, [old, now]]) => old !== now),
  )

async function checkSpan(ctx: Context, held: Membership, org: Org, wanted: Membership): Promise<void> {
  if (wanted.validFrom >= wanted.validTo)
    throw refuse({ field: 'to', reason: '结束日期不晚于起始日期', remedy: '请改正其中一个' })
  const from = {
    at: wanted.validFrom,
    precision: wanted.fromPrecision === 'unknown' ? 'unknown' : 'day',
  } as const
  const found = orgProblem(org, from, wanted.validTo)
  if (found) throw refuse(found)
  const others = (await heldBy(ctx, held.personId)).filter((h) => h.id !== held.id)
  const overlap = others.find((h) => h.validFrom < wanted.validTo && h.validTo > wanted.validFrom)
  if (overlap)
    throw conflict('overlap', '这样改，同一时间会有两处团籍。请先改正另一处的起止日期，再改这一处。')
}

async function remove(ctx: Context, { params, body }: Call<typeof contract.removeMembership>) {
  const { membership, org, person } = await findMembership(ctx, params.id)
  const detail = { name: person.name, reason: body.reason }
  return act(ctx, deed(org, '作废团籍', membership.id, detail), () =>
    updateMembership(ctx, membership, body.version, { voidedAt: ctx.now }),
  )
}

async function setMobile(ctx: Context, { params, body }: Call<typeof contract.setMobile>) {
  const { membership, org } = await findMembership(ctx, params.id)
  const found = await findPerson(ctx, membership.personId, membership)
  actingOrg(ctx, 'structure.change', found)
  const person = found.row
  const from = body.from ? dated(body.from, { id: 'from', title: '起始日期' }) : undefined
  const verb = body.mobile ? '标记流动' : '取消流动'
  const detail = { name: person.name, place: body.place ?? null, from: body.from ?? null }
  return act(ctx, deed(org, verb, membership.id, detail), async () => {
    const value = body.mobile ? 'yes' : null
    await changeTrait(ctx, person, { trait: 'mobile', value, detail: body.place, from })
    await bumpPerson(ctx, person)
    return { personId: membership.personId }
  })
}

export const routes: AnyRoute[] = [
  route(contract.listMembers, list),
  route(contract.exportMembers, (ctx, { query }) => rosterNow(ctx, roster, query)),
  route(contract.startMembersExport, (ctx, { body }) => beginRoster(ctx, roster, body)),
  route(contract.enterMember, enter),
  route(contract.endMembership, end),
  route(contract.correctMembership, correct),
  route(contract.removeMembership, remove),
  route(contract.setMobile, setMobile),
]

export const jobs: JobKind[] = [rosterJob(roster)]
