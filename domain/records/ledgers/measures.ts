/**
 * What may be counted in ledgers: for each, a source of its records and one of the people in them. Aliases: `r` the
 * record, `p` the participation, `pe` the person.
 */
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { condition, fixed } from '../../../kernel/filters.ts'
import type { Frame, Measure, MeasureKind, Source } from '../../../kernel/measures.ts'
import { withinDepth } from '../../../kernel/scope.ts'
import { personDimensions } from '../../structure/people/dimensions.ts'
import type { LedgerDefinition, LedgerMeasure } from './definition.ts'
import { derivedFrom, standingMeasures, standingSource } from './derived.ts'
import { describedBy } from './described.ts'
import { ORG_NAME, recordColumns, recordDimensions } from './dimensions.ts'
import { fieldSql, knownSql, shownSql } from './fields/sql.ts'
import { isDate, isNumber, unitOf } from './fields/types.ts'
import { HOSTS } from './hosts.ts'
import { plainOf, referringOf } from './linked.ts'
import { names, openToStrangers, peopleOf, personColumns, personRowId, roleDimension } from './named.ts'
import { quantityMeasures } from './quantityMeasures.ts'
import { reachedOf, reachedSource, reachedWithin } from './reached.ts'
import { parseSentence, slotsOf, statedId } from './sentences.ts'
import * as silence from './silence.ts'
import { DAY, rankedBy, stated } from './values.ts'

export function ledgerMeasures(definitions: readonly LedgerDefinition[]): {
  sources: Source[]
  measures: Measure[]
} {
  const every = everyRecord(definitions)
  const quantities = quantityMeasures(definitions, { recordsOf: recordSource, every })
  return {
    sources: [...definitions.flatMap(sourcesOf), every, ...quantities.sources, ...silence.sources],
    measures: [
      ...definitions.flatMap((d) =>
        [
          ...impliedMeasures(d),
          ...d.measures.flatMap((m) =>
            m.kind === 'linked'
              ? linked(d, m, definitions)
              : (derivedFrom(d, m, recordSource(d))?.measures ?? declared(d, m)),
          ),
          ...statedByOne(d),
        ].map((m) => looked(d, m)),
      ),
      recordCount,
      ...quantities.measures,
      ...silence.measures,
    ],
  }
}

function looked(d: LedgerDefinition, measure: Measure): Measure {
  const id = measure.id.slice(d.id.length + 1)
  const asked = d.asked?.[id]
  return {
    ...measure,
    ...(asked && { asked }),
    ...(d.headlines?.includes(id) && { headline: true as const }),
  }
}

const sourcesOf = (d: LedgerDefinition): Source[] => {
  const main = mainSource(d)
  return [
    recordSource(d),
    ...(d.standing ? [main] : []),
    ...(d.roles.length > 0 ? [participantSource(d, main)] : []),
    ...(d.joint ? [holderSource(d, main)] : []),
    ...d.measures.flatMap((m) => derivedFrom(d, m, recordSource(d))?.sources ?? []),
    ...reachedSources(d),
  ]
}

/** One for each set of states on whose day something is counted. */
function reachedSources(d: LedgerDefinition): Source[] {
  const apart = new Map(d.measures.flatMap((m) => (m.at ? [[reachedOf(d.id, m.at), m.at] as const] : [])))
  return [...apart.values()].flatMap((at) => {
    const source = reachedSource(d, at, {
      base: recordSource(d),
      inScope: (f) => inScope(f, d.joint === true),
    })
    const people = d.measures.some((m) => m.role && m.at && reachedOf(d.id, m.at) === source.id)
    return people ? [source, { ...participantSource(d, source), id: namedIn(source.id) }] : [source]
  })
}

/** Where a ledger's rows are counted when nothing else is said. */
const mainSource = (d: LedgerDefinition): Source =>
  d.standing ? standingSource(d, recordSource(d)) : recordSource(d)

const recordsOf = (ledger: string) => `records:${ledger}`
const participantsOf = (ledger: string) => `participants:${ledger}`
const namedIn = (source: string) => `participants:${source}`

