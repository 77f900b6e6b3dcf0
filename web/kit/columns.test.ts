import { describe, expect, it } from 'vitest'
import { type Column, filterRows, sortRows, tableText } from './columns.ts'
import type { ListState } from './list.ts'

interface Row {
  name: string
  members: number | null
  sector: string
}

const rows: Row[] = [
  { name: '柳河村', members: 12, sector: '行政村' },
  { name: '北坡村', members: null, sector: '行政村' },
  { name: '中学', members: 103, sector: '学校' },
]
const columns: Column<Row>[] = [
  { id: 'name', title: '名称', value: (r) => r.name, filter: { type: 'text' } },
  { id: 'members', title: '团员', value: (r) => r.members },
  {
    id: 'sector',
    title: '领域',
    value: (r) => r.sector,
    filter: { type: 'choice', options: [{ value: 'village', title: '行政村' }] },
  },
]
const names = (found: Row[]) => found.map((r) => r.name)
const state = (given: Partial<ListState>) => ({ text: '', filters: {}, ...given }) as ListState

describe('a table whose rows are all here', () => {
  it('sorts numbers as numbers, and what is empty last either way', () => {
    expect(names(sortRows(rows, columns, { column: 'members', descending: false }))).toEqual([
      '柳河村',
      '中学',
      '北坡村',
    ])
    expect(names(sortRows(rows, columns, { column: 'members', descending: true }))).toEqual([
      '中学',
      '柳河村',
      '北坡村',
    ])
  })

  it('keeps its order without a sort, and for a column that it does not know', () => {
    expect(sortRows(rows, columns, null)).toEqual(rows)
    expect(sortRows(rows, columns, { column: 'nothing', descending: true })).toEqual(rows)
  })

  it('filters by choice, by text of a column, and by text anywhere', () => {
    expect(names(filterRows(rows, columns, state({ filters: { sector: 'village' } })))).toEqual([
      '柳河村',
      '北坡村',
    ])
    expect(names(filterRows(rows, columns, state({ filters: { name: '北' } })))).toEqual(['北坡村'])
    expect(names(filterRows(rows, columns, state({ text: '学校' })))).toEqual(['中学'])
    expect(filterRows(rows, columns, state({ text: '没有' }))).toEqual([])
  })

  it('writes out what is shown; no cell acts as a formula or loses its digits', () => {
    const odd: Row[] = [{ name: '=1+1,"甲"', members: -3, sector: '990101200001010012' }]
    expect(tableText(columns, odd)).toBe('名称,团员,领域\r\n"\'=1+1,""甲""",-3,"\t990101200001010012"\r\n')
  })
})
