/** Officers: listed, appointed, dismissed; boards and their terms. */

import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, invalid, refuse } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { JobKind } from '../../../kernel/jobs/runner.ts'
import { isDay } from '../../../kernel/period.ts'
import { type AnyRoute, type Call, route } from '../../../kernel/route.ts'
import { may } from '../../../kernel/scope.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import { endOf } from '../organisations/rules.ts'
import type { Warning } from '../people/contract.ts'
import { dated } from '../people/dated.ts'
import { personMeant } from '../people/meant.ts'
import { beginRoster, rosterJob, rosterNow } from '../people/roster.ts'
import { requireConfirmed } from '../people/rules.ts'
import { deed, findSpan, othersOf, writeSpan } from '../spans/queries.ts'
import { changedIn, corrected, ended, orderedStart } from '../spans/rules.ts'
import * as contract from './contract.ts'
import { enterOfficers } from './enter.ts'
import { roster } from './export.ts'
import { guardPosts } from './giving.ts'
import { APPOINTMENT_MODES, DISMISSAL_REASONS, OFFICER_KINDS } from './posts.ts'
import { boardPosts, formerPosts, officersOf, postsElsewhere, secretaryOf, termsOf } from './queries.ts'
import { APPOINTMENT, choiceOf, postProblem, readPost, sameSeat, vacanciesOf } from './rules.ts'
import type { Appointment } from './tables.ts'

async function list(ctx: Context, { query }: Call<typeof contract.listOfficers>) {
  const { page = 1, size = 50, ...filter } = query
  const { org: _org, ...answer } = await officersOf(ctx, filter, { page, size })
  return answer
}

async function board(ctx: Context, { params, query }: Call<typeof contract.getBoard>) {
  const asOf = query.asOf ? endOf(query.asOf) : ctx.now
  const org = await findOrg(ctx, params.orgId, { asOf })
  requireOrg(ctx, 'structure.read', org)
  const posts = await boardPosts(ctx, org, asOf)
  const terms = await termsOf(ctx, org, asOf)
  const elsewhere = await postsElsewhere(
    ctx,
    org,
    posts.map((p) => p.person.personId),
    asOf,
  )
  const names = new Map(posts.map((p) => [p.person.personId, p.person.name]))
  const day = asOf.slice(0, 10)
  return {
    asOf,
    org: { id: org.id, name: org.name, type: org.type },
    term: terms.find((t) => t.startedOn <= day && (t.endedOn === null || t.endedOn > day)) ?? null,
    terms,
    posts,
    former: await formerPosts(ctx, org, asOf),
    vacancies: vacanciesOf(
      org.type,
      posts.map((p) => p.post),
    ),
    concurrent: [...elsewhere].map(([personId, held]) => ({
      personId,
      name: names.get(personId) ?? '',
      posts: held,
    })),
    may: { change: may(ctx.actor.grants, 'structure.change', org.pathNow) },
  }
}

const placeOf = ({ name, pathNow }: Org) => ({ name, path: pathNow })

async function appointOne(ctx: Context, { body }: Call<typeof contract.appoint>) {
  const org = await findOrg(ctx, body.orgId)
  requireOrg(ctx, 'structure.change', org)
  const { post, postTitle } = readPost(body.post, body.postTitle)
  guardPosts(ctx, placeOf(org), [post])
  const officerKind = body.officerKind
    ? choiceOf('officerKind', '专职兼职', OFFICER_KINDS, body.officerKind)
    : null
  const mode = body.mode ? choiceOf('mode', '任职方式', APPOINTMENT_MODES, body.mode) : null
  const meant = await personMeant(ctx, org, body)
  const name = meant.known?.name ?? body.person?.name ?? ''
  const id = newId()
  const detail = { id, name, post, postTitle, from: body.from, mode }
  return act(ctx, deed(APPOINTMENT, '任职', org, detail), async () => {
    const warnings = [...meant.warnings, ...(await secretaryHeld(ctx, org, post, body.from))]
    requireConfirmed(warnings, body.confirmed)
    const entry = { id, person: meant.person, post, postTitle, officerKind, mode, from: body.from }
    const [answer] = await enterOfficers(ctx, [entry], { statedOn: ctx.today })
    if (!answer?.person || answer.state === 'refused')
      throw invalid('appointment', answer?.message ?? '没有登记。')
    if (answer.state === 'unchanged')
      throw conflict('alreadyHeld', `${name}同一时间已经是“${org.name}”的${postTitle}，不用再登记。`)
    return { id, personId: answer.person.personId, how: answer.person.how, warnings }
  })
}

async function secretaryHeld(ctx: Context, org: Org, post: string, from: string): Promise<Warning[]> {
  if (post !== 'secretary') return []
  const holder = await secretaryOf(ctx, org, dated(from, { id: 'from', title: '任职日期' }).at)
  if (!holder) return []
  const message = `“${org.name}”那一天的书记是${holder}。如果已经离任，请先办理离任；确有两位书记的，确认后登记。`
  return [{ code: 'secretaryHeld', message }]
}

async function dismissOne(ctx: Context, { params, body }: Call<typeof contract.dismiss>) {
  const { span, org, person } = await findSpan<Appointment>(ctx, APPOINTMENT, params.id)
  guardPosts(ctx, placeOf(org), [span.post])
  const { version } = body
  const reason = reasonOf('reason', body.reason)
  const on = dated(body.on, { id: 'on', title: APPOINTMENT.end })
  const detail = { id: span.id, name: person.name, postTitle: span.postTitle, on: body.on, reason }
  return act(ctx, deed(APPOINTMENT, '离任', org, detail), () =>
    writeSpan(ctx, APPOINTMENT, { span, version }, ended(APPOINTMENT, span, { on, reason })),
  )
}

