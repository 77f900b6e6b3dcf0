/** What the committee of 栗岚镇 itself recorded in the first half of 2024. */
import type { RecordDraft } from '../../domain/records/ledgers/rules.ts'
import { recordsOf } from '../record.ts'
import type { Records } from '../stage.ts'
import type { LilanPeople } from './people.ts'
import type { Lilan } from './tree.ts'

export function townshipRecords(place: Lilan, people: LilanPeople): Records {
  const town = { place, people, made: recordsOf(place.org) }
  return {
    themeActivity: themeActivities(town),
    volunteering: volunteering(town),
    training: trainings(town),
    funding: money(town),
    publicity: publicity(town),
    award: awards(town),
    meeting: meetings(town),
  }
}

interface Town {
  place: Lilan
  people: LilanPeople
  made: ReturnType<typeof recordsOf>
}

/** Villages that held it, too, by their order. */
const hosts = ({ villages }: Lilan, ...at: number[]) => ({
  hosts: at.flatMap((i) => villages[i]?.org.id ?? []),
})
const named = (ids: string[]) => ({ participants: ids.map((personId) => ({ personId })) })

const themeActivities = ({ made, place, people }: Town): RecordDraft[] => [
  made('2024-01-19', '寒假关爱留守儿童活动', 46, {
    kind: 'care',
    place: '栗岚镇文化站',
    beneficiaries: 38,
  }),
  made('2024-03-12', '党政领导与团员青年义务植树', 86, {
    kind: 'treePlanting',
    occasion: 'treeDay',
    leadersPresent: true,
    leaders: '镇党委、镇政府班子成员',
    place: '栗岚河滩林场',
  }),
  made(
    '2024-04-03',
    '清明祭扫烈士墓活动',
    64,
    { kind: 'memorial', occasion: 'qingming', place: '砚坞村烈士墓' },
    hosts(place, 2, 3),
  ),
  made(
    '2024-04-20',
    '“亮团徽、唱团歌”主题活动',
    120,
    { kind: 'themeDay', place: '栗岚中学操场' },
    { hosts: place.schools.slice(0, 1).map((s) => s.org.id) },
  ),
  made(
    '2024-05-04',
    '五四入团仪式',
    168,
    {
      kind: 'admissionCeremony',
      occasion: 'youthDay',
      leadersPresent: true,
      leaders: '镇党委书记',
      place: '栗岚中学礼堂',
      withOfficers: true,
    },
    named(people.admitted),
  ),
  made('2024-05-18', '关爱青少年活动', 32, {
    kind: 'care',
    leadersPresent: true,
    leaders: '镇党委副书记',
    beneficiaries: 24,
    place: '蓼汀、樾溪等村',
  }),
  made('2024-05-25', '“青春心向党”演讲比赛', 95, { kind: 'contest', place: '团员活动室' }),
  made('2024-06-01', '庆六一系列活动', 240, {
    kind: 'recreation',
    occasion: 'childrensDay',
    leadersPresent: true,
    leaders: '镇党委、镇政府分管领导',
    place: '栗岚镇中心小学',
  }),
]

const volunteering = ({ made, place, people }: Town): RecordDraft[] => [
  made(
    '2024-03-05',
    '学雷锋日社会义务劳动',
    58,
    {
      kind: 'convenience',
      occasion: 'leiFengDay',
      hours: 116,
      beneficiaries: 210,
      team: '栗岚青年志愿服务队',
    },
    {
      ...named(people.officers.slice(0, 20)),
      quantities: [
        { what: '维修小家电', amount: '36', unit: '件' },
        { what: '清理垃圾', amount: '1.5', unit: '吨' },
      ],
    },
  ),
  made(
    '2024-03-12',
    '保护母亲河植树',
    72,
    {
      kind: 'treePlanting',
      occasion: 'treeDay',
      withOfficers: true,
      hours: 216,
      trees: 480,
      place: '栗岚河两岸',
      team: '栗岚青年志愿服务队',
    },
    named(people.officers.slice(0, 31)),
  ),
  made(
    '2024-04-27',
    '看望孤寡老人',
    26,
    { kind: 'elderCare', hours: 78, beneficiaries: 41, team: '栗岚青年志愿服务队' },
    hosts(place, 5, 7),
  ),
  made(
    '2024-06-08',
    '端午人居环境整治',
    44,
    { kind: 'environment', hours: 132, team: '栗岚青年志愿服务队' },
    {
      ...hosts(place, 0, 1, 6),
      quantities: [
        { what: '清理垃圾', amount: '3.5', unit: '吨' },
        { what: '清淤沟渠', amount: '1.2', unit: '公里' },
      ],
    },
  ),
]

