import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  cutAt,
  dateInWords,
  dayRange,
  isDay,
  lastDay,
  monthsOf,
  type Period,
  parsePeriod,
  periodOf,
  precedingOf,
  previousOf,
  rangeInWords,
  yearEarlier,
} from './period.ts'

const anyId = fc.oneof(
  fc.integer({ min: 1950, max: 2100 }).map(String),
  fc
    .tuple(fc.integer({ min: 1950, max: 2100 }), fc.constantFrom('H1', 'H2', 'Q1', 'Q2', 'Q3', 'Q4'))
    .map((p) => p.join('')),
  fc
    .tuple(fc.integer({ min: 1950, max: 2100 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`),
)

test.each([
  ['2024', '2024-01-01', '2024-12-31', '2024年'],
  ['2024H1', '2024-01-01', '2024-06-30', '2024年上半年'],
  ['2024H2', '2024-07-01', '2024-12-31', '2024年下半年'],
  ['2024Q2', '2024-04-01', '2024-06-30', '2024年第二季度'],
  ['2024-02', '2024-02-01', '2024-02-29', '2024年2月'],
  ['2024-01-01..2024-05-31', '2024-01-01', '2024-05-31', '2024年1月1日至5月31日'],
  ['2023-12-20..2024-01-05', '2023-12-20', '2024-01-05', '2023年12月20日至2024年1月5日'],
])('reads %s', (id, from, to, label) => {
  expect(parsePeriod(id)).toEqual({ id, from, to, label })
})

test.each([
  '',
  '24H1',
  '2024H3',
  '2024Q5',
  '2024H',
  '2024-13',
  '2024-3',
  '2024-02-30..2024-03-01',
  '上半年',
  '2024H01',
])('refuses %j in words', (id) => {
  expect(() => parsePeriod(id)).toThrow('不是可用的时段')
})

test('refuses a range that ends before it begins', () => {
  expect(() => parsePeriod('2024-05-31..2024-01-01')).toThrow('早于开始日期')
})

test('knows the same period a year earlier and the one just before', () => {
  const before = (id: string) => [previousOf(parsePeriod(id)).id, precedingOf(parsePeriod(id)).id]
  expect(before('2024')).toEqual(['2023', '2023'])
  expect(before('2024H1')).toEqual(['2023H1', '2023H2'])
  expect(before('2024Q1')).toEqual(['2023Q1', '2023Q4'])
  expect(before('2024-01')).toEqual(['2023-01', '2023-12'])
  expect(before('2024-04-01..2024-05-31')).toEqual(['2023-04-01..2023-05-31', '2024-02-01..2024-03-31'])
  expect(before('2025-02-01..2025-02-28')).toEqual(['2024-02-01..2024-02-29', '2025-01-01..2025-01-31'])
  expect(before('2024-03-11..2024-03-17')).toEqual(['2023-03-11..2023-03-17', '2024-03-04..2024-03-10'])
})

test('a year earlier, a February that was whole is whole, and 29 February is the 28th', () => {
  const february = { from: '2025-02-01', to: '2025-02-28' }
  expect(yearEarlier(february)).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(yearEarlier({ from: '2025-02-10', to: '2025-02-28' })).toEqual({
    from: '2024-02-10',
    to: '2024-02-28',
  })
  expect(yearEarlier({ from: '2024-02-29', to: '2024-02-29' }).to).toBe('2023-02-28')
  expect(yearEarlier({ asOf: '2024-02-29', org: 'x' })).toEqual({ asOf: '2023-02-28', org: 'x' })
})

test('a cut-off shortens the period and the one it is compared with', () => {
  const cut = cutAt(parsePeriod('2024H1'), '2024-06-18')
  expect(cut).toEqual({ id: '2024H1', from: '2024-01-01', to: '2024-06-18', label: '2024年上半年' })
  expect(previousOf(cut)).toMatchObject({ id: '2023H1', to: '2023-06-18', label: '2023年上半年' })
  expect(cutAt(parsePeriod('2024H1'), '2024-07-10').to).toBe('2024-06-30')
  expect(cutAt(parsePeriod('2024H1'), null).to).toBe('2024-06-30')
  expect(previousOf(cutAt(parsePeriod('2024'), '2024-02-29')).to).toBe('2023-02-28')
  expect(previousOf(cutAt(parsePeriod('2025'), '2025-02-28')).to).toBe('2024-02-29')
  expect(() => cutAt(parsePeriod('2024H1'), '2023-12-31')).toThrow('早于2024年上半年的第一天')
  expect(() => cutAt(parsePeriod('2024H1'), '2024-06-31')).toThrow('不是日期')
})

test('says dates as documents do', () => {
  expect(dateInWords('2024-03-02')).toBe('2024年3月2日')
  expect(dateInWords('2024-03-12', 'day', { withinYear: 2024 })).toBe('3月12日')
  expect(dateInWords('2023-03-12', 'day', { withinYear: 2024 })).toBe('2023年3月12日')
  expect(dateInWords('2024-03-01', 'month')).toBe('2024年3月')
  expect(dateInWords('2024-01-01', 'year', { withinYear: 2024 })).toBe('2024年')
  expect(rangeInWords('2024-03-01', '2024-03-05', { withinYear: 2024 })).toBe('3月1日至5日')
  expect(rangeInWords('2024-03-01', '2024-03-01')).toBe('2024年3月1日')
})

test('knows the calendar', () => {
  expect([isDay('2024-02-29'), isDay('2023-02-29'), isDay('2024-2-9')]).toEqual([true, false, false])
  expect([lastDay('2023-02'), lastDay('2024-02-10'), lastDay('2024-12')]).toEqual([
    '2023-02-28',
    '2024-02-29',
    '2024-12-31',
  ])
  expect(addDays('2024-12-31', 1)).toBe('2025-01-01')
  expect([periodOf('2024-06-30'), periodOf('2024-07-01')]).toEqual(['2024H1', '2024H2'])
  expect(monthsOf(parsePeriod('2023-12-20..2024-02-01'))).toEqual(['2023-12', '2024-01', '2024-02'])
})

test('the preceding period ends the day before and has the same length in months', () => {
  const size = (period: Period) => monthsOf(period).length
  fc.assert(
    fc.property(anyId, (id) => {
      const period = parsePeriod(id)
      const before = precedingOf(period)
      expect(addDays(before.to, 1)).toBe(period.from)
      expect(size(before)).toBe(size(period))
      expect(size(previousOf(period))).toBe(size(period))
      expect(parsePeriod(before.id)).toEqual(before)
    }),
  )
})

test('any two days in order make a period that reads back', () => {
  const day = fc.integer({ min: 0, max: 40000 }).map((n) => addDays('1950-01-01', n))
  fc.assert(
    fc.property(day, day, (a, b) => {
      const [from, to] = a < b ? [a, b] : [b, a]
      const period = dayRange(from, to)
      expect(parsePeriod(period.id)).toEqual(period)
      expect(addDays(precedingOf(period).to, 1)).toBe(from)
      expect(previousOf(period).to < period.to).toBe(true)
    }),
  )
})
