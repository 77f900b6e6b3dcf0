/**
 * The database of a data folder: the real PostgreSQL that npm ships, started for the first who needs it and stopped
 * by the last who leaves. It survives us on purpose: after a kill the next start finds it running and goes on.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { conflict } from '../errors.ts'
import { type Major, placeBinaries } from './embedded/binaries.ts'
import {
  type Cluster,
  checkVersion,
  findRunning,
  isMade,
  makeCluster,
  OWNER,
  startCluster,
  stopCluster,
} from './embedded/cluster.ts'
import { prepareFolders, readPassword } from './embedded/folders.ts'
import { isAlive } from './embedded/processes.ts'
import { withStartLock } from './embedded/start-lock.ts'

export { removeDatabase } from './embedded/folders.ts'

export interface EmbeddedOptions {
  major?: Major
  /** A 'server' excludes other servers on the same folder; any number of 'user's may be there with it. */
  role?: 'server' | 'user'
  /** Off only for data that may be lost, such as that of tests. */
  fsync?: boolean
}

export interface Embedded {
  /** Connection string of the account that owns the tables. Stays valid when the database is restarted. */
  ownerUrl: string
  /** False when the database was already running. */
  startedHere: boolean
  /** Called each time the database had died and is back; open connections were lost. */
  onRestart(listener: () => void): void
  /** Leaves; stops the database when nobody else is using it. Close your own connections first. */
  close(): Promise<void>
}

const DATABASE = 'mingzhang'
const NO_SUCH_DATABASE = '3D000'
/** Who is here holds USING shared, the server SERVING alone, as session locks: they end with the connection. */
const USING = 7_240_001
const SERVING = 7_240_002
const PATIENCE = 60_000

interface Entry {
  /** The one connection that holds our locks. */
  guard: pg.Client
  port: number
  startedHere: boolean
}

/** @throws Refusal 'serverRunning' when another server holds the folder; else an Error in words for the user. */
export async function openEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const { major = 18, role = 'user', fsync = true } = options
  const folders = prepareFolders(dataDir)
  const cluster = { ...folders, programs: placeBinaries(major, folders.dataDir), major, fsync }
  const entry = await enter(cluster)
  if (role === 'server') await serveAlone(cluster, entry.guard)
  return stay(cluster, role, entry)
}

function stay(
  cluster: Cluster,
  role: 'server' | 'user',
  { guard: first, port, startedHere }: Entry,
): Embedded {
  const listeners = new Set<() => void>()
  let guard = first
  let leaving = false
  let recovery: Promise<void> | undefined

  const watch = () => guard.once('end', () => (recovery = leaving ? recovery : recover()))
  const recover = async () => {
    while (!leaving) {
      try {
        guard = (await enter(cluster, port)).guard
        watch()
        if (role === 'server') await tryLock(guard, SERVING)
        for (const listener of listeners) listener()
        return
      } catch (error) {
        console.error(`内置数据库意外停止，重新启动未成功，稍后再试。${(error as Error).message}`)
        await delay(1000)
      }
    }
  }

  watch()
  return {
    ownerUrl: urlOf(cluster, port),
    startedHere,
    onRestart: (listener) => listeners.add(listener),
    async close() {
      if (leaving) return
      leaving = true
      await recovery
      await leave(cluster, guard)
    },
  }
}

/** Starts the database if nobody has, and comes in; tries again when it is just starting or stopping. */
async function enter(cluster: Cluster, port?: number): Promise<Entry> {
  const deadline = Date.now() + PATIENCE
  let startedHere = false
  for (;;) {
    if (await ensureRunning(cluster, port)) startedHere = true
    const at = findRunning(cluster)?.port
    try {
      if (at) return { guard: await comeIn(urlOf(cluster, at)), port: at, startedHere }
    } catch (error) {
      if (!isPassing(error)) throw error
    }
    if (Date.now() > deadline) throw new Error(`内置数据库没有就绪，请查看 ${cluster.pgdata}/postgres.log。`)
    await delay(30)
  }
}

async function ensureRunning(cluster: Cluster, port?: number): Promise<boolean> {
  if (findRunning(cluster)) return false
  return withStartLock(cluster.dataDir, async () => {
    if (findRunning(cluster)) return false
    if (!isMade(cluster)) await makeCluster(cluster)
    checkVersion(cluster)
    await startCluster(cluster, port)
    return true
  })
}

async function comeIn(url: string): Promise<pg.Client> {
  const guard = await connectOnce(url).catch(async (error: { code?: string }) => {
    if (error.code !== NO_SUCH_DATABASE) throw error
    await makeDatabase(url)
    return connectOnce(url)
  })
  // Waits while somebody who was the last one stops the database; then the connection breaks, and we start it anew.
  await guard.query('select pg_advisory_lock_shared($1)', [USING])
  return guard
}

async function connectOnce(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  // 'end' follows every loss and is what we act on; without a listener 'error' would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function makeDatabase(url: string): Promise<void> {
  const client = await connectOnce(url.replace(/\/\w+$/, '/postgres'))
  try {
    await client.query(`create database ${DATABASE}`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
}

async function serveAlone(cluster: Cluster, guard: pg.Client): Promise<void> {
  // PostgreSQL takes a moment to notice that a killed server's connection is gone.
  const deadline = Date.now() + 2000
  while (!(await tryLock(guard, SERVING))) {
    const other = otherServer(cluster.dataDir)
    if (Date.now() < deadline && !(other && isAlive(other.pid))) {
      await delay(30)
      continue
    }
    await leave(cluster, guard)
    throw conflict(
      'serverRunning',
      `数据文件夹 ${cluster.dataDir} 已有服务在运行${other ? `：${other.url}（进程 ${other.pid}）` : ''}。` +
        '请直接打开它；要重新启动，请先在它的窗口按 Ctrl-C 停止；要另开一套，请用 --data 指定别的文件夹。',
    )
  }
}

/** What the running server wrote about itself. */
function otherServer(dataDir: string): { pid: number; url: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8')) as { pid: number; url: string }
  } catch {
    return undefined
  }
}

/** Gives up our own lock before asking for all: of several who leave at once, one is then sure to get it. */
async function leave(cluster: Cluster, guard: pg.Client): Promise<void> {
  try {
    await guard.query('select pg_advisory_unlock_all()')
    if (await tryLock(guard, USING)) await stopCluster(cluster)
  } catch (error) {
    if (!isPassing(error)) throw error
  } finally {
    await guard.end().catch(() => undefined)
  }
}

async function tryLock(guard: pg.Client, key: number): Promise<boolean> {
  const { rows } = await guard.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [key])
  return rows[0]?.got === true
}

/** Starting, stopping or just gone. */
function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'].includes(code)) return true
  return /terminated|not queryable|connection (timeout|error)|timeout expired/i.test(message)
}

function urlOf({ dataDir }: Cluster, port: number): string {
  return `postgres://${OWNER}:${readPassword(dataDir)}@127.0.0.1:${port}/${DATABASE}`
}
