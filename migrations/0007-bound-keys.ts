/**
 * A key of a retried request is bound to what was asked under it: `request` is a digest of endpoint, path, query, body
 * and uploads, `rights` what the first asking needed. `answer` is null where it may not lie here (tokens, links,
 * numbers in full). What was kept before cannot be told from such answers and is let go.
 */
import { type Kysely, sql } from 'kysely'

const keys = `
delete from idempotency;
alter table idempotency add column request text not null, add column rights jsonb;
alter table idempotency alter column answer drop not null;
create index idempotency_at on idempotency (at);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(keys).execute(db)
}
