/**
 * Loaded before the server in its own process: tells its parent, when asked, how long its thread was held since the last
 * question. `delay` is that of the event loop, with whatever else the machine was busy with; `work` is the thread's own
 * reckoning between two looks at the clock, which another program's turn does not lengthen. Milliseconds.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface Held {
  delay: number
  work: number
  megabytes: number
}

const EVERY_MS = 5
const delays = monitorEventLoopDelay({ resolution: EVERY_MS })
delays.enable()

let before = process.threadCpuUsage()
let work = 0
setInterval(() => {
  const { user, system } = process.threadCpuUsage(before)
  before = process.threadCpuUsage()
  work = Math.max(work, (user + system) / 1000)
}, EVERY_MS).unref()

process.on('message', () => {
  const held: Held = {
    delay: Math.round(delays.max / 1e6),
    work: Math.round(work),
    megabytes: Math.round(process.memoryUsage.rss() / 1048576),
  }
  delays.reset()
  work = 0
  process.send?.(held)
})
process.channel?.unref()
