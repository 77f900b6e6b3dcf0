import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, exact, isDecimal, multiply, ratio, subtract, sum, toDecimals } from './decimal.ts'

const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const asText = (n: bigint) => {
  const digits = (n < 0n ? -n : n).toString().padStart(3, '0')
  return `${n < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

test('adds and takes away without floating point', () => {
  expect(sum([0.1, 0.2])).toBe('0.3')
  expect(sum(['52600.10', '0.90', 1n])).toBe('52602')
  expect(sum([])).toBe('0')
  expect(subtract('1', '1.01')).toBe('-0.01')
  expect(multiply('-0.5', '0.20')).toBe('-0.1')
  expect(exact('0052600.50')).toBe('52600.5')
  expect([exact(1e21), exact(1e-7), exact('-0.00')]).toEqual(['1000000000000000000000', '0.0000001', '0'])
})

test('cuts, rounds and raises shares', () => {
  const share = (n: number, rounding: 'cut' | 'round' | 'up') => ratio(n * 100, 39, 1, rounding)
  expect([share(17, 'cut'), share(17, 'round')]).toEqual(['43.5', '43.6'])
  expect([share(8, 'cut'), share(8, 'round'), share(8, 'up')]).toEqual(['20.5', '20.5', '20.6'])
  expect([toDecimals('-2.5', 0, 'round'), toDecimals('-2.5', 0, 'cut')]).toEqual(['-3', '-2'])
  expect(toDecimals('2', 2, 'up')).toBe('2')
})

test('refuses what is no number', () => {
  for (const text of ['', '5万', '1,000', 'NaN', '.5', '1e']) expect(() => exact(text)).toThrow('不是数字')
  expect(() => ratio(1, 0, 1, 'cut')).toThrow('除数为 0')
  expect([isDecimal('1.50'), isDecimal('一')]).toEqual([true, false])
})

test('sums of cents equal the sum in whole cents, whatever the order', () => {
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 20 }), (list) => {
      const total = list.reduce((a, b) => a + b, 0n)
      expect(sum(list.map(asText))).toBe(exact(asText(total)))
      expect(sum(list.map(asText).reverse())).toBe(exact(asText(total)))
    }),
  )
})

test('comparison orders as the cents do', () => {
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(Math.sign(compare(asText(a), asText(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

test('cut ≤ exact ≤ up, and rounding is one of the two', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1 }), fc.integer({ min: 0, max: 6 }), (n, d, decimals) => {
      const cut = ratio(n, d, decimals, 'cut')
      const up = ratio(n, d, decimals, 'up')
      expect(compare(multiply(cut, d), n)).toBeLessThanOrEqual(0)
      expect(compare(multiply(up, d), n)).toBeGreaterThanOrEqual(0)
      expect([cut, up]).toContain(ratio(n, d, decimals, 'round'))
    }),
  )
})
