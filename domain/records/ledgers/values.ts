/** The value that a measure of a ledger looks at, as SQL: `r` the record, `p` a participation, `pe` its person. */
import { sql } from 'kysely'
import type { Frame, Measure } from '../../../kernel/measures.ts'
import { ageAt } from '../../structure/people/expressions.ts'
import type { LedgerDefinition, LedgerField, LedgerMeasure } from './definition.ts'
import { subordinateOf, yearsSince } from './derived.ts'
import { apartSql, fieldSql, meantSql, shownSql } from './fields/sql.ts'
import { isDate, isNumber, isOneOf, isReference, isSomeOf, kitOf } from './fields/types.ts'

export const DAY = sql<string>`case r.day_precision when 'day' then to_char(r.day, 'YYYY-MM-DD')
  when 'month' then to_char(r.day, 'YYYY-MM') else to_char(r.day, 'YYYY') end`

type Valued = Pick<Measure, 'value' | 'valueType'>

/** What a measure adds, averages, states or tells apart. */
export function stated(definition: LedgerDefinition, measure: LedgerMeasure): Valued {
  const { field, per, kind } = measure
  if (kind !== 'distinct' || !per || !field) return statedAs(definition, measure)
  // Issue 3 of one organisation is not issue 3 of another; without an issue it is none.
  const parts = [per, field].map((name) => statedAs(definition, { ...measure, field: name }).value)
  const within = (f: Frame) =>
    sql.join(
      parts.map((value) => sql`(${value?.(f)})::text`),
      sql` || '|' || `,
    )
  // A thing that is known is the same one, whoever names it.
  const named = definition.fields.find((one) => one.id === field && isReference(one))
  return {
    value: (f) => (named ? sql`coalesce(${meantSql(named)}, ${within(f)})` : sql`${within(f)}`),
    valueType: 'text',
  }
}

function statedAs(definition: LedgerDefinition, measure: LedgerMeasure): Valued {
  const { field, role, kind, among, began } = measure
  if (kind === 'age')
    return {
      value: (f) => (field ? yearsSince(field)(f) : ageAt({ alias: 'pe', at: sql`${f.asOf}::timestamp` })),
      valueType: 'number',
    }
  if (!field) return {}
  if (field === 'subordinate')
    return {
      value: (f) => subordinateOf(among)(f, definition.standing && !began ? sql`r.place` : sql`r.path`),
      valueType: 'text',
    }
  if (role && (field === 'hours' || field === 'points' || field === 'amount'))
    return {
      value: () => sql`p.${sql.raw(field)}`,
      valueType: field === 'amount' ? 'money' : 'number',
    }
  const common = commonColumns[field]
  if (common) return common
  const found = definition.fields.find((f) => f.id === field)
  if (found && kind !== 'distinct' && isOneOf(found))
    return { value: () => shownSql(found), valueType: 'text' }
  if (found && kind === 'distinct') return { value: () => apartSql(found), valueType: valueTypeOf(found) }
  const value = () => fieldSql(definition, field)
  return { value, valueType: found ? valueTypeOf(found) : 'text' }
}

/** By what the rows of `latest` and `highest` are held against each other. */
export function rankedBy(
  { fields }: LedgerDefinition,
  { kind, field }: LedgerMeasure,
): Pick<Measure, 'rank'> {
  if (kind === 'latest') return { rank: () => sql`r.day` }
  const found = fields.find((f) => f.id === field)
  if (kind !== 'highest' || !found?.options) return {}
  const best = found.options.map((o) => o.value)
  return { rank: () => sql`-array_position(${best}::text[], ${apartSql(found)})` }
}

/** Of several choices, how many. */
function valueTypeOf(field: LedgerField): Valued['valueType'] {
  if (isDate(field)) return 'date'
  if (field.ordinal) return 'ordinal'
  if (kitOf(field.type).unit === '元') return 'money'
  return isNumber(field) || isSomeOf(field) ? 'number' : 'text'
}

const commonColumns: Record<string, Valued> = {
  day: { value: () => DAY, valueType: 'date' },
  month: { value: () => sql`to_char(r.day, 'FMMM"月"')`, valueType: 'text' },
  year: { value: () => sql`to_char(r.day, 'YYYY"年"')`, valueType: 'text' },
  weekday: {
    value: () => sql`'周' || substr('日一二三四五六', extract(dow from r.day)::int + 1, 1)`,
    valueType: 'text',
  },
  title: { value: () => sql`r.title`, valueType: 'text' },
  personTimes: { value: () => sql`r.person_times`, valueType: 'number' },
  org: { value: () => sql`r.org_id`, valueType: 'text' },
}
