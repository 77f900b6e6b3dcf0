/** How many pairs wait, kept for some minutes: desks ask often, and a county's answer takes a while. */
import type { Context, Outside } from '../../../kernel/context.ts'

export interface Counts {
  people: number
  records: number
}

const KEPT_MS = 5 * 60_000

const kept = new WeakMap<Outside, Map<string, { counts: Counts; until: number }>>()

export async function countsOf(ctx: Context, orgId: string, count: () => Promise<Counts>): Promise<Counts> {
  const known = kept.get(ctx.services) ?? new Map<string, { counts: Counts; until: number }>()
  kept.set(ctx.services, known)
  const before = known.get(orgId)
  if (before && before.until > performance.now()) return before.counts
  const counts = await count()
  known.set(orgId, { counts, until: performance.now() + KEPT_MS })
  return counts
}

/** After somebody has merged, undone or judged in this process. */
export const forgetCounts = (ctx: Context): void => void kept.delete(ctx.services)
