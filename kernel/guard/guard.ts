/**
 * Work on a stranger's file is done apart: in a process of its own with limits on time and memory, which may die without
 * harm. Few run at once, the others wait. See docs/decisions/0028-guarded-files.md.
 */
import { asNow, workNow } from '../database/lanes/work.ts'
import { Refusal } from '../errors.ts'
import { PIECE_BYTES, piecesOf } from '../pieces.ts'
import type { FromChild, Task, ToChild } from './child.ts'
import { type Hand, handFree, handTaken } from './hands.ts'

interface Words {
  /** The file asks for too much, and of what. */
  tooLarge: (what: string) => Refusal
  broken: () => Refusal
}

export interface GuardOptions<C> {
  words: Words
  /** Of reckoning: what else the machine is busy with does not count. */
  milliseconds: number
  /** What the work may ask back while it runs, one question after the other. */
  calls?: C
  signal?: AbortSignal | undefined
}

/** `own`: work on rows of ours. It may be done while a transaction is open; on a stranger's file it may not. */
interface Kind {
  own?: boolean
}

/**
 * A function of a module, called from outside. `F` takes and gives plain data, and asks back by its second parameter.
 * Throws what it throws where that is a refusal; else `words`, unavailable `filesBusy`, conflict `cancelled`.
 */
export function guarded<F extends (input: never, calls: never) => unknown>(
  module: URL,
  name: string,
  { own = false }: Kind = {},
) {
  return async (
    input: Parameters<F>[0],
    options: GuardOptions<Parameters<F>[1]>,
  ): Promise<Awaited<ReturnType<F>>> => {
    if (workNow().holding && !own)
      throw new Error(`${name} on a stranger's file while a connection is held: see apart in transaction.ts`)
    // Whoever is no longer there needs no answer, be it a caller who left or a job that is to stop.
    const leaving = [options.signal, workNow().gone].filter((signal) => signal !== undefined)
    const signal = AbortSignal.any(leaving)
    if (signal.aborted) throw cancelled()
    await turn()
    try {
      const hand = await handTaken()
      const task = { module: module.href, name, input }
      return (await workOf(hand, task, { ...options, signal })) as Awaited<ReturnType<F>>
    } finally {
      next()
    }
  }
}

const AT_ONCE = 2
const MOST_WAITING = 12
const PATIENCE_MS = 30_000

let running = 0
const waiting: (() => void)[] = []

const busy = () =>
  new Refusal('unavailable', 'filesBusy', '现在同时读写的文件太多，没有轮到这一个。请过一分钟再试。')
const cancelled = () => new Refusal('conflict', 'cancelled', '已取消导入。')

function turn(): Promise<void> {
  if (running < AT_ONCE) {
    running++
    return Promise.resolve()
  }
  if (waiting.length >= MOST_WAITING) throw busy()
  return new Promise((resolve, reject) => {
    const start = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(start), 1)
      reject(busy())
    }, PATIENCE_MS)
    waiting.push(start)
  })
}

function next(): void {
  const start = waiting.shift()
  if (start) start()
  else running--
}

/** By the clock on the wall nothing takes longer, not even on a machine that is busy with everything. */
const AT_MOST_MS = 180_000

function workOf(
  hand: Hand,
  task: Omit<Task, 'milliseconds'>,
  { words, milliseconds, signal, calls }: GuardOptions<unknown>,
): Promise<unknown> {
  const here = asNow()
  const late = () => words.tooLarge(`${Math.ceil(milliseconds / 1000)} 秒内没有读完`)
  return new Promise((resolve, reject) => {
    const end = (outcome: () => void, again = false) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      handFree(hand, again)
      outcome()
    }
    const fail = (error: unknown) => end(() => reject(error))
    const timer = setTimeout(() => fail(late()), AT_MOST_MS)
    const cancel = () => fail(cancelled())
    hand.on('message', (message: FromChild) => {
      if ('ask' in message) void here(() => answer(hand, message, calls)).catch(fail)
      else if ('done' in message) end(() => resolve(message.done), message.again)
      else if ('failed' in message) end(() => reject(refusalOf(message.failed, words)), message.again)
    })
    hand.once('error', () => fail(words.broken()))
    hand.once('exit', (code, by) => fail(by === 'SIGTERM' ? late() : diedOf(code, by, words)))
    signal?.addEventListener('abort', cancel)
    // One that dies meanwhile says so itself.
    void give(hand, { ...task, milliseconds }).catch(() => undefined)
  })
}

/** Long bytes go in pieces: one message would be copied whole, several times, while nobody else is served. */
async function give(hand: Hand, task: Task): Promise<void> {
  const fields = Object.entries((task.input ?? {}) as Record<string, unknown>)
  const long = fields.filter(([, one]) => one instanceof Uint8Array && one.length > PIECE_BYTES)
  if (long.length === 0) return sent(hand, task)
  for (const [of, bytes] of long as [string, Uint8Array][])
    for await (const piece of piecesOf(bytes)) await sent(hand, { piece, of, size: bytes.length })
  const names = new Set(long.map(([name]) => name))
  const input = Object.fromEntries(fields.filter(([name]) => !names.has(name)))
  await sent(hand, { ...task, input })
}

const sent = (hand: Hand, message: ToChild): Promise<void> =>
  new Promise((resolve, reject) => {
    hand.send(message, (error) => (error ? reject(error) : resolve()))
  })

type Question = Extract<FromChild, { ask: string }>
type Failure = Extract<FromChild, { failed: unknown }>['failed']

async function answer(hand: Hand, { ask, value }: Question, calls: unknown): Promise<void> {
  const asked = (calls as Record<string, (value: unknown) => unknown> | undefined)?.[ask]
  if (!asked) throw new Error(`the guarded work asks for ${ask}, which nobody answers`)
  const answered = await asked(value)
  if (hand.connected) hand.send({ answer: answered })
}

const refusalOf = (failed: Failure, words: Words): Refusal =>
  failed ? new Refusal(failed.kind, failed.code, failed.message, failed.problems) : words.broken()

/** Out of memory it aborts, or the system ends it. */
const diedOf = (code: number | null, by: string | null, words: Words): Refusal =>
  by === 'SIGABRT' || by === 'SIGKILL' || code === 134 ? words.tooLarge('读取时内存不够') : words.broken()
