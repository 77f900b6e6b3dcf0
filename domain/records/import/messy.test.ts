import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Desk, openDesk } from '../../../test/worlds/importing.ts'
import { inTransaction } from '../../../test/worlds/tree.ts'
import { openOrg } from '../../structure/organisations/operations.ts'
import type { CommitRequest } from './contract.ts'
import { type BookOptions, book, idOf, phoneOf, type Written } from './sheet/fixtures/build.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

interface Mess {
  name: string
  kind: string
  rows: Written[][]
  options?: BookOptions
  request?: Partial<CommitRequest>
  /** By row number: refused, or what the row must have become. */
  key: Record<number, 'refused' | Record<string, unknown>>
}

const MESSES: Mess[] = [
  {
    name: '团员花名册: two headings, sections, subtotals, signatures',
    kind: 'members',
    rows: [
      ['白鹭镇2024年度团员花名册'],
      ['填报单位（盖章）：白鹭镇团委', null, null, null, null, '填报时间：2024.6.15'],
      [
        '序\n号',
        '姓  名',
        '性\n别',
        '民族',
        '公民身份号码',
        '出生\n年月',
        '政治面貌',
        '文化程度',
        '入团\n时间',
        '手机号码',
        '备 注',
      ],
      ['一、桃源村团支部（3人）'],
      [1, '赵 一', '男', '汉', idOf(1), '1996.02', '团员', '大专毕业', '2012.05', phoneOf(1), '外出'],
      [2, '钱晓', '男', '汉族', idOf(2), '1997.03', '共青团员', '本科', '2013年5月', ` ${phoneOf(2)}`, null],
      [
        3,
        '阿依古丽·买买提',
        '女',
        '维吾尔族',
        idOf(3),
        null,
        '中共预备党员',
        '大学本科',
        201305,
        phoneOf(3),
        null,
      ],
      ['小计', '3人'],
      ['二、李家村团支部'],
      [1, '孙思远', '女', '土家', idOf(6), '2001-07', '团员', '高中', '2015/5/4', phoneOf(6), null],
      [2, '周佳', '男', '汉族', Number(idOf(7)), null, '团员', '初中', '2015.9', phoneOf(7), null],
      ['合计：5人'],
      ['填表人：郑静', null, null, '审核人：冯佳'],
    ],
    options: { merges: ['A1:K1', 'A4:K4', 'A9:K9'] },
    key: {
      5: { name: '赵一', org: '桃源村团支部', education: 'college', joined: '2012-05-01', sex: 'male' },
      6: { name: '钱晓', org: '桃源村团支部', joined: '2013-05-01' },
      7: {
        name: '阿依古丽·买买提',
        org: '桃源村团支部',
        party: 'probationaryPartyMember',
        joined: '2013-05-01',
      },
      10: { name: '孙思远', org: '李家村团支部', joined: '2015-05-04', sex: 'female' },
      11: 'refused',
    },
  },
  {
    name: '团员信息采集表 as csv in gb18030, dates as dotted text',
    kind: 'members',
    rows: [
      ['所在支部', '团员姓名', '性别', '身份证号码', '联系方式', '入团年月', '是否流动', '流动去向'],
      ['白鹭镇桃源村团支部', '王晓', '男', idOf(11), phoneOf(11), '2016.05', '是', '广东东莞'],
      ['桃源村', '冯静', '男', `'${idOf(13)}`, phoneOf(13), '2016.10', '否', '无'],
      ['李家村', '陈明', '男', idOf(14), phoneOf(14), '2017.12', '', ''],
      ['李家邨', '吴秀', '男', idOf(16), phoneOf(16), '2017.12', '', ''],
    ],
    options: { bookType: 'gb18030' },
    key: {
      2: { name: '王晓', org: '桃源村团支部', joined: '2016-05-01', mobile: '广东东莞' },
      3: { name: '冯静', org: '桃源村团支部', joined: '2016-10-01', mobile: null },
      4: { name: '陈明', org: '李家村团支部', joined: '2017-12-01', mobile: null },
      5: 'refused',
    },
  },
  {
    name: '流动团员台账 with vertical merges and a repeated header',
    kind: 'members',
    rows: [
      ['流动团员登记台账'],
      ['村别', '姓名', '性别', '出生年月日', '学历', '流入地', '电话'],
      ['桃源村', '郑浩然', '男', '2000年1月15日', '大专', '浙江义乌', phoneOf(21)],
      [null, '冯雨桐', '女', '20010203', '中专', '福建晋江', phoneOf(22)],
      ['村别', '姓名', '性别', '出生年月日', '学历', '流入地', '电话'],
      ['李家村', '陈子涵', '女', '2002-13-03', '高中', '上海', phoneOf(23)],
      ['李家村', '赵佳', '女', '2002-12-03', '研究生', '上海', Number(phoneOf(24))],
    ],
    options: { merges: ['A1:G1', 'A3:A4'] },
    key: {
      3: { name: '郑浩然', org: '桃源村团支部', mobile: '浙江义乌', birth: '2000-01-15' },
      4: { name: '冯雨桐', org: '桃源村团支部', mobile: '福建晋江', birth: '2001-02-03' },
      6: 'refused',
      7: { name: '赵佳', org: '李家村团支部', mobile: '上海', birth: '2002-12-03' },
    },
  },
  {
    name: '团干部统计表 with two header rows and compound posts',
    kind: 'officers',
    rows: [
      ['白鹭镇团干部基本情况统计表'],
      ['序号', '基本信息', null, null, null, '任职情况', null, null],
      [null, '姓名', '性别', '出生年月', '最高学历', '所在团组织', '现任职务', '任现职时间'],
      [1, '李静', '女', '1990.5', '大学', '白鹭镇团委', '书记', '2021年3月'],
      [2, '王明', '男', '1993年8月', '大专', '白鹭镇团委', '兼职副书记', '2021.3'],
      [3, '吴晓', '女', '1998.12', '大专', '桃源村', '团支部书记', '2022.11'],
      [4, '郑佳', '男', '1999.1.2', '中专', '李家村团支部', '组织委员、宣传委员', '2022年'],
      [5, '冯静', '女', '1999.3', '高中', '李家村团支部', '妇联主席', '2022年'],
    ],
    options: { merges: ['A1:H1', 'A2:A3', 'B2:E2', 'F2:H2'] },
    key: {
      4: { name: '李静', org: '白鹭镇', posts: '书记' },
      5: { name: '王明', org: '白鹭镇', posts: '副书记' },
      6: { name: '吴晓', org: '桃源村团支部', posts: '书记' },
      7: { name: '郑佳', org: '李家村团支部', posts: '宣传委员、组织委员' },
      8: 'refused',
    },
  },
  {
    name: '团费收缴情况表 by month, with units and totals under the header',
    kind: 'dues',
    rows: [
      ['2024年桃源村团支部团费收缴情况表（单位：元、人）'],
      ['月份', '团员人数', '应缴人数', '实缴人数', '应缴团费（元）', '实缴团费（元）', '备注'],
      ['合计', null, null, null, 156, 147, null],
      ['1月', 20, 18, 18, 54, 54, null],
      ['二月', 20, 18, 16, '54元', '48.00', '2人外出'],
      ['3月份', 20, 16, 15, 48, 45, null],
      ['4月', 20, 16, '约15人', 48, 45, null],
    ],
    options: { merges: ['A1:G1'] },
    request: { org: 'peach' },
    key: {
      4: { org: '桃源村团支部', day: '2024-01-01', owedAmount: 54, paidAmount: 54, paidPeople: 18 },
      5: { org: '桃源村团支部', day: '2024-02-01', owedAmount: 54, paidAmount: 48, paidPeople: 16 },
      6: { org: '桃源村团支部', day: '2024-03-01', owedAmount: 48, paidAmount: 45, paidPeople: 15 },
      7: 'refused',
    },
  },
  {
    name: '活动开展情况统计表 with ranges, person-times, joint bodies',
    kind: 'themeActivity',
    rows: [
      ['白鹭镇团委2024年上半年活动开展情况统计表'],
      ['序号', '时间', '地点', '活动主题', '参加人数（人次）', '主办单位', '联合开展单位', '活动简要内容'],
      [1, '2024.3.5', '镇敬老院', '学雷锋志愿服务', 25, '桃源村团支部', null, '打扫卫生'],
      [2, '2024年3月12日', '后山', '植树护绿', '40人', '李家村', '桃源村', '植树200棵'],
      [3, '2024.4.3-4.5', '烈士陵园', '清明祭英烈', 60, '白鹭镇团委', null, '祭扫'],
      [4, '2024年5月', '镇政府', '五四表彰', '80余人', '白鹭镇团委', null, null],
      [5, 45417, '广场', '五四文艺汇演', 120, '白鹭镇团委', null, null],
    ],
    options: { merges: ['A1:H1'] },
    key: {
      3: { org: '桃源村团支部', day: '2024-03-05', personTimes: 25, title: '学雷锋志愿服务' },
      4: { org: '李家村团支部', day: '2024-03-12', personTimes: 40, hosts: '桃源村团支部' },
      5: { org: '白鹭镇', day: '2024-04-03', dayTo: '2024-04-05', personTimes: 60 },
      6: 'refused',
      7: { org: '白鹭镇', day: '2024-05-05', personTimes: 120 },
    },
  },
  {
    name: '志愿服务统计 saved as xls, hours and beneficiaries',
    kind: 'volunteering',
    rows: [
      ['志愿服务活动统计表'],
      ['单位', '服务项目', '服务时间', '志愿者人数', '服务总时长（小时）', '受益人次', '服务类别'],
      ['桃源村', '人居环境整治', '2024/3/9', 12, 24, 300, '环境整治'],
      ['桃源村', '敬老爱老', '2024/3/16', 8, '16小时', '45人次', '关爱老人'],
      ['李家村', '义务植树', '2024/3/12', 30, 60, 0, '植树'],
      ['李家村', '文明劝导', '2024/13/12', 30, 60, 0, '文明劝导'],
      ['总  计', null, null, 80, 160, 345, null],
    ],
    options: { bookType: 'biff8', merges: ['A1:G1'] },
    key: {
      3: {
        org: '桃源村团支部',
        day: '2024-03-09',
        personTimes: 12,
        hours: 24,
        beneficiaries: 300,
        kind: 'environment',
      },
      4: { org: '桃源村团支部', hours: 16, beneficiaries: 45, kind: 'elderCare' },
      5: { org: '李家村团支部', hours: 60, beneficiaries: 0, kind: 'treePlanting' },
      6: 'refused',
    },
  },
  {
    name: '培训台账',
    kind: 'training',
    rows: [
      ['白鹭镇团员青年培训登记表'],
      ['培训名称', '培训时间', '培训地点', '主讲人', '培训人数', '培训内容'],
      ['电商直播培训', '2024-04-10', '镇会议室', '王老师（县商务局）', 45, '直播带货'],
      ['团务知识培训', '2024年4月20日下午', '镇会议室', '李静', '33人', '团务'],
      ['急救知识讲座', '4月28日', '镇卫生院', '陈明、赵佳', 28, '心肺复苏'],
    ],
    options: { merges: ['A1:F1'] },
    key: {
      3: { org: '白鹭镇', day: '2024-04-10', personTimes: 45, title: '电商直播培训' },
      4: { org: '白鹭镇', day: '2024-04-20', personTimes: 33 },
      5: 'refused',
    },
  },
  {
    name: '奖项登记表',
    kind: 'award',
    rows: [
      ['2023年度获奖情况登记表'],
      ['获奖单位', '奖项名称', '授奖单位', '奖励级别', '获奖时间', '获奖人'],
      ['桃源村团支部', '五四红旗团支部', '共青团云溪县委', '县级', '2023.05', null],
      ['白鹭镇', '优秀共青团干部', '共青团云州市委', '市级', '2023年5月4日', '李静'],
      ['李家村', '优秀共青团员', '共青团云溪县委', '宇宙级', '2023年5月4日', '郑佳'],
    ],
    options: { merges: ['A1:F1'] },
    key: {
      3: { org: '桃源村团支部', day: '2023-05-01', level: 'county', title: '五四红旗团支部' },
      4: { org: '白鹭镇', day: '2023-05-04', level: 'city' },
      5: 'refused',
    },
  },
  {
    name: '经费收支 in 万元',
    kind: 'funding',
    rows: [
      ['白鹭镇团委经费筹集情况'],
      ['单位：万元'],
      ['项目名称', '到账时间', '经费来源', '金额', '用途', '备注'],
      ['活动室建设', '2024.3.1', '上级团委拨款', 1.5, '阵地建设', null],
      ['助学金', '2024.4.8', '企业赞助', '2万元', '助学', null],
      ['五四活动', '2024.5.4', '镇财政', '5000元', '活动', null],
      ['合计', null, null, 4, null, null],
    ],
    options: { merges: ['A1:F1'] },
    key: {
      4: { org: '白鹭镇', amount: 15000, source: 'allocation', use: 'venue' },
      5: { amount: 20000, source: 'enterprise', use: 'aid' },
      6: 'refused',
    },
  },
  {
    name: '宣传报道统计',
    kind: 'publicity',
    rows: [
      ['白鹭镇团委宣传信息报送统计表'],
      ['序号', '标题', '发布时间', '发布平台', '阅读量', '链接', '供稿单位'],
      [1, '春风十里植树忙', '2024-03-13', '微信公众号', 1250, 'https://example.com/a', '李家村团支部'],
      [2, '清明祭英烈', '2024-04-06 10:30', '抖音', '1.2万', null, '白鹭镇团委'],
      [3, '五四青年节', '2024-05-05', '公众号', '3千余', null, '白鹭镇团委'],
    ],
    options: { merges: ['A1:G1'] },
    key: {
      3: { org: '李家村团支部', day: '2024-03-13', reads: 1250, title: '春风十里植树忙' },
      4: { org: '白鹭镇', day: '2024-04-06', reads: 12000 },
      5: 'refused',
    },
  },
  {
    name: '三会两制一课 with present, due and absent',
    kind: 'meeting',
    rows: [
      ['桃源村团支部2024年“三会两制一课”记录'],
      [
        '会议类型',
        '会议名称',
        '会议时间',
        '会议地点',
        '主持人',
        '记录人',
        '应到人数',
        '实到人数',
        '缺席人员及原因',
      ],
      ['支部大会', '一季度支部大会', '2024年1月20日14:30', '村部', '吴晓', '郑佳', 20, 17, '3人外出务工'],
      ['团课', '学习团章', '2024-02-18', '村部', '吴晓', '郑佳', 20, 15, null],
      ['支委会', '研究发展团员', '2024.3.1', '村部', '吴晓', '郑佳', 3, 4, null],
    ],
    options: { merges: ['A1:I1'] },
    request: { org: 'peach' },
    key: {
      3: { org: '桃源村团支部', day: '2024-01-20', personTimes: 17, due: 20 },
      4: { day: '2024-02-18', personTimes: 15 },
      5: { day: '2024-03-01', personTimes: 4 },
    },
  },
  {
    name: '固定资产登记',
    kind: 'funding',
    rows: [
      ['团员活动阵地及资产登记台账'],
      ['资产名称', '类别', '数量', '价值（元）', '购置日期', '存放地点', '保管人'],
      ['乒乓球桌', '设备', '2台', 3200, '2023-09-01', '活动室', '郑佳'],
      ['图书', '设备', 500, '10,000.00', '2023年10月', '活动室', '郑佳'],
      ['青年之家', '阵地', null, null, '2022.8', '村部二楼', '吴晓'],
    ],
    options: { merges: ['A1:G1'] },
    request: { org: 'peach' },
    key: {
      3: { org: '桃源村团支部', title: '乒乓球桌', amount: 3200, kind: 'equipment', quantity: 2 },
      4: { title: '图书', amount: 10000, quantity: 500, day: '2023-10-01' },
      5: { title: '青年之家', kind: 'venue', day: '2022-08-01' },
    },
  },
  {
    name: '团支部基本情况表 with hierarchy',
    kind: 'organisations',
    rows: [
      ['白鹭镇基层团组织基本情况表'],
      [
        '序号',
        '团组织全称',
        '类别',
        '所属领域',
        '成立日期',
        '隶属团组织',
        '团支部书记',
        '联系电话',
        '团员数',
      ],
      [1, '白鹭中心小学团支部', '团支部', '学校', '2020.9', '白鹭镇团委', '李佳', phoneOf(31), 8],
      [2, '镇直机关团支部', '团支部', '机关事业单位', '2020年3月', '白鹭镇团委', '王明', phoneOf(32), 12],
      [3, '新源合作社联合团支部', '团支部', '农民专业合作社', null, '白鹭镇', null, null, 5],
      [4, '白云村团支部', '团支部', '村', '2021-2-30', '白鹭镇', null, null, 5],
    ],
    options: { merges: ['A1:I1'] },
    key: {
      3: { name: '白鹭中心小学团支部', sector: 'school', opened: '2020-09-01' },
      4: { name: '镇直机关团支部', sector: 'governmentBody', opened: '2020-03-01' },
      5: { name: '新源合作社联合团支部', sector: 'coOperative' },
      6: 'refused',
    },
  },
  {
    name: '团费明细 by member, payment by payment',
    kind: 'dues',
    rows: [
      ['桃源村团支部团费缴纳明细'],
      ['缴费人', '金额', '缴费日期', '收款人'],
      ['赵一', 3, '2024.1.10', '郑佳'],
      ['钱晓', '3元', '2024.1.11', '郑佳'],
      ['赵一', 3, '2024.2.10', '郑佳'],
      ['孙思远', '三元', '2024年2月', '郑佳'],
    ],
    options: { merges: ['A1:D1'] },
    request: { org: 'peach' },
    key: {
      3: { day: '2024-01-01', paidAmount: 6, paidPeople: 2 },
      4: { day: '2024-01-01', paidAmount: 6, paidPeople: 2 },
      5: { day: '2024-02-01', paidAmount: 6, paidPeople: 2 },
      6: { day: '2024-02-01', paidAmount: 6, paidPeople: 2 },
    },
  },
]

