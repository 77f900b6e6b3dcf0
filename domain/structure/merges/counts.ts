/** How many pairs wait, kept for some minutes: desks ask often, and a county's answer takes a while. */
import type { Context, Outside } from '../../../kernel/context.ts'

export interface Counts {
  people: number
  records: number
}

const KEPT_MS = 5 * 60_000

interface Kept {
  counts: Promise<Counts>
  until: number
}

const kept = new WeakMap<Outside, Map<string, Kept>>()

/** Of several who ask at once the first one counts, and the others wait for that. */
export async function countsOf(ctx: Context, orgId: string, count: () => Promise<Counts>): Promise<Counts> {
  const known = kept.get(ctx.services) ?? new Map<string, Kept>()
  kept.set(ctx.services, known)
  const before = known.get(orgId)
  // Whoever counted may have left before the end.
  const counted = before && before.until > performance.now() && (await before.counts.catch(() => null))
  if (counted) return counted
  const counts = count()
  known.set(orgId, { counts, until: performance.now() + KEPT_MS })
  return counts
}

/** After somebody has merged, undone or judged in this process. */
export const forgetCounts = ({ services }: Pick<Context, 'services'>): void => void kept.delete(services)
