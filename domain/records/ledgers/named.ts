/** Who of a record is known by name: `r` the record, `p` a participation in it, or those who are not named. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Dimension, Source } from '../../../kernel/measures.ts'
import type { LedgerDefinition, Linear, ParticipantRole } from './definition.ts'

const roleTitle = (roles: ParticipantRole[]) =>
  sql`case p.role ${sql.join(
    roles.map((r) => sql`when ${r.id} then ${r.title}::text`),
    sql` `,
  )} else p.role end`

const attends = (role: ParticipantRole) => role.attends !== false

/** Of the part that is looked at: are there more than those named? */
interface Part {
  roles: string[]
  counted: Linear | null
  /** Nobody named means nobody. */
  none: boolean
}

function partsOf({ roles, personTimes }: LedgerDefinition): Part[] {
  const present = roles.filter(attends)
  const apart = roles.filter((r) => !attends(r))
  const together = {
    roles: present.map((r) => r.id),
    counted: personTimes ? { personTimes: 1 } : null,
    none: false,
  }
  return [
    ...(present.length > 0 ? [together] : []),
    ...apart.map((r) => ({ roles: [r.id], counted: r.counted ?? null, none: r.blank === 'none' })),
  ]
}

const numberOf = (name: string) =>
  name === 'personTimes' ? sql`r.person_times` : sql`(r.fields->>${sql.lit(name)})::numeric`

const linearSql = (linear: Linear): RawBuilder<number | null> =>
  sql<number>`(${sql.join(
    Object.entries(linear).map(([name, factor]) => sql`${sql.lit(factor)} * ${numberOf(name)}`),
    sql` + `,
  )})`

/** A row for those of a part who are not named, where there are any; without a role where it may be one of several. */
function unnamed({ roles, counted, none }: Part): RawBuilder<unknown> {
  const there = sql`from q where q.role = any(${roles}::text[])`
  const nobody = none ? sql`false` : sql`not exists (select 1 ${there})`
  const more = counted
    ? sql`coalesce(${linearSql(counted)} > (select count(distinct coalesce(q.person_id::text, q.name)) ${there}), ${nobody})`
    : nobody
  const role = roles.length === 1 ? sql`${roles[0]}::text` : sql`null::text`
  return sql`union all select null, null, null, ${role}, null, null, null, true where ${more}`
}

/** Joins to the record a row for each participation, and one for the unnamed of each part; one at least. */
export const peopleOf = (definition: LedgerDefinition): RawBuilder<unknown> => sql`left join lateral (
  with q as (select n.id, n.person_id, n.name, n.role, n.hours, n.points, n.amount from participation n
    where n.county_id = r.county_id and n.record_id = r.id)
  select q.*, false as unnamed from q ${sql.join(partsOf(definition).map(unnamed), sql` `)}) p on true
  left join person pe on pe.county_id = r.county_id and pe.id = p.person_id`

/** Ids of participations; of the unnamed, the record's, with their role where they stand apart. */
export const personRowId = ({ roles }: LedgerDefinition): RawBuilder<string> => {
  const apart = roles.filter((r) => !attends(r)).map((r) => r.id)
  return sql<string>`coalesce(p.id::text, r.id::text || case when p.role = any(${apart}::text[]) then '.' || p.role else '' end)`
}

export const names: NonNullable<Source['names']> = {
  name: sql<string | null>`p.name`,
  within: sql`r.id`,
  unnamed: sql<SqlBool>`coalesce(p.unnamed, false)`,
}

/** Neither a person known in this county nor nobody: what the person is cannot be told. */
const stranger = () => sql<SqlBool>`(pe.id is null and (p.unnamed or p.name is not null))`

/** Of what people are, nobody can tell where they are not known. */
export const openToStrangers = (dimensions: Record<string, Dimension>): Record<string, Dimension> =>
  Object.fromEntries(Object.entries(dimensions).map(([key, d]) => [key, { ...d, unknownWhen: stranger }]))

/** The unnamed who were there may have had any part that makes one be there. */
export function roleDimension({ roles }: LedgerDefinition): Dimension {
  const present = roles.filter(attends).flatMap((r) => [r.id, r.title])
  return {
    title: '角色',
    type: 'choice',
    options: roles.map((r) => ({ value: r.id, title: r.title })),
    sql: () => sql`p.role`,
    unknownWhen: (_frame, text) =>
      text.split(/[!,，]/).some((one) => present.includes(one.trim()))
        ? sql<SqlBool>`(p.role is null and coalesce(p.unnamed, false))`
        : sql<SqlBool>`false`,
  }
}

export const personColumns = ({ roles }: LedgerDefinition) => [
  { id: 'name', title: '姓名', sql: () => sql`case when p.unnamed then '（没有登记姓名）' else p.name end` },
  { id: 'role', title: '角色', sql: () => roleTitle(roles) },
]
