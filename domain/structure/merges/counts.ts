/**
 * How many pairs wait, kept with their moment: desks ask often, and a large county's answer takes seconds. Nobody waits
 * for those: what was counted last is told with when, and what never was is told once it is there.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Outside } from '../../../kernel/context.ts'
import { doAs } from '../../../kernel/database/lanes/work.ts'

export interface Counts {
  people: number
  records: number
  /** 'YYYY-MM-DD HH:MM:SS' */
  at: string
}

interface Kept {
  last: Counts | null
  /** By the clock of the process: until then the last is as good as new. */
  until: number
  counting: Promise<void> | null
}

const KEPT_MS = 5 * 60_000
const PATIENCE_MS = 100

const kept = new WeakMap<Outside, Map<string, Kept>>()

/** Null while it is counted for the first time, which goes on when whoever asked has left. */
export async function countsOf(
  services: Outside,
  orgId: string,
  count: () => Promise<Counts>,
): Promise<Counts | null> {
  const all = kept.get(services) ?? new Map<string, Kept>()
  kept.set(services, all)
  const one = all.get(orgId) ?? { last: null, until: 0, counting: null }
  all.set(orgId, one)
  if (performance.now() < one.until) return one.last
  // Of several who ask at once the first one has it counted.
  one.counting ??= counted(one, count)
  await Promise.race([one.counting, delay(PATIENCE_MS, undefined, { ref: false })])
  return one.last
}

function counted(one: Kept, count: () => Promise<Counts>): Promise<void> {
  const counting = doAs({ lane: 'heavy', account: '' }, count)
    .then((counts) => {
      // Somebody merged meanwhile: the next to ask has it counted anew.
      if (one.counting === counting) Object.assign(one, { last: counts, until: performance.now() + KEPT_MS })
    })
    .catch(() => undefined)
    .finally(() => {
      if (one.counting === counting) one.counting = null
    })
  return counting
}

/** After somebody has merged, undone or judged in this process. */
export function forgetCounts({ services }: { services: Outside }): void {
  for (const one of kept.get(services)?.values() ?? []) Object.assign(one, { until: 0, counting: null })
}
