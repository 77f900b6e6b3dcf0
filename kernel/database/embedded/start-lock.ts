/** Only one process at a time may start the database of a data folder. */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fingerprint, isSameProcess } from './processes.ts'

export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const file = join(dataDir, 'postgres.starting')
  while (!take(file)) await delay(30)
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, fingerprint(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    dropIfAbandoned(file)
    return false
  }
}

/** Should two processes drop it at once, PostgreSQL's own lock still lets only one server start. */
function dropIfAbandoned(file: string): void {
  try {
    if (isSameProcess(readFileSync(file, 'utf8'))) return
    const aside = `${file}.${process.pid}`
    renameSync(file, aside)
    rmSync(aside, { force: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
