/**
 * What makes lists of many rows workable for the people at them. Saved views and favourites belong to an account, never
 * to a browser, so that they are there on the next machine; a default is apart from its view, because a shared view may
 * be the default of some and not of others. A bulk change keeps what was before, so that it can be taken back whole.
 */
import { type Kysely, sql } from 'kysely'

const views = `
create table saved_view (
  county_id uuid not null, id uuid not null, list text not null, name text not null, account_id uuid not null,
  org_id uuid not null, shared boolean not null, state jsonb not null, recorded_at timestamp not null,
  changed_at timestamp not null, primary key (county_id, id));
create index saved_view_account on saved_view (account_id, list);
create index saved_view_org on saved_view (org_id, list);
create table saved_view_default (
  account_id uuid not null, list text not null, view_id uuid not null, primary key (account_id, list));
create table favourite_ledger (
  account_id uuid not null, ledger text not null, at timestamp not null, primary key (account_id, ledger));
create table bulk_change (
  county_id uuid not null, id uuid not null, ledger text not null, org_id uuid not null, path text not null collate "C",
  change jsonb not null, recorded_by uuid not null, recorded_at timestamp not null, undone_at timestamp,
  primary key (county_id, id));
create table bulk_change_row (
  county_id uuid not null, bulk_id uuid not null, record_id uuid not null, version int not null, before jsonb not null,
  primary key (county_id, bulk_id, record_id));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(views).execute(db)
}
