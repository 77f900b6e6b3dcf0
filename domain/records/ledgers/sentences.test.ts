import { describe, expect, test } from 'vitest'
import { builtInLedgers } from './registry.ts'
import { fallbackTitle, fillSentence, parseSentence, recordSentence, slotsOf } from './sentences.ts'

const fill = (text: string, values: Record<string, string | boolean>) =>
  fillSentence(
    parseSentence(text),
    (slot) => values[slot] ?? null,
    (slot) => `〔${slot}〕`,
  )

describe('a sentence', () => {
  test.each([
    ['{a}做{b}', { a: '甲', b: '乙' }, '甲做乙'],
    ['{a}[在{p}]做{b}[，{n}人次]', { a: '甲', b: '乙', n: '3' }, '甲做乙，3人次'],
    ['{a}[在{p}[的{q}]]走', { a: '甲', p: '村口' }, '甲在村口走'],
    ['{a}[在{p}[的{q}]]走', { a: '甲', q: '树下' }, '甲走'],
    ['[{a}、{b}]到', { a: '甲' }, '到'],
    ['{a}[，{yes:领导到场}]', { a: '甲', yes: true }, '甲，领导到场'],
    ['{a}[，{yes:领导到场}]', { a: '甲', yes: false }, '甲'],
    ['{a}走', {}, '〔a〕走'],
  ])('%s with %j says %s', (text, values, said) => {
    expect(fill(text, values)).toBe(said)
  })

  test('names its figures with their filters', () => {
    const slots = slotsOf(parseSentence('{count}场[，{people?kind=themeDay&sex=女}人]'))
    expect(slots).toEqual([{ slot: 'count' }, { slot: 'people', where: { kind: 'themeDay', sex: '女' } }])
  })

  test.each(['[{a}', '{a}]', '{a', 'a}', '[[{a}]'])('%s does not match', (text) => {
    expect(() => parseSentence(text)).toThrow('没有配对')
  })
})

test('every ledger says something of a record with nothing but its name, and leaves no mark of what is missing', () => {
  for (const definition of builtInLedgers) {
    const bare = { org: '柳河村团支部', day: '2024-03-12', title: '植树', fields: {} }
    const said = recordSentence(definition, bare)
    expect(said).toMatch(/^3月12日，柳河村团支部/)
    expect(said).not.toMatch(/[{}[\]]|undefined|null|，$|，，/)
    expect(fallbackTitle(definition, bare)).not.toMatch(/[{}[\]]|undefined|null/)
  }
})

test('days, choices and names are said as people say them', () => {
  const meeting = builtInLedgers.find((d) => d.id === 'meeting')
  const dues = builtInLedgers.find((d) => d.id === 'dues')
  if (!meeting || !dues) throw new Error('built-in ledgers are gone')
  const base = { org: '柳河村团支部', day: '2024-03-12' }
  const fields = { kind: 'branchMeeting', due: 20 }
  expect(recordSentence(meeting, { ...base, title: '换届', fields, personTimes: 18 })).toBe(
    '3月12日，柳河村团支部召开支部大会（换届），应到20人，实到18人',
  )
  const participants = ['甲', '乙', '丙', '丁', '戊', '己'].map((name) => ({ name, role: 'arrears' }))
  const owing = { ...base, dayPrecision: 'month' as const, fields: { paidAmount: 30 }, participants }
  expect(recordSentence(dues, owing)).toBe('3月，柳河村团支部实缴团费30元，欠缴团员甲、乙、丙、丁、戊等6人')
  const named = (count: number) =>
    recordSentence(dues, { ...owing, participants: participants.slice(0, count) })
  expect(named(5)).toBe('3月，柳河村团支部实缴团费30元，欠缴团员甲、乙、丙、丁、戊')
  expect(named(1)).toBe('3月，柳河村团支部实缴团费30元，欠缴团员甲')
  expect(named(0)).toBe('3月，柳河村团支部实缴团费30元')
})
