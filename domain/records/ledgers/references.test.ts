import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/id.ts'
import type { Download } from '../../../kernel/route.ts'
import { matchedNames } from '../../../migrations/0021-record-references.ts'
import { type MergeWorld, plantMergeWorld } from '../../../test/worlds/merging.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import { type FigureQuestion, getFigure } from '../../indicators/contract.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import { mergeOrganisation } from '../../structure/restructuring/contract.ts'
import { compareRecords, mergeRecords, undoRecordMerge } from '../duplicates/contract.ts'
import * as contract from './contract.ts'
import { getLinked } from './linkedContract.ts'
import * as own from './own/contract.ts'

let w: MergeWorld
beforeAll(async () => {
  w = await plantMergeWorld()
})
afterAll(() => w.world.close())

const { createRecord, changeRecord, getRecord, searchRecords } = contract

type Fields = Record<string, unknown>
const enter = async (ledger: string, body: Partial<contract.RecordBody>, actor = w.at('north')) =>
  w.call(actor, createRecord, {
    params: { ledger },
    body: { day: '2024-03-12', orgId: w.tree.north.id, title: '某', ...body },
  })
const home = (title: string, actor = w.at('north'), orgId = w.tree.north.id) =>
  enter('youthHome', { day: '2023-01-01', title, orgId }, actor)
const activity = (fields: Fields, more: Partial<contract.RecordBody> = {}) =>
  enter('youthHomeActivity', { title: '读书会', fields, ...more })
const open = (id: string, actor = w.at('north')) => w.call(actor, getRecord, { params: { id } })
const meant = async (id: string) =>
  (await open(id)).references.map(({ field, id: what, title }) => [field, what, title])
const said = async (question: Parameters<typeof ask>[0]) => {
  const { value, bound = 'exact' } = await ask(question)
  return [value, bound]
}
const ask = ({ where, ...question }: Partial<FigureQuestion> & { measure: string }) =>
  w.call(w.at('north'), getFigure, {
    query: {
      org: w.tree.north.id,
      from: '2024-01-01',
      to: '2024-06-30',
      ...question,
      ...(where && { where: JSON.stringify(where) }),
    } as never,
  })

