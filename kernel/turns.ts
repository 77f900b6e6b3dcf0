/** Work that would take the whole machine if everybody did it at once, done a few at a time. */
import { later } from './errors.ts'

export interface Turns {
  /** So many at once. */
  width: number
  /** So many may wait, and so long: who would wait longer is told at once, or as soon as that shows. */
  length: number
  patienceMs: number
  words: string
  /** Of one place no more than so many wait: the next place does not stand behind its crowd. */
  ofOnePlace?: number
  againAfterS?: number
}

/** Who waits: from where, and whether before all who are not known. */
export interface Waiter {
  place?: string
  known?: boolean
}

export const BUSY = 'busy'
const AGAIN_AFTER_S = 5

interface Waiting extends Waiter {
  go: () => void
}

/** @throws unavailable `busy`, in these words, for whoever cannot be served in time */
export function turns(options: Turns): <T>(work: () => Promise<T>, waiter?: Waiter) => Promise<T> {
  const { width, length, patienceMs, words, ofOnePlace = length, againAfterS = AGAIN_AFTER_S } = options
  const waiting: Waiting[] = []
  let working = 0
  const busy = () => later('unavailable', BUSY, words, againAfterS)
  const full = ({ place }: Waiter) =>
    waiting.length >= length ||
    (place !== undefined && waiting.filter((one) => one.place === place).length >= ofOnePlace)
  const turn = (waiter: Waiter) =>
    new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const one = { ...waiter, go }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(one), 1)
        reject(busy())
      }, patienceMs)
      const before = waiter.known ? waiting.findIndex(({ known }) => !known) : -1
      waiting.splice(before < 0 ? waiting.length : before, 0, one)
    })
  return async (work, waiter = {}) => {
    if (working < width) working++
    else {
      if (full(waiter)) throw busy()
      // Whoever finishes hands over the place, so that nobody slips in between.
      await turn(waiter)
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next.go()
      else working--
    }
  }
}
