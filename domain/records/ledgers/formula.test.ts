import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../../kernel/errors.ts'
import { calculate, type Formula, parseFormula, slotsIn, withSlots } from './formula.ts'

const at = (values: Record<string, unknown>) => (slot: string) => values[slot]
const answer = (text: string, values: Record<string, unknown> = {}, decimals = 2) =>
  calculate(parseFormula(text), at(values), decimals)

test.each([
  ['{price} × {amount}', { price: 0.1, amount: 3 }, 0.3],
  ['{a} + {b} × {c}', { a: 1, b: 2, c: 3 }, 7],
  ['（{a}+{b}）*{c}', { a: 1, b: 2, c: 3 }, 9],
  ['{a} - {b} - {c}', { a: 10, b: 3, c: 2 }, 5],
  ['{a} ÷ {b} × {b}', { a: 1, b: 3 }, 1],
  ['-{a} + 5', { a: 2 }, 3],
  ['{a} / 3', { a: 2 }, 0.67],
  ['days({from}, {to}) + 1', { from: '2024-02-28', to: '2024-03-01' }, 3],
  ['相差天数（{from}，{to}）', { from: '2024-03-02', to: '2024-03-01' }, -1],
])('%s', (text, values, value) => {
  expect(answer(text, values)).toBe(value)
})

test.each([
  ['a missing operand', '{a} + {b}', { a: 1 }],
  ['a division by 0', '{a} ÷ {b}', { a: 1, b: 0 }],
  ['a text', '{a} + 1', { a: '1' }],
  ['no date', 'days({a}, {b})', { a: '2024-02-30', b: '2024-03-01' }],
  ['beyond 10 万亿', '{a} × {a}', { a: 10_000_000 }],
])('%s gives nothing', (_what, text, values) => {
  expect(answer(text, values)).toBeNull()
})

test.each([
  '',
  '{a} +',
  '({a}',
  '{a} {b}',
  '2 ** 3',
  '{a};drop',
  '{1a}',
  'days({a})',
  'days(1, {b})',
  '()',
  `${'('.repeat(60)}1${')'.repeat(60)}`,
])('%s is refused in words', (text) => {
  expect(() => parseFormula(text)).toThrow(Refusal)
})

/** A formula as text and what it comes to by whole numbers, with brackets only where they are needed. */
const formulas = fc.letrec<{ sum: [string, bigint]; product: [string, bigint]; factor: [string, bigint] }>(
  (tie) => ({
    sum: fc.oneof(
      { maxDepth: 5 },
      tie('product'),
      fc
        .tuple(tie('sum'), fc.constantFrom('+', '−', '-'), tie('product'))
        .map(([[a, x], sign, [b, y]]): [string, bigint] => [
          `${a} ${sign} ${b}`,
          sign === '+' ? x + y : x - y,
        ]),
    ),
    product: fc.oneof(
      { maxDepth: 5 },
      tie('factor'),
      fc
        .tuple(tie('product'), fc.constantFrom('×', '*'), tie('factor'))
        .map(([[a, x], sign, [b, y]]): [string, bigint] => [`${a}${sign}${b}`, x * y]),
    ),
    factor: fc.oneof(
      { maxDepth: 5 },
      fc.nat({ max: 9 }).map((n): [string, bigint] => [String(n), BigInt(n)]),
      tie('sum').map(([text, value]): [string, bigint] => [`(${text})`, value]),
    ),
  }),
)

test('precedence and brackets are those of arithmetic, exactly', () => {
  fc.assert(
    fc.property(formulas.sum, ([text, value]) => {
      fc.pre(text.length <= 400 && value < 10n ** 13n && value > -(10n ** 13n))
      expect(answer(text)).toBe(Number(value))
    }),
  )
})

test('whatever is typed is a formula or a refusal, never anything else', () => {
  const pieces = fc.constantFrom(
    '1',
    '2.5',
    '{a}',
    '{b}',
    '+',
    '-',
    '×',
    '÷',
    '(',
    ')',
    ' ',
    'days',
    ',',
    'x',
    '{',
    '}',
  )
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 14 }).map((p) => p.join('')),
      (text) => {
        let parsed: Formula
        try {
          parsed = parseFormula(text)
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal)
          return
        }
        for (const slot of [...slotsIn(parsed).numbers, ...slotsIn(parsed).dates])
          expect(text).toContain(`{${slot}}`)
        const value = calculate(parsed, at({ a: 3, b: 4 }), 2)
        expect(value === null || Number.isFinite(value)).toBe(true)
      },
    ),
  )
})

test('a slot under another name changes nothing else', () => {
  expect(withSlots('{a} × ({b} + {a})', (slot) => `{x${slot}}`)).toBe('{xa} × ({xb} + {xa})')
})
