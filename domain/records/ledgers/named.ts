/** Who of a record is known by name: `r` the record, `p` a participation in it. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { LedgerDefinition, ParticipantRole } from './definition.ts'

export const roleTitle = (roles: ParticipantRole[]) =>
  sql`case p.role ${sql.join(
    roles.map((r) => sql`when ${r.id} then ${r.title}::text`),
    sql` `,
  )} else p.role end`

/** How many of a record are known people; only ledgers that count attendances ask. */
export const knownPeople = ({ personTimes }: LedgerDefinition): RawBuilder<unknown> =>
  personTimes
    ? sql`left join lateral (select count(distinct q.person_id) as people from participation q
        where q.county_id = r.county_id and q.record_id = r.id) known on true`
    : sql``

/** True where a record was attended by more than those who are known by name. */
export const notAllNamed = ({ personTimes }: LedgerDefinition): RawBuilder<SqlBool> =>
  personTimes
    ? sql<SqlBool>`(p.person_id is null or r.person_times > known.people)`
    : sql<SqlBool>`p.person_id is null`
