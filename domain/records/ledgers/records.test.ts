import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../../kernel/id.ts'
import { createApp } from '../../../kernel/serve.ts'
import {
  type ListQuery,
  plantRecordWorld,
  type RecordBody,
  type RecordWorld,
} from '../../../test/worlds/records.ts'
import * as contract from './contract.ts'
import { routes } from './handlers.ts'

let w: RecordWorld

beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

const record = (body: RecordBody, ledger = 'themeActivity', actor = w.secretary, key: string | null = null) =>
  w.call(actor, contract.createRecord, { params: { ledger }, body }, key)
const open = (id: string, actor = w.secretary) => w.call(actor, contract.getRecord, { params: { id } })
const list = (query: ListQuery, ledger = 'themeActivity', actor = w.secretary) =>
  w.call(actor, contract.listRecords, { params: { ledger }, query })
const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error) => error.problems.map((p: { field: string }) => p.field),
  )

describe('recording', () => {
  test('answers with the sentence that goes into the summary', async () => {
    const made = await record(w.planting({ fields: { kind: '植树', leadersPresent: '是' } }))
    expect(made).toMatchObject({
      version: 1,
      sentence: '3月12日，柳河村团支部开展植树活动，党政领导到场参加，32人次参加',
    })
    const seen = await open(made.id)
    expect(seen).toMatchObject({
      fields: { kind: 'treePlanting', leadersPresent: true },
      org: { name: '柳河村团支部', path: w.tree.willow.path },
      mine: true,
    })
    expect(seen.history.map((h) => [h.verb, h.by])).toEqual([['record', '青石镇的人']])
  })

  test('is refused where an ID number stands in its words, wherever and however it is written', async () => {
    const number = '99010120010101109' // with X, its check character
    const spaced = `证件 990101 20010101 109X，另有3人、990101-20010101-109x、9901012001\u200b0101109X`
    for (const text of [
      `张三${number}X`,
      `证件：${number}x。`,
      `（９９０１０１２００１０１０１１０９Ｘ）`,
      spaced,
    ]) {
      expect(await problemsOf(record(w.planting({ title: text })))).toEqual(['title'])
      expect(await problemsOf(record(w.planting({ fields: { place: text } })))).toEqual(['place'])
      expect(await problemsOf(record(w.planting({ participants: [{ name: text }] })))).toEqual([
        'participants.0',
      ])
    }
    // Other long numbers: another check character, no day, more digits.
    for (const text of [
      `${number}1`,
      '999999999999999999',
      `1${number}X1`,
      '2024-03-12 至 2024.04.15 共18天',
    ])
      expect(await problemsOf(record(w.planting({ fields: { place: text } })))).toEqual([])
  })

  test('is refused outside the scope, and by a post that only reads', async () => {
    await expect(record(w.planting(), 'themeActivity', w.neighbour)).rejects.toMatchObject({
      kind: 'notFound',
    })
    await expect(record(w.planting(), 'themeActivity', w.reader)).rejects.toMatchObject({ kind: 'forbidden' })
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
    ['an unknown person', { participants: [{ personId: newId() }] }, ['participants.0.personId']],
    ['an unknown role', { participants: [{ name: '甲', role: 'king' }] }, ['participants.0']],
    ['an unknown host', { hosts: [newId()] }, ['hosts']],
  ])('names the fault: %s', async (_what, more, fields) => {
    expect(await problemsOf(record(w.planting(more)))).toEqual(fields)
  })

  test('happens once for an id, and once for a key', async () => {
    const id = newId()
    const first = await record(w.planting({ id, title: '离线记的' }))
    expect(await record(w.planting({ id, title: '离线记的' }))).toEqual(first)
    await expect(record(w.planting({ id, orgId: w.tree.north.id }))).rejects.toMatchObject({
      kind: 'conflict',
    })
    const key = newId()
    const keyed = await record(w.planting({ title: '按键一次' }), 'themeActivity', w.secretary, key)
    expect(await record(w.planting({ title: '按键一次' }), 'themeActivity', w.secretary, key)).toEqual(keyed)
    expect((await list({ where: '{"title":"离线记的,按键一次"}' })).total).toBe(2)
    expect((await open(id)).history).toHaveLength(1)
  })

  test('two attempts at the same moment are one record', async () => {
    const id = newId()
    const body = w.planting({ id, title: '同时' })
    const [a, b] = await Promise.all([record(body), record(body)])
    expect(a).toEqual(b)
    expect((await list({ where: '{"title":"同时"}' })).total).toBe(1)
  })

  test('a month stands as its first day, and a record without a name is named by its rule', async () => {
    const made = await record(
      { day: '2024-03-20', orgId: w.tree.willow.id, fields: { owedAmount: '120.5', paidAmount: 100 } },
      'dues',
    )
    expect(await open(made.id)).toMatchObject({ day: '2024-03-01', dayPrecision: 'month', title: '3月团费' })
    expect(made.sentence).toBe('3月，柳河村团支部应缴团费120.5元，实缴团费100元')
  })

  test('the names count as attendances when nobody states a number', async () => {
    const participants = [{ name: '甲' }, { name: '乙' }, { name: '丙' }]
    const made = await record(w.planting({ personTimes: null, participants }))
    expect((await open(made.id)).personTimes).toBe(3)
  })
})

