/** Tests stand on a real database: one migrated template, cloned for each test file. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import pg from 'pg'
import { inject } from 'vitest'
import type { Clock } from './clock.ts'
import type { Actor, Services } from './context.ts'
import { APP_ROLE, connect } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import type { Database } from './database/tables.ts'
import { openFiles } from './files.ts'
import { newId } from './id.ts'
import type { Grant } from './scope.ts'
import { secretsFrom } from './secrets.ts'

export interface TestWorld {
  services: Services
  /** Owner of the tables, for looking behind the interface. */
  owner: Kysely<Database>
  url: string
  /** Sets the clock, 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM' in Shanghai. */
  setNow(moment: string): void
  close(): Promise<void>
}

const databaseIn = (url: string, name: string) =>
  Object.assign(new URL(url), { pathname: `/${name}` }).toString()

export async function openWorld(
  migrations: Record<string, Migration>,
  now = '2024-06-18 09:30',
  connections = 4,
): Promise<TestWorld> {
  const server = inject('databaseUrl')
  const template = await templateOf(server, migrations)
  const name = `t_${randomBytes(6).toString('hex')}`
  await asOwner(server, (client) => client.query(`create database ${name} template ${template}`))
  const url = databaseIn(server, name)
  const owner = connect(url, { size: 2 })
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-test-'))
  const clock = settableClock(now)
  const services: Services = {
    db: connect(url, { role: APP_ROLE, size: connections }),
    clock,
    secrets: secretsFrom(randomBytes(32)),
    files: openFiles(folder),
  }
  return {
    services,
    owner,
    url,
    setNow: clock.set,
    async close() {
      await Promise.all([services.db.destroy(), owner.destroy()])
      await asOwner(server, (client) => client.query(`drop database ${name} with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function settableClock(start: string): Clock & { set: (moment: string) => void } {
  const parse = (m: string) => new Date(`${m.slice(0, 10)}T${m.slice(11) || '09:30'}:00+08:00`)
  let at = parse(start)
  return {
    now: () => at,
    set: (moment) => {
      at = parse(moment)
    },
  }
}

/** The template's name carries a digest of the migrations, so that parallel test processes agree on it. */
async function templateOf(server: string, migrations: Record<string, Migration>): Promise<string> {
  const source = Object.entries(migrations).map(([name, m]) => name + String(m.up))
  const name = `template_${createHash('sha256').update(source.join()).digest('hex').slice(0, 12)}`
  await asOwner(server, async (client) => {
    await client.query('select pg_advisory_lock(20240618)')
    const ready = await client.query(`select 1 from pg_database where datname = $1`, [`${name}_ready`])
    if (ready.rowCount) return
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name}`)
    const owner = connect(databaseIn(server, name), { size: 1 })
    await migrate(owner, migrations)
    await owner.destroy()
    await client.query(`alter database ${name} rename to ${name}_ready`)
  })
  return `${name}_ready`
}

async function asOwner<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseIn(server, 'postgres') })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Someone with these grants, for calling routes without signing in. */
export const actorWith = (grants: Grant[], name = '测试员'): Actor => ({
  accountId: newId(),
  personId: null,
  name,
  grants,
})
