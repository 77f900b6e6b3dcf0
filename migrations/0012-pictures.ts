/**
 * Pictures in smaller sizes, by the digest of the picture as it is kept, whichever records show it. A picture without
 * a row here was taken in before pictures were drawn anew: the server does that to it in its own time, so that a
 * stopped server goes on where it was. `photo` is no reference by itself: what no attachment names may be swept.
 */
import { type Kysely, sql } from 'kysely'

const pictures = `
create table picture (
  photo text primary key, small_sha256 text, medium_sha256 text, recorded_at timestamp not null);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(pictures).execute(db)
}
