/**
 * When each state of a record was reached. The state of a loan, an opinion, an aid project, a pilot, a named post was one
 * word without a day, so that figures of closed periods changed when it did. `fields` now holds the course as it was
 * written; here stands what follows from it, one row a state, for questions: the record's own day is that of the first,
 * a day that nobody wrote lies from `since` to `until` (until the record was last written, where that is null). What
 * stood in fields before becomes a course of one state with the day that stood beside it. Versions stay, for nothing is
 * said that was not said before.
 */
import { type Kysely, sql } from 'kysely'

const table = `
create table record_stage (
  county_id uuid not null, record_id uuid not null, field text not null, state text not null, at int not null,
  on_day date, day_precision text, since date not null, until date,
  primary key (county_id, record_id, field, state));
create index record_stage_day on record_stage (county_id, field, state, on_day);
`

/** By ledger: the field of the day that stood beside the state, of which states, and what each is not reached without. */
const BEFORE = `(values
  ('loan', 'grantedOn', array['granted', 'repaid'], '{"granted":["applied"],"refused":["applied"],"repaid":["applied","granted"]}'::jsonb),
  ('suggestion', 'answeredOn', array['answered', 'explained'], '{"assigned":["open"],"answered":["open"],"explained":["open"]}'),
  ('aidProject', null, null, '{}'), ('pilot', null, null, '{}'),
  ('civilisationPost', null, null, '{}'), ('rightsPost', null, null, '{}')) as b(ledger, day_field, of, before)`

const courses = `
with said as (
  select r.county_id, r.id, r.fields, r.day, r.day_precision, r.fields->>'state' as state,
    case when r.fields->>'state' = any(b.of) or r.fields->>'state' is null then r.fields->>b.day_field end as on_day,
    b.day_field, b.of, b.before
  from record r join ${BEFORE} on b.ledger = r.ledger
  where jsonb_typeof(r.fields->'state') = 'string' or r.fields ? b.day_field),
written as (
  select s.*, case
    when s.state = 'repaid' then jsonb_build_array(
      jsonb_strip_nulls(jsonb_build_object('state', 'granted', 'on', s.on_day)), jsonb_build_object('state', 'repaid'))
    else jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('state', coalesce(s.state, s.of[1]), 'on', s.on_day))) end as course
  from said s where coalesce(s.state, s.of[1]) is not null),
kept as (
  update record r set fields = (r.fields - coalesce(w.day_field, '')) || jsonb_build_object('state', w.course)
  from written w where r.county_id = w.county_id and r.id = w.id and (w.state is not null or w.on_day is not null)
  returning r.county_id, r.id),
whole as (
  select w.county_id, w.id, w.day, w.day_precision, e.state, e.on_day, row_number() over (partition by w.county_id, w.id order by e.place) - 1 as at
  from written w join kept k on k.county_id = w.county_id and k.id = w.id cross join lateral (
    select b.v as state, null::date as on_day, b.at - 100 as place
    from jsonb_array_elements_text(coalesce(w.before->(w.course->-1->>'state'), '[]')) with ordinality as b(v, at)
    where not w.course @> jsonb_build_array(jsonb_build_object('state', b.v))
    union all
    select c.v->>'state', (c.v->>'on')::date, c.at from jsonb_array_elements(w.course) with ordinality as c(v, at)) e),
dated as (
  select o.*, case when o.at = 0 then coalesce(o.on_day, o.day) else o.on_day end as reached from whole o)
insert into record_stage (county_id, record_id, field, state, at, on_day, day_precision, since, until)
select d.county_id, d.id, 'state', d.state, d.at, d.reached,
  case when d.reached is null then null when d.at = 0 and d.on_day is null then d.day_precision else 'day' end,
  coalesce(d.reached, max(d.reached) over (partition by d.county_id, d.id order by d.at), d.day),
  coalesce(d.reached, min(d.reached) over (partition by d.county_id, d.id order by d.at rows between 1 following and unbounded following))
from dated d
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db)
  await datedStates(db)
}

/** What stood in fields as one word becomes a course. */
export const datedStates = (db: Kysely<unknown>) => sql.raw(courses).execute(db)
