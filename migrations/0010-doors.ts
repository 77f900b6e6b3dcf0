/**
 * Who is signed in where, and how often a door was tried. Sessions get what their holder needs to tell them apart and
 * the moment of their last use, by which they end; those of before have neither, so everybody signs in once more.
 * Failures are counted for a name, an address or a browser, never for an account: a stranger can lock nobody out.
 * The keys of `attempt` are digests: what is typed as a name may be a password.
 */
import { type Kysely, sql } from 'kysely'

const doors = `
delete from session;
alter table session
  add column id uuid not null, add column kind text not null, add column address text not null,
  add column last_used_at timestamp not null, alter column agent set not null;
create unique index session_id on session (id);
create index session_account on session (account_id);
create index account_person on account (person_id);
alter table account drop column failed_attempts, drop column locked_until;
create table attempt (
  key text primary key, failures int not null, last_at timestamp not null, wait_until timestamp not null);
create index attempt_last on attempt (last_at);
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(doors).execute(db)
}
