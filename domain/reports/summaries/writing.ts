/** Writing a summary: begin, save, refresh, propose, delete. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { require } from '../../../kernel/context.ts'
import { conflict, invalid } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import { cutAt, parsePeriod } from '../../../kernel/period.ts'
import type { Call } from '../../../kernel/route.ts'
import { askerOf } from '../../indicators/asker.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import { findOrg } from '../../structure/organisations/queries.ts'
import { deedOn, draftOf, readable } from './access.ts'
import { displayIn } from './checks.ts'
import type * as contract from './contract.ts'
import { draft, problemsFor } from './draft.ts'
import { resolve } from './figures.ts'
import { figuresOf, repeatedNames, wordsOf } from './model.ts'
import { editionsOf, type Found, lastHands, lockPeriod, type SummaryRow, summaryById } from './queries.ts'
import { changesOf } from './refresh.ts'
import { keepUsual, usualFor } from './settings.ts'
import { figuresFor, frameOf, resolvingFor, shown, workedOf } from './views.ts'

export async function create(ctx: Context, { body }: Call<typeof contract.createSummary>) {
  const whole = parsePeriod(body.period)
  const covered = cutAt(whole, body.cutOff)
  const org = await findOrg(ctx, body.org, { asOf: covered.to })
  require(ctx, 'summaries.write', org.pathNow, `组织“${body.org}”`)
  const row: SummaryRow = {
    id: newId(),
    countyId: org.countyId,
    orgId: org.id,
    path: org.path,
    period: whole.id,
    fromDay: whole.from,
    toDay: whole.to,
    cutOff: covered.to < whole.to ? covered.to : null,
    title: '',
    body: { sections: [] },
    settings: await usualFor(ctx, org),
    state: 'draft',
    version: 1,
    edition: 1,
    changedAt: ctx.now,
    submittedAt: null,
  }
  const all = await catalogue(ctx)
  const made = await draft(ctx, { org, frame: frameOf(row), all, asker: askerOf(ctx, all) })
  const found: Found = { row: { ...row, ...made }, org }
  const kept = await act(ctx, deedOn(found, 'draft'), async () => {
    await lockPeriod(ctx, org.id, row.period)
    const [before] = await editionsOf(ctx, org, row.period)
    if (before) throw alreadyThere(before)
    await insert(ctx, found.row)
    return { id: row.id }
  })
  return shown(ctx, await summaryById(ctx, kept.id))
}

const alreadyThere = (before: SummaryRow) =>
  conflict(
    'summaryExists',
    before.state === 'draft'
      ? `这个时段的总结已经起草（“${before.title}”，第 ${before.edition} 版），请在总结列表里打开它接着写。`
      : `这个时段的总结已经上报（“${before.title}”，第 ${before.edition} 版）。要改请打开它，点“更正”另起一版。`,
  )

export async function insert(ctx: Context, row: SummaryRow): Promise<void> {
  await ctx.db
    .insertInto('summary')
    .values({
      ...row,
      body: JSON.stringify(row.body),
      settings: JSON.stringify(row.settings),
      recordedBy: ctx.actor.accountId,
      recordedAt: ctx.now,
    })
    .execute()
}

export async function save(ctx: Context, { params, body }: Call<typeof contract.saveSummary>) {
  const found = await draftOf(ctx, params.id)
  const { row } = found
  const repeated = body.body ? repeatedNames(body.body) : []
  if (repeated.length > 0)
    throw invalid(
      'repeatedNames',
      `正文里有重复的编号（${repeated.slice(0, 3).join('、')}），多半是复制段落留下的，没有保存。请删去复制的段落重新粘贴。`,
    )
  const cutOff = body.cutOff === undefined ? row.cutOff : body.cutOff
  const next: SummaryRow = {
    ...row,
    title: body.title ?? row.title,
    body: body.body ?? row.body,
    settings: body.settings ?? row.settings,
    cutOff: cutAt(parsePeriod(row.period), cutOff).to < row.toDay ? cutOff : null,
  }
  const written = await act(ctx, deedOn({ ...found, row: next }, 'write'), async () => {
    await replace(ctx, next, body.version)
    if (body.settingsForAll && body.settings)
      await keepUsual(ctx, { id: row.orgId, path: row.path }, body.settings)
    return { version: body.version + 1 }
  })
  if (body.quiet) return { ...written, figures: [], checks: [], length: 0 }
  return { ...written, ...workedOf(next.body, await figuresFor(ctx, next), frameOf(next)) }
}

/** Writes over exactly the version that was seen. @throws conflict `versionConflict` */
async function replace(ctx: Context, row: SummaryRow, seen: number): Promise<void> {
  const done = await ctx.db
    .updateTable('summary')
    .set({
      title: row.title,
      body: JSON.stringify(row.body),
      settings: JSON.stringify(row.settings),
      cutOff: row.cutOff,
      version: seen + 1,
      changedAt: ctx.now,
    })
    .where('countyId', '=', row.countyId)
    .where('id', '=', row.id)
    .where('version', '=', seen)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw await changedMeanwhile(ctx, row.id)
}

