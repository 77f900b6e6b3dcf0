/** Handing a summary in, and what comes after: drift, the rows as they were, a correction. */
import { act } from '../../../kernel/act.ts'
import type { Context } from '../../../kernel/context.ts'
import { conflict, notFound } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { Call } from '../../../kernel/route.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import type { EvidenceRows } from '../../indicators/contract.ts'
import { pageOf } from '../../indicators/kept/rows.ts'
import { deedOn, draftOf, readable } from './access.ts'
import type * as contract from './contract.ts'
import { drifted, freeze, frozenOf } from './frozen.ts'
import { bodyWithoutGone } from './gone.ts'
import { figuresOf } from './model.ts'
import { editionsOf, type Found, lockPeriod, type SummaryRow } from './queries.ts'
import { figuresFor, resolvingFor } from './views.ts'
import { changedMeanwhile, insert } from './writing.ts'

export async function submit(ctx: Context, { params, body }: Call<typeof contract.submitSummary>) {
  const found = await draftOf(ctx, params.id, 'summaries.submit')
  const { row } = found
  const deed = deedOn(found, 'submit', { action: 'summaries.submit' })
  return act(ctx, deed, async () => {
    await seal(ctx, row, body.version)
    const figures = await figuresFor(ctx, row, { digest: true })
    const told = figuresOf(bodyWithoutGone(row.body, (ref) => figures.get(ref)))
    const missing = told.flatMap(({ ref }) => figures.get(ref) ?? []).filter((f) => f.missing)
    if (missing.length > 0 && !body.withMissing)
      throw conflict(
        'missingFigures',
        `还有 ${missing.length} 个数据没有记录：${missing
          .slice(0, 5)
          .map((f) => f.measure.title)
          .join('、')}${missing.length > 5 ? ' 等' : ''}。请补记台账或删去，或确认后按缺数上报。`,
      )
    const kept = await freeze(ctx, row, figures, await catalogue(ctx))
    return { version: body.version + 1, submittedAt: ctx.now, figures: kept }
  })
}

/** From here on nobody else can save or hand in this version. */
async function seal(ctx: Context, row: SummaryRow, seen: number): Promise<void> {
  const done = await ctx.db
    .updateTable('summary')
    .set({
      state: 'submitted',
      version: seen + 1,
      submittedAt: ctx.now,
      submittedBy: ctx.actor.accountId,
      changedAt: ctx.now,
    })
    .where('countyId', '=', row.countyId)
    .where('id', '=', row.id)
    .where('version', '=', seen)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw await changedMeanwhile(ctx, row.id)
}

export async function correct(ctx: Context, { params }: Call<typeof contract.correctSummary>) {
  const found = await readable(ctx, params.id, 'summaries.write')
  const { row, org } = found
  if (row.state === 'draft')
    throw conflict('notSubmitted', `“${row.title}”还没有上报，直接改就可以，不用更正。`)
  const next: SummaryRow = {
    ...row,
    id: newId(),
    state: 'draft',
    version: 1,
    submittedAt: null,
    changedAt: ctx.now,
  }
  const made: Found = { org, row: next }
  return act(ctx, deedOn(made, 'correct', { corrects: row.id }), async () => {
    await lockPeriod(ctx, org.id, row.period)
    const [latest] = await editionsOf(ctx, org, row.period)
    if (latest && latest.id !== row.id)
      throw conflict(
        'newerEdition',
        `这份总结已经有第 ${latest.edition} 版（${latest.state === 'draft' ? '草稿' : '已上报'}），请打开那一版。`,
      )
    const edition = row.edition + 1
    await insert(ctx, { ...next, edition })
    return { id: next.id, edition }
  })
}

export async function drift(ctx: Context, { params }: Call<typeof contract.getDrift>) {
  const { row } = await readable(ctx, params.id)
  if (row.state === 'draft') return { submittedAt: null, drifted: [] }
  return { submittedAt: row.submittedAt, drifted: await drifted(ctx, row, await resolvingFor(ctx, row)) }
}

export async function rowsThen(
  ctx: Context,
  { params, query }: Call<typeof contract.getFrozenRows>,
): Promise<EvidenceRows> {
  const { row } = await readable(ctx, params.id)
  const figure = (await frozenOf(ctx, row)).find((f) => f.ref === params.ref)
  if (!figure) throw notFound('上报时的这个数据')
  return pageOf(figure.rows(), query)
}
