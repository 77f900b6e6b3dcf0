/**
 * Two rows for one person or one activity become one, and can become two again. A merge keeps what each row was
 * before and after it, as jsonb, so that an undo is exact and can tell whether somebody has worked on a row since.
 * What people decided about a pair (two different ones; a superior is asked to merge) is remembered. Both begin with
 * county_id. The last index finds the same picture in two records.
 */
import { type Kysely, sql } from 'kysely'

const merges = `
create table merge (
  county_id uuid not null, id uuid not null, subject text not null, kept_id uuid not null, gone_id uuid not null,
  kept_title text not null, gone_title text not null, org_id uuid not null, path text not null collate "C",
  other_path text not null collate "C", detail jsonb not null, recorded_by uuid not null,
  recorded_by_name text not null, recorded_at timestamp not null, undone_at timestamp, undone_by_name text,
  primary key (county_id, id));
create index merge_gone on merge (gone_id) where undone_at is null;
create index merge_kept on merge (kept_id) where undone_at is null;
create table merge_change (
  county_id uuid not null, id uuid not null, merge_id uuid not null, place int not null, subject text not null,
  row_key text not null, before jsonb, after jsonb, primary key (county_id, id));
create index merge_change_merge on merge_change (county_id, merge_id);
create table duplicate_verdict (
  county_id uuid not null, id uuid not null, subject text not null, one_id uuid not null, other_id uuid not null,
  verdict text not null, note text, org_id uuid not null, recorded_by uuid not null, recorded_by_name text not null,
  recorded_at timestamp not null, withdrawn_at timestamp, primary key (county_id, id), check (one_id < other_id));
create unique index duplicate_verdict_pair on duplicate_verdict (county_id, subject, one_id, other_id)
  where withdrawn_at is null;
create index attachment_sha256 on attachment (county_id, sha256);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(merges).execute(db)
}
