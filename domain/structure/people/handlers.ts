/** People: found, opened, corrected, revealed. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import type { ReferenceKind } from '../../../kernel/references.ts'
import type { Call } from '../../../kernel/route.ts'
import { type AnyRoute, route } from '../../../kernel/route.ts'
import { findOrg } from '../organisations/queries.ts'
import { endOf } from '../organisations/rules.ts'
import { correctPerson, getMyself, getPerson, revealPerson, searchPeople, setTrait } from './contract.ts'
import { bumpPerson, changeTrait, correctionFrom, staleVersion, traceOf, writeCorrection } from './correct.ts'
import { dated, shown } from './dated.ts'
import { cardOf, findPerson, historyOf, ownRow, participationsOf, searchWithin, traitsOf } from './queries.ts'
import { person } from './references.ts'
import { readCode, TRAIT_VALUES } from './rules.ts'
import { actingOrg, tieFor } from './ties.ts'

async function search(ctx: Context, { query }: Call<typeof searchPeople>) {
  const under = query.org ? (await findOrg(ctx, query.org)).pathNow : undefined
  return { people: await searchWithin(ctx, query.q, under) }
}

async function open(ctx: Context, { params, query }: Call<typeof getPerson>) {
  const found = await findPerson(ctx, params.id)
  const { until, ties } = found
  return {
    person: await cardOf(ctx, found, query.asOf ? endOf(query.asOf) : ctx.now),
    traits: await traitsOf(ctx, found),
    participations: await participationsOf(ctx, found),
    history: await historyOf(ctx, found),
    until: until && (shown(until)?.slice(0, 10) ?? null),
    may: {
      change: tieFor(ctx, 'structure.change', ties) !== undefined,
      reveal: tieFor(ctx, 'people.reveal', ties) !== undefined,
    },
  }
}

async function myself(ctx: Context) {
  const row = await ownRow(ctx)
  return { person: row ? await cardOf(ctx, { row, ties: [], until: null }) : null }
}

async function correct(ctx: Context, { params, body }: Call<typeof correctPerson>) {
  const found = await findPerson(ctx, params.id)
  const { row } = found
  const deed = {
    action: 'structure.change' as const,
    verb: '更正',
    org: actingOrg(ctx, 'structure.change', found),
    subject: 'person',
    subjectId: row.id,
  }
  const correction = correctionFrom(ctx, row, body)
  const detail = { ...traceOf(row, correction.columns), ...(body.reason && { reason: body.reason }) }
  return act(ctx, { ...deed, detail }, async () => {
    if (row.version !== body.version) throw staleVersion()
    await writeCorrection(ctx, row, correction)
    return { person: await cardOf(ctx, found), warnings: correction.warnings }
  })
}

async function changeTraitOf(ctx: Context, { params, body }: Call<typeof setTrait>) {
  const found = await findPerson(ctx, params.id)
  const known = TRAIT_VALUES[body.trait] ?? { title: body.trait, options: [] }
  const value = body.value === null ? null : readCode('value', known.title, known.options, body.value)
  const from = body.from ? dated(body.from, { id: 'from', title: '起始日期' }) : undefined
  const deed = {
    action: 'structure.change' as const,
    verb: value === null ? '终止' : '登记',
    org: actingOrg(ctx, 'structure.change', found),
    subject: 'person',
    subjectId: found.row.id,
    detail: { trait: body.trait, value, ...(body.from && { from: body.from }) },
  }
  return act(ctx, deed, async () => {
    await changeTrait(ctx, found.row, { trait: body.trait, value, detail: body.detail, from })
    await bumpPerson(ctx, found.row)
    return cardOf(ctx, found)
  })
}

async function reveal(ctx: Context, { params, body }: Call<typeof revealPerson>) {
  const found = await findPerson(ctx, params.id, { action: 'people.reveal' })
  const { row } = found
  const deed = {
    action: 'people.reveal' as const,
    verb: '查看证件号和电话',
    org: actingOrg(ctx, 'people.reveal', found),
    subject: 'person',
    subjectId: row.id,
    detail: { reason: body.reason },
  }
  const { secrets } = ctx.services
  return act(ctx, deed, async () => ({
    idNumber: row.idNoSealed && secrets.open(row.idNoSealed),
    phone: row.phoneSealed && secrets.open(row.phoneSealed),
  }))
}

export const references: ReferenceKind[] = [person]

export const routes: AnyRoute[] = [
  route(searchPeople, search),
  route(getPerson, open),
  route(getMyself, myself),
  route(correctPerson, correct),
  route(setTrait, changeTraitOf),
  route(revealPerson, reveal),
]
