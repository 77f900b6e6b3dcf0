import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSentence } from '../../records/ledgers/sentences.ts'
import { figure, type Run, wordsOf } from './model.ts'
import { compose, type Filling, type WhenMissing } from './sentences.ts'

type Values = Record<string, [number | null, string] | string>

/** The sentence as printed, a figure as its value and unit. */
function said(sentence: string, values: Values, whenMissing?: WhenMissing): string | null {
  const displays = new Map<string, (run: Run) => string>()
  const fill = ({ slot }: { slot: string }): Filling => {
    const given = values[slot]
    if (given === undefined) return null
    if (typeof given === 'string') return { words: given }
    const run = figure({ measure: slot })
    const [value, unit] = given
    displays.set(run.ref, (r) => {
      const bare = r.type === 'figure' && r.wording?.unitWord === false
      return value === null ? '—' : `${value}${bare ? '' : unit}`
    })
    return { run, value, unit }
  }
  const runs = compose(parseSentence(sentence), fill, whenMissing)
  if (!runs) return null
  const byRef = new Map(runs.flatMap((r) => (r.type === 'figure' ? [[r.ref, r] as const] : [])))
  return wordsOf(runs, (ref) => {
    const run = byRef.get(ref)
    return run ? (displays.get(ref)?.(run) ?? '?') : '?'
  })
}

test('a part goes when a figure in it is missing or 0; what stands beside it is mended', () => {
  const sentence = '下辖团组织{all}，其中[，村团支部{village}][，学校团总支{school}]。'
  expect(said(sentence, { all: [20, '个'], village: [16, '个'], school: [3, '个'] })).toBe(
    '下辖团组织20个，其中村团支部16个，学校团总支3个。',
  )
  expect(said(sentence, { all: [20, '个'], village: [0, '个'], school: [3, '个'] })).toBe(
    '下辖团组织20个，其中学校团总支3个。',
  )
  expect(said(sentence, { all: [20, '个'], village: [null, '个'] })).toBe('下辖团组织20个。')
})

test('a figure outside brackets that is missing takes the sentence with it, or stays marked; 0 is said', () => {
  expect(said('开展主题活动{count}场', { count: [null, '场'] })).toBeNull()
  expect(said('现有团员{count}。', { count: [null, '人'] }, 'mark')).toBe('现有团员—。')
  expect(said('开展主题活动{count}场', { count: [0, '场'] })).toBe('开展主题活动0场')
  expect(said('开展{unknown}场', {})).toBeNull()
})

test('the unit stands once, and another measure word takes its place', () => {
  expect(said('开展{count}场，{times}人次参加', { count: [3, '场'], times: [90, '人次'] })).toBe(
    '开展3场，90人次参加',
  )
  expect(said('有{people}名团员欠缴', { people: [52, '人'] })).toBe('有52名团员欠缴')
  expect(said('团员{people}。', { people: [52, '人'] })).toBe('团员52人。')
})

test('whatever is missing, no 0 and no dash appears for it in a dropped part', () => {
  const value = fc.option(fc.integer({ min: 1, max: 999 }), { nil: null })
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      const words = said('共{a}场[，参加{b}人次][，受益{c}人次]', {
        a: [a, '场'],
        b: [b, '人次'],
        c: [c, '人次'],
      })
      if (a === null) return words === null
      const expected = `共${a}场${b === null ? '' : `，参加${b}人次`}${c === null ? '' : `，受益${c}人次`}`
      return words === expected
    }),
  )
})
