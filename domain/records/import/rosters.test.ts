import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { book, idOf, phoneOf } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const posts = () =>
  desk.world.owner
    .selectFrom('appointment as a')
    .innerJoin('person as p', (join) =>
      join.onRef('p.id', '=', 'a.personId').onRef('p.countyId', '=', 'a.countyId'),
    )
    .select(['p.name', 'a.personId', 'a.orgId', 'a.post', 'a.postTitle', 'a.validFrom', 'a.fromPrecision'])
    .where('a.voidedAt', 'is', null)
    .orderBy('p.name')
    .orderBy('a.postTitle')
    .execute()

describe('a roster of officers', () => {
  test('several posts in a cell are several posts of one person', async () => {
    const { south, peach } = desk.tree
    const file = book([
      ['白鹭镇团干部花名册'],
      ['姓名', '性别', '所在团组织', '团内职务', '任职时间', '兼任职务'],
      ['赵一鸣', '男', '桃源村团支部', '副书记兼组织委员', '2022年6月', '村文书'],
      ['钱晓', '女', '桃源村', '团支部书记', null, '白鹭镇团委委员'],
    ])
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ kind: 'officers', written: true, counts: { new: 2 } })
    const held = await posts()
    expect(
      held.map((one) => `${one.name} ${one.orgId} ${one.post} ${one.postTitle} ${one.fromPrecision}`).sort(),
    ).toEqual(
      [
        `赵一鸣 ${peach.id} deputySecretary 副书记 month`,
        `赵一鸣 ${peach.id} committeeMember 组织委员 month`,
        `钱晓 ${peach.id} secretary 书记 unknown`,
        `钱晓 ${south.id} committeeMember 委员 unknown`,
      ].sort(),
    )
    expect(new Set(held.map((one) => one.personId)).size).toBe(2)
    const again = await desk.take(file, south, { accepted: ['sameFile'] })
    expect(again.rows.map((one) => one.state)).toEqual(['confirm', 'confirm'])
  })

  test('a post names its own body; one that is not there is refused', async () => {
    const { south, plum } = desk.tree
    const file = book([
      ['姓名', '身份证号', '团内职务'],
      ['赵一鸣', idOf(1), '李家村团支部书记'],
      ['钱晓', idOf(2), '不知村团支部书记'],
    ])
    const report = await desk.take(file, south, { kind: 'officers', onlyGood: true })
    expect(report.rows.map((one) => one.state)).toEqual(['new', 'refused'])
    expect((await posts()).map((one) => [one.orgId, one.post])).toEqual([[plum.id, 'secretary']])
  })

  test('one person in two rows, known by the ID number, holds both posts', async () => {
    const { south } = desk.tree
    const file = book([
      ['姓名', '身份证号', '所在团组织', '职务'],
      ['赵一鸣', idOf(1), '桃源村团支部', '书记'],
      ['赵一鸣', idOf(1), '白鹭镇', '委员'],
      ['赵一鸣', idOf(1), '桃源村团支部', '书记'],
    ])
    const report = await desk.take(file, south, { onlyGood: true })
    expect(report.rows.map((one) => one.state)).toEqual(['new', 'new', 'refused'])
    expect(new Set((await posts()).map((one) => one.personId)).size).toBe(1)
  })

  test('a member of the branch is recognised by birth, never by the name alone', async () => {
    const { south } = desk.tree
    await desk.take(
      book([
        ['姓名', '性别', '出生日期', '所在团支部', '联系电话'],
        ['赵一鸣', '男', '2001-05-06', '桃源村', phoneOf(1)],
      ]),
      south,
    )
    const known = book([
      ['姓名', '出生年月', '所在团支部', '职务'],
      ['赵一鸣', '2001.05', '桃源村', '书记'],
    ])
    await desk.take(known, south)
    const [held] = await posts()
    const people = () => desk.world.owner.selectFrom('person').select('id').execute()
    expect((await people()).map((one) => one.id)).toEqual([held?.personId])
    const report = await desk.take(
      book([
        ['姓名', '所在团支部', '职务'],
        ['赵一鸣', '李家村', '书记'],
      ]),
      south,
    )
    expect(report.findings).toMatchObject([{ severity: 'warning', field: 'name', count: 1 }])
    expect(await people()).toHaveLength(2)
  })
})

const orgs = () =>
  desk.world.owner
    .selectFrom('orgSpan as s')
    .innerJoin('org as o', 'o.id', 's.orgId')
    .leftJoin('orgSpan as up', 'up.orgId', 's.parentId')
    .select([
      's.name',
      's.type',
      's.sector',
      'up.name as parent',
      'o.openedAt',
      'o.openedPrecision',
      'o.batchId',
    ])
    .where('o.batchId', 'is not', null)
    .orderBy('o.code')
    .execute()

describe('a list of organisations', () => {
  test('superiors that the sheet itself names come first', async () => {
    const file = book([
      ['白鹭镇团组织基本情况'],
      ['组织名称', '组织类型', '领域', '上级团组织', '成立时间', '团员人数'],
      ['二班团支部', '团支部', '学校', '白鹭中学团总支', '2021年9月', 30],
      ['白鹭中学团总支', '团总支', '学校', '白鹭镇', '2020-09-01', 60],
      ['新塘村团支部', null, null, null, null, 12],
      ['桃源村团支部', '团支部', '行政村', null, null, 9],
      ['合计', null, null, null, null, 111],
    ])
    const taken = await desk.take(file, desk.tree.south)
    expect(taken).toMatchObject({ kind: 'organisations', written: true, counts: { new: 3, unchanged: 1 } })
    expect(taken.totals).toMatchObject([{ field: 'memberCount', stated: 111, ours: 111, equal: true }])
    expect(await orgs()).toMatchObject([
      {
        name: '白鹭中学团总支',
        type: 'generalBranch',
        sector: 'school',
        parent: '白鹭镇',
        openedPrecision: 'day',
      },
      {
        name: '二班团支部',
        parent: '白鹭中学团总支',
        openedAt: '2021-09-01 00:00:00',
        openedPrecision: 'month',
      },
      { name: '新塘村团支部', type: 'branch', sector: 'village', openedPrecision: 'unknown' },
    ])
  })

  test('what cannot stand there is refused, and nothing is opened', async () => {
    const file = book([
      ['组织名称', '组织类型', '上级团组织', '成立时间'],
      ['新塘村团支部', '团支部', '桃源村团支部', null],
      ['旧塘村团支部', '团支部', '不知镇团委', null],
      ['古塘村团支部', '团支部', null, '2010年5月'],
    ])
    const report = await desk.take(file, desk.tree.south)
    expect(report.written).toBe(false)
    expect(report.rows.map((one) => [one.state, one.problems[0]?.field])).toEqual([
      ['refused', 'superior'],
      ['refused', 'superior'],
      ['refused', 'foundedOn'],
    ])
    expect(await orgs()).toEqual([])
  })
})
