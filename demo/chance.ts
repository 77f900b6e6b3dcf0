/** Chance that falls the same way every time: a demo that differed between loads could not be talked about. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number
  /** Both ends included. */
  whole(from: number, to: number): number
  pick<T>(list: readonly T[]): T
  /** True this often: 0.25 is one in four. */
  some(share: number): boolean
  /** So many of the list, in the list's order. */
  take<T>(list: readonly T[], count: number): T[]
}

export function chanceFrom(seed: number): Chance {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    pick(list) {
      const found = list[whole(0, list.length - 1)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    some: (share) => next() < share,
    take(list, count) {
      const keyed = list.map((one, at) => ({ one, at, key: next() }))
      const chosen = keyed.sort((a, b) => a.key - b.key).slice(0, count)
      return chosen.sort((a, b) => a.at - b.at).map(({ one }) => one)
    },
  }
}
