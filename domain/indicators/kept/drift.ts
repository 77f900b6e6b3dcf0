/** What was handed in, held against today: which answers would be others, and why. */
import type { Context } from '../../../kernel/context.ts'
import type { Catalogue, Measure } from '../../../kernel/measures.ts'
import { askerOf, changeOf } from '../asker.ts'
import type { FigureAnswer, FigureQuestion } from '../contract.ts'
import { type FrozenPart, rowsBehind } from './rows.ts'

/** An answer as it was kept. */
export interface Kept {
  question: FigureQuestion
  answer: Pick<FigureAnswer, 'value' | 'unit' | 'evidence'>
  rows: () => FrozenPart[]
}

interface RowChange {
  kind: 'added' | 'removed' | 'changed'
  part: string
  id: string
  opens: string
  before: (string | null)[]
  after: (string | null)[]
}

function rowChanges(then: FrozenPart[], now: FrozenPart[]): RowChange[] {
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

/**
 * definition: the measure counts otherwise than it did (口径已改), whatever the rows did. value: rows changed, and the
 * value with them. rows: the value stands, on other rows.
 */
export type Why = 'definition' | 'value' | 'rows'

export interface Drift<K extends Kept> {
  kept: K
  why: Why
  /** Null where the question is no longer understood: then `missingReason` says why. */
  now: { answer: FigureAnswer; measure: Measure } | null
  missingReason: string | undefined
  /** 增加3人; empty for dates and texts. */
  change: string
  columns: FrozenPart['columns']
  rows: RowChange[]
}

export async function driftOf<K extends Kept>(ctx: Context, all: Catalogue, kept: K[]): Promise<Drift<K>[]> {
  const asker = askerOf(ctx, all, { digest: true })
  await asker.ahead(kept.map(({ question }) => question))
  const drifted: Drift<K>[] = []
  for (const one of kept) {
    const given = await asker(one.question)
    const now = 'refused' in given ? null : given
    if (now && !differs(one.answer, now.answer)) continue
    const [then, today] = [one.rows(), now ? await rowsBehind(ctx, one.question, all) : []]
    const rows = rowChanges(then, today)
    drifted.push({
      kept: one,
      why: whyOf(one.answer, now?.answer, rows.length > 0),
      now,
      missingReason: 'refused' in given ? given.refused : given.answer.missingReason,
      change: now ? changeOf(now.answer, one.answer) : '',
      columns: (today[0] ?? then[0])?.columns ?? [],
      rows,
    })
  }
  return drifted
}

const differs = (then: Kept['answer'], now: FigureAnswer): boolean =>
  now.value !== then.value || now.evidence.digest !== then.evidence.digest

/** Earlier releases kept no definition: there the same rows with another answer tell. */
function whyOf(then: Kept['answer'], now: FigureAnswer | undefined, otherRows: boolean): Why {
  const known = then.evidence.definition && now?.evidence.definition
  if (!now || (known ? then.evidence.definition !== now.evidence.definition : !otherRows)) return 'definition'
  return now.value === then.value ? 'rows' : 'value'
}
