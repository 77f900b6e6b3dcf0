import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Route, run } from '../../../kernel/route.ts'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { getFigure } from '../../indicators/contract.ts'
import { routes as indicatorRoutes } from '../../indicators/handlers.ts'
import { book, type Written } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

const records = () =>
  desk.world.owner
    .selectFrom('record')
    .select(['id', 'orgId', 'day', 'dayPrecision', 'dayTo', 'title', 'personTimes', 'fields'])
    .where('voidedAt', 'is', null)
    .orderBy('day')
    .orderBy('title')
    .execute()

const participants = () =>
  desk.world.owner
    .selectFrom('participation')
    .select(['name', 'role', 'personId', 'hours', 'amount'])
    .orderBy('role')
    .orderBy('name')
    .execute()

const ACTIVITIES = ['序号', '团支部', '活动名称', '活动时间', '活动地点', '参加人数', '活动类型', '联合单位']

const activities = (...rows: Written[][]) => book([['2024年上半年主题团日活动台账'], ACTIVITIES, ...rows])

describe('a ledger', () => {
  test('a column of what was achieved becomes quantities; words that count nothing are told and stop no row', async () => {
    const { south } = desk.tree
    const columns = ['团支部', '活动名称', '活动时间', '参加人数', '成果/数量']
    const file = book([
      ['主题团日活动台账'],
      columns,
      ['桃源村', '植树', '2024-03-12', 20, '义务植树400株、清理垃圾3吨'],
      ['李家村', '慰问', '2024-03-13', 5, '效果良好'],
      ['李家村', '宣讲', '2024-03-14', 5, null],
    ])
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ written: true, counts: { new: 3 }, unmapped: [] })
    expect(taken.findings).toMatchObject([
      { severity: 'warning', field: 'quantities', reason: '“效果良好”里没有数量，没有登记为成果' },
    ])
    const held = await desk.world.owner.selectFrom('record').select('quantities').orderBy('day').execute()
    expect(held.map((one) => one.quantities)).toEqual([
      [
        { what: '义务植树', amount: '400', unit: '株' },
        { what: '清理垃圾', amount: '3', unit: '吨' },
      ],
      null,
      null,
    ])
    expect(await desk.take(file, south, { accepted: ['sameFile'] })).toMatchObject({
      counts: { unchanged: 3 },
    })
  })

  test('rows become records of their branches; those without one stop', async () => {
    const { south, peach, plum } = desk.tree
    const file = activities(
      [1, '桃源村', '学雷锋', '3月5日', '文化广场', 20, '主题团日', null],
      [2, '李家村团支部', '植树', '2024年3月12日至3月14日', '后山', '30人', '植树', '桃源村团支部、县林业局'],
      ['合计', null, null, null, null, 50, null, null],
    )
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ kind: 'themeActivity', written: true, counts: { new: 2 } })
    expect(taken.totals).toMatchObject([{ stated: 50, ours: 50, equal: true }])
    expect(await records()).toMatchObject([
      { orgId: peach.id, day: '2024-03-05', title: '学雷锋', personTimes: 20, fields: { kind: 'themeDay' } },
      {
        orgId: plum.id,
        day: '2024-03-12',
        dayTo: '2024-03-14',
        personTimes: 30,
        fields: { kind: 'treePlanting' },
      },
    ])
    const hosts = await desk.world.owner.selectFrom('recordHost').select('orgId').execute()
    expect(hosts).toEqual([{ orgId: peach.id }])
    expect(taken.findings.map((one) => [one.severity, one.field])).toContainEqual(['warning', 'hosts'])
  })

  test('a column of states and one of a state’s day become a course; so does what we wrote ourselves', async () => {
    const file = book([
      ['借款人', '贷款用途', '所属村', '申请日期', '申请金额', '贷款金额', '办理情况', '放款日期'],
      ['张甲', '购茶苗', '桃源村', '2024-01-10', 50000, 40000, '已放款', '2024年3月5日'],
      ['李乙', '建棚', '桃源村', '2024-01-12', 50000, 30000, '已还清', '2024.4'],
      ['王丙', '备货', '桃源村', '2024-01-15', 50000, '', '审核中', ''],
      [
        '赵丁',
        '装修',
        '桃源村',
        '2024-01-16',
        50000,
        20000,
        '已申请；已发放 2024-04-02；已还清 2024-05-01',
        '',
      ],
      ['钱戊', '养鱼', '桃源村', '2024-02-16', 50000, 20000, '已发放', '2024-02-01'],
    ])
    const taken = await desk.take(file, desk.tree.south, { kind: 'loan', onlyGood: true })
    expect(taken.rows.filter((r) => r.state === 'refused')).toMatchObject([
      { problems: [{ reason: expect.stringContaining('早于') }] },
    ])
    const courses = (await records()).map((r) => r.fields.state)
    expect(courses).toEqual([
      [{ state: 'granted', on: '2024-03-05' }],
      [{ state: 'granted', on: '2024-04' }, { state: 'repaid' }],
      [{ state: 'applied' }],
      [{ state: 'applied' }, { state: 'granted', on: '2024-04-02' }, { state: 'repaid', on: '2024-05-01' }],
    ])
  })

  test('a column of our branches says where rows belong, whatever its header; what is not ours stops', async () => {
    const { south, peach, plum } = desk.tree
    const file = book([
      ['活动名称', '活动日期', '哪个支部办的', '指导单位'],
      ['学雷锋', '2024-03-05', '桃源村团支部', '李家村团支部'],
      ['植树', '2024-03-12', '李家村', '李家村团支部'],
      ['清明', '2024-04-03', '无名村团支部', '李家村团支部'],
    ])
    const taken = await desk.take(file, south, { kind: 'themeActivity', onlyGood: true })
    expect(taken.rows.map((one) => [one.row, one.state])).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'refused'],
    ])
    expect((await records()).map((one) => one.orgId)).toEqual([peach.id, plum.id])
    expect(taken.unmapped).toEqual(['指导单位'])
  })

  test('without a column for the day, the one in the title is asked about and never taken silently', async () => {
    const { south } = desk.tree
    const file = (title: string) =>
      book([
        [title],
        ['奖项名称', '获奖者', '级别'],
        ['优秀团员', '陈一', '县级'],
        ['优秀团干部', '林二', '县级'],
      ])
    const awards = file('2023年度南镇团委获奖情况')
    const asked = await desk.check(awards, south, { kind: 'award' })
    expect(asked.counts).toMatchObject({ rows: 2, confirm: 2, asking: 2, refused: 0 })
    expect(asked.findings).toMatchObject([
      { severity: 'confirm', field: 'day', accept: 'titleDay', count: 2, column: null },
    ])
    expect(asked.findings[0]?.reason).toContain('按表题记为 2023年')
    expect(await desk.take(awards, south, { kind: 'award' })).toMatchObject({ written: false })
    const taken = await desk.take(awards, south, { kind: 'award', accepted: ['titleDay'] })
    expect(taken).toMatchObject({ written: true, counts: { new: 2 } })
    expect(await records()).toMatchObject([
      { day: '2023-01-01', dayPrecision: 'year' },
      { day: '2023-01-01', dayPrecision: 'year' },
    ])
    const silent = await desk.check(file('获奖情况（截至2023年6月15日）'), south, { kind: 'award' })
    expect(silent.counts).toMatchObject({ refused: 2, confirm: 0 })
  })

  test('what stands already is passed over, a line repeated within a sheet needs a word', async () => {
    const { south } = desk.tree
    const first = [1, '桃源村', '学雷锋', '2024-03-05', '文化广场', 20, '主题团日', null]
    await desk.take(activities(first), south)
    const more = await desk.take(
      activities(first, [2, '桃源村', '植树', '2024-03-12', '后山', 30, '植树', null]),
      south,
    )
    expect(more.rows.map((one) => one.state)).toEqual(['unchanged', 'new'])
    const third = [3, '桃源村', '清明祭扫', '2024-04-04', '陵园', 30, null, null]
    const twice = await desk.take(activities(third, third), south)
    expect(twice.rows.map((one) => one.state)).toEqual(['new', 'confirm'])
    const agreed = await desk.take(activities(third, third), south, { accepted: ['sameRow'] })
    expect(agreed.counts.new).toBe(2)
  })

  test('a host of the League that cannot be found stops the row', async () => {
    const file = activities([1, '桃源村', '植树', '2024-03-12', '后山', 30, '植树', '李佳村团支部'])
    const report = await desk.check(file, desk.tree.south)
    expect(report.rows).toMatchObject([{ state: 'refused', problems: [{ field: 'hosts' }] }])
  })

  test('a blank branch is asked about, a sheet without the column is the organisation’s own', async () => {
    const { south } = desk.tree
    const blank = await desk.check(
      activities([1, null, '植树', '2024-03-12', '后山', 30, '植树', null]),
      south,
    )
    expect(blank.rows).toMatchObject([{ state: 'confirm' }])
    const own = book([
      ['活动名称', '活动时间', '参加人数'],
      ['植树', '2024-03-12', 30],
    ])
    const taken = await desk.take(own, south, { kind: 'themeActivity' })
    expect(taken.rows).toMatchObject([{ state: 'new', org: '白鹭镇' }])
  })

  test('names in a cell take part; those that one member alone bears there or below are known', async () => {
    const { south, peach, plum } = desk.tree
    await desk.take(
      book([
        ['姓名', '性别', '出生日期'],
        ['赵一鸣', '男', '2001-05-06'],
        ['孙双', '男', '2001-05-06'],
      ]),
      peach,
    )
    await desk.take(
      book([
        ['姓名', '性别', '出生日期'],
        ['孙双', '女', '2002-07-08'],
      ]),
      plum,
    )
    const file = book([
      ['开展单位', '活动主题', '活动日期', '参加人员'],
      ['桃源村', '学习', '2024-03-05', '赵一鸣、钱晓等12人'],
      ['白鹭镇', '会议', '2024-03-06', '赵一鸣'],
      ['白鹭镇', '座谈', '2024-03-07', '全体团员'],
      ['白鹭镇', '比赛', '2024-03-08', '孙双'],
    ])
    const taken = await desk.take(file, south, { kind: 'themeActivity' })
    expect(taken).toMatchObject({ written: true, counts: { new: 4 } })
    expect(JSON.stringify(taken.rows)).toMatch(
      /“孙双”有 2 个同名的团员（桃源村\S* 2001-05、李家村\S* 2002-07）/,
    )
    expect((await records()).map((one) => one.personTimes)).toEqual([12, 1, null, 1])
    const known = (await participants()).map((one) => `${one.name} ${one.personId !== null}`)
    expect(known.sort()).toEqual(['赵一鸣 true', '赵一鸣 true', '孙双 false', '钱晓 false'].sort())
  })
})

