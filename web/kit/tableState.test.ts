import { expect, test } from 'vitest'
import type { Column } from './columns.ts'
import { moved, shownOf } from './tableState.ts'

const columns: Column<object>[] = [
  { id: 'name', title: '名称', fixed: true },
  { id: 'day', title: '日期' },
  { id: 'note', title: '备注', hidden: true },
]

test('what was chosen stands in its order; what is gone or must stay is seen to', () => {
  expect(shownOf(columns, null)).toEqual(['name', 'day'])
  expect(shownOf(columns, ['note', 'name', 'day'])).toEqual(['note', 'name', 'day'])
  expect(shownOf(columns, ['note', 'retired'])).toEqual(['name', 'note'])
  expect(shownOf(columns, ['retired'])).toEqual(['name', 'day'])
})

test('a column moves before another, or to the end', () => {
  expect(moved(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b', 'c'], 'a', null)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 'a', 'x')).toEqual(['a', 'b', 'c'])
})
