/** Every row behind a question, to be kept, and what has changed in them since. */
import type { Context } from '../../kernel/context.ts'
import type { Catalogue } from '../../kernel/measures.ts'
import { shownCells } from '../structure/people/mask.ts'
import { measureOf } from './catalogue.ts'
import type { EvidenceRows, FigureQuestion } from './contract.ts'
import { evidence } from './query.ts'

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

/** Rows that were kept, as they are shown: earlier releases kept what is hidden today. The kept bytes stay. */
export const shownParts = (parts: FrozenPart[]): FrozenPart[] =>
  parts.map((part) => ({ ...part, rows: part.rows.map((row) => ({ ...row, cells: shownCells(row.cells) })) }))

export interface RowChange {
  kind: 'added' | 'removed' | 'changed'
  part: string
  id: string
  opens: string
  before: (string | null)[]
  after: (string | null)[]
}

export function rowChanges(then: FrozenPart[], now: FrozenPart[]): RowChange[] {
  const roles = new Set([...then, ...now].map((p) => p.role))
  return [...roles].flatMap((role) => {
    const before = new Map(then.find((p) => p.role === role)?.rows.map((r) => [r.id, r]))
    const after = new Map(now.find((p) => p.role === role)?.rows.map((r) => [r.id, r]))
    const ids = [...new Set([...before.keys(), ...after.keys()])]
    return ids.flatMap((id): RowChange[] => {
      const [old, fresh] = [before.get(id), after.get(id)]
      if (old && fresh && old.version === fresh.version) return []
      const kind = old && fresh ? 'changed' : old ? 'removed' : 'added'
      const opens = (old ?? fresh)?.opens ?? ''
      return [{ kind, part: role, id, opens, before: old?.cells ?? [], after: fresh?.cells ?? [] }]
    })
  })
}
