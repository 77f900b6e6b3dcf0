/** A filtered ledger as a file, at once or by long work. */
import Type from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { opens } from '../../../kernel/shapes.ts'
import { RecordFilter } from './contract.ts'

const Asked = {
  ...RecordFilter.properties,
  format: Type.Optional(Type.Union([Type.Literal('xlsx'), Type.Literal('csv')])),
  /** As lists are sorted; by day when left out. */
  sort: Type.Optional(Type.String()),
  /** Ids of columns in their order, with commas between; all of the ledger's when left out. */
  columns: Type.Optional(Type.String()),
}
const ofLedger = Type.Object({ ledger: opens('ledger', {}) })

export const exportRecords = endpoint({
  id: 'records.export',
  method: 'GET',
  path: '/ledgers/:ledger/export',
  summary: '导出筛选出的台账',
  right: 'records.read',
  work: 'heavy',
  params: ofLedger,
  query: Type.Object(Asked),
  raw: 'download',
})

export const startExport = endpoint({
  id: 'records.startExport',
  method: 'POST',
  path: '/ledgers/:ledger/exports',
  summary: '在后台导出筛选出的台账，做好后在收件箱下载',
  right: 'records.read',
  params: ofLedger,
  body: Type.Object(Asked),
  response: Type.Object({ job: Type.String() }),
})