describe('a field that names a record', () => {
  test('means it by id, by name, and keeps the words as written', async () => {
    const { id } = await home('柳河青年之家')
    const byId = await activity({ home: id })
    const byName = await activity({ home: ' 柳河青年之家 ' })
    const chosen = await activity({ home: { id, name: '柳河之家' } })
    for (const one of [byId, byName, chosen])
      expect(await meant(one.id)).toEqual([['home', id, '柳河青年之家']])
    expect((await open(byId.id)).fields.home).toBe('柳河青年之家')
    expect((await open(chosen.id)).fields.home).toBe('柳河之家')
  })

  test('stays words where nothing bears them, several do, or nothing but words is meant', async () => {
    await home('同名之家')
    await home('同名之家')
    const { id } = await home('单名之家')
    for (const given of ['没有的之家', '同名之家', { name: '单名之家' }])
      expect(await meant((await activity({ home: given })).id)).toEqual([])
    expect(await meant((await activity({ home: '单名之家' })).id)).toEqual([['home', id, '单名之家']])
  })

  test('refuses an id that is not there and one of a neighbour in the same words', async () => {
    const theirs = await home('白鹭之家', w.at('south'), w.tree.south.id)
    const words = async (given: unknown) => {
      const error = await activity({ home: given }).catch((e: unknown) => e)
      return error instanceof Refusal ? error.problems.map((p) => p.reason) : 'done'
    }
    const refused = ['“活动阵地”没有找到这条记录']
    for (const id of [newId(), theirs.id]) {
      expect(await words(id)).toEqual(refused)
      expect(await words({ id, name: '白鹭之家' })).toEqual(refused)
    }
    // The name alone says nothing of what is there.
    expect(await meant((await activity({ home: '白鹭之家' })).id)).toEqual([])
    expect(await words({ id: 3 })).toEqual(['“活动阵地”应是名称，或从列表里选的一项'])
    expect(await words(['甲'])).toEqual(['“活动阵地”只能填一个值'])
  })

  test('keeps what it means through corrections of anything else, and loses it with its words', async () => {
    const { id: homeId } = await home('更正之家')
    const { id } = await activity({ home: { id: homeId, name: '老名字' } })
    const change = (fields: Fields, actor = w.at('north')) =>
      open(id).then(({ version }) =>
        w.call(actor, changeRecord, { params: { id }, body: { version, fields } }),
      )
    await change({ note: '甲' })
    await change({ home: '老名字' })
    expect(await meant(id)).toEqual([['home', homeId, '更正之家']])
    await change({ home: '另一处' })
    expect(await meant(id)).toEqual([])
    await change({ home: '更正之家' })
    expect(await meant(id)).toEqual([['home', homeId, '更正之家']])
    await change({ home: null })
    const { references, fields, history } = await open(id)
    expect([references, fields.home]).toEqual([[], undefined])
    expect(history.at(-1)?.changes).toEqual([
      { field: 'home', title: '活动阵地', before: '更正之家', after: '' },
    ])
  })

  test('may be left by who cannot reach it', async () => {
    const { id: homeId } = await home('镇上之家')
    const made = await activity({ home: homeId }, { orgId: w.tree.willow.id })
    const village = w.at('willow')
    expect((await open(made.id, village)).references).toEqual([
      { field: 'home', noun: 'record', id: homeId, title: null, about: '' },
    ])
    const body = { version: 1, fields: { home: { id: homeId, name: '镇上之家' }, note: '乙' } }
    await w.call(village, changeRecord, { params: { id: made.id }, body })
    expect(await meant(made.id)).toEqual([['home', homeId, '镇上之家']])
  })

  test('is found by typing a part, its pinyin or initials, within reach', async () => {
    const { id } = await home('荷塘青年之家')
    const found = async (q: string, actor = w.at('north')) =>
      (await w.call(actor, searchRecords, { params: { ledger: 'youthHome' }, query: { q } })).records.map(
        (r) => r.id,
      )
    for (const q of ['荷塘', 'hetang', 'ht', 'he tang']) expect(await found(q)).toContain(id)
    expect(await found('没有')).toEqual([])
    expect(await found('荷塘', w.at('south'))).toEqual([])
  })
})

describe('figures by what is named', () => {
  test('two names of one thing are one, and what is not known makes a bound', async () => {
    const { id } = await home('数数之家')
    const of = { orgId: w.tree.class1.id, day: '2024-05-04' }
    await activity({ home: id }, of)
    await activity({ home: { id, name: '数数' } }, of)
    const question = { measure: 'youthHomeActivity.count', org: w.tree.class1.id }
    const homes = { ...question, measure: 'youthHomeActivity.homes' }
    expect(await said({ ...question, where: { home: id } })).toEqual([2, 'exact'])
    expect((await ask(homes)).value).toBe(1)
    await activity({ home: '没有对上的' }, of)
    await activity({}, of)
    expect(await said({ ...question, where: { home: id } })).toEqual([2, 'atLeast'])
    // Asked by words, what is written decides, as before.
    expect(await said({ ...question, where: { home: '没有对上的' } })).toEqual([1, 'exact'])
    expect(await said({ ...question, where: { home: '~数数' } })).toEqual([2, 'exact'])
    expect(await said({ ...question, where: { home: '空' } })).toEqual([1, 'exact'])
    expect((await ask({ ...question, where: { 'home.known': '是' } })).value).toBe(2)
    expect((await ask(homes)).value).toBe(2)
    const { groups } = await ask({ ...question, group: 'home' })
    expect(groups?.map((g) => [g.label, g.value]).sort()).toEqual([
      ['数数之家', 2],
      ['未填写', 1],
      ['没有对上的（未对上）', 1],
    ])
  })
})

