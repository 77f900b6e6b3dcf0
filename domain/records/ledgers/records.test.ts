import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import * as contract from './contract.ts'
import { enterRecords } from './enter.ts'
import { routes } from './handlers.ts'

let world: TestWorld
let tree: Tree
let secretary: Actor
let neighbour: Actor
let reader: Actor

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  secretary = at('north', 'manager')
  neighbour = at('south', 'manager')
  reader = at('north', 'reader')
})
afterAll(() => world.close())

const at = (name: TreeName, role: 'manager' | 'reader'): Actor => {
  const { id, countyId, path } = tree[name]
  return actorWith([{ orgId: id, countyId, path, role }], `${tree[name].name}的人`)
}

function call<E extends Endpoint>(
  actor: Actor,
  endpoint: E,
  input: Partial<Call<E>>,
  key: string | null = null,
): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input, key)
}

type Body = Input<typeof contract.createRecord>['body']
const planting = (more: Partial<Body> = {}): Body => ({
  day: '2024-03-12',
  title: '植树活动',
  orgId: tree.willow.id,
  personTimes: 32,
  ...more,
})
const record = (body: Body, ledger = 'themeActivity', actor = secretary, key: string | null = null) =>
  call(actor, contract.createRecord, { params: { ledger }, body }, key)
const open = (id: string, actor = secretary) => call(actor, contract.getRecord, { params: { id } })
const list = (
  query: Input<typeof contract.listRecords>['query'],
  ledger = 'themeActivity',
  actor = secretary,
) => call(actor, contract.listRecords, { params: { ledger }, query })
const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error) => error.problems.map((p: { field: string }) => p.field),
  )

