import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inWords } from './filters.ts'
import type { Dimension } from './measures.ts'

const dimension = (about: Pick<Dimension, 'title' | 'type'> & Partial<Dimension>): Dimension => ({
  ...about,
  sql: () => sql`x`,
})
const age = dimension({ title: '年龄', type: 'number' })
const day = dimension({ title: '活动日期', type: 'date' })
const name = dimension({ title: '姓名', type: 'text' })
const sex = dimension({ title: '性别', type: 'choice', options: [{ value: 'female', title: '女' }] })

test.each([
  [age, '14..28', '年龄：14 至 28'],
  [age, '36..', '年龄：36 及以上'],
  [age, '..28', '年龄：28 及以下'],
  [day, '2026-03-01..', '活动日期：2026-03-01 起'],
  [name, '~李', '姓名：含“李”'],
  [sex, 'female', '性别：女'],
  [sex, '!female', '性别：非女'],
  [sex, '空', '性别：未填写'],
])('%o %s is said as %s', (of, text, words) => {
  expect(inWords(of, text)).toBe(words)
})

test('an id says nothing to a reader: it is left out of the words', () => {
  const record = { title: '记录', type: 'text' as const, sql: () => sql`r.id` }
  const id = '01a203dc-0000-7000-8000-000000000001'
  expect(inWords(record, id)).toBe('指定的记录')
  expect(inWords(record, `!${id}`)).toBe('除指定的记录外')
})
