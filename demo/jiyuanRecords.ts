/** What the committee of 霁原县 recorded of the first half of 2023 in the ledgers that every office keeps. */
import type { RecordDraft } from '../domain/records/ledgers/rules.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { recordsOf } from './record.ts'
import type { Records } from './stage.ts'

type Make = ReturnType<typeof recordsOf>

export function jiyuanRecords(county: Org): Records {
  const made = recordsOf(county)
  return {
    publicity: [...articles(made), ...works(made)],
    award: awards(made),
    roleModel: models(made),
    meeting: ['2023-03-17', '2023-05-19'].map((day, i) =>
      made(day, `团干部党史座谈会第${i + 1}次`, 46 + i * 3, { kind: 'discussion', due: 50 }),
    ),
    training: [
      made('2023-05-10', '“清风与奋斗共进、廉洁与青春同行”年轻干部廉政教育座谈会', 84, {
        kind: 'lecture',
        topic: 'integrity',
        audience: 'officers',
        sessions: 1,
        partner: '县纪委',
      }),
    ],
    themeActivity: [
      made('2023-06-28', '“唱支红歌颂党恩”快闪', 260, {
        kind: 'recreation',
        occasion: 'partyDay',
        anniversary: 100,
        place: '霁原广场',
      }),
    ],
    volunteering: [
      made('2023-01-18', '“亲情相伴点亮梦想”暖冬行动', 64, {
        kind: 'childCare',
        hours: 192,
        beneficiaries: 130,
      }),
      made('2023-06-07', '“心系学子助力高考”', 52, {
        kind: 'event',
        hours: 416,
        beneficiaries: 2100,
      }),
      made('2023-06-26', '“拒绝毒品阳光生活”禁毒宣传', 38, { kind: 'policy', hours: 114 }),
    ],
  }
}

const TOPICS = ['青春故事', '团务公开', '志愿风采', '创业有我', '政策快递', '红领巾', '学习时间']
const ARTICLES = 161
const READS = 142500

/** One or two a working day; the last makes the reads come out. */
function articles(made: Make): RecordDraft[] {
  const reads = Array.from({ length: ARTICLES - 1 }, (_, i) => 600 + ((i * 137) % 570))
  const last = READS - reads.reduce((sum, one) => sum + one, 0)
  return [...reads, last].map((count, i) => {
    const day = new Date(Date.UTC(2023, 0, 3 + Math.floor(i * 1.1))).toISOString().slice(0, 10)
    return made(day, `${TOPICS[i % TOPICS.length]}（第${Math.floor(i / TOPICS.length) + 1}篇）`, null, {
      channel: 'wechat',
      kind: 'article',
      media: '霁原青年',
      level: 'county',
      reads: count,
    })
  })
}

const works = (made: Make): RecordDraft[] => [
  made('2023-05-04', '“青春向党奋斗强国”主题活动直播', null, {
    channel: 'website',
    kind: 'video',
    series: '青春向党奋斗强国',
    reads: 82300,
  }),
  made('2023-04-04', '《殷殷烈士血 铮铮民族魂》微党课', null, {
    channel: 'video',
    kind: 'video',
    series: '微党课',
    reads: 82500,
  }),
  made('2023-06-29', '《霁原正青春》', null, {
    channel: 'video',
    kind: 'video',
    series: '建党献礼',
    reads: 31600,
    reprints: 1,
    reprintedBy: '学习强国',
  }),
  made('2023-05-29', '梦想小屋点亮童年', null, {
    channel: 'broadcast',
    kind: 'video',
    media: '省电视台',
    level: 'province',
    series: '梦想改造+',
  }),
]

const GROUPS = ['小学低年级组', '小学高年级组', '初中组', '教师组']
const RECITAL = { contest: '菁菁杯', recipient: 'org' }

const awards = (made: Make): RecordDraft[] => [
  ...GROUPS.map((group) =>
    made('2023-04-22', '“菁菁杯”诵读大赛', null, { ...RECITAL, level: 'city', grade: 'special', group }),
  ),
  made('2023-05-20', '“菁菁杯”诵读大赛', null, {
    ...RECITAL,
    level: 'province',
    grade: 'first',
    group: '小学组',
  }),
  made('2023-05-15', '全国青少年美育云课堂入选作品', null, {
    level: 'national',
    edition: 2,
    project: '《在队旗下走向胜利》',
    recipient: 'org',
  }),
  made('2023-06-16', '全省青少年关爱项目通报表扬', null, {
    level: 'province',
    project: '梦想改造+',
    recipient: 'org',
    grantor: '团省委',
  }),
]

const MODELS = 45

const models = (made: Make): RecordDraft[] =>
  Array.from({ length: MODELS }, (_, i) =>
    made(`2023-0${1 + (i % 6)}-2${i % 8}`, `农村创业青年典型第${i + 1}号`, null, {
      kind: 'founder',
      level: 'county',
      publicised: i % 5 === 0,
    }),
  )
