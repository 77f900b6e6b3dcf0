/** The one way in which SQL reads a ledger's fields: `r` is the record. Names are checked by the declaration. */
import { type RawBuilder, sql } from 'kysely'
import { invalid } from '../../../../kernel/errors.ts'
import type { Dimension } from '../../../../kernel/measures.ts'
import type { LedgerDefinition, LedgerField } from '../definition.ts'
import type { Holding } from './kit.ts'
import { kitOf } from './types.ts'

interface Reading {
  /** With its type: numeric, date, boolean or text. */
  value(field: LedgerField): RawBuilder<unknown>
  /** As people read it, for evidence and exports; the value where it is read as it stands. */
  shown?(field: LedgerField): RawBuilder<unknown>
  dimensions(field: LedgerField): Record<string, Dimension>
}

const textIn = ({ id }: LedgerField) => sql`(r.fields->>${sql.lit(id)})`
const listIn = ({ id }: LedgerField) => sql`r.fields->${sql.lit(id)}`

const plain =
  (type: Dimension['type'], value: Reading['value']): Reading['dimensions'] =>
  (field) => ({
    [field.id]: {
      title: field.title,
      type,
      ...(field.options && { options: field.options }),
      sql: () => value(field),
    },
  })

const cast = (type: string) => (field: LedgerField) => sql`${textIn(field)}::${sql.raw(type)}`

const titled = ({ options = [] }: LedgerField, value: RawBuilder<unknown>) =>
  options.length === 0
    ? value
    : sql`case ${value} ${sql.join(
        options.map((o) => sql`when ${o.value} then ${o.title}::text`),
        sql` `,
      )} else ${value} end`

const number = cast('numeric')
const date = cast('date')
const yesNo = cast('boolean')
const PARTS = { month: 7, year: 4 }

const shownOptions = (
  field: LedgerField,
) => sql`(select string_agg(${titled(field, sql`one.v`)}, '、' order by one.at)
  from jsonb_array_elements_text(${listIn(field)}) with ordinality as one(v, at))`

/** By each of several choices apart. */
function optionsApart(field: LedgerField): Record<string, Dimension> {
  const { id, title, options } = field
  const chosen = (value: string) =>
    sql`coalesce(${listIn(field)} @> ${sql.lit(JSON.stringify(value))}::jsonb, false)`
  return Object.fromEntries([
    [
      id,
      {
        ...{ title, type: 'text', sql: () => shownOptions(field), ...(options && { options }) },
        holds: (values: string[]) => sql`coalesce(${listIn(field)} ?| ${values}::text[], false)`,
      },
    ],
    ...(options ?? []).map((o) => [
      `${id}.${o.value}`,
      { title: `${title}含${o.title}`, type: 'yesNo', sql: () => chosen(o.value) },
    ]),
  ])
}

const READINGS: Record<Holding, Reading> = {
  text: { value: textIn, dimensions: plain('text', textIn) },
  number: { value: number, dimensions: plain('number', number) },
  date: {
    value: date,
    shown: (field) =>
      field.precision && field.precision !== 'day'
        ? sql`left(${textIn(field)}, ${sql.lit(PARTS[field.precision])})`
        : date(field),
    dimensions: plain('date', date),
  },
  yesNo: {
    value: yesNo,
    shown: (field) => sql`case ${yesNo(field)} when true then '是' when false then '否' end`,
    dimensions: plain('yesNo', yesNo),
  },
  option: {
    value: textIn,
    shown: (field) => titled(field, textIn(field)),
    dimensions: plain('choice', textIn),
  },
  // Their number is how many are chosen.
  options: {
    value: (field) => sql`jsonb_array_length(${listIn(field)})`,
    shown: shownOptions,
    dimensions: optionsApart,
  },
}

const readingOf = ({ type }: LedgerField) => READINGS[kitOf(type).holds]

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
  return readingOf(field).value(field)
}

export function shownSql(field: LedgerField): RawBuilder<unknown> {
  const { shown, value } = readingOf(field)
  return (shown ?? value)(field)
}

/** What a field lets rows be filtered and grouped by. */
export const fieldDimensions = (field: LedgerField): Record<string, Dimension> =>
  readingOf(field).dimensions(field)
