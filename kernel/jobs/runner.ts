/**
 * Long work: kept in a table, run in this process, with progress, cancelling, and a second try after a crash.
 * Our own table rather than a queue library: see docs/decisions/0003-jobs.md.
 */
import { hostname } from 'node:os'
import { sql } from 'kysely'
import { momentOf } from '../clock.ts'
import type { Actor, Context, Services } from '../context.ts'
import { doAs } from '../database/lanes/work.ts'
import { Refusal } from '../errors.ts'
import { refusalFor } from '../failures.ts'
import { newId } from '../id.ts'

export interface RunningJob<I> {
  id: string
  input: I
  actor: Actor
  services: Services
  /** Tells the user how far it is. Throws `Cancelled` when the user has asked to stop. */
  progress(stage: string, done: number, total?: number): Promise<void>
}

export interface JobKind {
  kind: string
  /** Whole or nothing: after a crash it is run again from its start. Its answer is kept as the job's result. */
  // biome-ignore lint/suspicious/noExplicitAny: each kind knows the shape of its own input.
  run: (job: RunningJob<any>) => Promise<unknown>
}

class Cancelled extends Error {
  override name = 'Cancelled'
}

const SPACING_MS = 250
/** How soon a running job hears that it is to stop. */
const LISTENING_MS = 250
const DEAD_AFTER_MS = 60_000

export interface NewJob {
  kind: string
  title: string
  org: { id: string; countyId: string }
  input: unknown
}

/** Written in the caller's transaction: it runs only if the caller's work is kept. */
export async function enqueue(ctx: Context, job: NewJob): Promise<string> {
  const id = newId()
  await ctx.db
    .insertInto('job')
    .values({
      id,
      countyId: job.org.countyId,
      orgId: job.org.id,
      accountId: ctx.actor.accountId,
      kind: job.kind,
      title: job.title,
      state: 'waiting',
      stage: null,
      done: 0,
      total: null,
      input: JSON.stringify(job.input),
      result: null,
      failure: null,
      cancelAsked: false,
      runner: null,
      beatAt: null,
      createdAt: ctx.now,
      startedAt: null,
      endedAt: null,
    })
    .execute()
  return id
}

export interface Runner {
  stop(): Promise<void>
}

export function startRunner(
  services: Services,
  kinds: JobKind[],
  actorById: (accountId: string) => Promise<Actor | null>,
): Runner {
  const me = `${hostname()}:${process.pid}`
  const now = () => momentOf(services.clock.now())
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let current: Promise<void> = Promise.resolve()

  const tick = async () => {
    while (!stopping && (await runNext(services, kinds, { me, now, actorById }))) {
      // One after another: a small PC has two cores and people at the screen.
    }
  }
  // After a failure, as of a database that went away, what this process was at is left by it like by any other.
  let orphaned = true
  const round = async () => {
    if (orphaned) await reclaim(services, now, me)
    orphaned = false
    await tick()
  }
  const loop = () => {
    current = round()
      .catch((error: Error) => {
        orphaned = true
        console.error(`jobs: ${error.name}`)
      })
      .finally(() => {
        if (!stopping) timer = setTimeout(loop, SPACING_MS)
      })
  }
  loop()
  return {
    async stop() {
      stopping = true
      clearTimeout(timer)
      await current
    },
  }
}