/** Rows by their own path, or by that of an organisation that held the record with it; each once. */
export function inScope(frame: Frame, joint: boolean): RawBuilder<SqlBool> {
  if (frame.scopes.length === 0) return sql<SqlBool>`false`
  const own = anyScope(frame, { countyId: 'r.county_id', path: 'r.path' })
  if (!joint) return own
  const held = sql`select h.record_id from ${HOSTS} h where ${anyScope(frame, { countyId: 'h.county_id', path: 'h.path' })}`
  const county = frame.org.countyId
  // Over several counties the record at home is in scope whenever its mirror is.
  if (county === null) return sql<SqlBool>`(r.home_county_id is null and (${own} or r.id in (${held})))`
  return sql<SqlBool>`(${own} or (r.county_id = ${county} and r.id in (${held})))`
}

const anyScope = (frame: Frame, columns: { countyId: string; path: string }): RawBuilder<SqlBool> =>
  frame.scopes.length === 0
    ? sql<SqlBool>`false`
    : sql<SqlBool>`(${sql.join(
        frame.scopes.map((s) => withinDepth(s, frame.depth, columns)),
        sql` or `,
      )})`

/** Rows of the ledger in scope and period; `voided` asks for those that were voided instead. */
export const recordsWhere = (
  definition: LedgerDefinition,
  frame: Frame,
  voided = false,
): RawBuilder<SqlBool> =>
  sql<SqlBool>`r.ledger = ${definition.id} and r.voided_at is ${voided ? sql`not null` : sql`null`}
    and r.day between ${frame.from.slice(0, 10)}::date and ${frame.to.slice(0, 10)}::date
    and ${inScope(frame, definition.joint === true)}`

/** Most records have one host: which have more is found once, rather than looked up for each. */
function heldTogether(frame: Frame): { rows: RawBuilder<SqlBool>; paths: RawBuilder<string[]> } {
  const county = frame.org.countyId
  const ofCounty = county === null ? sql`true` : sql`j.county_id = ${county}`
  return {
    rows: sql<SqlBool>`r.id in (select j.record_id from ${HOSTS} j where ${ofCounty})`,
    paths: sql<string[]>`array(select r.path union select h.path from ${HOSTS} h
      where h.county_id = r.county_id and h.record_id = r.id)`,
  }
}

function recordSource(definition: LedgerDefinition): Source {
  return {
    id: recordsOf(definition.id),
    title: definition.title,
    timing: 'flow',
    from: () => sql`record r`,
    where: (frame) => recordsWhere(definition, frame),
    countyId: sql<string>`r.county_id`,
    rowId: sql<string>`r.id`,
    version: sql<number>`r.version`,
    path: sql<string>`r.path`,
    ...(definition.joint && { joint: heldTogether }),
    dimensions: recordDimensions(definition),
    columns: recordColumns(definition),
    opens: 'records',
    ledger: definition.id,
    ...(definition.base && { base: true as const }),
    ...(definition.own && { keptBy: definition.own.users }),
  }
}

/** Records of all ledgers, by what they have in common. */
const everyRecord = (definitions: readonly LedgerDefinition[]): Source => ({
  id: 'records',
  title: '台账',
  timing: 'flow',
  from: () => sql`record r`,
  where: (frame) => sql<SqlBool>`r.voided_at is null
    and r.day between ${frame.from.slice(0, 10)}::date and ${frame.to.slice(0, 10)}::date and ${inScope(frame, true)}`,
  countyId: sql<string>`r.county_id`,
  rowId: sql<string>`r.id`,
  version: sql<number>`r.version`,
  path: sql<string>`r.path`,
  joint: heldTogether,
  dimensions: {
    day: { title: '日期', type: 'date', sql: () => sql`r.day` },
    month: { title: '月份', type: 'text', sql: () => sql`to_char(r.day, 'YYYY-MM')` },
    record: { title: '记录', type: 'text', sql: () => sql`r.id` },
    title: { title: '名称', type: 'text', sql: () => sql`r.title` },
    org: { title: '组织', type: 'org', sql: () => sql`r.org_id` },
    ledger: {
      title: '台账',
      type: 'choice',
      options: definitions.map(({ id, title }) => ({ value: id, title })),
      sql: () => sql`r.ledger`,
    },
  },
  columns: [
    { id: 'day', title: '日期', sql: () => DAY },
    { id: 'org', title: '组织', sql: () => ORG_NAME },
    { id: 'title', title: '名称', sql: () => sql`r.title` },
  ],
  opens: 'records',
})

const recordCount: Measure = {
  id: 'record.count',
  title: '台账记录',
  group: '台账',
  unit: '条',
  kind: 'count',
  definition: '时段内各本台账的记录条数；几个组织联合的只算一条，作废的不算。',
  source: 'records',
}