async function made(): Promise<Record<string, unknown>[]> {
  const { owner } = desk.world
  const name = sql`(select s.name from org_span s where s.org_id = t.org_id limit 1)`
  const members = await sql<Record<string, unknown>>`
    select p.name, ${name} as org, p.sex, p.birth_date as birth, p.joined_league_on as joined,
      (select x.detail from person_trait x where x.person_id = p.id and x.trait = 'mobile') as mobile,
      (select x.value from person_trait x where x.person_id = p.id and x.trait = 'party') as party,
      (select x.value from person_trait x where x.person_id = p.id and x.trait = 'education') as education
    from membership t join person p on p.id = t.person_id`.execute(owner)
  const officers = await sql<Record<string, unknown>>`
    select p.name, ${name} as org, string_agg(t.post_title, '、' order by t.post_title collate "C") as posts
    from appointment t join person p on p.id = t.person_id group by p.name, t.org_id`.execute(owner)
  const records = await sql<{ fields: object }>`
    select ${name} as org, t.day, t.day_to as "dayTo", t.title, t.person_times as "personTimes", t.fields,
      (select string_agg(s.name, '、') from record_host h join org_span s on s.org_id = h.org_id
       where h.record_id = t.id) as hosts from record t`.execute(owner)
  const orgs = await sql<Record<string, unknown>>`
    select s.name, s.sector, o.opened_at::date as opened from org o join org_span s on s.org_id = o.id
    where o.batch_id is not null`.execute(owner)
  return [
    ...members.rows,
    ...officers.rows,
    ...orgs.rows,
    ...records.rows.map(({ fields, ...rest }) => ({ ...rest, ...fields })),
  ]
}