describe('what names a record', () => {
  test('is counted in its ledger, shown on its page, and only as far as one reaches', async () => {
    const { id } = await enter('aidProject', { title: '暖心小屋' })
    const other = await enter('aidProject', { title: '微心愿' })
    const money = (title: string, fields: Fields, more: Partial<contract.RecordBody> = {}) =>
      enter('funding', { title, fields: { kind: 'money', ...fields }, ...more })
    const first = await money('拨款', { project: id, amount: 3000, direction: 'income' })
    await money('捐款', { project: '暖心小屋', amount: 200.5 }, { day: '2024-04-01' })
    await money('买材料', { project: id, amount: 1000, direction: 'spending' })
    await money('别的', { project: other.id, amount: 7 })
    await money('没有写', { amount: 90_000 })
    const raised = { measure: 'aidProject.raised' }
    expect(await said(raised)).toEqual([3207.5, 'exact'])
    expect(await said({ ...raised, where: { project: id } })).toEqual([3200.5, 'exact'])
    expect(await said({ measure: 'aidProject.spent' })).toEqual([1000, 'exact'])
    await money('不知哪个', { project: '哪个项目', amount: 5 })
    expect(await said(raised)).toEqual([3207.5, 'atLeast'])
    const linked = (record: string, actor = w.at('north')) =>
      w.call(actor, getLinked, { params: { id: record } }).then(({ groups }) => groups)
    const [group] = await linked(id)
    expect(group).toMatchObject({ ledger: 'funding', field: 'project', count: 3 })
    expect(group?.sums).toEqual([
      { title: '关爱项目筹集', unit: '元', value: 3200.5, partial: false },
      { title: '关爱项目支出', unit: '元', value: 1000, partial: false },
    ])
    expect(group?.rows.map((r) => r.title)).toEqual(['捐款', '买材料', '拨款'])
    // A voided one counts no more; a neighbour sees neither.
    await w.call(w.at('north'), contract.voidRecord, { params: { id: first.id }, body: { reason: '重复' } })
    expect((await linked(id))[0]?.count).toBe(2)
    await expect(linked(id, w.at('south'))).rejects.toThrow('没有找到')
    // From a ledger whose rows last: what is declared may be missing where nothing names it.
    expect((await linked(await home('空的之家').then((h) => h.id)))[0]).toMatchObject({ count: 0, rows: [] })
  })

  test('follows it into the record that is kept, and back', async () => {
    const [one, two] = [await home('并入之家'), await home('并入之家')]
    const { id } = await activity({ home: two.id })
    const pair = { one: one.id, other: two.id }
    const { seen } = await w.call(w.at('north'), compareRecords, { params: pair })
    const { merge } = await w.call(w.at('north'), mergeRecords, {
      params: pair,
      body: { seen, keep: 'one' as const },
    })
    expect(await meant(id)).toEqual([['home', one.id, '并入之家']])
    // A list on a phone may be older.
    expect(await meant((await activity({ home: two.id })).id)).toEqual([['home', one.id, '并入之家']])
    await w.call(w.at('north'), undoRecordMerge, { params: { id: merge } })
    expect(await meant(id)).toEqual([['home', two.id, '并入之家']])
  })
})

