/** Work that would take the whole machine if everybody did it at once, done a few at a time. */
import { later } from './errors.ts'

/** At most `width` at once, `length` waiting. @throws unavailable `busy`, in these words, for whoever comes after them */
export function turns(
  width: number,
  length: number,
  words: string,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let working = 0
  return async (work) => {
    if (working < width) working++
    else {
      if (waiting.length >= length) throw later('unavailable', 'busy', words, 5)
      // Whoever finishes hands over the place, so that nobody slips in between.
      await new Promise<void>((go) => waiting.push(go))
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}
