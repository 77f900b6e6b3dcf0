import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere, inTransaction } from '../../../test/worlds/tree.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import { routes } from '../handlers.ts'
import { type Asked, getAsked } from './contract.ts'

let world: TestWorld
let town: Township

/** Today is 18 June 2024. */
beforeAll(async () => {
  world = await openWorld(migrations)
  town = await plantTownship(world)
  await inTransaction(world.services, async (ctx) => {
    const type = { type: 'committee', sector: 'territory', on: '2020-01-01', level: 'township' }
    const other = await openOrg(ctx, { parent: town.county, name: '白鹭镇团委', ...type })
    await openOrg(ctx, {
      parent: other,
      name: '柳河村团支部',
      type: 'branch',
      sector: 'village',
      on: '2020-01-01',
    })
    await enterRecords(ctx, 'volunteering', [
      {
        orgId: town.willow.id,
        day: '2024-04-01',
        title: '清河',
        quantities: [{ what: '清理垃圾', amount: '3', unit: '吨' }],
      },
    ])
  })
})
afterAll(() => world.close())

const secretary = (): Actor => {
  const { id, countyId, path } = town.town
  return actorWith([{ orgId: id, countyId, path, role: 'manager' }])
}

async function ask(text: string, more: { org?: string } = {}, actor = secretary()): Promise<Asked[]> {
  const found = routes.find((r) => r.endpoint.id === getAsked.id) as Route<typeof getAsked>
  const query = { text, ...more }
  return (await run(world.services, actor, found, { query } as Partial<Call<typeof getAsked>>)).asked
}

const names = () =>
  new Map(Object.entries(town).flatMap(([name, org]) => ('id' in org ? [[org.id, name] as const] : [])))

/** measure org time where group, as one reads it. */
function told({ question }: Asked): string {
  if (!question) return '?'
  const { org, measure, from, to, asOf, where, group, depth } = question
  const time = asOf ?? (from && `${from}..${to}`)
  const filters = Object.entries(where ?? {}).map(([key, value]) => `${key}=${value}`)
  return [
    measure,
    org === town.town.id ? '' : names().get(org),
    time,
    ...filters,
    group && `/${group}`,
    depth && `^${depth}`,
  ]
    .filter(Boolean)
    .join(' ')
}

const YEAR = '2024-01-01..2024-12-31'

