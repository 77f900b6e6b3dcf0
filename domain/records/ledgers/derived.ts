/**
 * Ledgers whose rows last (名册), and measures that look beyond the rows of a period: readings, growth, coverage,
 * streaks. Each takes the ledger's plain source and gives it another time or another side. Alias `r`: the record.
 */

import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { measure } from '../../../kernel/measureId.ts'
import { childOf, type Frame, inFrame, type Measure, type Source } from '../../../kernel/measures.ts'
import type { LedgerDefinition, LedgerMeasure } from './definition.ts'
import { describedBy } from './described.ts'
import { HOSTS } from './hosts.ts'

const lastDay = (frame: Frame) => sql`${frame.asOf.slice(0, 10)}::date`
const firstDay = (frame: Frame) => sql`${frame.from.slice(0, 10)}::date`

/** Records with the place where their organisation stands at the moment asked; where it stood then, if it is gone. */
const placed = (frame: Frame) => sql`(select x.*, coalesce(s.path, x.path) as place from record x
  left join org_span s on s.org_id = x.org_id and s.valid_from <= ${frame.asOf}::timestamp
  and s.valid_to > ${frame.asOf}::timestamp) r`

/** Where those stand who held records together (law 1: such a record is one of each of them). */
const holders = (frame: Frame) => sql`(select x.county_id, x.record_id, coalesce(s.path, x.path) as place
  from ${HOSTS} x left join org_span s on s.org_id = x.org_id and s.valid_from <= ${frame.asOf}::timestamp
  and s.valid_to > ${frame.asOf}::timestamp)`

function standsIn(frame: Frame, joint: boolean): RawBuilder<SqlBool> {
  const own = inFrame(frame, { countyId: 'r.county_id', path: 'r.place' })
  if (!joint) return own
  const held = sql`r.id in (select h.record_id from ${holders(frame)} h
    where ${inFrame(frame, { countyId: 'h.county_id', path: 'h.place' })})`
  const county = frame.org.countyId
  // Over several counties the record at home is there whenever its mirror is.
  return county === null
    ? sql<SqlBool>`(r.home_county_id is null and (${own} or ${held}))`
    : sql<SqlBool>`(${own} or (r.county_id = ${county} and ${held}))`
}

const kept = ({ id, joint }: LedgerDefinition, frame: Frame): RawBuilder<SqlBool> =>
  sql<SqlBool>`r.ledger = ${id} and r.voided_at is null and r.day <= ${lastDay(frame)}
    and ${standsIn(frame, joint === true)}`

const heldTogether = (frame: Frame) => ({
  rows: sql<SqlBool>`r.id in (select j.record_id from ${HOSTS} j)`,
  paths: sql<string[]>`array(select r.place union select h.place from ${holders(frame)} h
    where h.county_id = r.county_id and h.record_id = r.id)`,
})

function stockOf(base: Source, id: string, where: (frame: Frame) => RawBuilder<SqlBool>): Source {
  const placedBy = { id, timing: 'stock' as const, from: placed, where, path: sql<string>`r.place` }
  return { ...base, ...placedBy, ...(base.joint && { joint: heldTogether }) }
}

const standingOf = (ledger: string) => `standing:${ledger}`

/** The date in this field is not stated, or lies behind the day. */
export const stillOpen = (until: string, day: RawBuilder<unknown>): RawBuilder<SqlBool> =>
  sql<SqlBool>`((r.fields->>${sql.lit(until)}) is null or (r.fields->>${sql.lit(until)})::date > ${day})`

/** Rows that have begun by the moment, and have not ended. */
export function standingSource(definition: LedgerDefinition, base: Source): Source {
  const { until } = definition.standing ?? {}
  const open = (frame: Frame) => (until ? stillOpen(until, lastDay(frame)) : sql`true`)
  return stockOf(
    base,
    standingOf(definition.id),
    (frame) => sql<SqlBool>`${kept(definition, frame)} and ${open(frame)}`,
  )
}

