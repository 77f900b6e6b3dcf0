import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calculate, parseFormula } from './formula.ts'

const months = (from: unknown, to: unknown) =>
  calculate(parseFormula('months({a}, {b})'), (slot) => (slot === 'a' ? from : to), 0)

test.each([
  ['2023-10-30', '2024-03-31', 5],
  ['2023-10-30', '2023-12-31', 2],
  ['2023-10-31', '2023-11-30', 1],
  ['2023-10-31', '2023-11-29', 0],
  ['2024-01-31', '2024-02-29', 1],
  ['2024-03-31', '2023-10-30', -5],
  ['2024-03-31', '2024-03-31', 0],
])('from %s to %s are %i whole months', (from, to, whole) => expect(months(from, to)).toBe(whole))

test('a missing day gives no months', () => expect(months('2023-10-30', null)).toBeNull())

test('a later end is never fewer months', () => {
  const day = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10))
  fc.assert(
    fc.property(day, day, day, (a, b, c) => {
      const [x = '', y = '', z = ''] = [a, b, c].sort()
      expect(months(x, y)).toBeLessThanOrEqual(months(x, z) ?? -1)
    }),
  )
})
