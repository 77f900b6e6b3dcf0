/** Every row behind a question, kept in one compressed file for all questions that are handed in together. */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Context } from '../../../kernel/context.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Catalogue } from '../../../kernel/measures.ts'
import { shownCells } from '../../structure/people/mask.ts'
import { measureOf } from '../catalogue.ts'
import type { EvidenceRows, FigureQuestion } from '../contract.ts'
import { evidence } from '../query.ts'

/** Rows of one part of a figure: of a share, its numerator or denominator. */
export interface FrozenPart extends EvidenceRows {
  role: string
  title: string
}

const PAGE = 5000

/** Every row behind a question as it is answered now. */
export async function rowsBehind(
  ctx: Context,
  question: FigureQuestion,
  all: Catalogue,
): Promise<FrozenPart[]> {
  const measure = measureOf(all, question.measure)
  const roles = measure.parts?.map(({ role, title }) => ({ role, title })) ?? [
    { role: 'rows', title: measure.title },
  ]
  const parts: FrozenPart[] = []
  for (const { role, title } of roles)
    parts.push({ role, title, ...(await wholePart(ctx, all, question, role)) })
  return parts
}

async function wholePart(ctx: Context, all: Catalogue, question: FigureQuestion, part: string) {
  const whole = await evidence(ctx, question, { part, page: 1, size: PAGE }, all)
  for (let page = 2; whole.rows.length < whole.total; page++) {
    const { rows } = await evidence(ctx, question, { part, page, size: PAGE }, all)
    if (rows.length === 0) break
    whole.rows.push(...rows)
  }
  return whole
}

/** Rows once for each question, whichever figures or cells state it. */
interface RowFile {
  selections: Record<string, FrozenPart[]>
}

/** The database gives the parts of a question back in an order of its own. */
const inOrder = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

const keyOf = (question: FigureQuestion, order?: typeof inOrder): string =>
  createHash('sha256').update(JSON.stringify(question, order)).digest('hex').slice(0, 16)

/** Returns the name of the file that holds the rows behind these questions as they are answered now. */
export async function keepRows(ctx: Context, questions: FigureQuestion[], all: Catalogue): Promise<string> {
  const file: RowFile = { selections: {} }
  for (const question of questions)
    file.selections[keyOf(question, inOrder)] ??= await rowsBehind(ctx, question, all)
  return ctx.services.files.put(gzipSync(JSON.stringify(file)))
}

/**
 * Answers with the rows behind a question as they were kept; the file is opened once, at the first question. Earlier
 * releases kept what is hidden today: it is masked when shown, and the kept bytes stay. @throws notFound
 */
export function keptRows(ctx: Context, sha256: string): (question: FigureQuestion) => FrozenPart[] {
  let file: RowFile | undefined
  return (question) => {
    file ??= opened(ctx, sha256)
    const { selections } = file
    // Summaries of earlier releases named their questions in the order in which they were asked.
    const parts = selections[keyOf(question, inOrder)] ?? selections[keyOf(question)] ?? []
    return parts.map((part) => ({
      ...part,
      rows: part.rows.map((row) => ({ ...row, cells: shownCells(row.cells) })),
    }))
  }
}

function opened(ctx: Context, sha256: string): RowFile {
  const bytes = ctx.services.files.get(sha256)
  if (!bytes) throw notFound('当时保存的佐证文件，请从备份恢复')
  return JSON.parse(gunzipSync(bytes).toString()) as RowFile
}

/** One page of one part, as the screens ask for the rows of today. */
export function pageOf(
  parts: FrozenPart[],
  { part: role, page = 1, size = 50 }: { part?: string; page?: number; size?: number },
): EvidenceRows {
  const part = parts.find((p) => p.role === role) ?? parts[0]
  return {
    columns: part?.columns ?? [],
    rows: part?.rows.slice((page - 1) * size, page * size) ?? [],
    total: part?.total ?? 0,
  }
}
