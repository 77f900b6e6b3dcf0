/** Law 7: what was handed in stays as it was. Figures, their questions and their rows are kept; later changes are shown. */
import type { Context } from '../../../kernel/context.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import { driftOf } from '../../indicators/kept/drift.ts'
import { type FrozenPart, keepRows, keptRows } from '../../indicators/kept/rows.ts'
import type { Drifted, ResolvedFigure } from './contract.ts'
import { displayed, type Resolving, wordingOf } from './figures.ts'
import { figuresIn, figuresOf, sentenceOf } from './model.ts'
import type { SummaryRow } from './queries.ts'

/** Keeps every figure of the text and the rows behind it. Returns how many. */
export async function freeze(
  ctx: Context,
  row: SummaryRow,
  figures: Map<string, ResolvedFigure>,
  all: Catalogue,
): Promise<number> {
  const understood = [...figures.values()].filter((f) => f.evidence.parts.length > 0)
  const questions = understood.map(({ question }) => question)
  const rowsSha256 = await keepRows(ctx, questions, all)
  const displayOf = (ref: string) => figures.get(ref)?.display ?? '—'
  const paragraphs = row.body.sections.flatMap((s) => s.paragraphs)
  const values = paragraphs.flatMap((p) =>
    figuresIn(p.runs).flatMap(({ ref }) => {
      const f = figures.get(ref)
      if (!f) return []
      return {
        countyId: row.countyId,
        summaryId: row.id,
        edition: row.edition,
        ref,
        sentence: sentenceOf(p.runs, ref, displayOf),
        question: JSON.stringify({ ...f.question, askedAt: ctx.now }),
        answer: JSON.stringify(f),
        digest: f.evidence.digest ?? '',
        rowsSha256,
      }
    }),
  )
  if (values.length > 0) await ctx.db.insertInto('summaryFigure').values(values).execute()
  return values.length
}

interface FrozenFigure {
  ref: string
  sentence: string
  figure: ResolvedFigure
  /** As they were handed in. @throws notFound */
  rows: () => FrozenPart[]
}

/** The figures of a summary that was handed in, as they were, in reading order. */
export async function frozenOf(ctx: Context, row: SummaryRow): Promise<FrozenFigure[]> {
  const found = await ctx.db
    .selectFrom('summaryFigure')
    .select(['ref', 'sentence', 'answer', 'rowsSha256'])
    .where('countyId', '=', row.countyId)
    .where('summaryId', '=', row.id)
    .where('edition', '=', row.edition)
    .execute()
  // All figures of an edition share one file.
  const files = new Map(found.map(({ rowsSha256 }) => [rowsSha256, keptRows(ctx, rowsSha256)]))
  const byRef = new Map(
    found.map(({ ref, sentence, answer, rowsSha256 }) => {
      const figure = answer as ResolvedFigure
      const rows = () => files.get(rowsSha256)?.(figure.question) ?? []
      return [ref, { ref, sentence, figure, rows }]
    }),
  )
  return figuresOf(row.body).flatMap((run) => byRef.get(run.ref) ?? [])
}

/** Which figures would differ today, by what, and in which rows. */
export async function drifted(ctx: Context, row: SummaryRow, how: Resolving): Promise<Drifted[]> {
  const wordings = new Map(figuresOf(row.body).map((run) => [run.ref, run.wording]))
  const frozen = await frozenOf(ctx, row)
  const kept = frozen.map((f) => ({
    frozen: f,
    question: f.figure.question,
    answer: f.figure,
    rows: f.rows,
  }))
  return (await driftOf(ctx, how.all, kept)).map(
    ({ kept: { frozen, answer: then }, now, missingReason, ...drift }) => {
      const value = now?.answer.value ?? null
      const wording = now && wordingOf(wordings.get(then.ref), { measure: now.measure, value }, how)
      return {
        ref: then.ref,
        sentence: frozen.sentence,
        asked: then.asked,
        frozen: { value: then.value, display: then.display },
        today: {
          value,
          display: now && wording ? displayed(now.answer, now.measure, wording) : '—',
          ...(missingReason && { missingReason }),
        },
        ...drift,
      }
    },
  )
}
