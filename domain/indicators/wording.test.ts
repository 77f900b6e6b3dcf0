import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, multiply, sum } from '../../kernel/decimal.ts'
import { describeNumber, type Wording, word, wordChange } from './wording.ts'

const people = (value: number | string | null) => ({ value, unit: '人' })
const share = (numerator: number, denominator: number) => ({
  value: null,
  unit: '%',
  fraction: { numerator, denominator },
})

/** Reads worded digits back: '57.2万' → 572000. */
function readBack(text: string): string {
  const [, digits = '', scale = ''] = /([\d.]+)(万|亿)?/.exec(text) ?? []
  return multiply(digits, scale === '亿' ? 1e8 : scale === '万' ? 1e4 : 1)
}

test.each<[number | string, Wording, string]>([
  [430, {}, '430人'],
  [1983, {}, '1983人'],
  [561, { style: 'over' }, '560余人'],
  [569, { style: 'over' }, '560余人'],
  [560, { style: 'over' }, '560人'],
  [2034, { style: 'over' }, '2000余人'],
  [63, { style: 'over' }, '60余人'],
  [5, { style: 'over' }, '5人'],
  [10, { style: 'over' }, '10人'],
  [11, { style: 'over' }, '10余人'],
  [50000, { style: 'over' }, '5万人'],
  [50001, { style: 'over' }, '5万余人'],
  [52600, { style: 'over' }, '5.2万余人'],
  [52600, { style: 'wanOver' }, '5万余人'],
  [50000, { style: 'wanOver' }, '5万人'],
  [9999, { style: 'wanOver' }, '9900余人'],
  [7, { style: 'wanOver' }, '7人'],
  [572000, { style: 'wan' }, '57.2万人'],
  [82300, { style: 'wan' }, '8.23万人'],
  [830000, { style: 'wan' }, '83万人'],
  [9999, { style: 'wan' }, '9999人'],
  [120000000, { style: 'wan' }, '1.2亿人'],
  [596, { style: 'nearly' }, '近600人'],
  [600, { style: 'nearly' }, '600人'],
  [39, { bound: 'atLeast' }, '至少39人'],
  [565, { style: 'over', bound: 'atLeast' }, '至少560人'],
  [565, { style: 'over', bound: 'atMost' }, '不超过570人'],
  ['35.4', { style: 'rounded', bound: 'under' }, '不到36人'],
  [36, { style: 'rounded', bound: 'under' }, '36人'],
  [57_2345, { style: 'wan', decimals: 1, bound: 'notLess' }, '不少于57.2万人'],
  ['28.35', { style: 'rounded', decimals: 1 }, '28.4人'],
  [3, { chineseNumerals: true }, '三人'],
  [2, { chineseNumerals: true }, '两人'],
  [12, { chineseNumerals: true }, '十二人'],
  [430, { unitWord: false }, '430'],
])('%s with %j is %s', (value, wording, said) => {
  expect(word(people(value), wording)).toBe(said)
})

test('shares come from their exact parts, cut or rounded', () => {
  expect(word(share(17, 39), { percent: 'cut' })).toBe('43.5%')
  expect(word(share(17, 39), { percent: 'round' })).toBe('43.6%')
  expect(word(share(1, 39), { percent: 'cut' })).toBe('2.5%')
  expect([word(share(8, 39), { percent: 'cut' }), word(share(8, 39))]).toEqual(['20.5%', '20.5%'])
  expect([word(share(39, 39)), word(share(1, 2)), word(share(0, 39))]).toEqual(['100%', '50%', '0%'])
  expect([word(share(1999, 2000)), word(share(1, 3000))]).toEqual(['99.9%', '不足0.1%'])
  expect(word({ value: 2, unit: '%' }, { chineseNumerals: true })).toBe('2%')
  expect(word(share(3, 0))).toBe('—')
  expect(word({ value: '43.5897', unit: '%' }, { percent: 'cut' })).toBe('43.5%')
})