test('an ID number in the words of a sheet stops no row, is told and is kept nowhere', async () => {
  const file = book([
    ['主题团日活动台账'],
    ['团支部', '活动名称', '活动时间', '参加人数', '活动地点'],
    ['桃源村', '慰问赵一鸣（99010120010101109X）', '2024-03-12', 20, '证件99010120010101109x'],
  ])
  const taken = await desk.take(file, desk.tree.south)
  expect(taken).toMatchObject({ written: true, counts: { new: 1 } })
  expect(taken.findings.map(({ field, severity }) => [field, severity])).toEqual([
    ['title', 'warning'],
    ['place', 'warning'],
  ])
  const [held] = await records()
  expect(held).toMatchObject({ title: '慰问赵一鸣（某证件号）', fields: { place: '证件某证件号' } })
})

describe('what a sheet does not say', () => {
  test('a table of spending is spent money; one of both ways without a column is refused', async () => {
    const { peach } = desk.tree
    const header = ['支出类别', '支出金额', '支出内容', '支出时间']
    const spent = await desk.take(book([header, ['活动', 500, '五四横幅', '2024.5.4']]), peach)
    expect(spent.written).toBe(true)
    expect(await records()).toMatchObject([{ fields: { direction: 'spending', amount: 500 } }])
    const both = [['经费收支明细表'], ['项目名称', '金额', '日期'], ['五四活动', 300, '2024.5.4']]
    const asked = await desk.check(book(both), peach, { kind: 'funding' })
    expect(asked.rows).toMatchObject([{ state: 'refused', problems: [{ field: 'direction' }] }])
  })

  test('short contents name an activity that has no name of its own', async () => {
    const file = book([['志愿服务记录'], ['日期', '活动内容', '参加人数'], ['2024-03-06', '打扫敬老院', 15]])
    await desk.take(file, desk.tree.peach)
    expect(await records()).toMatchObject([{ title: '打扫敬老院', personTimes: 15 }])
  })

  test('a sheet that could be anything is taken only as what somebody says', async () => {
    const { south } = desk.tree
    const file = book([
      ['团支部', '姓名', '1月', '2月', '3月', '合计'],
      ['桃源村', '赵一鸣', 3, 3, 3, 9],
    ])
    await expect(desk.take(file, south)).rejects.toMatchObject({ code: 'unsureKind' })
    expect((await desk.take(file, south, { kind: 'members' })).written).toBe(true)
  })
})

