import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { book } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const records = () =>
  desk.world.owner
    .selectFrom('record')
    .select(['orgId', 'title', 'personTimes', 'fields'])
    .where('voidedAt', 'is', null)
    .orderBy('day')
    .execute()

describe('what offices put into columns of their own', () => {
  test('a column for money in and one for money out make one amount; both filled stop the row', async () => {
    const { south } = desk.tree
    const file = book([
      ['2024年上半年经费收支情况'],
      ['日期', '摘要', '收入', '支出', '资金来源'],
      ['2024-01-10', '下拨经费', '12,000.00', null, '上级拨款'],
      ['2024-03-12', '购苗', 0, 1860.5, null],
      ['2024-03-13', '退款', 10, 20, null],
      ['合计', null, 12010, 1880.5, null],
    ])
    const taken = await desk.take(file, south, { kind: 'funding', onlyGood: true })
    expect(await records()).toMatchObject([
      { title: '下拨经费', fields: { direction: 'income', amount: 12000, source: 'allocation' } },
      { title: '购苗', fields: { direction: 'spending', amount: 1860.5 } },
    ])
    expect(taken.rows.map((one) => [one.row, one.state])).toEqual([
      [3, 'new'],
      [4, 'new'],
      [5, 'refused'],
    ])
    expect(taken.totals).toMatchObject([{ equal: true }, { equal: true }])
  })

  test('镇团委 is the committee of the town; an honour is no organisation, whom it honours is', async () => {
    const { south, peach } = desk.tree
    const file = book([
      ['获奖集体（个人）', '获得荣誉', '颁奖单位', '表彰时间', '荣誉等级'],
      ['桃源村团支部', '五四红旗团支部', '团县委', '2024年4月', '县级'],
      ['镇团委', '五四红旗团委', '团市委', '2024年5月', '市级'],
    ])
    await desk.take(file, south, { kind: 'award' })
    expect(await records()).toMatchObject([
      { orgId: peach.id, title: '五四红旗团支部', fields: { level: 'county' } },
      { orgId: south.id, title: '五四红旗团委', fields: { level: 'city' } },
    ])
  })

  test('books are counted by their own word, people are not; more present than due is refused', async () => {
    const { south } = desk.tree
    const things = book([
      ['物品名称', '数量', '购置时间'],
      ['图书', '300册', '2024-04'],
      ['志愿者', '12人', '2024-05'],
    ])
    const bought = await desk.take(things, south, { kind: 'funding', onlyGood: true })
    expect(bought.rows.map((one) => one.state)).toEqual(['new', 'refused'])
    const meetings = book([
      ['会议类型', '时间', '应到', '实到'],
      ['支部大会', '2024-04-08', 5, 6],
      ['支委会', '2024-04-09', 5, 5],
    ])
    const { findings } = await desk.take(meetings, south, { kind: 'meeting' })
    expect(findings.map((one) => [one.severity, one.field])).toEqual([['error', 'personTimes']])
  })

  test('是否党员 says what 政治面貌 does; where they differ the row stops', async () => {
    const { south } = desk.tree
    const file = book([
      ['姓名', '性别', '团支部', '政治面貌', '是否党员'],
      ['王一苗', '女', '桃源村', null, '是'],
      ['王二苗', '男', '桃源村', '共青团员', '否'],
      ['王三苗', '男', '桃源村', '群众', '是'],
    ])
    const taken = await desk.take(file, south, { kind: 'members', onlyGood: true })
    expect(taken.rows.map((one) => one.state)).toEqual(['new', 'new', 'refused'])
    const traits = await desk.world.owner
      .selectFrom('personTrait')
      .innerJoin('person', 'person.id', 'personTrait.personId')
      .select(['person.name', 'personTrait.value'])
      .where('personTrait.trait', '=', 'party')
      .execute()
    expect(traits).toEqual([{ name: '王一苗', value: 'partyMember' }])
  })

  test('a number of order is no number of sessions; a day of closing ends the course', async () => {
    const { south } = desk.tree
    const rows = (first: string | number, second: string | number) =>
      book([
        ['期数', '课程名称', '开班日期', '结业日期', '任课教师', '取得证书人数'],
        [first, '家政服务培训', '2024-03-01', '2024-03-10', '周一新', 36],
        [second, '电工培训', '2024-04-01', '2024-04-08', '周二新', 25],
      ])
    const numbers = await desk.check(rows(3, 5), south, { kind: 'training' })
    expect(numbers.unmapped).toEqual([])
    const ordinal = await desk.take(rows('第1期', '第2期'), south, { kind: 'training' })
    expect(ordinal).toMatchObject({ written: true, unmapped: ['期数'] })
    expect((await records())[0]).toMatchObject({ fields: { certificates: 36 } })
  })

  test('a column that says it classes is known by its values; one that is changed or mixed is not', async () => {
    const { south } = desk.tree
    const sheet = (header: string, second: string) =>
      book([
        ['培训主题', '培训日期', header],
        ['团务知识', '2024-03-28', '培训班'],
        ['消防安全', '2024-04-28', second],
      ])
    const unmapped = async (header: string, second: string) =>
      (await desk.check(sheet(header, second), south, { kind: 'training' })).unmapped
    expect(await unmapped('培训方式', '讲座')).toEqual([])
    expect(await unmapped('原计划方式', '讲座')).toEqual(['原计划方式'])
    expect(await unmapped('培训方式', '自学')).toEqual(['培训方式'])
  })
})
