/**
 * Records that break a rule of their ledger: entered before the rule was, or before anybody checked. A rule is compiled
 * to SQL from the declaration by which one record is checked (`declared.ts`): a side that is not stated breaks nothing.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { following } from './declared.ts'
import type { LedgerDefinition, LedgerRule } from './definition.ts'
import { fieldSql } from './fields/sql.ts'

const COMMON: Record<string, RawBuilder<unknown>> = {
  day: sql`r.day`,
  dayTo: sql`r.day_to`,
  personTimes: sql`r.person_times`,
  people: sql`(select count(*) from participation p where p.county_id = r.county_id and p.record_id = r.id)`,
}

function slotSql(definition: LedgerDefinition, slot: string): RawBuilder<unknown> {
  const common = COMMON[slot]
  if (common) return common
  const [field = '', state] = slot.split('.')
  if (!state) return fieldSql(definition, field)
  return sql`(select s.on_day from record_stage s where s.county_id = r.county_id and s.record_id = r.id
    and s.field = ${field} and s.state = ${state} and s.day_precision = 'day')`
}

function breaks(definition: LedgerDefinition, rule: LedgerRule): RawBuilder<unknown>[] {
  if (rule.kind === 'photo') return []
  if (rule.kind === 'named') return [sql`${slotSql(definition, 'people')} < ${rule.least}`]
  const [first, second] = [slotSql(definition, rule.field), slotSql(definition, rule.other)]
  if (rule.kind === 'notBefore') return [sql`${first} < ${second}`]
  const days = rule.perDay ? sql`* (coalesce(r.day_to, r.day) - r.day + 1)` : sql``
  return [sql`${first} > ${second} * ${rule.times ?? 1}::numeric ${days}`]
}

/** Has it rules that a record as it stands may break? */
export const hasRules = ({ rules = [] }: LedgerDefinition): boolean => rules.some((r) => r.kind !== 'photo')

/** Does the record `r` break one? Of what is held in several counties, that at home is looked at. */
export function brokenSql(definition: LedgerDefinition): RawBuilder<SqlBool> {
  const { rules = [] } = definition
  const all = [...rules, ...following(rules)].flatMap((rule) => breaks(definition, rule))
  if (all.length === 0) return sql<SqlBool>`false`
  return sql<SqlBool>`(r.home_county_id is null and (${sql.join(
    all.map((one) => sql`coalesce(${one}, false)`),
    sql` or `,
  )}))`
}
