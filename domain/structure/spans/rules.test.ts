import { expect, test } from 'vitest'
import { ALWAYS, dated, INFINITY } from '../people/dated.ts'
import { changedIn, corrected, ended, orderedStart, overlaps, type SpanKind } from './rules.ts'

const KIND: SpanKind = {
  table: 'membership',
  register: 'members',
  noun: '团籍',
  from: '起始日期',
  to: '结束日期',
  end: '离开日期',
}
const day = (text: string) => `${text} 00:00:00`
const span = (from: string, to: string) => ({ validFrom: day(from), validTo: to === INFINITY ? to : day(to) })
const on = (text: string) => dated(text, { id: 'on', title: '离开日期' })

test('half-open: one may begin when the other ends; a moment in common is too much', () => {
  const first = span('2020-01-01', '2022-03-01')
  expect(overlaps(first, span('2022-03-01', INFINITY))).toBe(false)
  expect(overlaps(span('2022-03-01', INFINITY), first)).toBe(false)
  expect(overlaps(first, span('2022-02-28', INFINITY))).toBe(true)
  expect(overlaps(first, span('2021-01-01', '2021-02-01'))).toBe(true)
  expect(overlaps({ validFrom: ALWAYS, validTo: INFINITY }, first)).toBe(true)
})

test('an end lies after the start, and is set once', () => {
  const running = span('2022-03-01', INFINITY)
  expect(ended(KIND, running, { on: on('2022-03-02'), reason: 'other' })).toEqual({
    validTo: day('2022-03-02'),
    toPrecision: 'day',
    endReason: 'other',
  })
  expect(ended(KIND, running, { on: on('2023'), reason: 'other' }).toPrecision).toBe('year')
  for (const early of ['2022-03-01', '2022-02', '2021'])
    expect(() => ended(KIND, running, { on: on(early), reason: 'other' })).toThrow(
      '离开日期不晚于起始日期 2022-03-01。请改正日期；登记错了的团籍，请用“作废”',
    )
  expect(() => ended(KIND, span('2022-03-01', '2023-01-01'), { on: on('2024'), reason: 'other' })).toThrow(
    '已在 2023-01-01 结束',
  )
})

test('a correction sets what is said of, and nothing else', () => {
  const correct = (said: Parameters<typeof corrected>[2], endReason: string | null = null) =>
    corrected(KIND, { endReason }, said, (text) => `read ${text}`)
  expect(correct({})).toEqual({})
  expect(correct({ from: '2021-05' })).toEqual({ validFrom: day('2021-05-01'), fromPrecision: 'month' })
  expect(correct({ from: null })).toEqual({ validFrom: ALWAYS, fromPrecision: 'unknown' })
  expect(correct({ to: '2023-01-01' })).toMatchObject({ validTo: day('2023-01-01'), endReason: 'read other' })
  expect(correct({ to: '2023-01-01' }, 'transferOut')).toMatchObject({ endReason: 'read transferOut' })
  expect(correct({ to: '2023-01-01', endReason: 'death' }, 'other')).toMatchObject({
    endReason: 'read death',
  })
  expect(correct({ to: null, endReason: 'death' })).toEqual({
    validTo: INFINITY,
    toPrecision: null,
    endReason: null,
  })
  expect(correct({ endReason: 'death' })).toEqual({ endReason: 'read death' })
})

test('what is corrected ends after it begins; an unknown start stays unknown', () => {
  const wanted = (from: string, to: string, fromPrecision = 'month') => ({ ...span(from, to), fromPrecision })
  expect(orderedStart(KIND, wanted('2022-03-01', '2022-03-02'))).toEqual({
    at: day('2022-03-01'),
    precision: 'day',
  })
  expect(orderedStart(KIND, wanted('2022-03-01', INFINITY, 'unknown')).precision).toBe('unknown')
  for (const to of ['2022-03-01', '2022-02-01'])
    expect(() => orderedStart(KIND, wanted('2022-03-01', to))).toThrow('结束日期不晚于起始日期')
})

test('the trace tells only what changes', () => {
  expect(changedIn({ a: 1, b: '', c: null as string | null }, { a: 1, b: 'x', c: 'y' })).toEqual({
    b: ['', 'x'],
    c: [null, 'y'],
  })
})
