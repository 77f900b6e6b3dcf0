/**
 * Ledgers that an office declares. Why versions stand apart: a published declaration is never changed, so that it can
 * be said how a row was asked for; `draft` is what is being written, `published` the version in force.
 */
import { type Kysely, sql } from 'kysely'

const own = `
create table own_ledger (
  county_id uuid not null, id text not null, org_id uuid not null, draft jsonb, published int, version int not null,
  closed_at timestamp, recorded_by uuid not null, recorded_at timestamp not null, changed_at timestamp not null,
  primary key (county_id, id));
create table own_ledger_version (
  county_id uuid not null, ledger text not null, version int not null, definition jsonb not null,
  users jsonb not null, recorded_by uuid not null, recorded_at timestamp not null,
  primary key (county_id, ledger, version));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(own).execute(db)
}
