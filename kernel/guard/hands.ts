/** The processes that do guarded work: one whose work came to an end may do the next piece, any other is ended. */
import { type ChildProcess, fork } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../errors.ts'

export type Hand = ChildProcess

const HAND_MEGABYTES = 1_024
const START_MS = 20_000
const IDLE_MS = 30_000

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url))
const ROOT = dirname(dirname(dirname(CHILD)))

/** The program itself and nothing else of the machine: no data, no keys, no files written, no processes. */
const READABLE = ['kernel', 'domain', 'node_modules', 'package.json'].flatMap((name) => {
  const place = join(ROOT, name)
  return [place, realpathSync(place)]
})

const idle: { hand: Hand; timer: NodeJS.Timeout }[] = []

/** Ready to work. */
export async function handTaken(): Promise<Hand> {
  const known = idle.pop()
  if (!known) return started()
  const { hand, timer } = known
  clearTimeout(timer)
  hand.removeAllListeners()
  if (!hand.connected) return started()
  hand.ref()
  hand.channel?.ref()
  return hand
}

function started(): Promise<Hand> {
  const { SystemRoot } = process.env
  const hand = fork(CHILD, {
    serialization: 'advanced',
    execArgv: [
      `--max-old-space-size=${HAND_MEGABYTES}`,
      '--permission',
      '--allow-addons',
      '--allow-worker',
      ...new Set(READABLE.map((place) => `--allow-fs-read=${place}`)),
    ],
    env: SystemRoot === undefined ? {} : { SystemRoot },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    const failed = () => {
      clearTimeout(timer)
      handFree(hand, false)
      reject(new Refusal('unavailable', 'filesBusy', '现在读不了文件：机器太忙。请过一分钟再试。'))
    }
    const timer = setTimeout(failed, START_MS)
    hand.once('error', failed).once('exit', failed)
    hand.once('message', () => {
      clearTimeout(timer)
      hand.removeAllListeners()
      resolve(hand)
    })
  })
}

export function handFree(hand: Hand, again: boolean): void {
  hand.removeAllListeners()
  hand.on('error', () => undefined)
  // Asked to stop, it may be unable to listen.
  if (!again || !hand.connected) return void hand.kill('SIGKILL')
  const timer = setTimeout(() => {
    idle.splice(
      idle.findIndex((one) => one.hand === hand),
      1,
    )
    hand.kill('SIGKILL')
  }, IDLE_MS)
  idle.push({ hand, timer })
  timer.unref()
  hand.unref()
  hand.channel?.unref()
}
