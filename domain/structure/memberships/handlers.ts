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
import { dated } from '../people/dated.ts'
import { personMeant } from '../people/meant.ts'
import { findPerson } from '../people/queries.ts'
import { beginRoster, rosterJob, rosterNow } from '../people/roster.ts'
import { requireConfirmed } from '../people/rules.ts'
import { actingOrg } from '../people/ties.ts'
import { deed, findSpan, othersOf, writeSpan } from '../spans/queries.ts'
import { changedIn, corrected, ended, orderedStart, overlaps } from '../spans/rules.ts'
import * as contract from './contract.ts'
import { enterMembers } from './enter.ts'
import { roster } from './export.ts'
import { membersOf } from './queries.ts'
import { checkReason, MEMBERSHIP, orgProblem, unusualAge } from './rules.ts'
import type { Membership } from './tables.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listMembers>) {
  const { page = 1, size = 50, ...filter } = query
  const { asOf, total, rows } = await membersOf(ctx, filter, { page, size })
  return { asOf, total, rows }
}

async function enter(ctx: Context, { body }: Call<typeof contract.enterMember>) {
  const org = await findOrg(ctx, body.orgId)
  requireOrg(ctx, 'structure.change', org)
  const startReason = checkReason('start', body.startReason)
  const meant = await personMeant(ctx, org, body)
  const name = meant.known?.name ?? body.person?.name ?? ''
  const id = newId()
  const detail = { id, name, from: body.from, startReason }
  return act(ctx, deed(MEMBERSHIP, '登记团员', org, detail), async () => {
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
  const { span, org, person } = await findSpan<Membership>(ctx, MEMBERSHIP, params.id)
  const { version } = body
  const reason = checkReason('end', body.reason)
  const on = dated(body.on, { id: 'on', title: MEMBERSHIP.end })
  const detail = { id: span.id, name: person.name, on: body.on, reason }
  return act(ctx, deed(MEMBERSHIP, '办理离开', org, detail), () =>
    writeSpan(ctx, MEMBERSHIP, { span, version }, ended(MEMBERSHIP, span, { on, reason })),
  )
}

type CorrectBody = Call<typeof contract.correctMembership>['body']

async function correct(ctx: Context, { params, body }: Call<typeof contract.correctMembership>) {
  const { span, org, person } = await findSpan<Membership>(ctx, MEMBERSHIP, params.id)
  const { note, version } = body
  const set = correctedFrom(span, body)
  const detail = { id: span.id, name: person.name, ...changedIn(span, set), ...(note && { note }) }
  return act(ctx, deed(MEMBERSHIP, '更正团籍', org, detail), async () => {
    const wanted = { ...span, ...set }
    await checkSpan(ctx, org, wanted)
    const warnings =
      wanted.startReason === 'admission' && body.from ? await ageAsked(ctx, span, body.from) : []
    requireConfirmed(warnings, body.confirmed)
    return { ...(await writeSpan(ctx, MEMBERSHIP, { span, version }, set)), warnings }
  })
}

const correctedFrom = (held: Membership, body: CorrectBody): Partial<Membership> => ({
  ...(body.memberNo !== undefined && { memberNo: body.memberNo?.trim() || null }),
  ...(body.startReason && { startReason: checkReason('start', body.startReason) }),
  ...corrected(MEMBERSHIP, held, body, (text) => checkReason('end', text)),
})

async function checkSpan(ctx: Context, org: Org, wanted: Membership): Promise<void> {
  const found = orgProblem(org, orderedStart(MEMBERSHIP, wanted), wanted.validTo)
  if (found) throw refuse(found)
  const others = await othersOf(ctx, MEMBERSHIP, wanted)
  if (others.some((other) => overlaps(other, wanted)))
    throw conflict('overlap', '这样改，同一时间会有两处团籍。请先改正另一处的起止日期，再改这一处。')
}

async function remove(ctx: Context, { params, body }: Call<typeof contract.removeMembership>) {
  const { span, org, person } = await findSpan<Membership>(ctx, MEMBERSHIP, params.id)
  const { reason, version } = body
  const detail = { id: span.id, name: person.name, reason }
  return act(ctx, deed(MEMBERSHIP, '作废团籍', org, detail), () =>
    writeSpan(ctx, MEMBERSHIP, { span, version }, { voidedAt: ctx.now }),
  )
}

async function setMobile(ctx: Context, { params, body }: Call<typeof contract.setMobile>) {
  const { span: membership, org } = await findSpan<Membership>(ctx, MEMBERSHIP, params.id)
  const found = await findPerson(ctx, membership.personId, membership)
  actingOrg(ctx, 'structure.change', found)
  const person = found.row
  const from = body.from ? dated(body.from, { id: 'from', title: '起始日期' }) : undefined
  const verb = body.mobile ? '标记流动' : '取消流动'
  const { place = null, from: since = null } = body
  const detail = { id: membership.id, name: person.name, place, from: since }
  return act(ctx, deed(MEMBERSHIP, verb, org, detail), async () => {
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
