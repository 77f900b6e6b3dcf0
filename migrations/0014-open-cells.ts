/**
 * How many cells of a form nobody has decided about is kept beside the decisions: a list of forms says it without
 * opening a single file. Of forms of before it is counted at the first change; until then they are opened for it.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table form add column open_cells int`.execute(db)
}
