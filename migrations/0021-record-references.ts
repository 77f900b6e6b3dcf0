/**
 * Which thing a field of a record names. Fields of organisations, people and other records held words, so that nothing
 * could be counted by what they name, and no merge knew of them. The words stay in `fields` as they were written; here
 * stands whom or what they mean, where that is known: one of the three ids. What stood in fields before is matched
 * where exactly one thing bears the name near the record, below its organisation's superior; the rest stays words.
 * Versions stay, for nothing is said that was not said before.
 */
import { type Kysely, sql } from 'kysely'

const table = `
create table record_reference (
  county_id uuid not null, record_id uuid not null, field text not null,
  person_id uuid, org_id uuid, target_record_id uuid,
  primary key (county_id, record_id, field),
  check (num_nonnulls(person_id, org_id, target_record_id) = 1));
create index record_reference_person on record_reference (person_id) where person_id is not null;
create index record_reference_org on record_reference (org_id) where org_id is not null;
create index record_reference_target on record_reference (target_record_id) where target_record_id is not null;
`

/** By ledger: fields that name something, what, and of which ledger where that is a record. */
const NAMING = `(values
  ('award', 'recipientOrg', 'org', null), ('award', 'grantor', 'org', null), ('civilisationPost', 'grantor', 'org', null),
  ('dues', 'collector', 'person', null), ('funding', 'handler', 'person', null), ('funding', 'payer', 'org', null),
  ('meeting', 'chair', 'person', null), ('meeting', 'recorder', 'person', null), ('pairing', 'partner', 'org', null),
  ('partyLink', 'party', 'org', null), ('pilot', 'approver', 'org', null), ('projectHope', 'donor', 'org', null),
  ('rightsPost', 'grantor', 'org', null), ('scholarship', 'sponsor', 'org', null), ('suggestion', 'assignee', 'org', null),
  ('themeActivity', 'host', 'person', null), ('themeActivity', 'recorder', 'person', null),
  ('training', 'orderer', 'org', null), ('training', 'partner', 'org', null), ('volunteering', 'leader', 'person', null),
  ('volunteering', 'team', 'record', 'volunteerCorps'), ('volunteerRecruitment', 'corps', 'record', 'volunteerCorps'),
  ('youthHomeActivity', 'home', 'record', 'youthHome'))`

/** In own ledgers the type says it. */
const declared = `
select distinct v.ledger, f.v->>'id', f.v->>'type', null from own_ledger_version v
cross join lateral jsonb_array_elements(v.definition->'fields') as f(v) where f.v->>'type' in ('org', 'person')`

const NEAR = (path: string) => `left(${path}, length(n.above)) = n.above`

const matches = (ofOwnLedgers: string) => `
with naming (ledger, field, noun, target) as (select * from ${NAMING} as built_in ${ofOwnLedgers}),
named as (
  select r.county_id, r.id, f.field, f.noun, f.target, btrim(r.fields->>f.field) as name,
    case when r.path ~ '^/[^/]+/$' then r.path else regexp_replace(r.path, '[^/]+/$', '') end as above
  from record r join naming f on f.ledger = r.ledger
  where r.home_county_id is null and jsonb_typeof(r.fields->f.field) = 'string'),
bearers as (
  select n.county_id, n.id, n.field, n.noun, s.org_id as bearer
  from named n join org_span s on s.name = n.name and s.valid_to = 'infinity' and ${NEAR('s.path')} where n.noun = 'org'
  union
  select n.county_id, n.id, n.field, n.noun, t.id
  from named n join record t on t.ledger = n.target and t.title = n.name and t.voided_at is null
    and t.home_county_id is null and ${NEAR('t.path')} where n.noun = 'record'
  union
  select n.county_id, n.id, n.field, n.noun, pe.id
  from named n join person pe on pe.county_id = n.county_id and pe.name = n.name and pe.voided_at is null
  join (select county_id, person_id, org_id from membership where voided_at is null
    union select county_id, person_id, org_id from appointment where voided_at is null) k
    on k.county_id = pe.county_id and k.person_id = pe.id
  join org_span s on s.org_id = k.org_id and ${NEAR('s.path')} where n.noun = 'person'),
single as (
  select county_id, id, field, noun, min(bearer::text)::uuid as bearer from bearers
  group by county_id, id, field, noun having count(distinct bearer) = 1)
insert into record_reference (county_id, record_id, field, person_id, org_id, target_record_id)
select r.county_id, o.id, o.field, case o.noun when 'person' then o.bearer end, case o.noun when 'org' then o.bearer end,
  case o.noun when 'record' then o.bearer end
from single o join record r on r.id = o.id and (r.county_id = o.county_id or r.home_county_id = o.county_id)
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(table).execute(db)
  await matchedNames(db)
}

/** What stood in fields as words becomes a reference where only one thing near the record bears the name. */
export const matchedNames = (db: Kysely<unknown>) => sql.raw(matches(`union all ${declared}`)).execute(db)
