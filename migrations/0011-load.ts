/**
 * What the planner must know to read a province well. Joins on (county_id, …) were guessed too small by the number of
 * counties, since both columns were taken to be chance: a foreign key says that every row finds its one partner.
 * Participation is bound to its record only: the mirror of a joint record names people of another county. The keys are
 * checked at the end of a transaction, because an undone merge puts rows back one table after another. Ranges of paths
 * are read finely, so that a township of a province is not taken for nothing; and tables that imports fill are looked at
 * again when a fiftieth of them is new, as the application may not do so itself. Who a person is, and where somebody took
 * part, is also asked over all counties: then the person comes first, or every county is looked up for each.
 */
import { type Kysely, sql } from 'kysely'

const KEYS = [
  'alter table membership add foreign key (county_id, person_id) references person deferrable initially deferred',
  'alter table appointment add foreign key (county_id, person_id) references person deferrable initially deferred',
  'alter table participation add foreign key (county_id, record_id) references record deferrable initially deferred',
]
const INDEXES = [
  'create index person_id on person (id)',
  'drop index participation_person',
  'create index participation_person on participation (person_id, county_id)',
]
const FINELY = ['org_span', 'record', 'record_host']
const FILLED = [
  ...['org', 'org_span', 'person', 'person_trait', 'membership', 'appointment', 'record', 'record_host'],
  ...['participation', 'attachment'],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const key of KEYS) await sql.raw(key).execute(db)
  for (const index of INDEXES) await sql.raw(index).execute(db)
  for (const table of FINELY)
    await sql.raw(`alter table ${table} alter column path set statistics 1000`).execute(db)
  for (const table of FILLED)
    await sql.raw(`alter table ${table} set (autovacuum_analyze_scale_factor = 0.02)`).execute(db)
}
