/** Which process is which: a bare process id may have been given to somebody else since it was written down. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Process id and, where the system tells it, the moment it started: together they never come twice. */
export function fingerprint(pid: number): string {
  return `${pid} ${startedAt(pid)}`
}

export function isSameProcess(print: string): boolean {
  const pid = Number(print.split(' ')[0])
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && fingerprint(pid) === print.trimEnd()
}

function startedAt(pid: number): string {
  if (process.platform !== 'linux') return '-'
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces; the start time is the 20th field after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
  } catch {
    return '-'
  }
}

/** Whether this process is a PostgreSQL server of the folder `pgdata`, and no zombie. */
export function isPostmaster(pid: number, pgdata: string): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(pgdata)
    if (process.platform === 'win32')
      return execFileSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' }).includes(
        'postgres',
      )
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(pgdata)
  } catch {
    return false
  }
}

/** Ends the server of a folder that will be thrown away, if it runs: no checkpoint, all its processes at once. */
export function killPostmaster(pgdata: string): void {
  const file = join(pgdata, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (!isPostmaster(pid, pgdata)) return
  process.kill(pid, 'SIGQUIT')
  for (let tries = 0; tries < 300 && isPostmaster(pid, pgdata); tries++) sleepNow(20)
}

function sleepNow(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}
