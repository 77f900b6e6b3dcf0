import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere, inTransaction } from '../../../test/worlds/tree.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { routes } from '../handlers.ts'
import { ask as askAlone } from '../query.ts'
import { type Asked, getAsked } from './contract.ts'

let world: TestWorld
let town: Township

/** Today is 18 June 2024. */
beforeAll(async () => {
  world = await openWorld(migrations)
  town = await plantTownship(world)
  await inTransaction(world.services, (ctx) =>
    enterRecords(ctx, 'themeActivity', [
      {
        orgId: town.willow.id,
        day: '2024-05-20',
        title: '主题团日',
        personTimes: 8,
        fields: { kind: 'themeDay' },
      },
      { orgId: town.peach.id, day: '2024-02-20', title: '团日', personTimes: 55 },
    ]),
  )
})
afterAll(() => world.close())

async function ask(text: string, org = town.town, actor?: ReturnType<typeof actorWith>): Promise<Asked[]> {
  const { id, countyId, path } = town.town
  const secretary = actorWith([{ orgId: id, countyId, path, role: 'manager' }])
  const found = routes.find((r) => r.endpoint.id === getAsked.id) as Route<typeof getAsked>
  const query = { text, org: org.id }
  return (await run(world.services, actor ?? secretary, found, { query } as Partial<Call<typeof getAsked>>))
    .asked
}

/** What comes of it, as one reads it: what is said, or the figures, or (choice). */
const said = (asked: Asked[]) => asked.map(({ told, answer }) => told?.said ?? answer?.display ?? '(choice)')

describe('who has most, least, none, so many', () => {
  test.each([
    ['哪个村团员最多', '柳河村团支部，2人'],
    ['团员最多的村', '柳河村团支部，2人'],
    ['今年哪个支部活动最多', '柳河村团支部，2场'],
    ['哪个支部活动最少', '桃源村团支部，1场'],
    ['哪个支部参加主题活动人次最多', '桃源村团支部，55人次'],
    ['团员数排名前二的支部', '柳河村团支部2人、一班团支部2人'],
    ['哪个月活动最多', '2024年5月，2场'],
    ['未开展主题活动的村有几个', '1个'],
    ['没有开展主题活动的支部有哪些', '3个'],
    ['开展了主题活动的支部有几个', '2个'],
    ['哪些支部开展了主题活动', '2个'],
    ['团员超过1人的支部有几个', '至少2个'],
    ['团员不到2人的村', '至少1个'],
    ['有2个以上团员的支部几个', '至少2个'],
    ['主题活动不少于2次的支部', '1个'],
    ['参加人数超过50人的活动有几场', '2场'],
    ['主题活动30人以上的几场', '3场'],
    ['团员里没有流动的几个', '4人'],
    ['女团员占比最高的学校', '青石中学团总支，50%'],
  ])('%s', async (text, expected) => {
    expect([text, ...said(await ask(text))]).toEqual([text, expected])
  })

  test('each of them can be opened, and what is not known of somebody is said', async () => {
    const [most] = await ask('哪个村活动最多')
    expect(most?.told).toMatchObject({
      said: '柳河村团支部，2场',
      note: '另有1个没有记录，不在其中',
      items: [{ question: { org: town.willow.id, measure: 'themeActivity.count' }, display: '2场' }],
    })
    const [none] = await ask('没有开展志愿服务的村')
    expect(none?.told?.items.map((one) => one.title)).toEqual([
      '柳河村团支部',
      '桃源村团支部',
      '李家村团支部',
    ])
  })

  test('asked of a county, a village lies two levels below', async () => {
    const [only] = await ask('哪个村团员最多', town.county, everywhere())
    expect(only?.told?.said).toBe('柳河村团支部，2人')
    const [each] = await ask('各村团员', town.county, everywhere())
    expect(each?.told).toMatchObject({
      items: [{ display: '2人' }, { display: '1人' }],
      note: '另有1个没有记录，不在其中',
    })
  })

  test.each(['哪个村活动最多', '团员最少的村', '女团员占比最高的学校', '没有开展志愿服务的村'])(
    'all of them read at once say what each says alone: %s',
    async (text) => {
      const [only] = await ask(text)
      const items = only?.told?.items ?? []
      expect(items.length).toBeGreaterThan(0)
      for (const { question, display } of items) {
        const alone = await inTransaction(world.services, (ctx) => askAlone(ctx, question))
        expect([question.org, display]).toEqual([question.org, alone.display])
      }
    },
  )

  test('who is not there is not found', async () => {
    const [only] = await ask('哪个社区团员最多')
    expect(only).toMatchObject({ answer: null, refused: expect.stringContaining('没有社区') })
    expect(only?.told).toBeUndefined()
  })
})

