/** The process in which guarded work is done: one piece after the other, each named by its module and function. */
import { Worker } from 'node:worker_threads'
import { type ErrorKind, type FieldProblem, Refusal } from '../errors.ts'

export interface Task {
  module: string
  name: string
  input: unknown
  /** Of reckoning, whatever else the machine is doing. */
  milliseconds: number
}

/** Long bytes come before the task to whose input they belong, `of` their name there. */
export interface Piece {
  piece: Uint8Array
  of: string
  size: number
}

export type ToChild = Task | Piece | { answer: unknown }

/** `again`: fit for more work. */
export type FromChild =
  | { ready: true }
  | { ask: string; value: unknown }
  | { done: unknown; again: boolean }
  | { failed: Failure | null; again: boolean }

/** Null where it was no refusal. */
interface Failure {
  kind: ErrorKind
  code: string
  message: string
  problems: FieldProblem[]
}

/** `budget`: a place to wait at, and until how many milliseconds of this process's reckoning the work may go on. */
export interface Watched {
  budget: Int32Array
  parent: number
}

type Work = (input: unknown, calls: unknown) => unknown

/** Beyond that it has grown on one file, and makes room by ending. */
const FIT_BYTES = 400 * 1024 * 1024

const budget = new Int32Array(new SharedArrayBuffer(8))

let answered: (answer: unknown) => void = () => undefined

/** Whatever is called on it is asked of the parent. */
const calls = new Proxy(
  {},
  {
    get: (_, name) => (value: unknown) =>
      new Promise((resolve) => {
        answered = resolve
        tell({ ask: String(name), value })
      }),
  },
)

function tell(message: FromChild): void {
  process.send?.(message)
}

function used(): number {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1000)
}

const coming = new Map<string, { bytes: Buffer; at: number }>()

function take({ piece, of, size }: Piece): void {
  const into = coming.get(of) ?? { bytes: Buffer.allocUnsafeSlow(size), at: 0 }
  into.bytes.set(piece, into.at)
  coming.set(of, { ...into, at: into.at + piece.length })
}

function whole(input: unknown): unknown {
  if (coming.size === 0) return input
  const bytes = [...coming].map(([of, one]) => [of, one.bytes] as const)
  coming.clear()
  return { ...(input as object), ...Object.fromEntries(bytes) }
}

async function work({ module, name, input, milliseconds }: Task): Promise<void> {
  budget[1] = used() + milliseconds
  try {
    const found = ((await import(module)) as Record<string, Work>)[name]
    if (!found) throw new Error(`${module} has no ${name}`)
    const done = await found(whole(input), calls)
    tell({ done, again: isFit() })
  } catch (error) {
    tell({ failed: failureOf(error), again: error instanceof Refusal && isFit() })
  }
  budget[1] = 0
}

const isFit = () => process.memoryUsage.rss() < FIT_BYTES

function failureOf(error: unknown): Failure | null {
  if (!(error instanceof Refusal)) return null
  const { kind, code, message, problems } = error
  return { kind, code, message, problems }
}

process.on('message', (message: ToChild) => {
  if ('module' in message) void work(message)
  else if ('piece' in message) take(message)
  else answered(message.answer)
})
process.on('disconnect', () => process.exit())
const watched: Watched = { budget, parent: process.ppid }
const watch = new Worker(new URL('./watch.ts', import.meta.url), { workerData: watched, execArgv: [] })
watch.once('message', () => tell({ ready: true }))