export async function changedMeanwhile(ctx: Context, id: string) {
  const who = (await lastHands(ctx, [id])).get(id) ?? '别人'
  const { row } = await summaryById(ctx, id)
  return conflict(
    'versionConflict',
    `这份总结已被${who}在 ${row.changedAt.slice(0, 16)} 改过（第 ${row.version} 次保存），您的改动还没有保存，也没有覆盖对方的。请先把您的改动复制出来，刷新后再并入。`,
  )
}

export async function tryFigures(ctx: Context, { params, body }: Call<typeof contract.tryFigures>) {
  const { row } = await readable(ctx, params.id)
  const runs = body.figures.map((f) => ({ type: 'figure' as const, ...f }))
  const figures = await resolve(runs, await resolvingFor(ctx, row))
  return { figures: [...figures.values()] }
}

export async function refresh(ctx: Context, { params, body }: Call<typeof contract.refreshSummary>) {
  const { row, org } = await draftOf(ctx, params.id)
  const how = await resolvingFor(ctx, row)
  const fresh = await draft(ctx, { org, frame: how.frame, all: how.all, asker: how.asker })
  const text = body.body ?? row.body
  const figures = await resolve([...figuresOf(text), ...figuresOf(fresh.body)], { ...how, compare: false })
  const changes = changesOf({
    body: text,
    fresh: fresh.body,
    displayOf: displayIn(figures),
    paragraphId: body.paragraphId,
  })
  const offered = changes.flatMap((c) => (c.paragraph ? c.paragraph.runs : []))
  const refs = new Set(offered.flatMap((r) => (r.type === 'figure' ? [r.ref] : [])))
  return { changes, figures: [...figures.values()].filter((f) => refs.has(f.ref)) }
}

export async function problems(ctx: Context, { params }: Call<typeof contract.proposeProblems>) {
  const { row, org } = await readable(ctx, params.id)
  const how = await resolvingFor(ctx, row)
  const proposed = await problemsFor(ctx, { org, ...how })
  const body = {
    sections: [{ id: '', level: 1 as const, title: '', paragraphs: proposed.map((p) => p.paragraph) }],
  }
  const figures = await resolve(figuresOf(body), how)
  const displayOf = displayIn(figures)
  return {
    problems: proposed.map((p) => ({
      ...p,
      words: wordsOf(p.paragraph.runs, displayOf),
      nextStepWords: wordsOf(p.nextStep.runs, displayOf),
    })),
    figures: [...figures.values()],
  }
}

export async function discard(ctx: Context, { params }: Call<typeof contract.voidSummary>) {
  const found = await draftOf(ctx, params.id)
  const { row } = found
  return act(ctx, deedOn(found, 'void'), async () => {
    await ctx.db
      .updateTable('summary')
      .set({ voidedAt: ctx.now, version: row.version + 1 })
      .where('countyId', '=', row.countyId)
      .where('id', '=', row.id)
      .execute()
    return { id: row.id }
  })
}