const trainings = ({ made, people }: Town): RecordDraft[] => [
  made('2024-03-22', '农村领头雁培训班', 45, {
    kind: 'course',
    topic: 'business',
    audience: 'youth',
    sessions: 3,
    hours: 24,
    base: '栗岚职业高中',
    partner: '镇劳务站',
  }),
  made('2024-04-12', '订单式技能培训（电焊）', 38, {
    kind: 'skills',
    topic: 'skills',
    audience: 'youth',
    sessions: 6,
    hours: 48,
    base: '栗岚职业高中',
    partner: '镇劳务站',
    certificates: 33,
    employed: 27,
  }),
  made(
    '2024-05-11',
    '团务知识培训',
    37,
    { kind: 'course', topic: 'leagueAffairs', audience: 'officers', sessions: 1, hours: 4 },
    named(people.officers.slice(0, 34)),
  ),
  made('2024-06-05', '防溺水自护讲座', 310, {
    kind: 'lecture',
    topic: 'selfProtection',
    audience: 'students',
    sessions: 3,
  }),
]

const money = ({ made }: Town): RecordDraft[] => [
  made('2024-02-20', '争取镇财政阵地建设资金', null, {
    kind: 'money',
    direction: 'income',
    source: 'government',
    use: 'venue',
    amount: 30000,
  }),
  made('2024-03-08', '争取镇党委阵地建设经费', null, {
    kind: 'money',
    direction: 'income',
    source: 'party',
    use: 'venue',
    amount: 12600,
  }),
  made('2024-03-28', '接受栗岚农机厂阵地建设赞助', null, {
    kind: 'money',
    direction: 'income',
    source: 'enterprise',
    use: 'venue',
    amount: 10000,
    payer: '栗岚农机厂',
  }),
  made('2024-04-18', '为团员活动室购置书报、棋类、球类', null, {
    kind: 'money',
    direction: 'spending',
    use: 'venue',
    amount: 41350,
  }),
  made('2024-05-02', '建成镇团员活动室', null, {
    kind: 'venue',
    functions: ['reading', 'fitness', 'publicity'],
    place: '镇文化站二楼',
    area: 120,
    equipment: '书报、棋类、羽毛球、乒乓球',
  }),
]

const publicity = ({ made }: Town): RecordDraft[] => [
  made('2024-03-13', '栗岚镇党政领导带头植树', null, {
    channel: 'wechat',
    kind: 'article',
    media: '霁原青年',
    level: 'county',
    reads: 1260,
  }),
  made('2024-05-05', '五四入团，青春向党', null, {
    channel: 'wechat',
    kind: 'article',
    media: '霁原青年',
    level: 'county',
    reads: 2380,
  }),
  made('2024-05-20', '青年创业政策宣传册', null, { channel: 'onSite', kind: 'leaflet', copies: 500 }),
  made('2024-06-03', '六一，和孩子们在一起', null, {
    channel: 'video',
    kind: 'video',
    media: '栗岚微视',
    reads: 3150,
  }),
]

const awards = ({ made, people }: Town): RecordDraft[] => [
  made('2024-05-04', '五四红旗团支部', null, {
    level: 'county',
    recipient: 'org',
    recipientOrg: '霁塘村团支部',
    grantor: '共青团霁原县委员会',
  }),
  made(
    '2024-05-04',
    '优秀共青团干部',
    null,
    { level: 'county', recipient: 'person', grantor: '共青团霁原县委员会' },
    {
      participants: [{ personId: people.branchSecretary, role: 'winner' }],
    },
  ),
]

const meetings = ({ made, people }: Town): RecordDraft[] => [
  made(
    '2024-01-12',
    '研究全年团的工作',
    5,
    { kind: 'other', due: 5, place: '镇政府三楼' },
    named(people.officers.slice(0, 5)),
  ),
  made('2024-04-08', '部署五四系列活动', 34, { kind: 'other', due: 39, place: '镇政府三楼' }),
]
