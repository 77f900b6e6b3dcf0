/**
 * The whole of the first schema. Why it looks like this: every fact row begins with county_id, the key by which a
 * province is distributed; spans are half-open [valid_from, valid_to) in Asia/Shanghai, 'infinity' while in force,
 * '0001-01-01' where the start is unknown; paths compare bytewise, so that a subtree is a range.
 */
import { type Kysely, sql } from 'kysely'

const kernel = `
create table setting (key text primary key, value jsonb not null);
create table history (
  county_id uuid not null, id uuid not null, at timestamp not null, account_id uuid not null, actor_name text not null,
  verb text not null, subject text not null, subject_id text not null, org_id uuid not null,
  detail jsonb not null, primary key (county_id, id));
create index history_subject on history (county_id, subject_id, at);
create table idempotency (
  account_id uuid not null, key text not null, answer jsonb not null, at timestamp not null,
  primary key (account_id, key));
create table job (
  id uuid primary key, county_id uuid not null, org_id uuid not null, account_id uuid not null, kind text not null,
  title text not null, state text not null, stage text, done int not null, total int, input jsonb not null,
  result jsonb, failure text, cancel_asked boolean not null, runner text, beat_at timestamp,
  created_at timestamp not null, started_at timestamp, ended_at timestamp);
create index job_waiting on job (state, created_at);
create index job_account on job (account_id, created_at);
`

const structure = `
create table org (
  id uuid primary key, county_id uuid not null, code text not null unique, opened_at timestamp not null,
  opened_precision text not null, closed_at timestamp not null default 'infinity', close_reason text,
  successor_id uuid, batch_id uuid, version int not null, recorded_by uuid not null, recorded_at timestamp not null);
create table org_span (
  id uuid primary key, org_id uuid not null references org, county_id uuid not null, name text not null,
  name_key text not null collate "C", type text not null, sector text not null, level text, kind text, parent_id uuid,
  path text not null collate "C", party_link text, place text,
  valid_from timestamp not null, valid_to timestamp not null default 'infinity', check (valid_from < valid_to));
create index org_span_org on org_span (org_id, valid_from);
create index org_span_path on org_span (path);
create index org_span_parent on org_span (parent_id);

create table identity (digest text primary key, person_id uuid not null);
create table person (
  county_id uuid not null, id uuid not null, name text not null, name_key text not null collate "C", sex text,
  birth_date date, birth_precision text, ethnicity text, native_place text, id_no_sealed text, id_no_masked text,
  phone_sealed text, phone_masked text, phone_digest text, identity_state text not null, occupation text,
  joined_league_on date, joined_league_precision text, reported_age int, reported_on date,
  batch_id uuid, version int not null, recorded_by uuid not null, recorded_at timestamp not null, voided_at timestamp,
  primary key (county_id, id));
create index person_name on person (county_id, name);
create index person_phone on person (county_id, phone_digest);
create table person_trait (
  county_id uuid not null, id uuid not null, person_id uuid not null, trait text not null, value text not null,
  detail text, valid_from timestamp not null, from_precision text not null,
  valid_to timestamp not null default 'infinity', batch_id uuid, recorded_by uuid not null,
  recorded_at timestamp not null, voided_at timestamp, primary key (county_id, id), check (valid_from < valid_to));
create index person_trait_person on person_trait (county_id, person_id, trait, valid_from);

create table membership (
  county_id uuid not null, id uuid not null, person_id uuid not null, org_id uuid not null, member_no text,
  start_reason text not null, valid_from timestamp not null, from_precision text not null,
  valid_to timestamp not null default 'infinity', to_precision text, end_reason text,
  batch_id uuid, version int not null, recorded_by uuid not null, recorded_at timestamp not null, voided_at timestamp,
  primary key (county_id, id), check (valid_from < valid_to));
create index membership_org on membership (county_id, org_id, valid_from);
create index membership_person on membership (person_id, county_id);

create table term (
  county_id uuid not null, id uuid not null, org_id uuid not null, ordinal int, started_on date not null,
  due_on date, ended_on date, recorded_by uuid not null, recorded_at timestamp not null, voided_at timestamp,
  primary key (county_id, id));
create table appointment (
  county_id uuid not null, id uuid not null, person_id uuid not null, org_id uuid not null, term_id uuid,
  post text not null, post_title text not null, officer_kind text, mode text,
  valid_from timestamp not null, from_precision text not null, valid_to timestamp not null default 'infinity',
  to_precision text, end_reason text, batch_id uuid, version int not null, recorded_by uuid not null,
  recorded_at timestamp not null, voided_at timestamp, primary key (county_id, id), check (valid_from < valid_to));
create index appointment_org on appointment (county_id, org_id, valid_from);
create index appointment_person on appointment (person_id, county_id);

create table account (
  id uuid primary key, person_id uuid, name text not null, username text not null unique, password_hash text,
  failed_attempts int not null, locked_until timestamp, created_at timestamp not null, closed_at timestamp);
create table session (
  token_digest text primary key, account_id uuid not null, created_at timestamp not null,
  expires_at timestamp not null, agent text);
create table invitation (
  token_digest text primary key, account_id uuid, expires_at timestamp not null, used_at timestamp);
`

