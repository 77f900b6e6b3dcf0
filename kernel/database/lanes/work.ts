/**
 * What kind of work is being done, so that the database gives it a fitting connection. It travels beside the call
 * rather than through every function: nobody who asks the database needs to know by which lane the question goes.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { later, type Refusal } from '../../errors.ts'

/**
 * quick: a call that somebody waits for. heavy: a question over many rows, which waits its turn among such.
 * door: a call of somebody who is not known yet. Whoever is, is not kept waiting by however many stand at the door.
 * free: jobs, commands, tests, which nobody else waits behind.
 */
export type Lane = 'quick' | 'heavy' | 'door' | 'free'

export interface Work {
  lane: Lane
  /** In whose name: one account does not fill the heavy lane alone. */
  account: string
  /** Aborted when whoever asked has left. */
  gone?: AbortSignal
  /** A transaction is open. */
  holding?: boolean
}

const current = new AsyncLocalStorage<Work>()
const FREE: Work = { lane: 'free', account: '' }

export const workNow = (): Work => current.getStore() ?? FREE

export const holdingConnection = <T>(task: () => Promise<T>): Promise<T> =>
  current.run({ ...workNow(), holding: true }, task)

/** The present work, for whoever calls back from somewhere else. */
export const asNow = (): (<T>(task: () => T) => T) => AsyncLocalStorage.snapshot()

/** Does it as this kind of work. @throws Refusal `tooLarge`, `locked` where a limit of its lane ended it */
export async function doAs<T>(work: Work, task: () => Promise<T>): Promise<T> {
  try {
    return await current.run(work, task)
  } catch (error) {
    throw limitOf(error as { code?: string }, work) ?? error
  }
}

const CANCELLED = '57014'
const LOCK_TIMEOUT = '55P03'

function limitOf({ code }: { code?: string }, { lane }: Work): Refusal | null {
  if (code === LOCK_TIMEOUT)
    return later('unavailable', 'locked', '别人正在改同样的内容，请过几秒再提交。您填的内容没有丢。', 5)
  if (code !== CANCELLED) return null
  const words =
    lane === 'heavy'
      ? '这个问题太大，规定的时间内算不完。请缩小范围（换一个下级组织，或缩短时段）再试。'
      : '这一步用的时间太长，已经停下，什么都没有改。请缩小范围，或过一会儿再试。'
  return later('unavailable', 'tooLarge', words, 30)
}
