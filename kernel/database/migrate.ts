/** Forward-only migrations, run by the owner of the tables; the application's role may use them, not change them. */
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { APP_ROLE } from './connect.ts'
import type { Database } from './tables.ts'

export async function migrate(
  owner: Kysely<Database>,
  migrations: Record<string, Migration>,
): Promise<string[]> {
  const migrator = new Migrator({ db: owner, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) throw error
  const ran = (results ?? []).map((r) => r.migrationName)
  // Somebody else may have migrated a moment ago and not yet come to this.
  if (ran.length > 0 || !(await mayUse(owner))) await letUse(owner)
  return ran
}

async function mayUse(owner: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ missing: boolean }>`
    select not has_table_privilege(r.oid, c.oid, 'select') as missing from pg_roles r, pg_class c
    where r.rolname = ${APP_ROLE} and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and c.relname <> 'kysely_migration_lock'`.execute(owner)
  return rows.length > 0 && !rows.some((r) => r.missing)
}

const GRANT_LOCK = 7_240_011

/** One after another: PostgreSQL refuses two grants on one table at the same moment. */
async function letUse(owner: Kysely<Database>): Promise<void> {
  const found = await sql`select 1 from pg_roles where rolname = ${APP_ROLE}`.execute(owner)
  if (found.rows.length === 0) await createRole(owner)
  await owner.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${GRANT_LOCK})`.execute(db)
    await grantUse(db)
  })
}

async function grantUse(owner: Kysely<Database>): Promise<void> {
  const role = sql.id(APP_ROLE)
  await sql`grant usage on schema public to ${role}`.execute(owner)
  await sql`grant select, insert, update, delete on all tables in schema public to ${role}`.execute(owner)
  await sql`revoke all on kysely_migration, kysely_migration_lock from ${role}`.execute(owner)
  await sql`grant select on kysely_migration to ${role}`.execute(owner)
  await sql`revoke update, delete on history from ${role}`.execute(owner)
}

/** Several databases of one server share their roles, so another start may create it at the same moment. */
async function createRole(owner: Kysely<Database>): Promise<void> {
  const role = sql.id(APP_ROLE)
  await sql`create role ${role} nologin`.execute(owner).catch((error: { code?: string }) => {
    if (error.code !== '42710' && error.code !== '23505') throw error
  })
  await sql`grant ${role} to current_user`.execute(owner)
}