describe('changing', () => {
  test('raises the version and keeps what was', async () => {
    const { id } = await record(w.planting())
    const body = { version: 1, personTimes: 35, fields: { place: '村口', kind: 'treePlanting' } }
    const changed = await w.call(w.secretary, contract.changeRecord, { params: { id }, body })
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
    const { id } = await record(w.planting({ fields: { place: '村口' } }))
    const change = (version: number) =>
      w.call(w.secretary, contract.changeRecord, {
        params: { id },
        body: { version, fields: { place: null } },
      })
    await change(1)
    await expect(change(1)).rejects.toMatchObject({ kind: 'conflict', code: 'changedMeanwhile' })
    expect((await open(id)).fields).toEqual({})
  })

  test('a counted number follows the names, a stated one stays', async () => {
    const participants = [{ name: '甲' }, { name: '乙' }]
    const counted = await record(w.planting({ personTimes: null, participants }))
    const stated = await record(w.planting({ personTimes: 9, participants }))
    const add = (id: string) =>
      w.call(w.secretary, contract.changeRecord, {
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
    const { id } = await record(w.planting({ title: '记错的' }))
    const where = '{"title":"记错的"}'
    await expect(
      w.call(w.neighbour, contract.voidRecord, { params: { id }, body: { reason: '不是我的' } }),
    ).rejects.toMatchObject({ kind: 'notFound' })
    await w.call(w.secretary, contract.voidRecord, { params: { id }, body: { reason: '重复' } })
    expect([(await list({ where })).total, (await list({ where, voided: 'yes' })).total]).toEqual([0, 1])
    expect(await open(id)).toMatchObject({ voidReason: '重复', version: 2 })
    await expect(
      w.call(w.secretary, contract.changeRecord, { params: { id }, body: { version: 2, title: '改名' } }),
    ).rejects.toMatchObject({ code: 'voided' })
    await w.call(w.secretary, contract.restoreRecord, { params: { id } })
    expect((await list({ where })).total).toBe(1)
  })
})

test('over HTTP an empty number stays empty and a zero stays zero', async () => {
  const app = await createApp({
    services: w.world.services,
    routes,
    actorOf: async () => w.secretary,
    version: 'test',
  })
  const headers = { authorization: 'Bearer token' }
  const post = (body: RecordBody) =>
    app.inject({ method: 'POST', url: '/api/ledgers/themeActivity/records', headers, payload: body })
  const seen = async (body: RecordBody) => {
    const id = (await post(body)).json().id
    return (await app.inject({ url: `/api/records/${id}`, headers })).json()
  }
  const empty = await seen(
    w.planting({ personTimes: null, dayTo: null, fields: { beneficiaries: 0, withOfficers: false } }),
  )
  expect(empty).toMatchObject({
    personTimes: null,
    dayTo: null,
    batchId: null,
    fields: { beneficiaries: 0, withOfficers: false },
    sentence: '3月12日，柳河村团支部开展植树活动，服务0人次',
  })
  expect(await seen(w.planting({ personTimes: 0 }))).toMatchObject({ personTimes: 0 })
  const listed = await app.inject({ url: '/api/ledgers/themeActivity/records?photos=false&size=1', headers })
  expect(listed.json()).toMatchObject({ rows: [{ ledger: 'themeActivity' }] })
  const { definition } = (await app.inject({ url: '/api/ledgers', headers })).json().ledgers[0]
  expect(definition.fields.length).toBeGreaterThan(3)
  await app.close()
})