/** A row is a participation, or stands for those of a record who are not named. */
function participantSource(definition: LedgerDefinition, base: Source): Source {
  return {
    ...base,
    id: participantsOf(definition.id),
    from: (frame) => sql`${base.from(frame)} ${peopleOf(definition)}`,
    rowId: personRowId(definition),
    opensId: sql<string>`r.id`,
    person: sql<string | null>`p.person_id`,
    names,
    dimensions: {
      ...openToStrangers(personDimensions('pe')),
      ...base.dimensions,
      role: roleDimension(definition),
    },
    columns: [...personColumns(definition), ...recordColumns(definition)],
  }
}

const holdersOf = (ledger: string) => `holders:${ledger}`

/** A row is an organisation that held a record, alone or with others: only those in scope (law 1). */
function holderSource(definition: LedgerDefinition, base: Source): Source {
  const { joint: _joint, ...rest } = base
  return {
    ...rest,
    id: holdersOf(definition.id),
    from: (frame) => sql`${base.from(frame)} cross join lateral (select r.org_id, r.path
      union select h.org_id, h.path from ${HOSTS} h
      where h.county_id = r.county_id and h.record_id = r.id) as held`,
    where: (frame) =>
      sql<SqlBool>`${base.where(frame)} and ${anyScope(byPath(frame), { countyId: 'r.county_id', path: 'held.path' })}`,
    rowId: sql<string>`r.id::text || '.' || held.org_id`,
    opensId: sql<string>`r.id`,
    path: sql<string>`held.path`,
  }
}

/** A record held over counties stands in each: that a row is the county's does not make all who held it its own. */
const byPath = (frame: Frame): Frame => ({
  ...frame,
  scopes: frame.scopes.map((scope) => ({ ...scope, whole: false })),
})

function impliedMeasures(definition: LedgerDefinition): Measure[] {
  const { id, title, measureWord, personTimes, roles } = definition
  const base = { group: title }
  const attending = roles.filter((r) => r.attends !== false)
  const apart = roles.filter((r) => r.attends === false).map((r) => r.id)
  const found: Measure[] = [
    {
      ...base,
      id: `${id}.count`,
      title: `${title}${measureWord}数`,
      unit: measureWord,
      kind: 'count',
      definition: `时段内“${title}”台账的记录条数；几个组织联合的只算一${measureWord}，作废的不算。`,
      source: recordsOf(id),
    },
  ]
  if (definition.standing) found.splice(0, 1, ...standingMeasures(definition, recordsOf(id)))
  if (personTimes)
    found.push({
      ...base,
      id: `${id}.personTimes`,
      title: `${title}人次`,
      unit: '人次',
      kind: 'sum',
      definition: `各条“${title}”记录的${personTimes.label}相加；同一个人来几次算几次。没有填写的记录不计入，数据是下限。`,
      source: recordsOf(id),
      value: () => sql`r.person_times`,
    })
  if (attending.length > 0)
    found.push({
      ...base,
      id: `${id}.people`,
      title: `${title}人数`,
      unit: '人',
      kind: 'distinct',
      definition: `在“${title}”中${attending.map((r) => r.title).join('、')}的不同的人；同一个人只算一次，没有登记姓名的不计入。`,
      source: participantsOf(id),
      ...(apart.length > 0 && { where: { role: `!${apart.join(',')}` } }),
    })
  return found
}

/** Day, numbers and dates that the sentence of a record states, so that each of them is a figure, too. */
function statedByOne(definition: LedgerDefinition): Measure[] {
  const { fields, measures, sentences } = definition
  const text = sentences.find((s) => s.of === 'record')?.text ?? ''
  const slots = new Set(slotsOf(parseSentence(text)).map((s) => s.slot))
  const plain = (field: string) =>
    measures.some((m) => m.field === field && !m.role && !m.where && (m.kind === 'only' || m.kind === 'sum'))
  const wanted = [
    ...(measures.some((m) => m.id === 'day') ? [] : [{ id: 'day', title: definition.day.label, unit: '' }]),
    ...fields
      .filter((f) => (isNumber(f) || isDate(f)) && !plain(f.id))
      .map((f) => ({ id: f.id, title: f.title, unit: unitOf(f) })),
  ].filter((f) => slots.has(f.id))
  return wanted.map(({ id: field, title, unit }) =>
    declared(definition, {
      id: statedId(definition, field),
      title: `${definition.title}的${title}`,
      unit,
      kind: 'only',
      field,
      definition: `符合筛选条件的那一${definition.measureWord}的${title}；几${definition.measureWord}不一样时不回答。`,
    }),
  )
}

