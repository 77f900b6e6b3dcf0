/**
 * Whoever is named as host is asked, unless it stands beside or below the recorder: until it agrees, nothing counts
 * there. `state`: invited, agreed, declined, left; who was named before this stands as agreed. `asked_at` is null where
 * nobody needed to be asked. The rows that merges keep get the new columns too, so that an undo puts whole rows back.
 * The index is what a desk asks: which records wait for our answer, in whatever county they were recorded.
 */
import { type Kysely, sql } from 'kysely'

const hosts = `
alter table record_host
  add column state text not null default 'agreed' check (state in ('invited', 'agreed', 'declined', 'left')),
  add column asked_at timestamp, add column answered_at timestamp, add column answered_by uuid,
  add column answered_by_name text;
alter table record_host alter column state drop default;
create index record_host_invited on record_host (org_id) where state = 'invited';
update merge_change set
  before = before || '{"state":"agreed","asked_at":null,"answered_at":null,"answered_by":null,"answered_by_name":null}',
  after = after || '{"state":"agreed","asked_at":null,"answered_at":null,"answered_by":null,"answered_by_name":null}'
  where subject = 'record_host';
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(hosts).execute(db)
}