describe('by how much it differs', () => {
  test.each([
    ['活动比去年同期增加几场', '增加4场'],
    ['今年活动比去年多几场', '增加4场'],
    ['5月活动比4月多几场', '增加1场'],
  ])('%s', async (text, expected) => {
    expect(said(await ask(text))).toEqual([expected])
  })

  test('what is known of one side alone has no difference', async () => {
    const [only] = await ask('团员比去年多几个')
    expect(only?.told).toMatchObject({ said: '—', note: expect.stringContaining('2023年6月18日') })
    expect(only?.told?.items).toHaveLength(2)
  })

  test('the same days a year earlier', async () => {
    const [only] = await ask('去年同期活动几场')
    expect(only?.question).toMatchObject({ from: '2023-01-01', to: '2023-06-30' })
    expect(only?.answer?.display).toBe('1场')
  })
})

describe('two questions in one', () => {
  test.each([
    ['主题活动几场还有多少人次参加', ['5场', '165人次']],
    ['主题活动多少场以及多少人次', ['5场', '165人次']],
    ['团员和团干部各多少', ['6人', '2人']],
    ['团支部和团员', ['5个', '6人']],
    ['应缴和实缴团费多少', ['3元', '0元']],
    ['大专学历和本科学历的团员', ['2人', '1人']],
  ])('%s', async (text, expected) => {
    expect([text, ...said(await ask(text))]).toEqual([text, ...expected])
  })
})

/** A number here would be that of another question. */
describe('what is not understood stops the answer', () => {
  test.each(
    `
    哪个村没交团费 没欠费的团员 不用交团费的团员几个 除柳河村外团员多少 团员比学校多几个 女团员比男团员多几个
    植树超过100棵的活动几次 最年轻的书记多大 谁的志愿服务时长最长 年龄最大的团员多少岁 平均每个支部多少团员
    每个团员交多少团费 人均志愿服务时长 志愿服务平均每次多少人 开了几个支部 参加了几个支部 团费发了多少
    发了多少团费 贷款多少钱 推优几个 大学生团员几个 团员主题活动几场的支部几个 拆了几个支部 表扬了几个团员
    团员有多不多 男的女的团员 团员是不是有500人 团员为什么这么少 本村团员几个 本校团员 隔壁镇的团员
    火星镇团员多少 云溪市团员多少 张三交了多少团费 李书记开了几次会 我们村的狗有几只 志愿服务多少钱
    团员有几次 主题活动多少小时 团圆有多少 自愿服务几次 下个月活动几场 明年发展几个团员 团员每月几次
    村 哪个村 没有 比去年 最多 团员最多 排名 超过20人 selectcount(*)frommembers howmanymembers 团员团员
  `
      .split(/\s+/)
      .filter(Boolean)
      .map((text) => [text] as const),
  )('%s', async (text) => {
    const asked = await ask(text)
    expect([text, ...new Set(said(asked))]).toEqual([text, '(choice)'])
    for (const one of asked) expect(one.refused).toBeTruthy()
  })

  test('what sounds alike is offered', async () => {
    const [only] = await ask('团圆有多少')
    expect(only?.refused).toContain('团圆')
    expect(only?.choices.map((one) => one.question.measure)).toEqual(['members.count'])
  })
})
