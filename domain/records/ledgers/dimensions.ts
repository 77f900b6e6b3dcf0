/** What a record can be filtered and grouped by, and what its evidence shows. `r`: the record. */
import { sql } from 'kysely'
import type { Dimension, EvidenceColumn } from '../../../kernel/measures.ts'
import type { LedgerDefinition } from './definition.ts'
import { fieldDimensions, shownSql } from './fields/sql.ts'
import { quantitiesColumn } from './quantityMeasures.ts'
import { DAY } from './values.ts'

/** As it was called that day; what is older than the organisation is named by its first name. */
export const ORG_NAME = sql<string>`(select s.name from org_span s where s.org_id = r.org_id
  order by s.valid_from < r.day + 1 desc, case when s.valid_from < r.day + 1 then s.valid_to end desc, s.valid_from limit 1)`

const HAS_PHOTOS = sql<boolean>`exists (select 1 from attachment a where a.county_id = coalesce(r.home_county_id, r.county_id)
  and a.record_id = r.id and a.voided_at is null and a.media_type like 'image/%')`

/** Also what the lists filter by. */
export function recordDimensions(definition: LedgerDefinition): Record<string, Dimension> {
  return {
    day: { title: definition.day.label, type: 'date', sql: () => sql`r.day` },
    month: { title: '月份', type: 'text', sql: () => sql`to_char(r.day, 'YYYY-MM')` },
    record: { title: '记录', type: 'text', sql: () => sql`r.id` },
    title: { title: definition.name.label, type: 'text', sql: () => sql`r.title` },
    org: { title: '组织', type: 'org', sql: () => sql`r.org_id` },
    ...(definition.personTimes && {
      personTimes: {
        title: definition.personTimes.label,
        type: 'number' as const,
        sql: () => sql`r.person_times`,
      },
    }),
    hasPhotos: { title: '有照片', type: 'yesNo', sql: () => HAS_PHOTOS },
    batch: { title: '导入批次', type: 'text', sql: () => sql`r.batch_id` },
    ...Object.assign({}, ...definition.fields.map(fieldDimensions)),
  }
}

export function recordColumns(definition: LedgerDefinition): EvidenceColumn[] {
  return [
    { id: 'day', title: definition.day.label, sql: () => DAY },
    { id: 'org', title: '组织', sql: () => ORG_NAME },
    { id: 'title', title: definition.name.label, sql: () => sql`r.title` },
    ...(definition.personTimes
      ? [{ id: 'personTimes', title: definition.personTimes.label, sql: () => sql`r.person_times` }]
      : []),
    ...definition.fields.map((f) => ({ id: f.id, title: f.title, sql: () => shownSql(f) })),
    quantitiesColumn,
  ]
}
