/**
 * What was done beside what a ledger's own fields count (义务植树 400 株): several quantities in any record. They stand
 * in the record's row, so that version, history and the mirrors of joint records hold them without further work.
 * Amounts are texts: exact, whatever reads the JSON. Few records have any: the index holds only those.
 */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table record add column quantities jsonb`.execute(db)
  await sql`create index record_quantities on record (county_id, path, day) where quantities is not null`.execute(
    db,
  )
}
