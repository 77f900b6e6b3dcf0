/** The one way in which SQL reads a ledger's fields: `r` is the record. Names are checked by the declaration. */
import { type RawBuilder, sql } from 'kysely'
import { invalid } from '../../../kernel/errors.ts'
import type { Dimension } from '../../../kernel/measures.ts'
import type { FieldType, LedgerDefinition, LedgerField } from './definition.ts'

const CASTS: Partial<Record<FieldType, string>> = {
  integer: 'numeric',
  number: 'numeric',
  money: 'numeric',
  calculated: 'numeric',
  date: 'date',
  yesNo: 'boolean',
}

/**
 * A field with its type: numeric, date, boolean or text; of a field with several choices, how many are chosen.
 * @throws invalid `unknownField`
 */
export function fieldSql(definition: LedgerDefinition, name: string): RawBuilder<unknown> {
  const field = definition.fields.find((f) => f.id === name)
  if (!field)
    throw invalid('unknownField', `“${definition.title}”没有“${name}”这一项。`, [
      { field: name, reason: '没有这一项', remedy: `可用：${definition.fields.map((f) => f.id).join('、')}` },
    ])
  return expressionOf(field)
}

function expressionOf(field: LedgerField): RawBuilder<unknown> {
  if (field.type === 'choices') return sql`jsonb_array_length(r.fields->${sql.lit(field.id)})`
  const cast = CASTS[field.type]
  const text = sql`r.fields->>${sql.lit(field.id)}`
  return cast ? sql`(${text})::${sql.raw(cast)}` : sql`(${text})`
}

/** As people read it, for evidence and exports. */
export function shownSql(field: LedgerField): RawBuilder<unknown> {
  if (field.type === 'yesNo')
    return sql`case ${expressionOf(field)} when true then '是' when false then '否' end`
  if (field.type === 'date' && field.precision && field.precision !== 'day')
    return sql`left(r.fields->>${sql.lit(field.id)}, ${sql.lit(field.precision === 'month' ? 7 : 4)})`
  if (!field.options) return expressionOf(field)
  const titled = (value: RawBuilder<unknown>) =>
    sql`case ${value} ${sql.join(
      (field.options ?? []).map((o) => sql`when ${o.value} then ${o.title}::text`),
      sql` `,
    )} else ${value} end`
  if (field.type === 'choice') return titled(expressionOf(field))
  return sql`(select string_agg(${titled(sql`one.v`)}, '、' order by one.at)
    from jsonb_array_elements_text(r.fields->${sql.lit(field.id)}) with ordinality as one(v, at))`
}

/** What a field lets rows be filtered and grouped by; one with several choices, by each of them apart. */
export function fieldDimensions(field: LedgerField): Record<string, Dimension> {
  const { id, title, options } = field
  if (field.type === 'choices')
    return Object.fromEntries([
      [
        id,
        {
          ...{ title, type: 'text', sql: () => shownSql(field), ...(options && { options }) },
          holds: (values: string[]) => sql`coalesce(r.fields->${sql.lit(id)} ?| ${values}::text[], false)`,
        },
      ],
      ...(options ?? []).map((o) => [
        `${id}.${o.value}`,
        { title: `${title}含${o.title}`, type: 'yesNo', sql: () => chosen(id, o.value) },
      ]),
    ])
  return {
    [id]: {
      title,
      type: dimensionType(field.type),
      ...(options && { options }),
      sql: () => expressionOf(field),
    },
  }
}

const chosen = (id: string, value: string) =>
  sql`coalesce(r.fields->${sql.lit(id)} @> ${sql.lit(JSON.stringify(value))}::jsonb, false)`

function dimensionType(type: FieldType): Dimension['type'] {
  if (type === 'date' || type === 'yesNo' || type === 'choice') return type
  return CASTS[type] === 'numeric' ? 'number' : 'text'
}