const reasonOf = (field: string, text: string) => choiceOf(field, '离任原因', DISMISSAL_REASONS, text)

type CorrectBody = Call<typeof contract.correctAppointment>['body']

async function correct(ctx: Context, { params, body }: Call<typeof contract.correctAppointment>) {
  const { span, org, person } = await findSpan<Appointment>(ctx, APPOINTMENT, params.id)
  const { note, version } = body
  const set = correctedFrom(span, body)
  guardPosts(ctx, placeOf(org), [span.post, set.post ?? span.post])
  const detail = { id: span.id, name: person.name, ...changedIn(span, set), ...(note && { note }) }
  return act(ctx, deed(APPOINTMENT, '更正任职', org, detail), async () => {
    await checkSpan(ctx, org, { ...span, ...set })
    return writeSpan(ctx, APPOINTMENT, { span, version }, set)
  })
}

function correctedFrom(held: Appointment, body: CorrectBody): Partial<Appointment> {
  const { officerKind, mode } = body
  return {
    ...(body.post && readPost(body.post, body.postTitle)),
    ...(!body.post && body.postTitle && { postTitle: body.postTitle.trim() }),
    ...(officerKind !== undefined && {
      officerKind: officerKind && choiceOf('officerKind', '专职兼职', OFFICER_KINDS, officerKind),
    }),
    ...(mode !== undefined && { mode: mode && choiceOf('mode', '任职方式', APPOINTMENT_MODES, mode) }),
    ...corrected(APPOINTMENT, held, body, (text) => reasonOf('endReason', text)),
  }
}

async function checkSpan(ctx: Context, org: Org, wanted: Appointment): Promise<void> {
  const found = postProblem(org, wanted.post, orderedStart(APPOINTMENT, wanted), wanted.validTo)
  if (found) throw refuse(found)
  const others = await othersOf(ctx, APPOINTMENT, wanted)
  if (others.some((other) => sameSeat(other, wanted)))
    throw conflict(
      'alreadyHeld',
      `这样改，同一时间会有两条“${org.name}”的${wanted.postTitle}。请先作废重复的一条。`,
    )
}

async function remove(ctx: Context, { params, body }: Call<typeof contract.removeAppointment>) {
  const { span, org, person } = await findSpan<Appointment>(ctx, APPOINTMENT, params.id)
  guardPosts(ctx, placeOf(org), [span.post])
  const { reason, version } = body
  const detail = { id: span.id, name: person.name, postTitle: span.postTitle, reason }
  return act(ctx, deed(APPOINTMENT, '作废任职', org, detail), () =>
    writeSpan(ctx, APPOINTMENT, { span, version }, { voidedAt: ctx.now }),
  )
}

async function openTerm(ctx: Context, { params, body }: Call<typeof contract.openTerm>) {
  const org = await findOrg(ctx, params.orgId)
  const { startedOn, dueOn = null, ordinal = null } = body
  for (const [field, day] of Object.entries({ startedOn, dueOn }))
    if (day !== null && !isDay(day)) throw refuse({ field, reason: `“${day}”不是一个日期` })
  if (dueOn !== null && dueOn <= startedOn)
    throw refuse({ field: 'dueOn', reason: '应换届日期不晚于本届起始日期', remedy: '请改正其中一个' })
  const id = newId()
  const detail = { id, ordinal, startedOn, dueOn }
  return act(ctx, { ...deed(APPOINTMENT, '登记任期', org, detail), subject: 'term' }, async () => {
    const terms = await termsOf(ctx, org, ctx.now)
    const later = terms.find((t) => t.startedOn >= startedOn)
    if (later)
      throw conflict('laterTerm', `已经登记了 ${later.startedOn} 开始的一届，请按先后登记，或核对日期。`)
    await ctx.db
      .updateTable('term')
      .set({ endedOn: startedOn })
      .where('countyId', '=', org.countyId)
      .where('orgId', '=', org.id)
      .where('endedOn', 'is', null)
      .where('voidedAt', 'is', null)
      .execute()
    const values = { countyId: org.countyId, id, orgId: org.id, ordinal, startedOn, dueOn, endedOn: null }
    const trace = { recordedBy: ctx.actor.accountId, recordedAt: ctx.now, voidedAt: null }
    await ctx.db
      .insertInto('term')
      .values({ ...values, ...trace })
      .execute()
    return { id, ordinal, startedOn, dueOn, endedOn: null, overdue: dueOn !== null && dueOn < ctx.today }
  })
}

export const routes: AnyRoute[] = [
  route(contract.listOfficers, list),
  route(contract.exportOfficers, (ctx, { query }) => rosterNow(ctx, roster, query)),
  route(contract.startOfficersExport, (ctx, { body }) => beginRoster(ctx, roster, body)),
  route(contract.getBoard, board),
  route(contract.appoint, appointOne),
  route(contract.dismiss, dismissOne),
  route(contract.correctAppointment, correct),
  route(contract.removeAppointment, remove),
  route(contract.openTerm, openTerm),
]

export const jobs: JobKind[] = [rosterJob(roster)]
