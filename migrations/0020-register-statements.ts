/**
 * From which day a register of people is complete, as somebody stated it: before that day whoever had left already was
 * never entered, so that a count is too small. What was registered before this table counts from the day of its first
 * entry. Units of an import are taken back with it.
 */
import { type Kysely, sql } from 'kysely'

const statements = `
create table register_statement (
  county_id uuid not null, id uuid not null, org_id uuid not null, register text not null, complete_from date not null,
  stated_by text not null, batch_id uuid, recorded_by uuid not null, recorded_at timestamp not null,
  voided_at timestamp, primary key (county_id, id));
create index register_statement_org on register_statement (org_id, register) where voided_at is null;
create index register_statement_county on register_statement (county_id, register, complete_from)
  where voided_at is null;
create index register_statement_batch on register_statement (batch_id) where batch_id is not null;

insert into register_statement
  select o.county_id, gen_random_uuid(), o.id, 'members', min(m.recorded_at)::date, 'entry', null,
    (array_agg(m.recorded_by order by m.recorded_at))[1], min(m.recorded_at), null
  from membership m join org o on o.id = m.org_id where m.voided_at is null group by o.county_id, o.id;
insert into register_statement
  select o.county_id, gen_random_uuid(), o.id, 'officers', min(a.recorded_at)::date, 'entry', null,
    (array_agg(a.recorded_by order by a.recorded_at))[1], min(a.recorded_at), null
  from appointment a join org o on o.id = a.org_id where a.voided_at is null group by o.county_id, o.id;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements).execute(db)
}
