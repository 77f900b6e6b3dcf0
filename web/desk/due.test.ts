import { expect, test } from 'vitest'
import type { RecordRow } from '../../domain/records/ledgers/contract.ts'
import type { Board } from '../../domain/structure/appointments/contract.ts'
import { parsePeriod } from '../../kernel/period.ts'
import { builtIn } from '../../test/worlds/builtIn.ts'
import { type DueGround, dueOf, leftUntil } from './due.ts'

const themeActivity = builtIn('themeActivity')

const record: RecordRow = {
  id: 'r1',
  ledger: 'themeActivity',
  org: { id: 'o1', name: '柳河村团支部', path: '/1/' },
  day: '2024-06-01',
  dayPrecision: 'day',
  dayTo: null,
  title: '植树',
  personTimes: null,
  fields: {},
  quantities: [],
  hosts: [],
  named: 0,
  photos: [],
  batchId: null,
  version: 1,
  recordedAt: '2024-06-01 10:00:00',
  voidedAt: null,
  sentence: '',
}

const quiet: DueGround = {
  today: '2024-06-10',
  period: parsePeriod('2024H1'),
  orgId: 'o1',
  summaries: undefined,
  mayWriteSummaries: true,
  board: undefined,
  records: [],
  ledgers: [{ definition: themeActivity, records: 3, usual: true, nil: null }],
  jobs: [],
}

test('nothing is due where nothing is missing', () => {
  expect(dueOf(quiet)).toEqual([])
})

test('a record without what its ledger is for is to be completed, while it is fresh', () => {
  expect(dueOf({ ...quiet, records: [record] }).map((d) => [d.title, d.by])).toEqual([
    ['补参加人次和照片：植树', '2024-07-01'],
  ])
  expect(dueOf({ ...quiet, today: '2024-07-02', records: [record] })).toEqual([])
})

/** A body of which nothing is due. */
const bodyOf = (type: string): Board => ({
  org: { id: 'o1', name: '柳河镇团委', type },
  asOf: '2024-06-10',
  term: null,
  terms: [],
  posts: [],
  former: [],
  vacancies: [],
  concurrent: [],
  may: { change: false },
})

test('a summary not begun is due near the end of the period, to those who may write it', () => {
  const summaries = { summaries: [], notYet: [{ name: '桃源村团支部', draft: true }] }
  const ofCommittee = { ...quiet, board: bodyOf('committee'), summaries }
  expect(dueOf(ofCommittee).map((d) => d.deed.kind)).toEqual(['summaries', 'summaries'])
  expect(dueOf({ ...ofCommittee, board: bodyOf('branch') }).map((d) => d.id)).toEqual(['notYet'])
  expect(dueOf({ ...ofCommittee, today: '2024-02-01' })).toEqual([])
  expect(dueOf({ ...ofCommittee, mayWriteSummaries: false }).map((d) => d.id)).toEqual(['notYet'])
})

test('an empty ledger is due unless 本期无 was declared, or the office never kept it', () => {
  const nil = { id: 'n1', from: '2024-01-01', to: '2024-06-30', speaks: 'all' as const, below: 0 }
  const empty = { definition: themeActivity, records: 0, usual: true, nil: null }
  expect(dueOf({ ...quiet, ledgers: [empty] }).map((d) => d.id)).toEqual(['empty'])
  expect(dueOf({ ...quiet, ledgers: [{ ...empty, nil }] })).toEqual([])
  const overtaken = { ...nil, speaks: 'self' as const, below: 1 }
  expect(dueOf({ ...quiet, ledgers: [{ ...empty, nil: overtaken }] })).toHaveLength(1)
  expect(dueOf({ ...quiet, ledgers: [{ ...empty, usual: false }] })).toEqual([])
})

test('what comes first is what is latest', () => {
  expect(leftUntil('2024-06-07', '2024-06-10')).toEqual({ words: '过期 3 天', late: true })
  expect(leftUntil('2024-06-18', '2024-06-10')).toEqual({ words: '还有 8 天', late: false })
  expect(leftUntil(null, '2024-06-10')).toBeNull()
})

test('records that break a rule are due, ledger by ledger, with the way to them', () => {
  const broken = [{ id: 'electionResult', title: '换届选举', count: 2 }]
  expect(dueOf({ ...quiet, broken }).map((d) => [d.title, d.deed])).toEqual([
    ['换届选举有 2 条记录不合规则', { kind: 'broken', ledger: 'electionResult' }],
  ])
  expect(dueOf({ ...quiet, broken: [] })).toEqual([])
})
