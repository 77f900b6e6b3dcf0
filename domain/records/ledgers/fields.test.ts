import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LedgerField } from './definition.ts'
import { type FieldType, isWorkedOut } from './fields/types.ts'
import { checkValue, normaliseFields, showValue } from './fields.ts'
import { builtInLedgers } from './registry.ts'

const field = (type: LedgerField['type'], more: Partial<LedgerField> = {}): LedgerField => ({
  id: 'x',
  title: '栏',
  type,
  usedBy: '测试',
  ...more,
})
const options = [
  { value: 'a', title: '甲', synonyms: ['甲等'] },
  { value: 'b', title: '乙' },
]

describe('a value', () => {
  test.each([
    ['integer', ' 1,234 ', 1234],
    ['number', '2.5', 2.5],
    ['money', '52600.50', 52600.5],
    ['money', '1234.500', 1234.5],
    ['date', '2024-02-29', '2024-02-29'],
    ['yesNo', '有', true],
    ['yesNo', '否', false],
    ['choice', '甲等', 'a'],
    ['choices', '乙、甲', ['a', 'b']],
    ['text', '  字 ', '字'],
    ['text', '   ', null],
    ['link', 'https://example.org/a', 'https://example.org/a'],
  ] as const)('%s %j is kept as %j', (type, given, kept) => {
    expect(checkValue(field(type, { options }), given)).toEqual({ value: kept })
  })

  test.each([
    ['integer', '2.5'],
    ['integer', '约30'],
    ['integer', -1],
    ['integer', true],
    ['money', '1.234'],
    ['number', '1e5'],
    ['date', '2024-02-30'],
    ['date', '2024-2-3'],
    ['yesNo', '也许'],
    ['choice', '丙'],
    ['choices', ['a', '丙']],
    ['text', ['a', 'b']],
    ['text', '长'.repeat(201)],
    ['link', 'javascript:alert(1)'],
  ] as const)('%s %j is refused with a remedy', (type, given) => {
    expect(checkValue(field(type, { options }), given)).toEqual({
      fault: { reason: expect.any(String), remedy: expect.stringMatching(/./) },
    })
  })

  test('beyond its bounds is refused', () => {
    const percent = field('number', { maximum: 100 })
    expect([checkValue(percent, 100), checkValue(percent, 101)]).toEqual([
      { value: 100 },
      { fault: expect.anything() },
    ])
    expect(checkValue(field('number', { minimum: -5 }), -5)).toEqual({ value: -5 })
  })
})

const words = () => fc.string({ minLength: 1, maxLength: 100 }).filter((t) => t.trim() !== '')
const values = ({ options = [] }: LedgerField) => options.map((o) => o.value)

const days = () =>
  fc
    .date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString().slice(0, 10))

/** Something that a field of each type accepts; what is worked out nobody types. */
const ACCEPTED: Record<Exclude<FieldType, 'calculated'>, (f: LedgerField) => fc.Arbitrary<unknown>> = {
  text: words,
  longText: words,
  place: words,
  person: words,
  org: words,
  record: words,
  enterprise: words,
  link: () => fc.webUrl(),
  integer: (f) => fc.integer({ min: f.minimum ?? 0, max: f.maximum ?? 1_000_000 }),
  number: (f) => fc.integer({ min: (f.minimum ?? 0) * 8, max: (f.maximum ?? 100_000) * 8 }).map((n) => n / 8),
  money: () => fc.nat(100_000_000).map((n) => n / 100),
  date: days,
  yesNo: () => fc.boolean(),
  choice: (f) => fc.constantFrom(...values(f)),
  choices: (f) => fc.subarray(values(f), { minLength: 1 }),
  stage: (f) =>
    fc
      .subarray(values(f), { minLength: 1 })
      .chain((states) =>
        fc.tuple(
          ...states.map((state) =>
            fc.record({ state: fc.constant(state), on: days() }, { requiredKeys: ['state'] }),
          ),
        ),
      ),
}
const accepted = (f: LedgerField) => ACCEPTED[f.type as keyof typeof ACCEPTED](f)

test('whatever a ledger accepts is stored once and for all, and is read back from what is shown', () => {
  for (const definition of builtInLedgers) {
    const typed = definition.fields.filter((f) => !isWorkedOut(f))
    const record = Object.fromEntries(typed.map((f) => [f.id, accepted(f)]))
    fc.assert(
      fc.property(fc.record(record), (values) => {
        const once = normaliseFields(definition, values)
        expect(once.problems).toEqual([])
        expect(normaliseFields(definition, once.fields)).toEqual(once)
        const shown = typed.map((f) => [f.id, showValue(f, once.fields[f.id])])
        expect(normaliseFields(definition, Object.fromEntries(shown))).toEqual(once)
      }),
      { numRuns: 50 },
    )
  }
})
