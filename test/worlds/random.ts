/** Chance that can be had again: the same seed, the same draws (mulberry32). */
export interface Random {
  /** 0 ≤ n < 1 */
  next(): number
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  /** @throws Error where there is nothing to choose from. */
  one<T>(from: readonly T[]): T
  /** True so often, 0 to 1. */
  chance(share: number): boolean
  /** So many different ones, or all there are. */
  some<T>(from: readonly T[], count: number): T[]
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  const one = <T>(from: readonly T[]): T => {
    const found = from[between(0, from.length - 1)]
    if (found === undefined) throw new Error('nothing to choose from')
    return found
  }
  const some = <T>(from: readonly T[], count: number): T[] => {
    const left = [...from]
    const taken: T[] = []
    while (taken.length < count && left.length > 0) taken.push(...left.splice(between(0, left.length - 1), 1))
    return taken
  }
  return { next, between, one, chance: (share) => next() < share, some }
}
