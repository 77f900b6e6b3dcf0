/**
 * Looks over the shoulder of guarded work from a thread of its own, for whoever is busy can look at no clock: ends the
 * process when the work has used up its time of reckoning, or when its parent is gone.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { Watched } from './child.ts'

const { budget, parent } = workerData as Watched
const EVERY_MS = 50

parentPort?.postMessage('watching')
for (;;) {
  Atomics.wait(budget, 0, 0, EVERY_MS)
  const [, until = 0] = budget
  const { user, system } = process.cpuUsage()
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  if (until > 0 && (user + system) / 1000 > until) process.kill(process.pid, 'SIGTERM')
}
