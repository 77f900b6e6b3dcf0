/** One PostgreSQL cluster: made, started, found running, stopped. */
import { spawn } from 'node:child_process'
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { give } from './account.ts'
import type { Major } from './binaries.ts'
import { type Folders, newPassword, rememberPgdata } from './folders.ts'
import { isPostmaster } from './processes.ts'

export interface Cluster extends Folders {
  /** Holds bin, lib and share. */
  programs: string
  major: Major
  fsync: boolean
}

export const OWNER = 'mingzhang'
const LOG_LIMIT = 5_000_000
/** Beyond every system's largest process id, so that PostgreSQL takes the file for a dead server's. */
const NOBODYS_PID = 4_194_305

/** Personal data must not reach the log: no statements, no parameters, no details, and no errors of single statements. */
const QUIET = [
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_statement=none',
  'log_checkpoints=off',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
]
/** For an office PC; the WAL is kept short so that recovery after a kill takes seconds. */
const MODEST = [
  'max_connections=60',
  'shared_buffers=128MB',
  'work_mem=8MB',
  'maintenance_work_mem=64MB',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_wal_size=256MB',
  'jit=off',
  // What an import filled is soon known to the planner.
  'autovacuum_naptime=15s',
  'timezone=Asia/Shanghai',
  'log_timezone=Asia/Shanghai',
]
const UNSAFE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB']

/** The running server of this cluster; `port` is missing while it is starting, recovering or stopping. */
export function findRunning({ pgdata }: Cluster): { pid: number; port: number | undefined } | undefined {
  const lines = pidFile(pgdata)
  const pid = Number(lines?.[0])
  if (!lines || !isPostmaster(pid, pgdata)) return undefined
  return { pid, port: lines[7]?.startsWith('ready') ? Number(lines[3]) : undefined }
}

export const isMade = ({ pgdata }: Cluster) => existsSync(join(pgdata, 'PG_VERSION'))

/** Throws when the data was written by another major version, which these programs cannot read. */
export function checkVersion({ pgdata, major, dataDir }: Cluster): void {
  const found = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim()
  if (found === String(major)) return
  throw new Error(
    `数据文件夹 ${dataDir} 由 PostgreSQL ${found} 建立，本程序使用 PostgreSQL ${major}。` +
      '请用原来的版本备份（mz backup），再恢复到一个新的数据文件夹。',
  )
}

export async function makeCluster(cluster: Cluster): Promise<void> {
  const { pgdata, account, dataDir, fsync } = cluster
  const half = `${pgdata}.${process.pid}`
  const secret = `${half}.password`
  try {
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { mode: 0o700 })
    give(half, account)
    writeFileSync(secret, newPassword(dataDir), { mode: 0o600 })
    give(secret, account)
    const flags = ['--locale=C', '--encoding=UTF8', '--data-checksums', '--auth=scram-sha-256']
    await run(cluster, 'initdb', [
      ...['-D', half, '-U', OWNER, `--pwfile=${secret}`, ...flags],
      ...(fsync ? [] : ['--no-sync']),
    ])
    renameSync(half, pgdata)
    rememberPgdata(cluster)
  } finally {
    rmSync(secret, { force: true })
    rmSync(half, { recursive: true, force: true })
  }
}

/** Starts the server and waits until it answers. `port` when it must be that one. */
export async function startCluster(cluster: Cluster, port?: number): Promise<void> {
  const deadline = Date.now() + 30_000
  // Whoever brings a crashed server back keeps its port, as others may still be waiting for it there.
  let next = port ?? Number(pidFile(cluster.pgdata)?.[3] ?? 0)
  for (;;) {
    disownPidFile(cluster)
    const complaint = await tryStart(cluster, next || (await freePort()))
    if (!complaint) return
    if (/could not bind/.test(complaint)) next = port ?? 0
    // Processes of a server that was killed may live for a moment, and the port may have been taken meanwhile.
    const passing = /shared memory block|lock file|could not bind|could not create any TCP/.test(complaint)
    if (!passing || Date.now() > deadline) throw new Error(`内置数据库无法启动：\n${complaint}`)
    await delay(100)
  }
}

export async function stopCluster(cluster: Cluster): Promise<void> {
  const running = findRunning(cluster)
  if (!running) return
  if (process.platform === 'win32') {
    await run(cluster, 'pg_ctl', ['stop', '-D', cluster.pgdata, '-m', 'fast', '-w'])
    return
  }
  process.kill(running.pid, 'SIGINT')
  while (isPostmaster(running.pid, cluster.pgdata)) await delay(20)
}

async function tryStart(cluster: Cluster, port: number): Promise<string | undefined> {
  const { pgdata, fsync } = cluster
  const log = join(pgdata, 'postgres.log')
  const before = sizeOf(log) > LOG_LIMIT ? 0 : sizeOf(log)
  if (before === 0 && existsSync(log)) truncateSync(log)
  const network = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=']
  const settings = [...network, ...QUIET, ...MODEST, ...(fsync ? [] : UNSAFE)].map((s) => `-c ${s}`).join(' ')
  try {
    await run(cluster, 'pg_ctl', ['start', '-w', '-t', '600', '-D', pgdata, '-l', log, '-o', settings])
    return undefined
  } catch (error) {
    const said = existsSync(log) ? readFileSync(log, 'utf8').slice(before).trim() : ''
    return said || (error as Error).message
  }
}

/**
 * The file may name a process that is not this cluster's (ids are given out again after a reboot), and PostgreSQL
 * would refuse to start. Only the process id is taken out: PostgreSQL still checks for survivors by shared memory.
 */
function disownPidFile(cluster: Cluster): void {
  const { pgdata } = cluster
  const lines = pidFile(pgdata)
  if (!lines || findRunning(cluster)) return
  const file = openSync(
    join(pgdata, 'postmaster.pid'),
    constants.O_WRONLY | constants.O_TRUNC | (constants.O_NOFOLLOW ?? 0),
  )
  writeSync(file, [String(NOBODYS_PID), ...lines.slice(1)].join('\n'))
  closeSync(file)
}

function pidFile(pgdata: string): string[] | undefined {
  try {
    return readFileSync(join(pgdata, 'postmaster.pid'), 'utf8').split('\n')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES')
      throw new Error(`没有权限读取数据库文件夹 ${pgdata}：它属于另一个账户，请用那个账户启动。`)
    throw error
  }
}

const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0

function run(cluster: Cluster, program: 'initdb' | 'pg_ctl', args: string[]): Promise<void> {
  const { programs, account } = cluster
  return new Promise((resolve, reject) => {
    const child = spawn(join(programs, 'bin', program), args, {
      ...account,
      // A folder that the account can enter, and a group of its own: Ctrl-C must reach us before the database.
      cwd: programs,
      detached: process.platform !== 'win32',
      windowsHide: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: plainEnvironment(),
    })
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    child.on('error', (error) => reject(new Error(`无法运行内置数据库程序 ${program}：${error.message}`)))
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} 失败（${code}）：${said.trim()}`)),
    )
  })
}

/** None of our own variables: they may hold secrets, and PG… ones would change what the programs do. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP']
  return Object.fromEntries([['LC_ALL', 'C'], ...kept.map((name) => [name, process.env[name]])])
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