const records = `
create table record (
  county_id uuid not null, id uuid not null, ledger text not null, org_id uuid not null,
  path text not null collate "C", day date not null, day_precision text not null, day_to date, title text not null,
  person_times int, fields jsonb not null, batch_id uuid, version int not null, home_county_id uuid,
  recorded_by uuid not null, recorded_at timestamp not null, changed_at timestamp not null,
  voided_at timestamp, voided_by uuid, void_reason text, primary key (county_id, id));
create index record_ledger on record (county_id, ledger, path, day);
create index record_batch on record (county_id, batch_id);
create table record_host (
  county_id uuid not null, record_id uuid not null, org_id uuid not null, path text not null collate "C",
  primary key (county_id, record_id, org_id));
create table participation (
  county_id uuid not null, id uuid not null, record_id uuid not null, person_id uuid, name text not null,
  role text not null, hours numeric, points numeric, amount numeric, primary key (county_id, id));
create index participation_record on participation (county_id, record_id);
create index participation_person on participation (county_id, person_id);
create table attachment (
  county_id uuid not null, id uuid not null, record_id uuid not null, sha256 text not null, name text not null,
  media_type text not null, size int not null, recorded_by uuid not null, recorded_at timestamp not null,
  voided_at timestamp, primary key (county_id, id));
create index attachment_record on attachment (county_id, record_id);
create table nil_declaration (
  county_id uuid not null, id uuid not null, ledger text not null, org_id uuid not null,
  path text not null collate "C", from_day date not null, to_day date not null, recorded_by uuid not null,
  recorded_at timestamp not null, voided_at timestamp, primary key (county_id, id));

create table batch (
  county_id uuid not null, id uuid not null, org_id uuid not null, path text not null collate "C", kind text not null,
  file_name text not null, file_digest text not null, sheet text not null, counts jsonb not null,
  recorded_by uuid not null, recorded_at timestamp not null, undone_at timestamp, undone_by uuid,
  primary key (county_id, id));
create index batch_digest on batch (file_digest);
create table batch_change (
  county_id uuid not null, id uuid not null, batch_id uuid not null, subject text not null, subject_id uuid not null,
  before jsonb not null, primary key (county_id, id));
create index batch_change_batch on batch_change (county_id, batch_id);
create table import_mapping (
  org_id uuid not null, signature text not null, kind text not null, mapping jsonb not null,
  recorded_by uuid not null, recorded_at timestamp not null, primary key (org_id, signature));
`

const reports = `
create table summary (
  county_id uuid not null, id uuid not null, org_id uuid not null, path text not null collate "C",
  period text not null, from_day date not null, to_day date not null, cut_off date, title text not null,
  body jsonb not null, settings jsonb not null, state text not null, version int not null, edition int not null,
  recorded_by uuid not null, recorded_at timestamp not null, changed_at timestamp not null,
  submitted_at timestamp, submitted_by uuid, voided_at timestamp, primary key (county_id, id));
create index summary_org on summary (county_id, org_id, period);
create table summary_figure (
  county_id uuid not null, summary_id uuid not null, edition int not null, ref text not null, sentence text not null,
  question jsonb not null, answer jsonb not null, digest text not null, rows_sha256 text not null,
  primary key (county_id, summary_id, edition, ref));
`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const part of [kernel, structure, records, reports]) await sql.raw(part).execute(db)
}
