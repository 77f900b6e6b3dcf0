/** Many rows, some at a time: a cursor of the transaction, so that all of them are of one moment. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './tables.ts'

let last = 0

/** Reads `size` rows at a time. The transaction must stay open until the last is read. */
export async function* cursorOf<T>(
  db: Kysely<Database>,
  query: RawBuilder<T>,
  size: number,
): AsyncGenerator<T[]> {
  last += 1
  const name = sql.id(`c${last}`)
  await sql`declare ${name} no scroll cursor for ${query}`.execute(db)
  try {
    for (;;) {
      const { rows } = await sql<T>`fetch forward ${sql.lit(size)} from ${name}`.execute(db)
      if (rows.length > 0) yield rows
      if (rows.length < size) return
    }
  } finally {
    await sql`close ${name}`.execute(db)
  }
}
