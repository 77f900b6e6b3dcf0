/** Long reckoning beside people at their screens. */
import { setImmediate } from 'node:timers/promises'

const SLICE_MS = 12

/** Awaited between small pieces of work: lets others be served once a slice of time has gone by. */
export function breathing(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < SLICE_MS) return
    await setImmediate()
    since = performance.now()
  }
}