test('averages, money, dates and texts', () => {
  expect(word({ value: null, unit: '岁', fraction: { numerator: 340, denominator: 12 } })).toBe('28.3岁')
  const money = (value: string) => ({ value, unit: '元', valueType: 'money' as const })
  expect([word(money('52600')), word(money('52600.5'))]).toEqual(['52600元', '52600.50元'])
  expect(word(money('52600.50'), { style: 'wan' })).toBe('5.26万元')
  const day = { value: '2024-03-12', unit: '', valueType: 'date' as const }
  expect([word(day), word(day, { withinYear: 2024 })]).toEqual(['2024年3月12日', '3月12日'])
  expect(word({ ...day, precision: 'month' }, { withinYear: 2024 })).toBe('3月')
  expect(word({ value: '第3期', unit: '', valueType: 'text' })).toBe('第3期')
})

test('missing is never 0, and 0 is never missing', () => {
  const kinds = ['number', 'money', 'date', 'text'] as const
  for (const valueType of kinds) expect(word({ value: null, unit: '人', valueType })).toBe('—')
  expect(word(people(0), { style: 'over' })).toBe('0人')
  expect([describeNumber(null), describeNumber(0)]).toEqual(['—', '0'])
})

test('changes are said as such', () => {
  expect([wordChange(people(3)), wordChange(people(-3)), wordChange(people(0))]).toEqual([
    '增加3人',
    '减少3人',
    '持平',
  ])
  expect(wordChange({ value: '-2.1', unit: '%' })).toBe('下降2.1个百分点')
  expect(wordChange(people(null))).toBe('—')
})

test('screens separate thousands', () => {
  expect([describeNumber('1234567.50'), describeNumber(-1234), describeNumber(999)]).toEqual([
    '1,234,567.5',
    '-1,234',
    '999',
  ])
})

const whole = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 2_000_000_000 }))

test('余 never says more than there is, only less, and only above 10', () => {
  fc.assert(
    fc.property(whole, fc.constantFrom<'over' | 'wanOver'>('over', 'wanOver'), (n, style) => {
      const said = word(people(n), { style })
      const order = compare(readBack(said), n)
      expect(order).toBeLessThanOrEqual(0)
      expect(said.includes('余')).toBe(order < 0)
      if (n <= 10) expect(said).toBe(`${n}人`)
    }),
  )
})

test('近 never says less, and every style keeps the order of numbers', () => {
  const styles = fc.constantFrom<Wording['style']>('exact', 'rounded', 'over', 'nearly', 'wan', 'wanOver')
  fc.assert(
    fc.property(whole, whole, styles, (a, b, style) => {
      const [small, large] = a < b ? [a, b] : [b, a]
      const read = (n: number) => readBack(word(people(n), { style }))
      expect(compare(read(small), read(large))).toBeLessThanOrEqual(0)
      if (style === 'nearly') expect(compare(read(small), small)).toBeGreaterThanOrEqual(0)
      if (style === 'exact') expect(read(a)).toBe(String(a))
    }),
  )
})

test('bounds hold whatever the style', () => {
  const styles = fc.constantFrom<Wording['style']>('exact', 'rounded', 'over', 'nearly', 'wan', 'wanOver')
  fc.assert(
    fc.property(whole, styles, (n, style) => {
      expect(compare(readBack(word(people(n), { style, bound: 'atLeast' })), n)).toBeLessThanOrEqual(0)
      expect(compare(readBack(word(people(n), { style, bound: 'atMost' })), n)).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a cut share is at most the exact one, a rounded one within half a step', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (n, more) => {
      const d = n + more
      const off = (percent: 'cut' | 'round') => {
        const said = word(share(n, d), { percent, decimals: 2 })
        if (said.startsWith('不足')) return '0'
        return sum([multiply(readBack(said), d), -n * 100])
      }
      expect(compare(off('cut'), 0)).toBeLessThanOrEqual(0)
      expect(compare(off('round'), multiply('0.005', d))).toBeLessThanOrEqual(0)
      expect(word(share(n, d))).not.toBe('100%')
    }),
  )
})
