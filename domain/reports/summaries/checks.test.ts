import { expect, test } from 'vitest'
import { checksOf } from './checks.ts'
import type { ResolvedFigure } from './contract.ts'
import { type Body, figure, paragraph, type Run, text } from './model.ts'

const frame = { org: 'o', period: '2024H1' }

interface Given {
  measure: string
  value: number | null
  unit: string
  display?: string
  exact?: string
  kind?: string
  where?: Record<string, string>
}

/** A text of one paragraph from words and figures, and its checks. */
function checks(pieces: (string | Given)[], when: { period: string; cutOff?: string } = frame) {
  const figures = new Map<string, ResolvedFigure>()
  const runs = pieces.map((piece): Run => {
    if (typeof piece === 'string') return text(piece)
    const run = figure({ measure: piece.measure, ...(piece.where && { where: piece.where }) })
    figures.set(run.ref, resolved(run.ref, piece))
    return run
  })
  const body: Body = { sections: [{ id: 's', level: 1, title: '基本情况', paragraphs: [paragraph(runs)] }] }
  return checksOf(body, figures, { org: 'o', ...when })
}

function resolved(ref: string, given: Given): ResolvedFigure {
  const { measure, value, unit, where = {} } = given
  const missing = value === null
  return {
    ref,
    measure: { id: measure, title: measure, kind: given.kind ?? 'count' },
    question: { org: 'o', measure, from: '2024-01-01', to: '2024-06-30', where },
    asked: measure,
    display: given.display ?? (missing ? '—' : `${value}${unit}`),
    value,
    exact: given.exact ?? String(value ?? ''),
    unit,
    missing,
    ...(missing && { missingReason: '这段时间还没有记录' }),
    evidence: { count: 0, digest: 'd', parts: [] },
  }
}

const kinds = (found: { kind: string }[]) => found.map((c) => c.kind)
const subordinates = (value: number, sector?: string): Given => ({
  measure: 'org.subordinates',
  value,
  unit: '个',
  ...(sector && { where: { sector } }),
})

test('parts that add up are silent, parts beyond the whole are an error', () => {
  const parts = (village: number) => [
    subordinates(20),
    '其中',
    subordinates(village, 'village'),
    subordinates(1, 'townshipOffice'),
    subordinates(3, 'school'),
  ]
  expect(checks(parts(16))).toEqual([])
  const [found] = checks(parts(17))
  expect(found).toMatchObject({ kind: 'parts', level: 'error' })
  expect(found?.message).toContain('合计 21，大于总数 20个')
})

test('a missing figure is an error with its reason', () => {
  const [found] = checks([{ measure: 'training.count', value: null, unit: '期' }])
  expect(found).toMatchObject({ kind: 'missing', level: 'error' })
  expect(found?.message).toContain('这段时间还没有记录')
})

test('people are not attendances', () => {
  const of = (people: number): Given[] => [
    { measure: 'themeActivity.people', value: people, unit: '人' },
    { measure: 'themeActivity.personTimes', value: 90, unit: '人次' },
  ]
  expect(checks(of(60))).toEqual([])
  expect(kinds(checks(of(91)))).toEqual(['people'])
  const bare: Given = { measure: 'themeActivity.people', value: 60, unit: '人', display: '60' }
  expect(kinds(checks([bare, '人次参加']))).toEqual(['people'])
  expect(checks([bare, '人参加'])).toEqual([])
})

test('a share that cut and rounded differ in is noted', () => {
  const share = (exact: string, display: string): Given => ({
    measure: 'officers.partyShare',
    value: 0.43,
    unit: '%',
    exact,
    display,
  })
  expect(checks([share('17/39', '43.5%')])[0]).toMatchObject({ kind: 'percent', level: 'note' })
  expect(checks([share('17/39', '43.5%')])[0]?.message).toContain('四舍五入是43.6%')
  expect(checks([share('8/39', '20.5%')])).toEqual([])
})

test('numbers typed by hand are pointed out; dates, ordinals and Chinese numerals are not', () => {
  expect(kinds(checks(['走访群众136人，收集意见28条']))).toEqual(['typed', 'typed'])
  expect(checks(['3月12日植树，第3期，“3.12”活动，三个方面，2024年'])).toEqual([])
})

test('余 needs a round number', () => {
  expect(kinds(checks([{ measure: 'a', value: 5, unit: '期', display: '5余期' }]))).toContain('over')
  expect(checks([{ measure: 'a', value: 52600, unit: '元', display: '5万余元' }])).toEqual([])
  expect(checks([{ measure: 'a', value: 63, unit: '间', display: '60余间' }])).toEqual([])
})

test('the same measure with two values is a warning', () => {
  const found = checks([subordinates(20), '，', { ...subordinates(19) }])
  expect(found.map((c) => [c.kind, c.level])).toEqual([['twice', 'warning']])
})

test('a cut-off before the end is noted, and only then', () => {
  expect(kinds(checks(['无'], { period: '2024H1', cutOff: '2024-06-18' }))).toEqual(['cutOff'])
  expect(checks(['无'], { period: '2024H1', cutOff: '2024-06-30' })).toEqual([])
})