const holds = (row: Record<string, unknown>, wanted: Record<string, unknown>) =>
  Object.entries(wanted).every(([field, value]) => (row[field] ?? null) === value)

test.each(MESSES)('$name', async ({ kind, rows, options = {}, request = {}, key }) => {
  const org = request.org === 'peach' ? desk.tree.peach : desk.tree.south
  const { org: _org, ...more } = request
  await inTransaction(desk.world.services, (ctx) =>
    openOrg(ctx, { parent: desk.tree.south, name: '大塘村团支部', type: 'branch', sector: 'village' }),
  )
  const report = await desk.take(book(rows, options), org, { ...more, onlyGood: true })
  expect(report.kind).toBe(kind)
  const stored = await made()
  const wrong = Object.entries(key).flatMap(([row, wanted]) => {
    const outcome = report.rows.find((one) => one.row === Number(row))
    const entered = outcome && ['new', 'updated', 'unchanged'].includes(outcome.state)
    if (wanted === 'refused') return entered ? [`row ${row} was taken`] : []
    if (!entered) return [`row ${row}: ${JSON.stringify(outcome?.problems ?? 'not read')}`]
    const { education: _education, ...rest } = wanted
    return stored.some((one) => holds(one, rest))
      ? []
      : [`row ${row}: ${JSON.stringify(wanted)} is not there`]
  })
  expect(
    wrong.length === 0 ? [] : [...wrong, JSON.stringify(report.mapping), JSON.stringify(stored)],
  ).toEqual([])
  expect(report.rows.map((one) => one.row)).toEqual(Object.keys(key).map(Number))
})
