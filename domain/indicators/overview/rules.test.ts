import { expect, test } from 'vitest'
import { parsePeriod } from '../../../kernel/period.ts'
import { heldAgainst, medianOf, periodAsked } from './rules.ts'

const days = ({ from, to }: { from: string; to: string }) => `${from}..${to}`

test('a half-year is held against the same one a year before, or against the half-year before', () => {
  const first = parsePeriod('2024H1')
  expect(days(heldAgainst(first))).toBe('2023-01-01..2023-06-30')
  expect(days(heldAgainst(first, 'preceding'))).toBe('2023-07-01..2023-12-31')
  expect(heldAgainst(parsePeriod('2024H2'), 'preceding').label).toBe('2024年上半年')
  expect(heldAgainst(parsePeriod('2024-03'), 'preceding').label).toBe('2024年2月')
  expect(heldAgainst(parsePeriod('2024Q1'), 'preceding').label).toBe('2023年第四季度')
})

test('what is cut short is held against a year before cut short on the same day, leap days included', () => {
  const cut = periodAsked({ period: '2024H1', until: '2024-02-29' }, '2024-06-18')
  expect(days(heldAgainst(cut))).toBe('2023-01-01..2023-02-28')
  expect(days(heldAgainst(cut, 'preceding'))).toBe('2023-07-01..2023-12-31')
  const february = parsePeriod('2024-02')
  expect(days(heldAgainst(february))).toBe('2023-02-01..2023-02-28')
  expect(days(heldAgainst(parsePeriod('2025-02')))).toBe('2024-02-01..2024-02-29')
})

test('without a name the period is the half-year that runs; a wrong name is refused', () => {
  expect(periodAsked({}, '2024-06-18').id).toBe('2024H1')
  expect(() => periodAsked({ period: '2024H3' }, '2024-06-18')).toThrow('不是可用的时段')
})

test('a median is of three at the least, and exact between two', () => {
  expect(medianOf([5, 1])).toBeNull()
  expect(medianOf([9, 1, 4])).toBe(4)
  expect(medianOf([10, 9, 1, 4])).toBe(6.5)
})