describe('a field that names an organisation or a person', () => {
  test('finds the nearest by name or code', async () => {
    const one = await enter('pairing', { fields: { partner: '柳河村团支部' } })
    expect(await meant(one.id)).toEqual([['partner', w.tree.willow.id, '柳河村团支部']])
    const byCode = await enter('pairing', { fields: { partner: w.tree.willow.code } })
    expect(await meant(byCode.id)).toEqual([['partner', w.tree.willow.id, '柳河村团支部']])
    const outside = await enter('pairing', { fields: { partner: '桃源村团支部' } })
    expect(await meant(outside.id)).toEqual([])
  })

  test('of an organisation that was merged is its successor, under the name as written', async () => {
    const gone = await inTransaction(w.world.services, (ctx) =>
      openOrg(ctx, {
        parent: w.tree.north,
        name: '旧村团支部',
        type: 'branch',
        sector: 'village',
        on: '2020-01-01',
      }),
    )
    const { id } = await enter('pairing', { fields: { partner: '旧村团支部' } })
    expect(await meant(id)).toEqual([['partner', gone.id, '旧村团支部']])
    await w.call(w.at('county'), mergeOrganisation, {
      params: { id: gone.id },
      body: { into: w.tree.willow.id, on: '2024-05-01' },
    })
    expect(await meant(id)).toEqual([['partner', w.tree.willow.id, '柳河村团支部']])
    expect((await open(id)).fields.partner).toBe('旧村团支部')
  })

  test('knows a person who is a member there', async () => {
    const personId = await w.member('willow', { name: '柳如一' })
    const { id } = await enter('meeting', {
      orgId: w.tree.willow.id,
      fields: { kind: 'branchMeeting', chair: '柳如一' },
    })
    expect(await meant(id)).toEqual([['chair', personId, '柳如一']])
  })
})

test('old words are matched where only one thing near the record bears them', async () => {
  await home('县里的之家', w.at('county'), w.tree.county.id)
  const near = await home('早年之家')
  await home('两处之家')
  await home('两处之家')
  await w.member('willow', { name: '柳早年' })
  const old = [
    await activity({ home: '早年之家' }, { orgId: w.tree.willow.id }),
    await activity({ home: '两处之家' }),
    await activity({ home: '县里的之家' }),
    await enter('pairing', { fields: { partner: '柳河村团支部' } }),
    await enter('meeting', { orgId: w.tree.willow.id, fields: { kind: 'branchMeeting', chair: '柳早年' } }),
  ]
  await w.world.owner.deleteFrom('recordReference').execute()
  await matchedNames(w.world.owner as unknown as Kysely<unknown>)
  const found = await Promise.all(old.map(({ id }) => meant(id)))
  expect(found.map((all) => all.map(([field, , title]) => [field, title]))).toEqual([
    [['home', '早年之家']],
    [],
    // The township's superior is the county: what the county has is near.
    [['home', null]],
    [['partner', '柳河村团支部']],
    [['chair', '柳早年']],
  ])
  expect(found[0]?.[0]?.[1]).toBe(near.id)
})

test('an own ledger may name records of another, keeps that in its file, and may demand that they are known', async () => {
  const field = {
    id: 'hall',
    title: '哪个之家',
    type: 'record',
    ledger: 'youthHome',
    usedBy: '看用在哪',
    known: true,
  }
  const definition = {
    id: 'x',
    title: '借用登记',
    line: '服务青年',
    order: 900,
    about: '谁借用了哪一处',
    sheetTitles: [],
    measureWord: '次',
    name: { label: '事由' },
    day: { label: '日期' },
    roles: [],
    fields: [field],
    measures: [],
    sentences: [{ id: 'record', of: 'record', text: '{day}，{org}借用{hall}' }],
  }
  const { id, version } = await w.call(w.at('north'), own.createOwn, {
    body: { orgId: w.tree.north.id, definition } as never,
  })
  await w.call(w.at('north'), own.publishOwn, { params: { id }, body: { version } })
  const { id: hall } = await home('可借之家')
  const lent = await enter(id, { fields: { hall: '可借之家' } })
  expect(await meant(lent.id)).toEqual([['hall', hall, '可借之家']])
  await expect(enter(id, { fields: { hall: '没有登记的' } })).rejects.toMatchObject({
    problems: [{ field: 'hall', reason: '“哪个之家”的“没有登记的”对不上' }],
  })
  const { groups } = await w.call(w.at('north'), getLinked, { params: { id: hall } })
  expect(groups.find((g) => g.ledger === id)?.count).toBe(1)
  const file = await w.call(w.at('north'), own.downloadFile, { params: { ledger: id } })
  const kept = JSON.parse(Buffer.from((file as unknown as Download).body as Uint8Array).toString('utf8'))
  expect(kept.definition.fields[0]).toMatchObject({ type: 'record', ledger: 'youthHome', known: true })
})
