/**
 * The superior's blank forms and what was filled into them. A form's file lies in the file store; `fingerprint` says
 * by which labels it is recognised when it comes again. A filling keeps the blank it was made from, every cell with
 * its question and answer, and the rows behind them in one compressed file, so that it stays as it was (law 7).
 */
import { type Kysely, sql } from 'kysely'

const forms = `
create table form (
  county_id uuid not null, id uuid not null, org_id uuid not null, path text not null collate "C",
  title text not null, sender text not null, file_name text not null, file_sha256 text not null,
  fingerprint text not null, rhythm text not null, mapping jsonb not null, lost jsonb not null, version int not null,
  recorded_by uuid not null, recorded_at timestamp not null, changed_at timestamp not null, voided_at timestamp,
  primary key (county_id, id));
create index form_org on form (county_id, org_id);
create index form_fingerprint on form (county_id, fingerprint);
create table filled_form (
  county_id uuid not null, id uuid not null, form_id uuid not null, org_id uuid not null,
  path text not null collate "C", period text not null, cut_off date, title text not null, sender text not null,
  file_name text not null, blank_sha256 text not null, file_sha256 text not null, cells jsonb not null,
  rows_sha256 text not null, version int not null, recorded_by uuid not null, recorded_by_name text not null,
  recorded_at timestamp not null, submitted_on date, submitted_to text, primary key (county_id, id));
create index filled_form_form on filled_form (county_id, form_id, recorded_at);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(forms).execute(db)
}