function declared(definition: LedgerDefinition, measure: LedgerMeasure): Measure {
  const { id } = definition
  const { role, kind, where } = measure
  const described = { ...describedBy(definition, measure), kind: COUNTED_AS[kind] ?? (kind as MeasureKind) }
  if (kind === 'ratio') return { ...described, parts: ratioParts(definition, measure) }
  const filters = { ...where, ...(role && { role }) }
  const { valueType, ...valued } = stated(definition, measure)
  const source = sourceFor(definition, measure)
  return {
    ...described,
    source,
    ...appliesTo(definition, measure),
    ...(measure.at && { meets: reachedWithin }),
    ...(Object.keys(filters).length > 0 && { where: filters }),
    ...rankedBy(definition, measure),
    ...unitSaid(definition, measure),
    ...(source === holdersOf(id) ? { value: () => sql`held.org_id` } : valued),
    // How many different texts there are is a number.
    ...(valueType && kind !== 'distinct' && { valueType }),
  }
}

const COUNTED_AS: Partial<Record<LedgerMeasure['kind'], MeasureKind>> = {
  age: 'average',
  latest: 'top',
  highest: 'top',
}

/** Where the record says the unit of what is stated or added. */
function unitSaid(
  { fields }: LedgerDefinition,
  { field, role, kind }: LedgerMeasure,
): Pick<Measure, 'unitOf'> {
  const { unitIn } = fields.find((f) => f.id === field && !role && kind !== 'distinct') ?? {}
  const written = fields.find((f) => f.id === unitIn)
  if (!written) return {}
  return { unitOf: { sql: () => sql<string>`coalesce(${shownSql(written)}, '')`, apartBy: [written.id] } }
}

/** Counted in the ledger that names this one; nothing where whoever asks does not see it. */
function linked(
  definition: LedgerDefinition,
  measure: LedgerMeasure,
  definitions: readonly LedgerDefinition[],
): Measure[] {
  const found = referringOf(definition.id, measure, definitions)
  if (!found) return []
  return [
    {
      ...declared(found.ledger, plainOf(measure)),
      ...describedBy(definition, measure, found.ledger),
      // A name that nobody knows may mean one of these.
      meets: () => knownSql(found.field),
    },
  ]
}

function sourceFor(definition: LedgerDefinition, { role, field, kind, began, at }: LedgerMeasure): string {
  const { id, joint } = definition
  if (at) return role ? namedIn(reachedOf(id, at)) : reachedOf(id, at)
  if (role) return participantsOf(id)
  if (joint && kind === 'distinct' && field === 'org') return holdersOf(id)
  return began ? recordsOf(id) : mainSource(definition).id
}

/**
 * Rows that state the field, and those that should. Where a blank means that there was nothing, a record without the
 * field is no evidence and makes the figure no lower bound.
 */
function appliesTo(
  definition: LedgerDefinition,
  { field, role, kind }: LedgerMeasure,
): Pick<Measure, 'applies' | 'blank'> {
  const found = role ? undefined : definition.fields.find((f) => f.id === field)
  if (!found) return {}
  const blank = found.blank ?? (isNumber(found) ? 'unknown' : 'none')
  const none = blank === 'none' || kind === 'only' ? { blank: 'none' as const } : {}
  const { appliesWhen } = found
  if (!appliesWhen) return none
  const stated = sql<SqlBool>`(${fieldSql(definition, found.id)}) is not null`
  const dimensions = recordDimensions(definition)
  return {
    ...none,
    applies: (frame) => {
      const met = Object.entries(appliesWhen).flatMap(([key, text]) => {
        const dimension = dimensions[key]
        return dimension ? [condition(key, dimension, fixed(key, dimension, text), frame)] : []
      })
      return sql<SqlBool>`(${stated} or (${sql.join(met, sql` and `)}))`
    },
  }
}

function ratioParts(definition: LedgerDefinition, measure: LedgerMeasure): Measure['parts'] {
  const full = (id = '') => (id.includes('.') ? id : `${definition.id}.${id}`)
  return [
    {
      role: 'numerator',
      title: '分子',
      measure: full(measure.numerator),
      ...(measure.where && { where: measure.where }),
    },
    { role: 'denominator', title: '分母', measure: full(measure.denominator) },
  ]
}