/** How many stand, and how many came; `began`: the source of those that did. */
export function standingMeasures(
  { id, title, measureWord, day }: LedgerDefinition,
  began: string,
): Measure[] {
  const counted = { group: title, unit: measureWord, kind: 'count' as const }
  return [
    {
      ...counted,
      id: `${id}.count`,
      title: `${title}${measureWord}数`,
      definition: `截至时点在册的“${title}”；已到期、撤销的和作废的不算。`,
      source: standingOf(id),
    },
    {
      ...counted,
      id: `${id}.added`,
      title: `${title}新增${measureWord}数`,
      definition: `“${day.label}”在时段内的“${title}”，不论后来是否还在册；作废的不算。`,
      source: began,
    },
  ]
}

const columnOf = (alias: string, name: string): RawBuilder<unknown> =>
  name === 'title'
    ? sql.ref(`${alias}.title`)
    : name === 'org'
      ? sql.ref(`${alias}.org_id`)
      : sql`${sql.ref(`${alias}.fields`)}->>${sql.lit(name)}`

interface Made {
  sources: Source[]
  measures: Measure[]
}

const filtered = (definition: LedgerDefinition, m: LedgerMeasure) => ({
  ...describedBy(definition, m),
  ...(m.where && { where: m.where }),
})

const number = (field: string) => () => sql`(r.fields->>${sql.lit(field)})::numeric`

/** The last reading of each thing, of `per`, on or before the moment. */
function readingSource(definition: LedgerDefinition, m: LedgerMeasure, base: Source): Source {
  const { field = '', per = 'title' } = m
  const stated = (alias: string) => sql`${sql.ref(`${alias}.fields`)}->>${sql.lit(field)} is not null`
  return stockOf(
    base,
    `reading:${definition.id}.${m.id}`,
    (frame) => sql<SqlBool>`${kept(definition, frame)} and ${stated('r')} and not exists (
      select 1 from record l where l.county_id = r.county_id and l.ledger = r.ledger and l.org_id = r.org_id
      and l.voided_at is null and l.day <= ${lastDay(frame)} and ${stated('l')}
      and ${columnOf('l', per)} = ${columnOf('r', per)} and (l.day, l.id) > (r.day, r.id))`,
  )
}

function reading(definition: LedgerDefinition, m: LedgerMeasure, base: Source): Made {
  const source = readingSource(definition, m, base)
  const measure: Measure = {
    ...filtered(definition, m),
    kind: 'sum',
    source: source.id,
    value: number(m.field ?? ''),
    valueType: 'number',
  }
  return { sources: [source], measures: [measure] }
}

/** Readings at the end less those before the period, of things that were read before it. */
function growth(definition: LedgerDefinition, m: LedgerMeasure, base: Source): Made {
  const { field = '', per = 'title' } = m
  const last = readingSource(definition, m, base)
  const before = (frame: Frame) => sql`exists (select 1 from record e where e.county_id = r.county_id
    and e.ledger = r.ledger and e.org_id = r.org_id and e.voided_at is null and e.day < ${firstDay(frame)}
    and e.fields->>${sql.lit(field)} is not null and ${columnOf('e', per)} = ${columnOf('r', per)})`
  const grown: Source = {
    ...last,
    id: `grown:${definition.id}.${m.id}`,
    timing: 'flow',
    where: (frame) => sql<SqlBool>`${last.where(frame)} and ${before(frame)}`,
  }
  const described = filtered(definition, m)
  const summed = { ...described, kind: 'sum' as const, value: number(field), valueType: 'number' as const }
  return {
    sources: [last, grown],
    measures: [
      { ...summed, id: `${described.id}Now`, title: `${m.title}：期末`, source: grown.id },
      { ...summed, id: `${described.id}Before`, title: `${m.title}：期初`, source: last.id },
      {
        ...described,
        kind: 'difference',
        parts: [
          { role: 'now', title: '期末', measure: `${described.id}Now` },
          {
            role: 'before',
            title: '期初',
            measure: `${described.id}Before`,
            shift: 'beforePeriod',
          },
        ],
      },
    ],
  }
}

