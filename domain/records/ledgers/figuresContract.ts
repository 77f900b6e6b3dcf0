/** What a filter of a ledger comes to, asked beside its pages. */
import Type from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { opens } from '../../../kernel/shapes.ts'
import { FilterFigures, RecordFilter } from './contract.ts'

export const getFilterFigures = endpoint({
  id: 'records.figures',
  method: 'GET',
  path: '/ledgers/:ledger/sums',
  summary: '一本台账筛选结果的条数和合计',
  right: 'records.read',
  work: 'heavy',
  params: Type.Object({ ledger: opens('ledger', {}) }),
  query: RecordFilter,
  response: FilterFigures,
})