describe('recording', () => {
  test('answers with the sentence that goes into the summary', async () => {
    const made = await record(planting({ fields: { kind: '植树', leadersPresent: '是' } }))
    expect(made).toMatchObject({
      version: 1,
      sentence: '3月12日，柳河村团支部开展植树活动，党政领导到场参加，32人次参加',
    })
    const seen = await open(made.id)
    expect(seen).toMatchObject({
      fields: { kind: 'treePlanting', leadersPresent: true },
      org: { name: '柳河村团支部', path: tree.willow.path },
      mine: true,
    })
    expect(seen.history.map((h) => [h.verb, h.by])).toEqual([['record', '青石镇的人']])
  })

  test('is refused outside the scope, and by a post that only reads', async () => {
    await expect(record(planting(), 'themeActivity', neighbour)).rejects.toMatchObject({ kind: 'notFound' })
    await expect(record(planting(), 'themeActivity', reader)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test.each([
    ['a day to come', { day: '2024-06-19' }, ['day']],
    ['a day before the organisation', { day: '2019-12-31' }, ['day']],
    ['no day', { day: '2024-02-30' }, ['day']],
    ['an end before the start', { dayTo: '2024-03-11' }, ['dayTo']],
    ['no name', { title: ' ' }, ['title']],
    [
      'unknown and wrong fields',
      { fields: { colour: '红', beneficiaries: '很多' } },
      ['colour', 'beneficiaries'],
    ],
    [
      'fewer people than names',
      { personTimes: 1, participants: [{ name: '甲' }, { name: '乙' }] },
      ['personTimes'],
    ],
    ['an unknown person', { participants: [{ personId: newId() }] }, ['participants.0']],
    ['an unknown role', { participants: [{ name: '甲', role: 'king' }] }, ['participants.0']],
    ['an unknown host', { hosts: [newId()] }, ['hosts']],
  ])('names the fault: %s', async (_what, more, fields) => {
    expect(await problemsOf(record(planting(more)))).toEqual(fields)
  })

  test('happens once for an id, and once for a key', async () => {
    const id = newId()
    const first = await record(planting({ id, title: '离线记的' }))
    expect(await record(planting({ id, title: '离线记的' }))).toEqual(first)
    await expect(record(planting({ id, orgId: tree.north.id }))).rejects.toMatchObject({ kind: 'invalid' })
    const key = newId()
    const keyed = await record(planting({ title: '按键一次' }), 'themeActivity', secretary, key)
    expect(await record(planting({ title: '按键一次' }), 'themeActivity', secretary, key)).toEqual(keyed)
    expect((await list({ where: '{"title":"离线记的,按键一次"}' })).total).toBe(2)
    expect((await open(id)).history).toHaveLength(1)
  })

  test('two attempts at the same moment are one record', async () => {
    const id = newId()
    const body = planting({ id, title: '同时' })
    const [a, b] = await Promise.all([record(body), record(body)])
    expect(a).toEqual(b)
    expect((await list({ where: '{"title":"同时"}' })).total).toBe(1)
  })

  test('a month stands as its first day, and a record without a name is named by its rule', async () => {
    const made = await record(
      { day: '2024-03-20', orgId: tree.willow.id, fields: { owedAmount: '120.5', paidAmount: 100 } },
      'dues',
    )
    expect(await open(made.id)).toMatchObject({ day: '2024-03-01', dayPrecision: 'month', title: '3月团费' })
    expect(made.sentence).toBe('3月，柳河村团支部应缴团费120.5元，实缴团费100元')
  })

  test('the names count as attendances when nobody states a number', async () => {
    const participants = [{ name: '甲' }, { name: '乙' }, { name: '丙' }]
    const made = await record(planting({ personTimes: null, participants }))
    expect((await open(made.id)).personTimes).toBe(3)
  })
})

describe('changing', () => {
  test('raises the version and keeps what was', async () => {
    const { id } = await record(planting())
    const body = { version: 1, personTimes: 35, fields: { place: '村口', kind: 'treePlanting' } }
    const changed = await call(secretary, contract.changeRecord, { params: { id }, body })
    expect(changed.version).toBe(2)
    expect(changed.sentence).toContain('在村口开展植树活动，35人次参加')
    const [, entry] = (await open(id)).history
    expect(entry?.changes).toEqual([
      { field: 'personTimes', title: '参加人次', before: '32', after: '35' },
      { field: 'kind', title: '活动类型', before: '', after: '植树' },
      { field: 'place', title: '地点', before: '', after: '村口' },
    ])
  })

  test('of a version that is no longer the latest is a conflict; nulls empty a field', async () => {
    const { id } = await record(planting({ fields: { place: '村口' } }))
    const change = (version: number) =>
      call(secretary, contract.changeRecord, { params: { id }, body: { version, fields: { place: null } } })
    await change(1)
    await expect(change(1)).rejects.toMatchObject({ kind: 'conflict', code: 'changedMeanwhile' })
    expect((await open(id)).fields).toEqual({})
  })

  test('a counted number follows the names, a stated one stays', async () => {
    const participants = [{ name: '甲' }, { name: '乙' }]
    const counted = await record(planting({ personTimes: null, participants }))
    const stated = await record(planting({ personTimes: 9, participants }))
    const add = (id: string) =>
      call(secretary, contract.changeRecord, {
        params: { id },
        body: { version: 1, participants: [...participants, { name: '丙' }] },
      })
    const before = (await open(counted.id)).participants.map((p) => p.id)
    await add(counted.id)
    await add(stated.id)
    const after = await open(counted.id)
    expect([after.personTimes, (await open(stated.id)).personTimes]).toEqual([3, 9])
    expect(after.participants.map((p) => p.id)).toEqual(expect.arrayContaining(before))
  })

  test('voiding takes a record out of the list, restoring brings it back', async () => {
    const { id } = await record(planting({ title: '记错的' }))
    const where = '{"title":"记错的"}'
    await expect(
      call(neighbour, contract.voidRecord, { params: { id }, body: { reason: '不是我的' } }),
    ).rejects.toMatchObject({ kind: 'notFound' })
    await call(secretary, contract.voidRecord, { params: { id }, body: { reason: '重复' } })
    expect([(await list({ where })).total, (await list({ where, voided: 'yes' })).total]).toEqual([0, 1])
    expect(await open(id)).toMatchObject({ voidReason: '重复', version: 2 })
    await expect(
      call(secretary, contract.changeRecord, { params: { id }, body: { version: 2, title: '改名' } }),
    ).rejects.toMatchObject({ code: 'voided' })
    await call(secretary, contract.restoreRecord, { params: { id } })
    expect((await list({ where })).total).toBe(1)
  })
})

describe('listing', () => {
  beforeAll(async () => {
    const at = (day: string, more: Partial<Body>) => record({ ...planting(), day, ...more }, 'volunteering')
    await at('2024-01-05', { title: '扫雪', personTimes: 10, fields: { kind: 'disaster', hours: 20 } })
    await at('2024-03-05', {
      title: '敬老',
      personTimes: 5,
      fields: { kind: 'elderCare', hours: 7.5, place: '敬老院' },
    })
    await at('2024-05-04', { orgId: tree.class1.id, title: '植树', personTimes: 40, fields: { trees: 80 } })
  })
  const titles = async (query: Input<typeof contract.listRecords>['query']) =>
    (await list(query, 'volunteering')).rows.map((r) => r.title)

  test('by period, organisation, field, text and order, with the figures of the filter', async () => {
    expect(await titles({})).toEqual(['植树', '敬老', '扫雪'])
    expect(await titles({ from: '2024-03-01', to: '2024-03-31' })).toEqual(['敬老'])
    expect(await titles({ org: tree.school.id })).toEqual(['植树'])
    expect(await titles({ depth: '0' })).toEqual([])
    expect(await titles({ where: '{"kind":"敬老助残,应急抢险"}', sort: 'day' })).toEqual(['扫雪', '敬老'])
    expect(await titles({ where: '{"hours":"10..30"}' })).toEqual(['扫雪'])
    expect(await titles({ text: '敬老院' })).toEqual(['敬老'])
    expect(await titles({ sort: '-hours' })).toEqual(['扫雪', '敬老', '植树'])
    const { figures } = await list({}, 'volunteering')
    expect(figures).toMatchObject({ count: 3, personTimes: 55 })
    expect(figures.sums.filter((s) => s.value !== null)).toEqual([
      { field: 'hours', title: '服务时长', unit: '小时', value: 27.5 },
      { field: 'trees', title: '植树数量', unit: '棵', value: 80 },
    ])
  })

  test('pages, and refuses a filter that the ledger does not have', async () => {
    const second = await list({ page: 2, size: 2 }, 'volunteering')
    expect([second.total, second.rows.map((r) => r.title)]).toEqual([3, ['扫雪']])
    await expect(list({ where: '{"colour":"红"}' }, 'volunteering')).rejects.toThrow('不能按“colour”筛选')
    await expect(list({}, 'blood')).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('shows nothing of others', async () => {
    expect((await list({}, 'volunteering', neighbour)).total).toBe(0)
    await expect(list({ org: tree.north.id }, 'volunteering', neighbour)).rejects.toMatchObject({
      kind: 'notFound',
    })
  })

  test('exports what it lists', async () => {
    const input = {
      params: { ledger: 'volunteering' },
      query: { format: 'csv' as const, from: '2024-03-01' },
    }
    const file = (await call(secretary, contract.exportRecords, input)) as { name: string; body: Uint8Array }
    const lines = new TextDecoder().decode(file.body).trim().split('\r\n')
    expect([file.name, lines.length]).toEqual(['志愿服务 2024-03-01 至 2024-06-18.csv', 3])
    expect(lines[1]).toContain('2024-03-05,柳河村团支部,敬老,5,敬老助残')
  })

  test('offers what was written before, and the counts of the ledgers', async () => {
    const offered = await call(secretary, contract.getSuggestions, {
      params: { ledger: 'volunteering' },
      query: { orgId: tree.willow.id },
    })
    expect([offered.titles, offered.fields.place]).toEqual([['敬老', '扫雪'], ['敬老院']])
    const { ledgers } = await call(secretary, contract.listLedgers, { query: {} })
    expect(ledgers.find((l) => l.definition.id === 'volunteering')).toMatchObject({
      records: 3,
      personTimes: 55,
      lastDay: '2024-05-04',
    })
  })
})

describe('a joint record', () => {
  test('stands in both lists, and once above both; another county sees it through its mirror', async () => {
    const body = planting({ title: '联合登山', hosts: [tree.district.id, tree.peach.id], personTimes: 60 })
    const { id, sentence } = await record(body)
    expect(sentence).toContain('联合桃源村团支部、江北区')
    const where = '{"title":"联合登山"}'
    const seen = async (name: TreeName) => {
      const { total, figures } = await list({ org: tree[name].id, where }, 'themeActivity', everywhere())
      return [total, figures.personTimes]
    }
    for (const name of ['willow', 'north', 'peach', 'south', 'county', 'district', 'city'] as const)
      expect([name, await seen(name)]).toEqual([name, [1, 60]])
    expect(await seen('plum')).toEqual([0, null])
    expect(await open(id, at('district', 'reader'))).toMatchObject({
      org: { name: '柳河村团支部' },
      mine: false,
    })
    await call(secretary, contract.voidRecord, { params: { id }, body: { reason: '没有办成' } })
    expect([await seen('district'), await seen('county')]).toEqual([
      [0, null],
      [0, null],
    ])
  })

  test('is refused in a ledger that knows none', async () => {
    const body = {
      day: '2024-03-01',
      title: '大会',
      orgId: tree.willow.id,
      fields: { kind: 'branchMeeting' },
    }
    expect(await problemsOf(record({ ...body, hosts: [tree.peach.id] }, 'meeting'))).toEqual(['hosts'])
  })
})

describe('nothing this period', () => {
  const half = { from: '2024-01-01', to: '2024-06-30' }
  const declare = (ledger: string) => call(secretary, contract.declareNil, { params: { ledger }, body: half })

  test('is declared where there is nothing, and withdrawn', async () => {
    const { id } = await declare('award')
    const nilOf = async () =>
      (await call(secretary, contract.listLedgers, { query: half })).ledgers.find(
        (l) => l.definition.id === 'award',
      )?.nil
    expect(await nilOf()).toEqual({ id, ...half })
    await expect(call(neighbour, contract.withdrawNil, { params: { id } })).rejects.toMatchObject({
      kind: 'notFound',
    })
    await call(secretary, contract.withdrawNil, { params: { id } })
    expect(await nilOf()).toBeNull()
  })

  test('is refused where there are records', async () => {
    await expect(declare('volunteering')).rejects.toThrow('已有 3 条记录')
  })
})

describe('attachments', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
  const upload = (id: string, bytes: Uint8Array, name = '合影.png') =>
    call(secretary, contract.addAttachments, {
      params: { id },
      uploads: [{ name, mediaType: 'image/png', bytes }],
    })

  test('are kept, shown to those who may read the record, and removed', async () => {
    const { id } = await record(planting({ title: '有照片' }))
    const { attachments } = await upload(id, png, '../../合影')
    const [photo] = attachments
    expect(photo).toMatchObject({ name: '合影.png', mediaType: 'image/png', size: png.length })
    expect((await list({ photos: true })).rows.map((r) => r.title)).toEqual(['有照片'])
    const read = (actor: Actor) => call(actor, contract.getAttachment, { params: { id: photo?.id ?? '' } })
    expect(await read(reader)).toMatchObject({ inline: true, body: Buffer.from(png) })
    await expect(read(neighbour)).rejects.toMatchObject({ kind: 'notFound' })
    await call(secretary, contract.removeAttachment, { params: { id: photo?.id ?? '' } })
    await expect(read(reader)).rejects.toMatchObject({ kind: 'notFound' })
    expect((await open(id)).history.map((h) => h.verb)).toEqual(['record', 'attach', 'detach'])
  })

  test('that are not what they say, or too large, are refused', async () => {
    const { id } = await record(planting())
    await expect(upload(id, new TextEncoder().encode('<script>'))).rejects.toMatchObject({
      code: 'attachment',
    })
    const large = new Uint8Array(20 * 1024 * 1024 + 1)
    large.set(png)
    await expect(upload(id, large)).rejects.toMatchObject({ code: 'attachment' })
  })
})

describe('the desk', () => {
  test('shows the latest records, and who below has been silent', async () => {
    await record({ ...planting(), day: '2024-06-17', orgId: tree.class1.id, title: '昨天的' })
    const { records } = await call(secretary, contract.recentRecords, { query: { limit: 1 } })
    expect(records[0]).toMatchObject({ title: '昨天的', ledgerTitle: '主题活动' })
    const { since, orgs } = await call(secretary, contract.silentOrgs, { query: {} })
    expect([since, orgs.map((o) => [o.name, o.lastDay])]).toEqual([
      '2024-05-19',
      [['柳河村团支部', '2024-03-12']],
    ])
  })
})

describe('entering many', () => {
  test('writes the good rows and names the faults of the others', async () => {
    const drafts = Array.from({ length: 1500 }, (_, i) => ({
      orgId: tree.plum.id,
      day: i === 7 ? '2019-01-01' : '2024-02-01',
      title: `第${i}篇`,
      fields: { reads: i },
    }))
    const { written, problems } = await inTransaction(world.services, (ctx) =>
      enterRecords(ctx, 'publicity', drafts),
    )
    expect([written.filter((w) => w !== null).length, problems.map((p) => p.row)]).toEqual([1499, [7]])
    const { figures } = await list({}, 'publicity', neighbour)
    expect(figures).toMatchObject({
      count: 1499,
      sums: [{ field: 'reads', value: 1124243 }, { value: null }],
    })
  })

  test('says what would happen, and writes nothing', async () => {
    const drafts = [{ orgId: tree.willow.id, day: '2024-02-01', title: '试一试' }]
    const tried = await inTransaction(world.services, (ctx) =>
      enterRecords(ctx, 'publicity', drafts, { dryRun: true }),
    )
    expect(tried.problems).toEqual([])
    expect((await list({}, 'publicity')).total).toBe(0)
  })
})
