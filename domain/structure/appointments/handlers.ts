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
import { personMeant } from '../people/meant.ts'
import { beginRoster, rosterJob, rosterNow } from '../people/roster.ts'
import { requireConfirmed } from '../people/rules.ts'
import { dated, datedOrUnknown, INFINITY } from '../people/spans.ts'
import * as contract from './contract.ts'
import { enterOfficers } from './enter.ts'
import { roster } from './export.ts'
import { guardPosts } from './giving.ts'
import { APPOINTMENT_MODES, DISMISSAL_REASONS, OFFICER_KINDS } from './posts.ts'
import {
  type Appointment,
  boardPosts,
  findAppointment,
  formerPosts,
  heldPosts,
  officersOf,
  postsElsewhere,
  secretaryOf,
  termsOf,
  updateAppointment,
} from './queries.ts'
import { choiceOf, postProblem, readPost, sameSeat, vacanciesOf } from './rules.ts'

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

const deed = (org: Org, verb: string, subjectId: string, detail: Record<string, unknown>) => ({
  action: 'structure.change' as const,
  verb,
  org: { id: org.id, countyId: org.countyId, path: org.pathNow },
  subject: 'appointment',
  subjectId,
  detail,
})

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
  return act(ctx, deed(org, '任职', id, { name, post, postTitle, from: body.from, mode }), async () => {
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
  const { appointment, org, person } = await findAppointment(ctx, params.id)
  guardPosts(ctx, placeOf(org), [appointment.post])
  const reason = choiceOf('reason', '离任原因', DISMISSAL_REASONS, body.reason)
  const on = dated(body.on, { id: 'on', title: '离任日期' })
  const detail = { name: person.name, postTitle: appointment.postTitle, on: body.on, reason }
  return act(ctx, deed(org, '离任', appointment.id, detail), () => {
    if (appointment.validTo !== INFINITY)
      throw conflict(
        'alreadyEnded',
        `这项任职已在 ${appointment.validTo.slice(0, 10)} 结束。日期有误的，请用“更正”。`,
      )
    if (on.at <= appointment.validFrom)
      throw refuse({
        field: 'on',
        reason: `离任日期不晚于任职日期 ${appointment.validFrom.slice(0, 10)}`,
        remedy: '请改正日期；登记错了的任职，请用“作废”',
      })
    const ended = { validTo: on.at, toPrecision: on.precision, endReason: reason }
    return updateAppointment(ctx, appointment, body.version, ended)
  })
}

type CorrectBody = Call<typeof contract.correctAppointment>['body']

async function correct(ctx: Context, { params, body }: Call<typeof contract.correctAppointment>) {
  const { appointment, org, person } = await findAppointment(ctx, params.id)
  const set = correctedFrom(appointment, body)
  guardPosts(ctx, placeOf(org), [appointment.post, set.post ?? appointment.post])
  const detail = {
    name: person.name,
    ...changedIn(appointment, set),
    ...(body.note && { note: body.note }),
  }
  return act(ctx, deed(org, '更正任职', appointment.id, detail), async () => {
    await checkSpan(ctx, org, { ...appointment, ...set })
    return updateAppointment(ctx, appointment, body.version, set)
  })
}

function correctedFrom(held: Appointment, body: CorrectBody): Partial<Appointment> {
  const from = body.from === undefined ? null : datedOrUnknown(body.from, { id: 'from', title: '任职日期' })
  const to = body.to ? dated(body.to, { id: 'to', title: '离任日期' }) : null
  const { officerKind, mode } = body
  const reason = (text: string) => choiceOf('endReason', '离任原因', DISMISSAL_REASONS, text)
  return {
    ...(body.post && readPost(body.post, body.postTitle)),
    ...(!body.post && body.postTitle && { postTitle: body.postTitle.trim() }),
    ...(officerKind !== undefined && {
      officerKind: officerKind && choiceOf('officerKind', '专职兼职', OFFICER_KINDS, officerKind),
    }),
    ...(mode !== undefined && { mode: mode && choiceOf('mode', '任职方式', APPOINTMENT_MODES, mode) }),
    ...(from && { validFrom: from.at, fromPrecision: from.precision }),
    ...(to && {
      validTo: to.at,
      toPrecision: to.precision,
      endReason: reason(body.endReason ?? held.endReason ?? 'other'),
    }),
    ...(body.to === null && { validTo: INFINITY, toPrecision: null, endReason: null }),
    ...(body.to === undefined && body.endReason && { endReason: reason(body.endReason) }),
  }
}

const changedIn = (before: Appointment, set: Partial<Appointment>) =>
  Object.fromEntries(
    Object.entries(set)
      .map(([key, value]) => [key, [before[key as keyof Appointment], value]] as const)
      .filter(([, [old, now]]) => old !== now),
  )

async function checkSpan(ctx: Context, org: Org, wanted: Appointment): Promise<void> {
  if (wanted.validFrom >= wanted.validTo)
    throw refuse({ field: 'to', reason: '离任日期不晚于任职日期', remedy: '请改正其中一个' })
  const precision = wanted.fromPrecision === 'unknown' ? ('unknown' as const) : ('day' as const)
  const found = postProblem(org, wanted.post, { at: wanted.validFrom, precision }, wanted.validTo)
  if (found) throw refuse(found)
  const others = (await heldPosts(ctx, wanted.personId)).filter((h) => h.id !== wanted.id)
  const span = { ...wanted, from: wanted.validFrom, to: wanted.validTo }
  if (others.some((h) => sameSeat(h, span)))
    throw conflict(
      'alreadyHeld',
      `这样改，同一时间会有两条“${org.name}”的${wanted.postTitle}。请先作废重复的一条。`,
    )
}

async function remove(ctx: Context, { params, body }: Call<typeof contract.removeAppointment>) {
  const { appointment, org, person } = await findAppointment(ctx, params.id)
  guardPosts(ctx, placeOf(org), [appointment.post])
  const detail = { name: person.name, postTitle: appointment.postTitle, reason: body.reason }
  return act(ctx, deed(org, '作废任职', appointment.id, detail), () =>
    updateAppointment(ctx, appointment, body.version, { voidedAt: ctx.now }),
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
  const detail = { ordinal, startedOn, dueOn }
  return act(ctx, { ...deed(org, '登记任期', id, detail), subject: 'term' }, async () => {
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
