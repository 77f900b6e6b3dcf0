import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import {
  type ListQuery,
  plantRecordWorld,
  type RecordBody,
  type RecordWorld,
} from '../../../test/worlds/records.ts'
import { everywhere, inTransaction, type TreeName } from '../../../test/worlds/tree.ts'
import * as contract from './contract.ts'
import { enterRecords } from './enter.ts'
import { exportRecords } from './exportContract.ts'
import { getFilterFigures } from './figuresContract.ts'
import { answerHost } from './hostsContract.ts'

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

describe('listing', () => {
  beforeAll(async () => {
    const at = (day: string, more: Partial<RecordBody>) =>
      record({ ...w.planting(), day, ...more }, 'volunteering')
    await at('2024-01-05', { title: '扫雪', personTimes: 10, fields: { kind: 'disaster', hours: 20 } })
    await at('2024-03-05', {
      title: '敬老',
      personTimes: 5,
      fields: { kind: 'elderCare', hours: 7.5, place: '敬老院' },
    })
    await at('2024-05-04', { orgId: w.tree.class1.id, title: '植树', personTimes: 40, fields: { trees: 80 } })
  })
  const titles = async (query: ListQuery) => (await list(query, 'volunteering')).rows.map((r) => r.title)

  test('by period, organisation, field, text and order, with the figures of the filter', async () => {
    expect(await titles({})).toEqual(['植树', '敬老', '扫雪'])
    expect(await titles({ from: '2024-03-01', to: '2024-03-31' })).toEqual(['敬老'])
    expect(await titles({ org: w.tree.school.id })).toEqual(['植树'])
    expect(await titles({ depth: '0' })).toEqual([])
    expect(await titles({ where: '{"kind":"敬老助残,应急抢险"}', sort: 'day' })).toEqual(['扫雪', '敬老'])
    expect(await titles({ where: '{"hours":"10..30"}' })).toEqual(['扫雪'])
    expect(await titles({ text: '敬老院' })).toEqual(['敬老'])
    expect(await titles({ sort: '-hours' })).toEqual(['扫雪', '敬老', '植树'])
    const { figures } = await list({}, 'volunteering')
    expect(figures).toMatchObject({ count: 3, personTimes: 55 })
    const asked = { params: { ledger: 'volunteering' }, query: {} }
    expect(await w.call(w.secretary, getFilterFigures, asked)).toEqual(figures)
    expect((await list({ figures: 'no' }, 'volunteering')).figures).toMatchObject({ count: 3, sums: [] })
    expect(figures.sums.filter((s) => s.value !== null)).toEqual([
      { field: 'hours', title: '服务时长', unit: '小时', value: 27.5 },
      { field: 'trees', title: '植树数量', unit: '棵', value: 80 },
    ])
  })

  test('by fields left empty or filled, parts of a text, and any of several values at once', async () => {
    expect(await titles({ where: '{"hours":"空"}' })).toEqual(['植树'])
    expect(await titles({ where: '{"hours":"*"}' })).toEqual(['敬老', '扫雪'])
    expect(await titles({ where: '{"place":"~老"}' })).toEqual(['敬老'])
    expect(await titles({ where: '{"kind":"!敬老助残"}' })).toEqual(['植树', '扫雪'])
    await record(
      { ...w.planting(), personTimes: null, fields: { aspects: ['members', 'aid'], partner: '河口村' } },
      'pairing',
    )
    const held = async (aspects: string) =>
      (await list({ where: JSON.stringify({ aspects }) }, 'pairing')).total
    expect(
      await Promise.all(['困难帮扶', 'members,business', '创业发展', '!business', '空'].map(held)),
    ).toEqual([1, 1, 0, 1, 0])
  })

  test('pages, and refuses a filter that the ledger does not have', async () => {
    const second = await list({ page: 2, size: 2 }, 'volunteering')
    expect([second.total, second.rows.map((r) => r.title)]).toEqual([3, ['扫雪']])
    for (const sort of ['day', '-day', 'hours', '-hours', 'place', 'title', '-personTimes', 'org']) {
      const whole = await titles({ sort })
      const each = await Promise.all([1, 2, 3, 4].map((page) => titles({ sort, page, size: 1 })))
      expect(each).toEqual([...whole.map((title) => [title]), []])
    }
    await expect(list({ where: '{"colour":"红"}' }, 'volunteering')).rejects.toThrow('不能按“colour”筛选')
    await expect(list({}, 'blood')).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('by an organisation by id, code, name or path; what lies beyond reach is as nothing', async () => {
    const { willow, class1, peach } = w.tree
    const by = (org: string) => titles({ where: JSON.stringify({ org }), sort: 'day' })
    for (const words of [willow.id, willow.code, '柳河村团支部', '青石镇/柳河村团支部'])
      expect([words, await by(words)]).toEqual([words, ['扫雪', '敬老']])
    expect(await by(`!${willow.code}`)).toEqual(['植树'])
    expect(await by(`${willow.code}，一班团支部`)).toEqual(['扫雪', '敬老', '植树'])
    expect(await by(`${willow.id},${class1.id}`)).toEqual(['扫雪', '敬老', '植树'])
    expect(await by('*')).toHaveLength(3)
    expect(await by('空')).toEqual([])
    for (const beyond of [peach.id, peach.code, '桃源村团支部', '没有的支部', newId()])
      await expect(by(beyond)).rejects.toMatchObject({
        kind: 'notFound',
        message: expect.stringContaining(`没有找到组织“${beyond}”`),
      })
    await expect(by('~柳河')).rejects.toThrow('不能只写一部分')
  })

  test('shows nothing of others', async () => {
    expect((await list({}, 'volunteering', w.neighbour)).total).toBe(0)
    await expect(list({ org: w.tree.north.id }, 'volunteering', w.neighbour)).rejects.toMatchObject({
      kind: 'notFound',
    })
  })

  test('exports what it lists', async () => {
    const input = {
      params: { ledger: 'volunteering' },
      query: { format: 'csv' as const, from: '2024-03-01' },
    }
    const file = (await w.call(w.secretary, exportRecords, input)) as {
      name: string
      body: Uint8Array
    }
    const lines = new TextDecoder().decode(file.body).trim().split('\r\n')
    expect([file.name, lines.length]).toEqual(['志愿服务 2024-03-01 至 2024-06-18.csv', 3])
    expect(lines[1]).toContain('2024-03-05,柳河村团支部,敬老,5,敬老助残')
  })

  test('offers what was written before, and the counts of the ledgers', async () => {
    const offered = await w.call(w.secretary, contract.getSuggestions, {
      params: { ledger: 'volunteering' },
      query: { orgId: w.tree.willow.id },
    })
    expect([offered.titles, offered.fields.place]).toEqual([['敬老', '扫雪'], ['敬老院']])
    const { ledgers } = await w.call(w.secretary, contract.listLedgers, { query: {} })
    expect(ledgers.find((l) => l.definition.id === 'volunteering')).toMatchObject({
      records: 3,
      personTimes: 55,
      lastDay: '2024-05-04',
    })
  })
})

describe('a joint record', () => {
  test('stands in both lists, and once above both; another county sees it through its mirror', async () => {
    const body = w.planting({
      title: '联合登山',
      hosts: [w.tree.district.id, w.tree.peach.id],
      personTimes: 60,
    })
    const { id, sentence } = await record(body)
    expect(sentence).not.toContain('联合桃源村团支部')
    for (const host of ['district', 'peach'] as const)
      await w.call(w.at(host, 'manager'), answerHost, {
        params: { id, orgId: w.tree[host].id },
        body: { answer: 'agree', version: 1 },
      })
    expect((await open(id)).sentence).toContain('联合桃源村团支部、江北区')
    const where = '{"title":"联合登山"}'
    const seen = async (name: TreeName) => {
      const { total, figures } = await list({ org: w.tree[name].id, where }, 'themeActivity', everywhere())
      return [total, figures.personTimes]
    }
    for (const name of ['willow', 'north', 'peach', 'south', 'county', 'district', 'city'] as const)
      expect([name, await seen(name)]).toEqual([name, [1, 60]])
    expect(await seen('plum')).toEqual([0, null])
    expect(await open(id, w.at('district', 'reader'))).toMatchObject({
      org: { name: '柳河村团支部' },
      mine: false,
    })
    await w.call(w.secretary, contract.voidRecord, { params: { id }, body: { reason: '没有办成' } })
    expect([await seen('district'), await seen('county')]).toEqual([
      [0, null],
      [0, null],
    ])
  })

  test('is refused in a ledger that knows none', async () => {
    const body = {
      day: '2024-03-01',
      title: '大会',
      orgId: w.tree.willow.id,
      fields: { kind: 'branchMeeting' },
    }
    await expect(record({ ...body, hosts: [w.tree.peach.id] }, 'meeting')).rejects.toMatchObject({
      problems: [{ field: 'hosts' }],
    })
  })
})

describe('nothing this period', () => {
  const half = { from: '2024-01-01', to: '2024-06-30' }
  const declare = (ledger: string) =>
    w.call(w.secretary, contract.declareNil, { params: { ledger }, body: half })

  test('is declared where there is nothing, and withdrawn', async () => {
    const { id } = await declare('award')
    const nilOf = async () =>
      (await w.call(w.secretary, contract.listLedgers, { query: half })).ledgers.find(
        (l) => l.definition.id === 'award',
      )?.nil
    expect(await nilOf()).toEqual({ id, ...half, speaks: 'all', below: 0 })
    await expect(w.call(w.neighbour, contract.withdrawNil, { params: { id } })).rejects.toMatchObject({
      kind: 'notFound',
    })
    await w.call(w.secretary, contract.withdrawNil, { params: { id } })
    expect(await nilOf()).toBeNull()
  })

  test('is refused where there are records', async () => {
    await expect(declare('volunteering')).rejects.toThrow('已有 3 条记录')
  })
})

describe('attachments', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = (id: string, bytes: Uint8Array, name = '合影.png') =>
    w.call(w.secretary, contract.addAttachments, {
      params: { id },
      uploads: [{ name, mediaType: 'image/png', bytes }],
    })

  test('are kept, shown to those who may read the record, and removed', async () => {
    const { id } = await record(w.planting({ title: '有照片' }))
    const { attachments } = await upload(id, png, '../../合影')
    const [photo] = attachments
    expect(photo).toMatchObject({ name: '合影.png', mediaType: 'image/png' })
    expect((await list({ photos: true })).rows.map((r) => r.title)).toEqual(['有照片'])
    const read = (actor: Actor) => w.call(actor, contract.getAttachment, { params: { id: photo?.id ?? '' } })
    expect(await read(w.reader)).toMatchObject({ inline: true, mediaType: 'image/png' })
    await expect(read(w.neighbour)).rejects.toMatchObject({ kind: 'notFound' })
    await w.call(w.secretary, contract.removeAttachment, { params: { id: photo?.id ?? '' } })
    await expect(read(w.reader)).rejects.toMatchObject({ kind: 'notFound' })
    expect((await open(id)).history.map((h) => h.verb)).toEqual(['record', 'attach', 'detach'])
  })

  test('that are not what they say, or too large, are refused', async () => {
    const { id } = await record(w.planting())
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
    await record({ ...w.planting(), day: '2024-06-17', orgId: w.tree.class1.id, title: '昨天的' })
    const { records } = await w.call(w.secretary, contract.recentRecords, { query: { limit: 1 } })
    expect(records[0]).toMatchObject({ title: '昨天的', ledgerTitle: '主题活动' })
    const { since, orgs } = await w.call(w.secretary, contract.silentOrgs, { query: {} })
    expect([since, orgs.map((o) => [o.name, o.lastDay])]).toEqual([
      '2024-05-19',
      [['柳河村团支部', '2024-03-12']],
    ])
  })
})

describe('entering many', () => {
  test('writes the good rows and names the faults of the others', async () => {
    const drafts = Array.from({ length: 1500 }, (_, i) => ({
      orgId: w.tree.plum.id,
      day: i === 7 ? '2019-01-01' : '2024-02-01',
      title: `第${i}篇`,
      fields: { reads: i },
    }))
    const { written, problems } = await inTransaction(w.world.services, (ctx) =>
      enterRecords(ctx, 'publicity', drafts),
    )
    expect([written.filter((w) => w !== null).length, problems.map((p) => p.row)]).toEqual([1499, [7]])
    const { figures } = await list({}, 'publicity', w.neighbour)
    expect(figures.count).toBe(1499)
    expect(figures.sums.filter((s) => s.value !== null)).toMatchObject([{ field: 'reads', value: 1124243 }])
  })

  test('says what would happen, and writes nothing', async () => {
    const drafts = [{ orgId: w.tree.willow.id, day: '2024-02-01', title: '试一试' }]
    const tried = await inTransaction(w.world.services, (ctx) =>
      enterRecords(ctx, 'publicity', drafts, { dryRun: true }),
    )
    expect(tried.problems).toEqual([])
    expect((await list({}, 'publicity')).total).toBe(0)
  })
})