describe('lists of people', () => {
  test('dues by member become one record a month and branch', async () => {
    const { south, peach } = desk.tree
    const file = book([
      ['2024年3月团费收缴明细表'],
      ['姓名', '团支部', '应缴金额', '实缴金额'],
      ['赵一鸣', '桃源村', 3, 3],
      ['钱晓', '桃源村', 3, 0],
      ['孙思远', '桃源村', 0.2, 0.2],
      ['李佳', '李家村', 3, 3],
    ])
    const taken = await desk.take(file, south)
    expect(taken).toMatchObject({ kind: 'dues', written: true, counts: { rows: 4, new: 4 } })
    const made = await records()
    expect(made.find((one) => one.orgId === peach.id)).toMatchObject({
      day: '2024-03-01',
      dayPrecision: 'month',
      fields: { owedAmount: 6.2, paidAmount: 3.2, owedPeople: 3, paidPeople: 2 },
    })
    expect(made).toHaveLength(2)
    const arrears = (await participants()).filter((one) => one.role === 'arrears')
    expect(arrears).toMatchObject([{ name: '钱晓', amount: '3' }])
  })

  test('volunteers of one occasion are one record with their hours', async () => {
    const file = book([
      ['志愿服务时长统计表'],
      ['志愿者姓名', '活动名称', '服务日期', '服务时长（小时）'],
      ['赵一鸣', '清洁家园', '2024-03-05', 2],
      ['钱晓', '清洁家园', '2024-03-05', 1.5],
      ['钱晓', '敬老', '2024-03-09', 2],
    ])
    const taken = await desk.take(file, desk.tree.peach)
    expect(taken).toMatchObject({ kind: 'volunteering', written: true, counts: { new: 3 } })
    expect(await records()).toMatchObject([
      { title: '清洁家园', personTimes: 2, fields: { hours: 3.5 } },
      { title: '敬老', personTimes: 1, fields: { hours: 2 } },
    ])
  })
})

