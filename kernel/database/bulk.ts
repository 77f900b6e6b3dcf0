/** Many rows in few statements: they travel as one JSON parameter and take the table's own types. */
import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.ts'

const CHUNK = 2000

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** With its schema: a bare `record` is a type of PostgreSQL's own. */
const tableOf = (name: string) => sql.id('public', name)

function jsonOf(rows: object[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value]))),
  )
}

function* chunks<T>(rows: T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += CHUNK) yield rows.slice(i, i + CHUNK)
}

/** Rows must be whole: a column left out becomes null, whatever its default. jsonb columns take plain values. */
export async function insertRows<T extends keyof Database & string>(
  db: Kysely<Database>,
  table: T,
  rows: object[],
): Promise<void> {
  const name = snake(table)
  for (const part of chunks(rows)) {
    await sql`insert into ${tableOf(name)}
      select * from jsonb_populate_recordset(null::${tableOf(name)}, ${jsonOf(part)}::jsonb)`.execute(db)
  }
}

/**
 * Writes these columns of rows whose version is one less than the given; returns how many were found so.
 * Rows carry countyId, id, version and the columns.
 */
export async function updateRows<T extends keyof Database & string>(
  db: Kysely<Database>,
  table: T,
  columns: string[],
  rows: object[],
): Promise<number> {
  const name = snake(table)
  const sets = ['version', ...columns].map((c) => sql`${sql.id(snake(c))} = ${sql.ref(`v.${snake(c)}`)}`)
  let written = 0
  for (const part of chunks(rows)) {
    const { numAffectedRows } = await sql`
      update ${tableOf(name)} as t set ${sql.join(sets)}
      from jsonb_populate_recordset(null::${tableOf(name)}, ${jsonOf(part)}::jsonb) as v
      where t.county_id = v.county_id and t.id = v.id and t.version = v.version - 1`.execute(db)
    written += Number(numAffectedRows ?? 0)
  }
  return written
}