describe('what offices type', () => {
  test.each([
    ['全镇多少团员，几个女的', ['members.count', 'members.count sex=female']],
    [
      '全镇多少团员，几个女的，几个党员',
      ['members.count', 'members.count sex=female', 'members.count partyMember=是'],
    ],
    ['团员', ['members.count']],
    ['有多少名团员？', ['members.count']],
    ['女团员几个', ['members.female']],
    ['男团员有多少', ['members.count sex=male']],
    ['团员里少数民族的几个', ['members.count minority=是']],
    ['流动团员', ['members.mobile']],
    ['大专以上的团员', ['members.count education=postgraduate,bachelor,college']],
    ['本科学历团员数', ['members.count education=bachelor']],
    ['14到28岁的团员', ['members.count age=14..28']],
    ['30岁以下的团干部', ['officers.people age=..30']],
    ['不满18岁的团员', ['members.count age=..17']],
    ['不是党员的团干部', ['officers.people partyMember=!是']],
    ['团员平均年龄', ['members.averageAge']],
    ['女团员占比', ['members.femaleShare']],
    ['今年发展了几个团员', [`members.admitted ${YEAR}`]],
    ['上半年发展团员多少', ['members.admitted 2024-01-01..2024-06-30']],
    ['去年转出几个团员', ['members.transferredOut 2023-01-01..2023-12-31']],
    ['去年底团员', ['members.count 2023-12-31']],
    ['截至5月底有多少团员', ['members.count 2024-05-31']],
    ['几个团支部', ['org.branches']],
    ['村团支部有几个', ['org.villageBranches']],
    ['没有书记的团组织', ['org.withoutSecretary']],
    ['各村团员多少', ['members.count /org']],
    ['团员按学历', ['members.count /education']],
    ['柳河村团员', ['members.count willow']],
    ['柳河村和桃源村团员', ['members.count willow', 'members.count peach']],
    ['团干部多少人', ['officers.people']],
    ['今年最高奖项', [`award.highestGrade ${YEAR}`]],
    ['获得的最高奖', ['award.highestGrade']],
    ['最高表彰级别', ['award.highestLevel']],
    ['最近一届赛事', ['contest.latestEdition']],
    ['辖区面积', ['youthPopulation.area']],
    ['评议优秀的团员', ['meeting.excellent']],
    ['团代会女代表', ['electionResult.womenDelegates']],
    ['书记几个', ['officers.secretaries']],
    ['专职团干', ['officers.fullTime']],
    ['志愿服务几次', ['volunteering.count']],
    ['志愿服务几场', ['volunteering.count']],
    ['志愿服务多少人次', ['volunteering.personTimes']],
    ['志愿服务多少人', ['volunteering.people']],
    ['志愿服务多少小时', ['volunteering.hours']],
    ['今年以来志愿服务人次', ['volunteering.personTimes 2024-01-01..2024-06-18']],
    [
      '3月志愿服务几次，多少人次',
      ['volunteering.count 2024-03-01..2024-03-31', 'volunteering.personTimes 2024-03-01..2024-03-31'],
    ],
    ['11月主题活动', ['themeActivity.count 2023-11-01..2023-11-30']],
    ['一季度主题活动场数', ['themeActivity.count 2024-01-01..2024-03-31']],
    ['去年上半年活动几场', ['themeActivity.count 2023-01-01..2023-06-30']],
    ['1至5月主题活动人次', ['themeActivity.personTimes 2024-01-01..2024-05-31']],
    ['2023年主题活动', ['themeActivity.count 2023-01-01..2023-12-31']],
    ['最近30天活动', ['themeActivity.count 2024-05-20..2024-06-18']],
    ['本月活动', ['themeActivity.count 2024-06-01..2024-06-30']],
    ['上个月活动几场', ['themeActivity.count 2024-05-01..2024-05-31']],
    ['3月12日活动', ['themeActivity.count 2024-03-12..2024-03-12']],
    ['主题活动按月', ['themeActivity.count /month']],
    ['收了多少团费', ['dues.paid']],
    ['团费收缴率', ['dues.paidRate']],
    ['欠缴团费的', ['dues.arrearsAmount']],
    ['筹了多少钱', ['funding.raised']],
    ['获奖几项', ['award.count']],
    ['清理垃圾多少吨', ['record.quantity what=清理垃圾 unit=吨']],
    ['成果数量', ['record.quantity']],
    ['fzty', ['members.admitted']],
    ['fzt', ['members.admitted']],
    ['tuanyuan', ['members.count']],
    ['zyfwrc', ['volunteering.personTimes']],
    ['学校团员多少', ['members.count sector=school']],
    ['大学生村官书记几个', ['officers.secretaries graduateVillageOfficial=是']],
    ['团员，去年呢', ['members.count', 'members.count 2023-12-31']],
    ['团员多少；团干部多少；支部几个', ['members.count', 'officers.people', 'org.branches']],
    ['团员志愿服务多少人', ['volunteering.people leagueMember=是']],
    ['培训讲座办了几期', ['training.count']],
    ['本级主题活动', ['themeActivity.count ^0']],
    ['请问我们镇现在一共有多少个团支部呀', ['org.branches']],
    ['团支部几个，其中村的几个', ['org.branches', 'org.branches sector=village']],
    ['女干部占比', ['officers.femaleShare']],
    ['没交团费的', ['dues.arrearsPeople']],
    ['35岁以下书记', ['officers.secretaries age=..35']],
    ['今年三月到五月植树多少棵', ['volunteering.trees 2024-03-01..2024-05-31']],
    ['五四活动几场', ['themeActivity.count occasion=youthDay']],
    ['青年之家覆盖率', ['youthHome.townCoverage']],
    ['青年大学习多少人次', ['onlineStudy.personTimes']],
    ['上半年主题团日开了几次', ['themeActivity.count 2024-01-01..2024-06-30 kind=themeDay']],
    ['支部大会开了几次', ['meeting.count kind=branchMeeting']],
    ['走访了多少户', ['visit.households']],
    ['植树多少棵', ['volunteering.trees']],
    ['发放贷款多少元', ['loan.amount']],
  ])('%s', async (text, expected) => {
    const asked = await ask(text)
    expect(asked.map(told)).toEqual(expected)
    expect(asked.flatMap((one) => one.unknown)).toEqual([])
  })

  test('本支部 is the branch that asks, and no other', async () => {
    const branch = { org: town.willow.id }
    expect((await ask('本支部今年开了几次会', branch)).map(told)).toEqual([`meeting.count willow ${YEAR}`])
    expect((await ask('本支部今年开了几次会'))[0]).toMatchObject({ answer: null, unknown: ['本支部'] })
  })

  test('quantities of several units come back apart, never added', async () => {
    await inTransaction(world.services, (ctx) =>
      enterRecords(ctx, 'volunteering', [
        {
          orgId: town.willow.id,
          day: '2024-04-02',
          title: '修路',
          quantities: [{ what: '修路', amount: '2', unit: '公里' }],
        },
      ]),
    )
    const [only] = await ask('成果数量')
    expect(only?.question?.group).toBe('thing')
    expect(only?.answer).toMatchObject({ value: null, groups: [{ display: '2公里' }, { display: '3吨' }] })
  })

  test('comes back with its number, said in words', async () => {
    const [first, second] = await ask('全镇多少团员，几个女的')
    expect(first?.answer).toMatchObject({ display: '6人', asked: expect.stringContaining('青石镇团委') })
    expect(second?.answer).toMatchObject({ display: '2人', asked: expect.stringContaining('性别：女') })
    expect((await ask('团员，几个女的', { org: town.willow.id })).map((one) => one.answer?.display)).toEqual([
      '2人',
      '1人',
    ])
  })
})