describe('figures', () => {
  const ask = (measure: string) => {
    const found = indicatorRoutes.find((one) => one.endpoint.id === getFigure.id) as Route<typeof getFigure>
    const query = { org: desk.tree.south.id, measure, from: '2024-01-01', to: '2024-06-18' }
    return run(desk.world.services, desk.actor, found, { query } as never) as Promise<{ value: unknown }>
  }

  test('equal what the rows themselves add up to', async () => {
    const row = fc.record({
      branch: fc.constantFrom('桃源村', '李家村团支部'),
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 1, max: 5 }),
      people: fc.integer({ min: 1, max: 99 }),
    })
    const [rows] = fc.sample(fc.array(row, { minLength: 30, maxLength: 30 }), 1)
    const lines = (rows ?? []).map((one, i) => [
      i + 1,
      one.branch,
      `活动${i + 1}`,
      `2024.${one.month}.${one.day}`,
      null,
      one.people,
      null,
      null,
    ])
    const taken = await desk.take(activities(...lines), desk.tree.south)
    expect(taken.written).toBe(true)
    expect((await ask('themeActivity.count')).value).toBe(30)
    const people = (rows ?? []).reduce((sum, one) => sum + one.people, 0)
    expect(Number((await ask('themeActivity.personTimes')).value)).toBe(people)
    await desk.undo(taken)
    expect(Number((await ask('themeActivity.count')).value ?? 0)).toBe(0)
  })
})
