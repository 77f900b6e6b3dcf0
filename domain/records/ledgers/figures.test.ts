/** What the ledgers declare, asked through the one figure query. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Output } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import { getFigure } from '../../indicators/contract.ts'
import { routes as indicatorRoutes } from '../../indicators/handlers.ts'
import { enterMember } from '../../structure/memberships/contract.ts'
import { routes as memberRoutes } from '../../structure/memberships/handlers.ts'
import { changeRecord, declareNil, voidRecord } from './contract.ts'
import { enterRecords } from './enter.ts'
import { routes } from './handlers.ts'
import type { RecordDraft } from './rules.ts'

let world: TestWorld
let tree: Tree
const people: Record<string, string> = {}

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  for (const [name, sex] of [
    ['王小禾', 'male'],
    ['李清溪', 'female'],
    ['赵望舒', 'female'],
  ] as const)
    people[name] = await admit(name, sex)
})
afterAll(() => world.close())

async function admit(name: string, sex: string): Promise<string> {
  const found = memberRoutes.find((r) => r.endpoint.id === enterMember.id) as Route<typeof enterMember>
  const body = { orgId: tree.willow.id, person: { name, sex }, startReason: 'roster', from: '2022-01' }
  const { personId } = await run(world.services, everywhere(), found, { body: body as never })
  return personId
}

type Draft = Omit<RecordDraft, 'orgId'> & { at: TreeName }

async function enter(ledger: string, drafts: Draft[]): Promise<string[]> {
  const rows = drafts.map(({ at, ...draft }) => ({ ...draft, orgId: tree[at].id }))
  const { written, problems } = await inTransaction(world.services, (ctx) => enterRecords(ctx, ledger, rows))
  expect(problems).toEqual([])
  return written.map((w) => w?.id ?? '')
}

interface Asked {
  org?: TreeName
  where?: Record<string, string>
  group?: string
  from?: string
  to?: string
}

function ask(
  measure: string,
  { org = 'north', where, ...more }: Asked = {},
): Promise<Output<typeof getFigure>> {
  const found = indicatorRoutes.find((r) => r.endpoint.id === getFigure.id) as Route<typeof getFigure>
  const query = {
    measure,
    org: tree[org].id,
    from: '2024-01-01',
    to: '2024-06-30',
    digest: 'yes' as const,
    ...more,
  }
  return run(world.services, everywhere(), found, {
    query: { ...query, ...(where && { where: JSON.stringify(where) }) },
  })
}
const value = async (measure: string, asked: Asked = {}) => (await ask(measure, asked)).value

describe('activities', () => {
  let ids: string[]
  beforeAll(async () => {
    const named = (...names: string[]) => names.map((name) => ({ personId: people[name] ?? '' }))
    ids = await enter('themeActivity', [
      {
        at: 'willow',
        day: '2024-03-12',
        title: '植树',
        participants: named('王小禾', '李清溪'),
        fields: { kind: 'treePlanting', occasion: 'treeDay', leadersPresent: true },
      },
      {
        at: 'willow',
        day: '2024-05-04',
        title: '入团仪式',
        participants: named('李清溪', '赵望舒'),
        fields: { kind: 'admissionCeremony', occasion: 'youthDay' },
        hosts: [tree.peach.id, tree.class1.id, tree.district.id],
      },
      {
        at: 'south',
        day: '2024-06-01',
        title: '庆六一',
        personTimes: 50,
        fields: { occasion: 'childrensDay' },
      },
    ])
  })

  test('count once above all who held them, and in each of them', async () => {
    const counts = (org: TreeName) =>
      Promise.all(['count', 'personTimes', 'people'].map((m) => value(`themeActivity.${m}`, { org })))
    expect(await counts('north')).toEqual([2, 4, 3])
    expect(await counts('south')).toEqual([2, 52, 2])
    expect(await counts('county')).toEqual([3, 54, 3])
    expect(await counts('district')).toEqual([1, 2, 2])
    expect(await counts('city')).toEqual([3, 54, 3])
    const byChild = await ask('themeActivity.count', { org: 'county', group: 'org' })
    expect([byChild.groups?.map((g) => g.value), byChild.overlap]).toEqual([[2, 2], 1])
  })

  test('people are at least those who are named, and missing where nobody is', async () => {
    expect((await ask('themeActivity.people', { org: 'north' })).bound).toBeUndefined()
    expect(await ask('themeActivity.people', { org: 'south' })).toMatchObject({ value: 2, bound: 'atLeast' })
    const nobody = await ask('themeActivity.people', { org: 'south', where: { occasion: 'childrensDay' } })
    expect(nobody).toMatchObject({ value: null, missing: true })
    expect(await value('themeActivity.people', { where: { sex: '女' } })).toBe(2)
  })

  test('answer with a date, a choice, a month', async () => {
    expect(await value('themeActivity.day', { where: { kind: '植树', leadersPresent: '是' } })).toBe(
      '2024-03-12',
    )
    expect(await value('themeActivity.name', { where: { occasion: '六一儿童节' }, org: 'south' })).toBe(
      '庆六一',
    )
    await expect(ask('themeActivity.day')).rejects.toMatchObject({ code: 'severalValues' })
    const months = await ask('themeActivity.count', { group: 'month', org: 'county' })
    expect(months.groups?.map((g) => [g.key, g.value])).toEqual([
      ['2024-03', 1],
      ['2024-05', 1],
      ['2024-06', 1],
    ])
  })

  test('a month is said as a month, an anniversary as its number', async () => {
    await enter('volunteering', [
      {
        at: 'willow',
        day: '2024-03-05',
        title: '学雷锋',
        fields: { occasion: '学雷锋日', withOfficers: '是' },
      },
    ])
    await enter('themeActivity', [
      { at: 'plum', day: '2024-05-05', title: '庆建团', fields: { occasion: '建团', anniversary: 102 } },
    ])
    expect(await value('volunteering.month', { where: { occasion: 'leiFengDay', withOfficers: '是' } })).toBe(
      '3月',
    )
    expect(await value('themeActivity.anniversary', { org: 'plum', where: { occasion: '建团纪念日' } })).toBe(
      102,
    )
  })

  test('a voided row leaves exactly its figures', async () => {
    const before = await ask('themeActivity.personTimes')
    const found = routes.find((r) => r.endpoint.id === voidRecord.id) as Route<typeof voidRecord>
    const input = { params: { id: ids[0] ?? '' }, body: { reason: '试' } }
    await run(world.services, everywhere(), found, input)
    expect([await value('themeActivity.personTimes'), await value('themeActivity.people')]).toEqual([2, 2])
    expect(await value('themeActivity.personTimes', { org: 'south' })).toBe(52)
    expect(before.evidence.digest).not.toBe((await ask('themeActivity.personTimes')).evidence.digest)
  })

  test('a host that is taken off the record loses it', async () => {
    const found = routes.find((r) => r.endpoint.id === changeRecord.id) as Route<typeof changeRecord>
    const input = { params: { id: ids[1] ?? '' }, body: { version: 1, hosts: [tree.class1.id] } }
    await run(world.services, everywhere(), found, input)
    expect([
      await value('themeActivity.count', { org: 'south' }),
      await value('themeActivity.count'),
    ]).toEqual([2, 1])
    expect(await value('themeActivity.count', { org: 'district' })).toBeNull()
  })
})

describe('sums, ratios and roles', () => {
  beforeAll(async () => {
    const month = (day: string, owed: number, paid: number, inArrears: string[]): Draft => ({
      at: 'willow',
      day,
      fields: { owedAmount: owed, paidAmount: paid },
      participants: inArrears.map((name) => ({ personId: people[name] ?? '', role: 'arrears', amount: 3 })),
    })
    await enter('dues', [
      month('2024-01-01', 30, 27, ['王小禾']),
      month('2024-02-01', 30, 24, ['王小禾', '李清溪']),
    ])
    await enter('funding', [
      {
        at: 'north',
        day: '2024-02-01',
        title: '上级拨款',
        fields: { amount: 20000.5, source: 'allocation', use: 'venue' },
      },
      { at: 'north', day: '2024-03-01', title: '企业赞助', fields: { amount: 12600, source: 'enterprise' } },
      { at: 'north', day: '2024-04-01', title: '书架', fields: { amount: 300, direction: 'spending' } },
      {
        at: 'north',
        day: '2024-05-01',
        title: '活动室',
        fields: { kind: 'venue', functions: ['reading', 'fitness', 'publicity'] },
      },
    ])
  })

  test('people in arrears are people, whatever the months; money is exact', async () => {
    expect(await value('dues.arrearsPeople')).toBe(2)
    expect(await value('dues.arrearsPeople', { where: { sex: '女' } })).toBe(1)
    expect(await ask('dues.paidRate', { where: {} })).toMatchObject({ exact: '51/60', display: '85%' })
    expect(await value('dues.arrearsAmount')).toBe(9)
    expect(await ask('funding.raised')).toMatchObject({ value: 32600.5, evidence: { count: 2 } })
    expect(await value('funding.raised', { where: { use: '阵地建设' } })).toBe(20000.5)
    expect([await value('funding.spent'), await value('funding.sources')]).toEqual([300, 2])
    expect([
      await value('funding.venueFunctions'),
      await value('funding.count', { where: { 'functions.fitness': '是' } }),
    ]).toEqual([3, 1])
  })
})

describe('zero is not missing', () => {
  test('until somebody declares that there was nothing', async () => {
    expect(await ask('award.count')).toMatchObject({ value: null, missing: true })
    const found = routes.find((r) => r.endpoint.id === declareNil.id) as Route<typeof declareNil>
    const body = { orgId: tree.north.id, from: '2024-01-01', to: '2024-06-30' }
    await run(world.services, everywhere(), found, { params: { ledger: 'award' }, body })
    expect(await ask('award.count')).toMatchObject({ value: 0, missing: false })
    expect(await value('award.count', { org: 'south' })).toBeNull()
    await enter('award', [{ at: 'north', day: '2024-05-04', title: '优秀团支部' }])
    expect(await value('award.count')).toBe(1)
    expect(await value('award.count', { where: { level: '省级' } })).toBe(0)
  })
})
