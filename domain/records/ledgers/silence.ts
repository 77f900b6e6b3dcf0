/** Organisations that recorded nothing, in any ledger, within a period: neither they, nor anything below them. */
import { type SqlBool, sql } from 'kysely'
import type { Frame, Measure, Source } from '../../../kernel/measures.ts'
import * as organisations from '../../structure/organisations/measures.ts'
import { HOSTS } from './hosts.ts'

/** `s` is the organisation's span in the source it is taken from; `l` any span of it within the period. */
const recorded = (frame: Frame) => sql<SqlBool>`exists (
  select 1 from org_span l
  where l.org_id = s.org_id and l.valid_from <= ${frame.asOf}::timestamp and l.valid_to > ${frame.from}::timestamp
  and (exists (select 1 from record r where r.county_id = l.county_id and r.voided_at is null
      and r.day between ${frame.from.slice(0, 10)}::date and ${frame.to.slice(0, 10)}::date
      and r.path >= l.path and r.path < left(l.path, -1) || '0')
    or exists (select 1 from ${HOSTS} h join record r on r.county_id = h.county_id and r.id = h.record_id
      where h.county_id = l.county_id and r.voided_at is null
      and r.day between ${frame.from.slice(0, 10)}::date and ${frame.to.slice(0, 10)}::date
      and h.path >= l.path and h.path < left(l.path, -1) || '0')))`

const standing = organisations.sources.find((s) => s.id === 'organisations')

export const sources: Source[] = standing
  ? [
      {
        ...standing,
        id: 'silentOrgs',
        title: '没有记录的团组织',
        timing: 'flow',
        where: (frame) => sql<SqlBool>`(${standing.where(frame)} and not ${recorded(frame)})`,
      },
    ]
  : []

const silent = (id: string, title: string, definition: string, more: Partial<Measure>): Measure => ({
  id,
  title,
  group: '台账',
  unit: '个',
  kind: 'count',
  definition,
  source: 'silentOrgs',
  belowOnly: true,
  ...more,
})

export const measures: Measure[] = [
  silent(
    'record.silentSubordinates',
    '没有任何记录的直接下级',
    '时段末存续的直接下级团组织中，本身和下级在时段内各本台账都没有一条记录的。可按领域、类型筛选。',
    { depth: 1, where: { type: '!group' } },
  ),
  silent(
    'record.silentBranches',
    '没有任何记录的团支部',
    '时段末存续的各级团支部中，时段内各本台账都没有一条记录的。',
    { where: { type: 'branch' } },
  ),
]
