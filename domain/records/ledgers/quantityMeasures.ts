/**
 * What may be counted of the free quantities in records, of one ledger and of all. The unit stands in the rows: a sum
 * is of one unit, or it is told apart by unit. Aliases: `r` the record, `q` one quantity of it.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Dimension, EvidenceColumn, Measure, Source } from '../../../kernel/measures.ts'
import type { LedgerDefinition } from './definition.ts'
import { QUANTITIES, QUANTITIES_TITLE } from './quantities.ts'

const EACH = sql`cross join lateral (select e.at, e.one->>'what' as what, (e.one->>'amount')::numeric as amount,
  e.one->>'unit' as unit from jsonb_array_elements(r.quantities) with ordinality as e(one, at)) q`

/** 义务植树 400 株；清理垃圾 3 吨, as `shownQuantities` writes it. */
export const quantitiesSql = sql<
  string | null
>`(select string_agg(concat_ws(' ', e.one->>'what', e.one->>'amount', e.one->>'unit'),
  '；' order by e.at) from jsonb_array_elements(r.quantities) with ordinality as e(one, at))`

export const quantitiesColumn: EvidenceColumn = {
  id: QUANTITIES,
  title: QUANTITIES_TITLE,
  sql: () => quantitiesSql,
}

const dimensions: Record<string, Dimension> = {
  what: { title: '事项', type: 'text', sql: () => sql`q.what` },
  unit: { title: '单位', type: 'text', sql: () => sql`q.unit` },
  thing: { title: '事项和单位', type: 'text', sql: () => sql`q.what || ' ' || q.unit` },
}

const columns: EvidenceColumn[] = [
  { id: 'what', title: '事项', sql: () => sql`q.what` },
  { id: 'amount', title: '数量', sql: () => sql`q.amount` },
  { id: 'unit', title: '单位', sql: () => sql`q.unit` },
]

/** The quantities in the records of a source. */
const quantitiesIn = (records: Source, id: string): Source => ({
  ...records,
  id,
  title: records.title === QUANTITIES_TITLE ? records.title : `${records.title}${QUANTITIES_TITLE}`,
  from: (frame) => sql`${records.from(frame)} ${EACH}`,
  where: (frame) => sql`${records.where(frame)} and r.quantities is not null`,
  rowId: sql<string>`r.id::text || '.' || q.at`,
  opensId: sql<string>`r.id`,
  dimensions: { ...records.dimensions, ...dimensions },
  columns: [...columns, ...records.columns.filter((column) => column.id !== QUANTITIES)],
})

const amount = (): RawBuilder<unknown> => sql`q.amount`

const measureOf = (
  id: string,
  title: string,
  of: { group: string; source: string; where: string },
): Measure => ({
  id,
  title,
  group: of.group,
  unit: '',
  kind: 'sum',
  definition: `${of.where}里另记的成果（如“义务植树400株”）相加，可按事项、单位筛选；只加同一单位的，单位不同的分开列出。`,
  source: of.source,
  value: amount,
  unitOf: { sql: () => sql<string>`q.unit`, apartBy: ['unit', 'thing'] },
})

/** `recordsOf`: the source of a ledger's records; `every`: of all ledgers' records. */
export function quantityMeasures(
  definitions: readonly LedgerDefinition[],
  from: { recordsOf: (definition: LedgerDefinition) => Source; every: Source },
): { sources: Source[]; measures: Measure[] } {
  return {
    sources: [
      quantitiesIn(from.every, QUANTITIES),
      ...definitions.map((d) => quantitiesIn(from.recordsOf(d), `${QUANTITIES}:${d.id}`)),
    ],
    measures: [
      measureOf('record.quantity', '成果数量', {
        group: '台账',
        source: QUANTITIES,
        where: '各本台账的记录',
      }),
      ...definitions.map((d) =>
        measureOf(`${d.id}.quantity`, `${d.title}成果数量`, {
          group: d.title,
          source: `${QUANTITIES}:${d.id}`,
          where: `“${d.title}”的记录`,
        }),
      ),
    ],
  }
}
