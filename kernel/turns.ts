/** Work that would take the whole machine if everybody did it at once, done a few at a time. */
import { later } from './errors.ts'

export interface Turns {
  /** So many at once. */
  width: number
  /** So many may wait, and so long: who would wait longer is told at once, or as soon as that shows. */
  length: number
  patienceMs: number
  words: string
}

export const BUSY = 'busy'
const AGAIN_AFTER_S = 5

/** @throws unavailable `busy`, in these words, for whoever cannot be served in time */
export function turns({
  width,
  length,
  patienceMs,
  words,
}: Turns): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let working = 0
  const busy = () => later('unavailable', BUSY, words, AGAIN_AFTER_S)
  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(busy())
      }, patienceMs)
      waiting.push(go)
    })
  return async (work) => {
    if (working < width) working++
    else {
      if (waiting.length >= length) throw busy()
      // Whoever finishes hands over the place, so that nobody slips in between.
      await turn()
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
