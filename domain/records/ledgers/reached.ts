/** Records counted on the day on which they came to a state, whenever they began. Aliases: `r` the record, `st` the state. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Frame, Source } from '../../../kernel/measures.ts'
import type { LedgerDefinition, LedgerMeasure } from './definition.ts'

type At = NonNullable<LedgerMeasure['at']>

export const reachedOf = (ledger: string, { field, states }: At): string =>
  `reached:${ledger}.${field}:${states.replaceAll(',', '+')}`

const first = (frame: Frame) => sql`${frame.from.slice(0, 10)}::date`
const last = (frame: Frame) => sql`${frame.to.slice(0, 10)}::date`
const within = (frame: Frame, day: RawBuilder<unknown>) =>
  sql<SqlBool>`${day} between ${first(frame)} and ${last(frame)}`

/** Where nobody wrote the day: by the next dated state, or by the day on which the record was last written. */
const BY = sql`coalesce(st.until, r.changed_at::date)`

/**
 * The rows are those of the period by their own day or by that of any state, so that a period in which only others were
 * recorded says 0. Which of them came to the state within the period: `reachedWithin`.
 */
export function reachedSource(
  definition: LedgerDefinition,
  at: At,
  { base, inScope }: { base: Source; inScope: (frame: Frame) => RawBuilder<SqlBool> },
): Source {
  const states = at.states.split(',')
  return {
    ...base,
    id: reachedOf(definition.id, at),
    from: (
      frame,
    ) => sql`${base.from(frame)} left join lateral (select s.on_day, s.since, s.until from record_stage s
      where s.county_id = r.county_id and s.record_id = r.id and s.field = ${sql.lit(at.field)}
        and s.state = any(${states}::text[]) order by s.at limit 1) st on true`,
    where: (frame) => sql<SqlBool>`r.ledger = ${definition.id} and r.voided_at is null and ${inScope(frame)}
      and (${within(frame, sql`r.day`)} or exists (select 1 from record_stage a where a.county_id = r.county_id
          and a.record_id = r.id and a.field = ${sql.lit(at.field)} and ${within(frame, sql`a.on_day`)})
        or (st.on_day is null and st.since <= ${last(frame)} and ${BY} >= ${first(frame)}))`,
  }
}

/** Null where the day is not known and may lie on either side of an end of the period. */
export const reachedWithin = (frame: Frame) => sql<SqlBool | null>`case
  when st.on_day is not null then ${within(frame, sql`st.on_day`)}
  when st.since is null or st.since > ${last(frame)} or ${BY} < ${first(frame)} then false
  when st.since >= ${first(frame)} and ${BY} <= ${last(frame)} then true end`