/** The direct subordinate below which a row stands, where it is one of these. */
export function subordinateOf(among: Record<string, string> = {}) {
  const columns: [string, string][] = Object.entries(among).map(([key, text]) => [`k.${key}`, text])
  return (frame: Frame, path: RawBuilder<unknown>) => sql`(
    select k.org_id from org ko join org_span k on k.org_id = ko.id
    and k.valid_from <= ${frame.asOf}::timestamp and k.valid_to > ${frame.asOf}::timestamp
    where ko.code = ${childOf(frame, path)} ${sql.join(
      columns.map(([name, text]) => sql`and ${sql.ref(name)} in (${sql.join(text.split(','))})`),
      sql` `,
    )})`
}

/** The options of a choice field as rows: the whole that a coverage is held against. 其他 is no class of its own. */
function optionsSource(definition: LedgerDefinition, field: string): Source | null {
  const found = definition.fields.find((f) => f.id === field)
  const options = (found?.options ?? []).filter((o) => !o.retired && o.value !== 'other')
  if (options.length === 0) return null
  return {
    id: `options:${definition.id}.${field}`,
    title: found?.title ?? field,
    timing: 'stock',
    from: () =>
      sql`(values ${sql.join(options.map((o) => sql`(${o.value}::text, ${o.title}::text)`))}) as o(value, title)`,
    where: () => sql<SqlBool>`true`,
    countyId: sql<string>`''`,
    rowId: sql<string>`o.value`,
    version: sql<number>`1`,
    path: sql<string>`''`,
    dimensions: {},
    columns: [{ id: 'title', title: found?.title ?? field, sql: () => sql`o.title` }],
    opens: 'options',
    complete: true,
  }
}

/** Of a number of different options, or of direct subordinates: how many of all there are. */
function coverage(definition: LedgerDefinition, m: LedgerMeasure): Made {
  const covered = definition.measures.find((one) => one.id === m.numerator)
  const described = filtered(definition, m)
  const options = optionsSource(definition, covered?.field ?? '')
  const whole: Measure | null = options && {
    id: `${described.id}Whole`,
    group: definition.title,
    unit: covered?.unit ?? '',
    title: `全部${options.title}`,
    kind: 'count',
    source: options.id,
    definition: `“${options.title}”可选的各类，“其他”不算一类。`,
  }
  const { where: _where, ...plain } = described
  const ratio: Measure = {
    ...plain,
    kind: 'ratio',
    parts: [
      {
        role: 'numerator',
        title: covered?.title ?? '',
        measure: `${definition.id}.${m.numerator}`,
        ...(m.where && { where: m.where }),
      },
      {
        role: 'denominator',
        title: '全部',
        measure: whole?.id ?? measure('org.subordinates'),
        unfiltered: true,
        ...(!whole && covered?.among && { where: covered.among }),
      },
    ],
  }
  return { sources: options ? [options] : [], measures: [...(whole ? [whole] : []), ratio] }
}

/** Months or years in a row, up to the last one with a record. */
function streak(definition: LedgerDefinition, m: LedgerMeasure, base: Source): Made {
  const source = stockOf(base, `ever:${definition.id}`, (frame) => kept(definition, frame))
  const year = sql`extract(year from r.day)::int`
  const value = () => (m.field === 'month' ? sql`(${year} * 12 + extract(month from r.day)::int)` : year)
  return {
    sources: [source],
    measures: [{ ...filtered(definition, m), kind: 'streak', source: source.id, value }],
  }
}

/** What a measure of one of these kinds adds to the catalogue; null for the plain kinds. */
export function derivedFrom(definition: LedgerDefinition, m: LedgerMeasure, base: Source): Made | null {
  if (m.kind === 'reading') return reading(definition, m, base)
  if (m.kind === 'growth') return growth(definition, m, base)
  if (m.kind === 'coverage') return coverage(definition, m)
  if (m.kind === 'streak') return streak(definition, m, base)
  return null
}

/** Full years from a date field to the moment; of a part that people take, their age. */
export const yearsSince = (field: string) => (frame: Frame) =>
  sql`extract(year from age(${lastDay(frame)}, (r.fields->>${sql.lit(field)})::date))::int`
