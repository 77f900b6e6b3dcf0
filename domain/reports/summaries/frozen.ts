/** Law 7: what was handed in stays as it was. Figures, their questions and their rows are kept; later changes are shown. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import { askerOf, changeOf } from '../../indicators/asker.ts'
import { type FrozenPart, rowChanges, rowsBehind, shownParts } from '../../indicators/rowsBehind.ts'
import type { Drifted, ResolvedFigure } from './contract.ts'
import { displayed, type Resolving, wordingOf } from './figures.ts'
import { figuresIn, figuresOf, sentenceOf } from './model.ts'
import type { SummaryRow } from './queries.ts'

/** The compressed file: rows once for each question, whichever figures state it. */
interface RowFile {
  figures: Record<string, string>
  selections: Record<string, FrozenPart[]>
}

/** Keeps every figure of the text and the rows behind it. Returns how many. */
export async function freeze(
  ctx: Context,
  row: SummaryRow,
  figures: Map<string, ResolvedFigure>,
  all: Catalogue,
): Promise<number> {
  const file: RowFile = { figures: {}, selections: {} }
  for (const f of figures.values()) {
    const key = createHash('sha256').update(JSON.stringify(f.question)).digest('hex').slice(0, 16)
    file.figures[f.ref] = key
    const understood = all.measures.has(f.question.measure) && f.evidence.parts.length > 0
    file.selections[key] ??= understood ? await rowsBehind(ctx, f.question, all) : []
  }
  const rowsSha256 = await ctx.services.files.put(gzipSync(JSON.stringify(file)))
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
  rowsSha256: string
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
  const byRef = new Map(found.map(({ answer, ...f }) => [f.ref, { ...f, figure: answer as ResolvedFigure }]))
  return figuresOf(row.body).flatMap((run) => byRef.get(run.ref) ?? [])
}

/** The rows of one figure as they were handed in. @throws notFound */
export function frozenRows(ctx: Context, { ref, rowsSha256 }: FrozenFigure): FrozenPart[] {
  const bytes = ctx.services.files.get(rowsSha256)
  if (!bytes) throw notFound('上报时保存的佐证文件，请从备份恢复')
  const file = JSON.parse(gunzipSync(bytes).toString()) as RowFile
  return shownParts(file.selections[file.figures[ref] ?? ''] ?? [])
}

/** Which figures would differ today, by what, and in which rows. */
export async function driftOf(ctx: Context, row: SummaryRow, how: Resolving): Promise<Drifted[]> {
  const asker = askerOf(ctx, how.all, { digest: true })
  const wordings = new Map(figuresOf(row.body).map((run) => [run.ref, run.wording]))
  const drifted: Drifted[] = []
  for (const frozen of await frozenOf(ctx, row)) {
    const { figure: then } = frozen
    const given = await asker(then.question)
    const now = 'refused' in given ? undefined : given
    const value = now?.answer.value ?? null
    const digest = now?.answer.evidence.digest ?? ''
    if (value === then.value && digest === (then.evidence.digest ?? '')) continue
    const display = now
      ? displayed(
          now.answer,
          now.measure,
          wordingOf(wordings.get(then.ref), { measure: now.measure, value: now.answer.value }, how),
        )
      : '—'
    const today = now ? await rowsBehind(ctx, then.question, how.all) : []
    const reason = 'refused' in given ? given.refused : given.answer.missingReason
    drifted.push({
      ref: then.ref,
      sentence: frozen.sentence,
      asked: then.asked,
      frozen: { value: then.value, display: then.display },
      today: { value, display, ...(reason && { missingReason: reason }) },
      change: changeOf({ value, unit: then.unit }, then),
      rowsOnly: value === then.value,
      columns: (today[0] ?? frozenRows(ctx, frozen)[0])?.columns ?? [],
      rows: rowChanges(frozenRows(ctx, frozen), today),
    })
  }
  return drifted
}
