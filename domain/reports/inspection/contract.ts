/** 迎检: what an organisation recorded in a period, with minutes, people and photos, in one bundle. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, Depth, opens } from '../../../kernel/shapes.ts'

const Asked = {
  /** Id, code or full path. */
  org: opens('org', { minLength: 1 }),
  from: Day,
  to: Day,
  /** '0': what the organisation itself recorded; 'all' (the usual): its subordinates, too. */
  depth: Type.Optional(Depth),
}

/** A ledger in the period, or one kind of its records: how many in each month, and what they lack. */
export const InspectionLine = Type.Object({
  ledger: Type.String(),
  /** Of the field that every record of the ledger states, e.g. 支部大会; '' for the ledger as a whole. */
  kind: Type.String(),
  ledgerTitle: Type.String(),
  title: Type.String(),
  /** Inspectors ask for this ledger first. */
  askedFirst: Type.Boolean(),
  /** In the period; of a ledger whose rows last: what began in it (新增). */
  count: Type.Integer(),
  /** Of a ledger whose rows last: what stands on the period's last day (现有). */
  standing: Type.Optional(Type.Integer()),
  /** By month of the period, as `months` of the answer; they add up to `count`. */
  months: Type.Array(Type.Integer()),
  photos: Type.Integer(),
  withoutPhotos: Type.Integer(),
  withoutMinutes: Type.Integer(),
  /** Filters by which the ledger's list shows these records, those without photos, those without minutes. */
  where: Type.Record(Type.String(), Type.String()),
  whereNoPhotos: Type.Record(Type.String(), Type.String()),
  whereNoMinutes: Type.Record(Type.String(), Type.String()),
})
export type InspectionLine = Static<typeof InspectionLine>

export const getInspection = endpoint({
  id: 'inspection.get',
  method: 'GET',
  path: '/inspection',
  summary: '迎检前自查：每本台账各月有几条，缺照片、缺记录的有几条',
  right: 'records.read',
  work: 'heavy',
  query: Type.Object(Asked),
  response: Type.Object({
    org: Type.Object({ id: Type.String(), name: Type.String() }),
    /** 'YYYY-MM' */
    months: Type.Array(Type.String()),
    lines: Type.Array(InspectionLine),
  }),
})

export const BUNDLE_JOB = 'inspection.bundle'

export const BundleAsked = Type.Object({
  ...Asked,
  ledgers: Type.Array(opens('ledger', {}), { minItems: 1, maxItems: 200 }),
})
export type BundleAsked = Static<typeof BundleAsked>

export const makeBundle = endpoint({
  id: 'inspection.bundle',
  method: 'POST',
  path: '/inspection',
  summary: '把一段时间的记录、照片和附件编成一本 PDF（后台进行，在收件箱下载）',
  right: 'records.read',
  body: BundleAsked,
  response: Type.Object({ job: Type.String() }),
})
