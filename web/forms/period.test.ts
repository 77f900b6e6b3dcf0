import { expect, test } from 'vitest'
import { periodNamed } from './period.ts'

test('the period stands in the title or the name of the file, else nothing is said', () => {
  expect(periodNamed('共青团工作月报（2024年5月）', 'month', '2024-06')).toBe('2024-05')
  expect(periodNamed('附件1：5 月份统计表.xlsx', 'month', '2024-06')).toBe('2024-05')
  expect(periodNamed('2023年第二季度统计表', 'quarter', '2024Q2')).toBe('2023Q2')
  expect(periodNamed('2024年上半年团员情况', 'half', '2024H2')).toBe('2024H1')
  expect(periodNamed('2023年度统计表', 'year', '2024')).toBe('2023')
  expect(periodNamed('填报时间：5月31日', 'month', '2024-06')).toBeUndefined()
  expect(periodNamed('团员花名册', 'half', '2024H1')).toBeUndefined()
})
