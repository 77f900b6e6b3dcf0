import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { book, idOf, phoneOf } from './sheet/fixtures/build.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.world.close())

const HEADER = ['序号', '姓名', '性别', '身份证号', '所在团支部', '入团时间', '联系电话']

const members = () =>
  desk.world.owner
    .selectFrom('membership as m')
    .innerJoin('person as p', (join) =>
      join.onRef('p.id', '=', 'm.personId').onRef('p.countyId', '=', 'm.countyId'),
    )
    .select(['p.name', 'm.orgId', 'm.validFrom', 'm.fromPrecision'])
    .where('m.voidedAt', 'is', null)
    .orderBy('p.name')
    .execute()

describe('a roster of members', () => {
  test('is checked without writing, then taken over whole', async () => {
    const { south, peach, plum } = desk.tree
    const file = book([
      ['白鹭镇团员花名册'],
      HEADER,
      [1, '赵一鸣', '男', idOf(1), '桃源村团支部', '2018.5', phoneOf(1)],
      [2, '钱晓', '男', idOf(2), '桃源村', '2018年5月', phoneOf(2)],
      [3, '孙思远', '女', idOf(3), '共青团李家村支部', '2019-05-04', phoneOf(3)],
      ['合计', '3人', null, null, null, null, null],
    ])
    const checked = await desk.check(file, south)
    expect(checked.kind).toBe('members')
    expect(checked.rows.map((one) => [one.row, one.state, one.org])).toEqual([
      [3, 'new', '桃源村团支部'],
      [4, 'new', '桃源村团支部'],
      [5, 'new', '李家村团支部'],
    ])
    expect(await members()).toEqual([])
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ written: true, counts: { rows: 3, new: 3, refused: 0 } })
    expect((await members()).map((one) => [one.name, one.orgId])).toEqual([
      ['孙思远', plum.id],
      ['赵一鸣', peach.id],
      ['钱晓', peach.id],
    ])
  })
})
