/**
 * Files that nothing refers to any more: uploads that were not taken in, results of long work after their days, and
 * what was written for a row that then did not commit. A column that refers to a stored file ends in `sha256`; that is
 * the whole of the convention, so that a new table is known here by itself.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import { momentOf } from './clock.ts'
import type { Services } from './context.ts'
import type { Database } from './database/tables.ts'

/** How long the file of an export, an inspection bundle, or an upload that was not taken in can be fetched. */
export const KEPT_DAYS = 7
const DAY_MS = 86_400_000

/** A backup holds it shared, so that the files of its rows stay until they are written. */
export const FILES_LOCK = 7_240_021

/** `machineNow`: files bear the machine's time, rows the system's clock. Returns how many files went. */
export async function sweepFiles(services: Services, machineNow: Date): Promise<number> {
  const before = new Date(machineNow.getTime() - KEPT_DAYS * DAY_MS)
  const ended = momentOf(new Date(services.clock.now().getTime() - KEPT_DAYS * DAY_MS))
  const all = await services.files.list()
  return services.db.transaction().execute(async (db) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_xact_lock(${FILES_LOCK}) as got`.execute(db)
    if (!rows[0]?.got) return 0
    const unreferred: string[] = []
    for (const digit of '0123456789abcdef') {
      const kept = new Set((await referencesIn(db, { beginning: digit, ended })).map((r) => r.sha256))
      unreferred.push(...all.filter((sha) => sha.startsWith(digit) && !kept.has(sha)))
    }
    return services.files.sweep(unreferred, before)
  })
}

export interface Reference {
  sha256: string
  /** What people call it: the file's name, or the title of what it belongs to. */
  name: string
}

/** Every file that a row names, and those named by work that has not ended before `ended`. */
export async function referencesIn(
  db: Transaction<Database> | Kysely<Database>,
  { beginning = '', ended }: { beginning?: string; ended?: string } = {},
): Promise<Reference[]> {
  const columns = await sql<{ table: string; column: string }>`
    select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and column_name like '%sha256' order by 1, 2`.execute(db)
  const parts = columns.rows.map(({ table, column }) => {
    const row = sql`to_jsonb(t)`
    return sql`select t.${sql.id(column)} as sha256,
      coalesce(${row}->>'name', ${row}->>'file_name', ${row}->>'title', ${table}) as name
      from ${sql.id('public', table)} t where t.${sql.id(column)} like ${`${beginning}%`}`
  })
  if (ended !== undefined)
    parts.push(sql`select m[1], j.title from job j,
      regexp_matches(j.input::text || coalesce(j.result::text, ''), ${`"(${beginning}[0-9a-f]+)"`}, 'g') m
      where length(m[1]) = 64 and (j.ended_at is null or j.ended_at >= ${ended})`)
  const { rows } = await sql<Reference>`
    select sha256, min(name) as name from (${sql.join(parts, sql` union all `)}) r group by sha256`.execute(
    db,
  )
  return rows
}
