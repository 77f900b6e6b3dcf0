/** Opens everything that lives as long as the process: database, key, files, clock. */
import { mkdirSync, realpathSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { type Clock, clockAt } from '../kernel/clock.ts'
import type { Services } from '../kernel/context.ts'
import { APP_ROLE, connect } from '../kernel/database/connect.ts'
import { openEmbedded } from '../kernel/database/embedded.ts'
import { migrate } from '../kernel/database/migrate.ts'
import type { Database } from '../kernel/database/tables.ts'
import { openFiles } from '../kernel/files.ts'
import { openSecrets } from '../kernel/keyFile.ts'
import { migrations } from '../migrations/index.ts'
import { refuseSecond } from './notice.ts'

export interface Where {
  /** Keys, photos, and, without `databaseUrl`, the database. */
  dataDir: string
  databaseUrl?: string | undefined
  /** A server keeps other servers off its folder; anything else comes and goes beside it. */
  role?: 'server' | 'user'
}

export interface Opened {
  services: Services
  dataDir: string
  /** Connection string of the account that owns the tables, for backups. */
  ownerUrl: string
  close(): Promise<void>
}

const PARTING_MS = 500

/** @throws Refusal `serverRunning` when a second server asks for the same folder; `key…` when the key does not fit. */
export async function openServices({ dataDir: folder, databaseUrl, role = 'user' }: Where): Promise<Opened> {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  const dataDir = realpathSync(folder)
  if (databaseUrl && role === 'server') await refuseSecond(dataDir)
  const embedded = databaseUrl ? null : await openEmbedded(dataDir, { role })
  const ownerUrl = databaseUrl ?? embedded?.ownerUrl ?? ''
  const db = connect(ownerUrl, { role: APP_ROLE })
  const close = async () => {
    // Waits for statements that still run; those that run long are ended by the database's own end.
    await Promise.race([db.destroy(), delay(PARTING_MS)])
    await embedded?.close()
  }
  try {
    await bringUpToDate(ownerUrl)
    const services: Services = {
      db,
      clock: await clockOf(db),
      secrets: await openSecrets(db, dataDir),
      files: openFiles(dataDir),
    }
    return { services, dataDir, ownerUrl, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function bringUpToDate(ownerUrl: string): Promise<void> {
  const owner = connect(ownerUrl, { size: 1 })
  try {
    await migrate(owner, migrations)
  } finally {
    await owner.destroy()
  }
}

/** The demo's clock stands at a fixed distance from the real one. */
async function clockOf(db: Kysely<Database>): Promise<Clock> {
  const found = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', 'clockOffsetMs')
    .executeTakeFirst()
  return clockAt(Number(found?.value ?? 0))
}