describe('what turns a question into another one', () => {
  test.each(['哪个村没交团费', '团员最多', '团员比隔壁多几个', '上河村团员多少'])(
    'stops the answer: %s',
    async (text) => {
      for (const one of await ask(text)) {
        if (one.answer) expect([text, told(one)]).toEqual([text, '(no number)'])
        expect(one.refused).toBeTruthy()
      }
    },
  )

  test('but not where it is part of what the figure is', async () => {
    expect((await ask('贷款发了多少钱')).map(told)[0]).toMatch(/^loan.amount/)
    expect((await ask('撤了几个支部')).map(told)).toEqual(['org.closed type=branch'])
    expect((await ask('没有书记的团组织几个')).map(told)[0]).toMatch(/^org.withoutSecretary/)
    expect((await ask('除了学校还有多少团员')).map(told)).toEqual(['members.count sector=!school'])
  })
})

describe('what is not understood', () => {
  test.each([
    ['上河村团员多少', ['上河村']],
    ['团员比隔壁多几个', ['比', '隔壁', '多']],
    ['没交材料的支部', ['材料']],
    ['喜欢唱歌的团员', ['喜欢唱歌']],
    ['积极分子几个', ['积极分子']],
  ])('is named: %s', async (text, unknown) => {
    const asked = await ask(text)
    expect(asked[0]?.unknown).toEqual(unknown)
  })

  test('as a whole asks for the figure’s name', async () => {
    const [only] = await ask('天气怎么样')
    expect(only).toMatchObject({ question: null, answer: null, refused: expect.stringContaining('没有听出') })
    expect(only?.unknown).toEqual(['天气'])
  })

  test('alone, does not get the answer of the question before', async () => {
    const [, second] = await ask('全镇多少团员，多少火星人')
    expect(second).toMatchObject({ answer: null, unknown: ['火星'] })
  })

  test('人 is never answered with 人次', async () => {
    const [only] = await ask('走访慰问收到多少小时')
    expect(only).toMatchObject({ question: null, refused: expect.any(String) })
  })

  test('a filter that the figure does not know is refused', async () => {
    const [only] = await ask('女的团费收缴率')
    expect(only).toMatchObject({ answer: null, refused: expect.stringContaining('不能按“女的”来查') })
  })

  test('two organisations of one name have to be told apart', async () => {
    const county = { org: town.county.id }
    const [only] = await ask('柳河村团员', county, everywhere())
    expect(only?.answer).toBeNull()
    expect(only?.choices.map((one) => one.title)).toHaveLength(2)
    const [named] = await ask('青石镇柳河村团员', county, everywhere())
    expect(named?.question?.org).toBe(town.willow.id)
    const [whole] = await ask('全镇团员', county, everywhere())
    expect(whole?.unknown).toEqual(['全镇'])
  })

  test('what lies outside one’s scope is not answered', async () => {
    const { id, countyId, path } = town.willow
    const branch = actorWith([{ orgId: id, countyId, path, role: 'manager' }])
    const [only] = await ask('全镇团员', { org: town.willow.id }, branch)
    expect(only?.answer).toBeNull()
    expect(only?.refused).toBeTruthy()
  })

  test('党员 may be with or without those on probation: the other reading is offered', async () => {
    const [only] = await ask('党员团干部几个')
    expect(only?.answer).not.toBeNull()
    const [members] = await ask('团员里的党员')
    expect(members?.choices.map((one) => Object.keys(one.question.where ?? {}))).toContainEqual([
      'fullPartyMember',
    ])
  })

  test('whatever is typed, every character is used, passed over as a filler, or named', async () => {
    const piece = fc.constantFrom(
      '全镇',
      '团员',
      '女的',
      '几个',
      '去年',
      '志愿服务',
      '多少人次',
      '上河',
      '挨着',
      '呀',
      '，',
      '甲乙',
      '3月',
      '火箭',
      '柳河村',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 6 }), async (pieces) => {
        const text = pieces.join('')
        const asked = await ask(text)
        const strange = pieces.filter((one) => ['上河', '挨着', '甲乙', '火箭'].includes(one))
        const named = asked.flatMap((one) => one.unknown).join('')
        for (const word of strange) for (const char of word) expect(named).toContain(char)
        if (strange.length === 0) expect(named).toBe('')
      }),
      { numRuns: 40 },
    )
  })
})