/** Work left by a process that is gone waits again. */
async function reclaim(services: Services, now: () => string, me: string): Promise<void> {
  const dead = momentOf(new Date(services.clock.now().getTime() - DEAD_AFTER_MS))
  const host = `${hostname()}:`
  const running = await services.db
    .selectFrom('job')
    .select(['id', 'runner', 'beatAt'])
    .where('state', '=', 'running')
    .execute()
  const left = running.filter((j) => {
    if (j.runner?.startsWith(host)) return j.runner === me || !alive(Number(j.runner.slice(host.length)))
    return (j.beatAt ?? '') < dead
  })
  if (left.length === 0) return
  await services.db
    .updateTable('job')
    .set({ state: 'waiting', stage: '重新开始', done: 0, beatAt: now() })
    .where(
      'id',
      'in',
      left.map((j) => j.id),
    )
    .execute()
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

interface Hands {
  me: string
  now: () => string
  actorById: (accountId: string) => Promise<Actor | null>
}

async function runNext(services: Services, kinds: JobKind[], hands: Hands): Promise<boolean> {
  const job = await claim(services, hands)
  if (!job) return false
  const kind = kinds.find((k) => k.kind === job.kind)
  const actor = await hands.actorById(job.accountId)
  const finish = (state: 'done' | 'failed' | 'cancelled', result: unknown, failure: string | null) =>
    services.db
      .updateTable('job')
      .set({ state, result: JSON.stringify(result ?? null), failure, endedAt: hands.now() })
      .where('id', '=', job.id)
      .execute()
  const stopped = new AbortController()
  try {
    if (!kind || !actor)
      throw new Refusal('invalid', 'job', '这项任务已经不能执行：发起人的账号或功能已不在。')
    const progress = (stage: string, done: number, total?: number) =>
      report(services, job.id, { stage, done, total: total ?? null, beatAt: hands.now() })
    const work = { lane: 'free' as const, account: job.accountId, gone: stopped.signal }
    const running = doAs(work, () => kind.run({ id: job.id, input: job.input, actor, services, progress }))
    await finish('done', await heeding(services, job.id, stopped, running), null)
  } catch (error) {
    if (error instanceof Cancelled || stopped.signal.aborted) await finish('cancelled', null, null)
    else if (error instanceof Refusal) await finish('failed', { problems: error.problems }, error.message)
    else {
      console.error(
        `job ${job.id} ${job.kind}: ${(error as { code?: string }).code ?? (error as Error).name} ${(error as Error).stack?.split('\n')[1] ?? ''}`,
      )
      await finish('failed', null, refusalFor(error)?.message ?? BROKEN)
    }
  }
  return true
}

/**
 * Whoever asked it to stop does not wait for its next report: its statements are cancelled where they are, and files
 * read apart are let go, as for a caller who has left. What is finished meanwhile stays finished.
 */
async function heeding<T>(
  services: Services,
  id: string,
  stopped: AbortController,
  running: Promise<T>,
): Promise<T> {
  let ended = false
  let timer: NodeJS.Timeout | undefined
  const listen = async () => {
    const row = await services.db
      .selectFrom('job')
      .select('cancelAsked')
      .where('id', '=', id)
      .executeTakeFirst()
      .catch(() => undefined)
    if (ended) return
    if (row?.cancelAsked) stopped.abort()
    else timer = setTimeout(() => void listen(), LISTENING_MS)
  }
  timer = setTimeout(() => void listen(), LISTENING_MS)
  try {
    return await running
  } finally {
    ended = true
    clearTimeout(timer)
  }
}

const BROKEN = '系统出错，什么都没有写入。请重试；如果总是这样，请把这项任务的编号告诉管理员。'

async function claim(services: Services, hands: Hands) {
  const next = services.db
    .selectFrom('job')
    .select('id')
    .where('state', '=', 'waiting')
    .orderBy('createdAt')
    .limit(1)
    .forUpdate()
    .skipLocked()
  return services.db
    .updateTable('job')
    .set({ state: 'running', runner: hands.me, startedAt: hands.now(), beatAt: hands.now() })
    .where('id', '=', next)
    .returningAll()
    .executeTakeFirst()
}

async function report(
  services: Services,
  id: string,
  state: { stage: string; done: number; total: number | null; beatAt: string },
) {
  const row = await services.db
    .updateTable('job')
    .set(state)
    .where('id', '=', id)
    .returning('cancelAsked')
    .executeTakeFirst()
  if (row?.cancelAsked) throw new Cancelled()
}

/** Asks a job to stop. Waiting ones stop at once; a running one as soon as it hears of it. */
export async function askCancel(ctx: Context, id: string): Promise<void> {
  await ctx.db
    .updateTable('job')
    .set({ cancelAsked: true, state: sql`case when state = 'waiting' then 'cancelled' else state end` })
    .where('id', '=', id)
    .where('accountId', '=', ctx.actor.accountId)
    .execute()
}
