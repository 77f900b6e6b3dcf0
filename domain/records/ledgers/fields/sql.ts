/** The one way in which SQL reads a ledger's fields: `r` is the record. Names are checked by the declaration. */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { invalid } from '../../../../kernel/errors.ts'
import { isId } from '../../../../kernel/id.ts'
import type { Dimension, Frame } from '../../../../kernel/measures.ts'
import type { LedgerDefinition, LedgerField } from '../definition.ts'
import type { Holding } from './kit.ts'
import { kitOf } from './types.ts'

interface Reading {
  /** With its type: numeric, date, boolean or text. */
  value(field: LedgerField): RawBuilder<unknown>
  /** As people read it, for evidence and exports; the value where it is read as it stands. */
  shown?(field: LedgerField): RawBuilder<unknown>
  /** By which one is told from another; the value where nothing is said. */
  apart?(field: LedgerField): RawBuilder<unknown>
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
        title,
        type: 'text',
        sql: () => shownOptions(field),
        ...(options && { options }),
        holds: (values: string[]) => sql`coalesce(${listIn(field)} ?| ${values}::text[], false)`,
      },
    ],
    ...(options ?? []).map((o) => [
      `${id}.${o.value}`,
      { title: `${title}含${o.title}`, type: 'yesNo', sql: () => chosen(o.value) },
    ]),
  ])
}

const reachedOf = (field: LedgerField, rest: RawBuilder<unknown>) => sql`from record_stage s
  where s.county_id = r.county_id and s.record_id = r.id and s.field = ${sql.lit(field.id)} ${rest}`
const lastDay = (frame: Frame) => sql`${frame.asOf.slice(0, 10)}::date`
/** A state without a day was reached by the next dated one, and by the day on which the record was last written. */
const BY = sql`coalesce(s.until, r.changed_at::date)`

/** Where the record had come to on the last day asked. */
const stateAt = (field: LedgerField) => (frame: Frame) =>
  sql`(select s.state ${reachedOf(field, sql`and ${BY} <= ${lastDay(frame)}`)} order by s.at desc limit 1)`

const valuesIn = ({ options = [] }: LedgerField, filter: string): string[] => {
  const all = options.map((o) => o.value)
  const words = filter.replace(/^!/, '').split(/[,，]/)
  if (words.some((w) => w === '*' || w === '空')) return all
  return options
    .filter((o) => words.some((w) => [o.value, o.title, ...(o.synonyms ?? [])].includes(w.trim())))
    .map((o) => o.value)
}

/** It may have come further by that day, nobody wrote when, and that would make a difference to what is asked. */
const stateOpen =
  (field: LedgerField) =>
  (frame: Frame, filter: string): RawBuilder<SqlBool> => {
    const asked = sql`${valuesIn(field, filter)}::text[]`
    const now = sql`coalesce(${stateAt(field)(frame)} = any(${asked}), false)`
    return sql<SqlBool>`exists (select 1 ${reachedOf(
      field,
      sql`and s.on_day is null and s.since <= ${lastDay(frame)} and ${BY} > ${lastDay(frame)}
      and (s.state = any(${asked})) <> ${now}`,
    )})`
  }

/** Filtered by where it stands on the last day asked, and by the day of each state. */
const stageDimensions = (field: LedgerField): Record<string, Dimension> => ({
  [field.id]: {
    title: field.title,
    type: 'choice',
    ...(field.options && { options: field.options }),
    sql: stateAt(field),
    unknownWhen: stateOpen(field),
  },
  ...Object.fromEntries(
    (field.options ?? []).map((o) => [
      `${field.id}.${o.value}`,
      {
        title: `${o.title}的日期`,
        type: 'date',
        sql: () => sql`(select s.on_day ${reachedOf(field, sql`and s.state = ${o.value}`)})`,
      },
    ]),
  ),
})

/** The id of the thing that is meant; null where nothing known is. */
export const meantSql = ({ id }: LedgerField) => sql<string | null>`(select
  coalesce(q.person_id, q.org_id, q.target_record_id)::text from record_reference q
  where q.county_id = r.county_id and q.record_id = r.id and q.field = ${sql.lit(id)})`

const meantOrWritten = (field: LedgerField) => sql`coalesce(${meantSql(field)}, ${textIn(field)})`

/** A name is written, and nobody knows what it means; or a blank is, where that says nothing. */
const meantOpen = (field: LedgerField) =>
  field.blank === 'unknown'
    ? sql<SqlBool>`${meantSql(field)} is null`
    : sql<SqlBool>`(${textIn(field)} is not null and ${meantSql(field)} is null)`

/** Is the thing known? Null where nothing is written. */
export const knownSql = (field: LedgerField) =>
  sql<SqlBool | null>`case when ${meantSql(field)} is not null then true when ${meantOpen(field)} then null else false end`

/** Asked for by id, a name that nobody knows may mean it; asked for by words, what is written decides. */
function referenceDimensions(field: LedgerField): Record<string, Dimension> {
  const { id, title } = field
  const asksForIds = (filter: string) => filter.replace(/^!/, '').split(/[,，]/).every(isId)
  return {
    [id]: {
      title,
      type: kitOf(field.type).refersTo ?? 'text',
      sql: () => meantOrWritten(field),
      words: () => textIn(field),
      holds: (values) =>
        sql<SqlBool>`coalesce(${meantSql(field)} = any(${values}::text[]) or ${textIn(field)} = any(${values}::text[]), false)`,
      unknownWhen: (_frame, filter) => (asksForIds(filter) ? meantOpen(field) : sql<SqlBool>`false`),
    },
    [`${id}.known`]: {
      title: `${title}已对上`,
      type: 'yesNo',
      sql: () => sql`case when ${textIn(field)} is not null then ${meantSql(field)} is not null end`,
    },
  }
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
  // Where it has come to; shown with all that came before.
  stages: {
    value: (field) => sql`(${listIn(field)}->-1->>'state')`,
    shown: (
      field,
    ) => sql`(select string_agg(concat_ws(' ', ${titled(field, sql`one.v->>'state'`)}, one.v->>'on'), '；' order by one.at)
      from jsonb_array_elements(${listIn(field)}) with ordinality as one(v, at))`,
    dimensions: stageDimensions,
  },
  // What is written, so that it sorts and reads as it stands; two names of one thing are one.
  reference: { value: textIn, apart: meantOrWritten, dimensions: referenceDimensions },
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

/** By which one is told from another: two names of one thing are one. */
export function apartSql(field: LedgerField): RawBuilder<unknown> {
  const { apart, value } = readingOf(field)
  return (apart ?? value)(field)
}

export function shownSql(field: LedgerField): RawBuilder<unknown> {
  const { shown, value } = readingOf(field)
  return (shown ?? value)(field)
}

/** What a field lets rows be filtered and grouped by. */
export const fieldDimensions = (field: LedgerField): Record<string, Dimension> =>
  readingOf(field).dimensions(field)
