/** Measures that look beyond the rows of a period, in the ledgers that declare them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Output } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import { getEvidence, getFigure } from '../../indicators/contract.ts'
import { routes as indicatorRoutes } from '../../indicators/handlers.ts'
import { listRecords } from './contract.ts'
import type { LedgerDefinition } from './definition.ts'
import { enterRecords } from './enter.ts'
import { faultsOf } from './faults.ts'
import { routes as recordRoutes } from './handlers.ts'
import { builtInLedgers } from './registry.ts'
import type { RecordDraft } from './rules.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

type Draft = Omit<RecordDraft, 'orgId'> & { at: TreeName }

async function enter(ledger: string, drafts: Draft[]): Promise<void> {
  const rows = drafts.map(({ at, ...draft }) => ({ ...draft, orgId: tree[at].id }))
  const { problems } = await inTransaction(world.services, (ctx) => enterRecords(ctx, ledger, rows))
  expect(problems).toEqual([])
}

interface Asked {
  org?: TreeName
  where?: Record<string, string>
  from?: string
  to?: string
  asOf?: string
}

const queryOf = (measure: string, { org = 'county', where, asOf, ...period }: Asked) => ({
  measure,
  org: tree[org].id,
  ...(asOf ? { asOf } : { from: '2024-01-01', to: '2024-06-30', ...period }),
  ...(where && { where: JSON.stringify(where) }),
})

function ask(measure: string, asked: Asked = {}): Promise<Output<typeof getFigure>> {
  const found = indicatorRoutes.find((r) => r.endpoint.id === getFigure.id) as Route<typeof getFigure>
  return run(world.services, everywhere(), found, { query: queryOf(measure, asked) })
}

const value = async (measure: string, asked: Asked = {}) => (await ask(measure, asked)).value

async function titles(measure: string, part: string, asked: Asked = {}): Promise<(string | null)[]> {
  const found = indicatorRoutes.find((r) => r.endpoint.id === getEvidence.id) as Route<typeof getEvidence>
  const { columns, rows } = await run(world.services, everywhere(), found, {
    query: { ...queryOf(measure, asked), part },
  })
  const at = columns.findIndex(({ id }) => id === 'title' || id === 'name')
  return rows.map((r) => r.cells[at] ?? null).sort()
}

describe('readings of a day', () => {
  beforeAll(() => {
    const read = (at: TreeName, day: string, title: string, followers: number): Draft => ({
      at,
      day,
      title,
      fields: { platform: 'wechat', followers },
    })
    return enter('mediaChannel', [
      read('county', '2023-11-30', '云溪青年', 900),
      read('county', '2023-12-28', '云溪青年', 1000),
      read('county', '2024-03-31', '云溪青年', 1150),
      read('county', '2024-06-14', '云溪青年', 1260),
      read('north', '2024-05-10', '青石青年', 80),
      read('district', '2024-05-10', '云溪青年', 7),
    ])
  })

  test('the last of each account counts, on or before the day', async () => {
    expect(await value('mediaChannel.followers')).toBe(1340)
    expect(await value('mediaChannel.followers', { asOf: '2024-04-30' })).toBe(1150)
    expect(await value('mediaChannel.followers', { asOf: '2023-12-01' })).toBe(900)
    expect(await titles('mediaChannel.followers', 'rows')).toEqual(['云溪青年', '青石青年'])
  })

  test('growth is last less first, of accounts that were read before', async () => {
    const grown = await ask('mediaChannel.newFollowers')
    expect(grown.value).toBe(260)
    expect(grown.evidence.parts.map(({ role, value: of, count }) => [role, of, count])).toEqual([
      ['now', 1260, 1],
      ['before', 1000, 1],
    ])
    expect(await value('mediaChannel.newFollowers', { from: '2024-04-01' })).toBe(110)
  })

  test('without an earlier reading there is no growth, and none is invented', async () => {
    expect(await value('mediaChannel.newFollowers', { org: 'north' })).toBeNull()
  })
})

describe('rows that last', () => {
  beforeAll(() => {
    const firm = (at: TreeName, day: string, title: string, fields: Record<string, unknown>): Draft => ({
      at,
      day,
      title,
      fields: { kind: 'chamber', ...fields } as Draft['fields'],
    })
    return enter('enterprise', [
      firm('county', '2021-05-01', '甲', { industry: 'primary', birth: '1990-07-01' }),
      firm('north', '2023-05-01', '乙', { industry: 'secondary', birth: '1984-03-01' }),
      firm('north', '2024-02-01', '丙', { industry: 'primary', birth: '1995-12-01' }),
      firm('south', '2020-05-01', '丁', { industry: 'tertiary', leftOn: '2024-03-31' }),
      { ...firm('south', '2019-05-01', '戊', {}), fields: { kind: 'ruralElite', industry: 'tertiary' } },
    ])
  })

  test('stand until they end; what came in the period is another number', async () => {
    const chamber = { kind: 'chamber' }
    expect(await value('enterprise.count', { where: chamber })).toBe(3)
    expect(await value('enterprise.count', { where: chamber, asOf: '2024-03-30' })).toBe(4)
    expect(await value('enterprise.count', { where: chamber, asOf: '2024-03-31' })).toBe(3)
    expect(await value('enterprise.added')).toBe(1)
    expect(await value('enterprise.count', { org: 'district' })).toBeNull()
  })

  test('are listed as they stand; who asks for an end sees those that ended', async () => {
    const found = recordRoutes.find((r) => r.endpoint.id === listRecords.id) as Route<typeof listRecords>
    const list = async (where: Record<string, string> = {}) => {
      const query = {
        org: tree.county.id,
        from: '2024-01-01',
        to: '2024-06-30',
        where: JSON.stringify(where),
      }
      const params = { ledger: 'enterprise' }
      const { rows } = await run(world.services, everywhere(), found, { params, query })
      return rows.map((r) => r.title).sort()
    }
    expect(await list()).toEqual(['丙', '乙', '戊', '甲'])
    expect(await list({ leftOn: '*' })).toEqual(['丁'])
  })

  test('may be older than the organisation that lists them', async () => {
    expect(await value('enterprise.count', { asOf: '2019-12-31' })).toBeNull()
    expect(await value('enterprise.count', { org: 'south', where: { kind: 'ruralElite' } })).toBe(1)
  })

  test('have an age on the day, in full years', async () => {
    const { value: mean, evidence } = await ask('enterprise.averageAge', { where: { kind: 'chamber' } })
    expect([mean, evidence.count]).toEqual([(33 + 40 + 28) / 3, 3])
    expect(await value('enterprise.averageAge', { org: 'north', to: '2024-12-31' })).toBe((40 + 29) / 2)
  })

  test('cover so many of the options', async () => {
    const all = await ask('enterprise.industryCoverage')
    expect([all.value, all.exact]).toEqual([100, '3/3'])
    const some = await ask('enterprise.industryCoverage', { where: { kind: 'chamber' } })
    expect([some.exact, some.display]).toEqual(['2/3', '66.7%'])
    expect(await titles('enterprise.industryCoverage', 'denominator')).toEqual([
      '第一产业',
      '第三产业',
      '第二产业',
    ])
  })
})

describe('coverage of the organisations below', () => {
  beforeAll(() =>
    enter('youthHome', [
      { at: 'willow', day: '2022-09-01', title: '柳河青年之家', fields: { kind: 'home' } },
      { at: 'county', day: '2021-09-01', title: '县青年之家', fields: { kind: 'home' } },
      { at: 'peach', day: '2020-09-01', title: '桃源旧屋', fields: { kind: 'room', closedOn: '2023-01-01' } },
    ]),
  )

  test('a town counts by what stands anywhere below it, and by nothing above', async () => {
    const { exact, display, evidence } = await ask('youthHome.townCoverage')
    expect([exact, display]).toEqual(['1/2', '50%'])
    expect(evidence.parts.map((p) => p.role)).toEqual(['numerator', 'denominator'])
    expect(await titles('youthHome.townCoverage', 'denominator')).toEqual(['白鹭镇', '青石镇'])
    expect((await ask('youthHome.townCoverage', { asOf: '2022-12-31' })).exact).toBe('2/2')
  })
})

describe('months in a row', () => {
  beforeAll(() =>
    enter(
      'studyCheckIn',
      ['2023-10-05', '2023-12-20', '2024-01-08', '2024-01-30', '2024-02-11', '2024-04-02'].map((day) => ({
        at: 'willow' as const,
        day,
        title: '打卡',
        personTimes: 5,
      })),
    ),
  )

  test('are counted back from the last, over the turn of the year', async () => {
    expect(await value('studyCheckIn.monthsInARow', { to: '2024-03-31' })).toBe(3)
    expect(await value('studyCheckIn.monthsInARow')).toBe(1)
    expect(await value('studyCheckIn.monthsInARow', { asOf: '2023-11-30' })).toBe(1)
    expect(await value('studyCheckIn.monthsInARow', { org: 'south' })).toBeNull()
  })
})

test('issue 1 of one organisation is not issue 1 of another', async () => {
  const post = (at: TreeName, day: string, issue: string): Draft => ({
    at,
    day,
    title: '质检员',
    fields: { issue, posts: 3 },
  })
  await enter('jobPost', [
    post('north', '2024-02-01', '第1期'),
    post('north', '2024-02-01', '第1期'),
    post('south', '2024-02-05', '第1期'),
  ])
  expect([await value('jobPost.issues'), await value('jobPost.issues', { org: 'north' })]).toEqual([2, 1])
})

test('a share whose whole is in another ledger', async () => {
  const recital = { contest: '清溪杯', level: 'city' }
  await enter('contest', [
    { at: 'county', day: '2024-04-01', title: '决赛', fields: { ...recital, groups: 4 } },
  ])
  await enter(
    'award',
    ['小学组', '初中组', '初中组'].map((group, i) => ({
      at: 'county' as const,
      day: '2024-04-02',
      title: `奖${i}`,
      fields: { ...recital, group, grade: i === 2 ? 'first' : 'special' },
    })),
  )
  const { exact, display } = await ask('award.topGroupShare', { where: recital })
  expect([exact, display]).toEqual(['2/4', '50%'])
})

test.each([
  ['measures.m.kind', { id: 'm', kind: 'guess' }],
  ['measures.m.field', { id: 'm', kind: 'reading', field: 'note' }],
  ['measures.m.field', { id: 'm', kind: 'age', field: 'bonus' }],
  ['measures.m.field', { id: 'm', kind: 'streak', field: 'day' }],
  ['measures.m.numerator', { id: 'm', kind: 'coverage', numerator: 'bonus' }],
  ['standing.until', null],
])('a fault of these kinds is named: %s', (place, measure) => {
  const award = builtInLedgers.find((d) => d.id === 'award')
  const wrong = measure
    ? { measures: [...(award?.measures ?? []), { title: '某', unit: '人', definition: '某', ...measure }] }
    : { standing: { until: 'note' } }
  const broken = { ...award, ...wrong } as LedgerDefinition
  expect(faultsOf(broken).map((f) => f.field)).toContain(place)
})
