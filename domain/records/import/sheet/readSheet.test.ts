import { describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../../kernel/spreadsheet/read.ts'
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { sheet as officers } from '../../../structure/appointments/sheet.ts'
import { sheet as members } from '../../../structure/memberships/sheet.ts'
import { sheet as organisations } from '../../../structure/organisations/sheet.ts'
import {
  type BookOptions,
  book,
  type Dressing,
  dressed,
  idOf,
  nameOf,
  type Written,
} from './fixtures/build.ts'
import {
  award,
  dues,
  meeting,
  payments,
  themeActivity,
  visit,
  volunteering,
} from './fixtures/ledgerTargets.ts'
import { isClean, type SheetReading } from './reading.ts'
import { type ReadSheetOptions, readSheet } from './readSheet.ts'

const structure = [members, officers, organisations]
const all = [...structure, dues, payments, themeActivity, meeting, award, visit, volunteering]

interface Case {
  targets?: Target | Target[]
  book?: BookOptions
  options?: Partial<ReadSheetOptions>
}

async function readRows(
  rows: Written[][],
  { targets = all, book: how = {}, options = {} }: Case = {},
): Promise<SheetReading> {
  const bytes = book(rows, how)
  const { sheets } = await readWorkbook(bytes, { fileName: '表.xlsx' })
  if (!sheets[0]) throw new Error('no sheet')
  return readSheet(sheets[0], targets, { today: '2024-06-30', ...options })
}

const mapping = (reading: SheetReading) =>
  Object.fromEntries(
    reading.columns.flatMap((column) => (column.field ? [[column.header, column.field]] : [])),
  )
const blockers = (reading: SheetReading) =>
  reading.rows.flatMap((row) =>
    row.problems
      .filter((one) => one.severity !== 'warning')
      .map((one) => `${row.rowNumber}${one.column}:${one.reason}`),
  )

interface HeaderRow extends Dressing {
  header: string
  kind?: string
  target?: Target
  maps: Record<string, string>
  unknown?: string
}

const HEADERS: Record<string, HeaderRow> = {
  团员名册表: {
    header: '警号|所在团组织|姓名|性别|身份证号|出生日期|团内职务|备注|排序',
    title: '团员名册表',
    letterhead: true,
    target: members,
    maps: {
      所在团组织: 'branch',
      姓名: 'name',
      性别: 'sex',
      身份证号: 'idNumber',
      出生日期: 'birthDate',
      备注: 'remark',
    },
    unknown: '警号 团内职务',
  },
  支部手册名单: {
    header: '学号|姓名|性别|民族|政治面貌|籍贯|出生日期|入团时间|备注',
    kind: 'members',
    maps: {
      姓名: 'name',
      性别: 'sex',
      民族: 'ethnicity',
      政治面貌: 'politicalStatus',
      籍贯: 'nativePlace',
      出生日期: 'birthDate',
      入团时间: 'joinedLeagueOn',
      备注: 'remark',
    },
    unknown: '学号',
  },
  乡镇导出: {
    header: '序号|姓名|性别|所属村|团支部|入团时间|团龄|联系电话',
    kind: 'members',
    title: '柳河镇2024年团员花名册',
    footer: true,
    repeatHeader: true,
    maps: { 姓名: 'name', 性别: 'sex', 团支部: 'branch', 入团时间: 'joinedLeagueOn', 联系电话: 'phone' },
    unknown: '所属村 团龄',
  },
  智慧团建: {
    header:
      '姓名|证件类型|身份证号|实名认证状态|入团年月|所在团支部|是否团干部|民族|政治面貌|最高学历|户籍所在地|手机号码|团员编号|职业|学习工作单位|入党年月',
    target: members,
    maps: {
      姓名: 'name',
      身份证号: 'idNumber',
      入团年月: 'joinedLeagueOn',
      所在团支部: 'branch',
      民族: 'ethnicity',
      政治面貌: 'politicalStatus',
      最高学历: 'education',
      手机号码: 'phone',
      团员编号: 'memberNo',
      职业: 'occupation',
      入党年月: 'joinedPartyOn',
    },
    unknown: '证件类型 实名认证状态 是否团干部 户籍所在地 学习工作单位',
  },
  团籍注册: {
    header: '警号|所在团组织|姓名|性别|身份证号|出生日期|注册时间|团内职务|备注',
    target: members,
    maps: {
      所在团组织: 'branch',
      姓名: 'name',
      性别: 'sex',
      身份证号: 'idNumber',
      出生日期: 'birthDate',
      备注: 'remark',
    },
    unknown: '警号 注册时间 团内职务',
  },
  团干部: {
    header:
      '序号|姓名|性别|民族|出生年月|最高学历|团内现任职务|团干部性质|任现职年月|任现职方式|是否同级党委（支部）成员|手机号码',
    kind: 'officers',
    title: '团干部花名册',
    maps: {
      姓名: 'name',
      性别: 'sex',
      民族: 'ethnicity',
      出生年月: 'birthDate',
      最高学历: 'education',
      团内现任职务: 'post',
      任现职年月: 'tookOfficeOn',
      手机号码: 'phone',
      团干部性质: 'officerKind',
      任现职方式: 'mode',
    },
    unknown: '是否同级党委(支部)成员',
  },
  组织基本情况: {
    header: '组织名称|组织成立时间|组织人数',
    kind: 'organisations',
    title: '组织基本情况',
    total: ['组织人数'],
    maps: { 组织名称: 'name', 组织成立时间: 'foundedOn', 组织人数: 'memberCount' },
  },
  申请入团名单: {
    header: '学号|姓名|性别|民族|籍贯|出生日期|申请入团时间|备注',
    kind: 'members',
    maps: {
      姓名: 'name',
      性别: 'sex',
      民族: 'ethnicity',
      籍贯: 'nativePlace',
      出生日期: 'birthDate',
      申请入团时间: 'applicationDate',
      备注: 'remark',
    },
    unknown: '学号',
  },
  推优入党: {
    header: '姓名|身份证号|性别|民族|文化程度|介绍人|介绍人身份证|入团时间|推荐时间|个人情况|团支部大会意见',
    target: members,
    maps: {
      姓名: 'name',
      身份证号: 'idNumber',
      性别: 'sex',
      民族: 'ethnicity',
      文化程度: 'education',
      入团时间: 'joinedLeagueOn',
    },
    unknown: '介绍人 介绍人身份证 推荐时间 个人情况 团支部大会意见',
  },
  团费按人: {
    header: '缴费人|金额|缴费内容|缴费日期|团组织|收款人',
    kind: 'payments',
    total: ['金额'],
    maps: { 缴费人: 'payer', 金额: 'amount', 缴费日期: 'day', 团组织: 'org', 收款人: 'receiver' },
    unknown: '缴费内容',
  },
  团费按月: {
    header: '月份|支部人数|应交人数|实交人数|应交金额|实交金额|备注',
    kind: 'dues',
    title: '2024年团费收缴情况统计表',
    letterhead: true,
    total: ['应交金额', '实交金额'],
    maps: {
      月份: 'month',
      支部人数: 'members',
      应交人数: 'due',
      实交人数: 'present',
      应交金额: 'owed',
      实交金额: 'paid',
      备注: 'remark',
    },
  },
  三会一课: {
    header:
      '会议名称|团组织|会议类型|主持人|记录人|会议时间|会议地点|应到人数 |实到人数|缺席人员|会议内容|年度|相关文件',
    kind: 'meeting',
    maps: {
      会议名称: 'title',
      团组织: 'org',
      会议类型: 'type',
      主持人: 'host',
      记录人: 'recorder',
      会议时间: 'day',
      会议地点: 'place',
      应到人数: 'due',
      实到人数: 'present',
      缺席人员: 'absent',
      会议内容: 'content',
    },
    unknown: '年度 相关文件',
  },
  主题团日: {
    header: '活动主题|活动时间|地点|参与人数|主持人|记录人|活动内容|活动总结',
    kind: 'themeActivity',
    footer: true,
    maps: {
      活动主题: 'title',
      活动时间: 'day',
      地点: 'place',
      参与人数: 'people',
      主持人: 'host',
      记录人: 'recorder',
      活动内容: 'content',
      活动总结: 'summary',
    },
  },
  推送: {
    header: '标题|团组织|时间|推送主页|内容|活动项目',
    target: themeActivity,
    maps: { 标题: 'title', 团组织: 'org', 时间: 'day', 内容: 'content' },
    unknown: '推送主页 活动项目',
  },
  活动报名: {
    header: '时间|单位|姓名|身份证号|职务|性别|出生年月|活动项目|审核意见|备注|活动类别',
    target: officers,
    maps: {
      姓名: 'name',
      身份证号: 'idNumber',
      职务: 'post',
      性别: 'sex',
      出生年月: 'birthDate',
      单位: 'org',
      备注: 'remark',
    },
    unknown: '时间 活动项目 审核意见 活动类别',
  },
  教育评议: {
    header:
      '警号|姓名|身份证号|性别|出生年月|籍贯|所属团组织|入团时间|职务|评议时间|自评等级|个人自评内容|团支部意见',
    target: members,
    maps: {
      姓名: 'name',
      身份证号: 'idNumber',
      性别: 'sex',
      出生年月: 'birthDate',
      籍贯: 'nativePlace',
      所属团组织: 'branch',
      入团时间: 'joinedLeagueOn',
    },
    unknown: '警号 职务 评议时间 自评等级 个人自评内容 团支部意见',
  },
  集体奖励: {
    header: '获奖时间|获奖单位|获奖组织|奖励名称|审批单位|获奖文号|奖励级别|备注',
    kind: 'award',
    maps: {
      获奖时间: 'day',
      获奖单位: 'unit',
      奖励名称: 'title',
      获奖文号: 'document',
      奖励级别: 'level',
      备注: 'remark',
    },
    unknown: '获奖组织 审批单位',
  },
  个人奖励: {
    header: '获奖时间|获奖时单位|姓名|身份证号|性别|奖项名称|奖项文号|奖励级别|审核单位|备注',
    kind: 'award',
    maps: {
      获奖时间: 'day',
      获奖时单位: 'unit',
      姓名: 'name',
      奖项名称: 'title',
      奖项文号: 'document',
      奖励级别: 'level',
      备注: 'remark',
    },
    unknown: '身份证号 性别 审核单位',
  },
  走访慰问: {
    header: '序号|姓名|慰问类别|慰问原因|慰问时间|慰问金额（元）',
    kind: 'visit',
    title: '困难青年走访慰问登记表',
    total: ['慰问金额（元）'],
    maps: {
      姓名: 'name',
      慰问类别: 'category',
      慰问原因: 'reason',
      慰问时间: 'day',
      '慰问金额(元)': 'amount',
    },
  },
}

/** Their ledgers come later: here the header row must be found and every column listed. */
const LATER: Record<string, string> = {
  提交申请: '学号|姓名|提交申请书时间|入党时间|转正时间',
  支出: '支出类别|支出金额|支出内容|支出时间|团组织|经办人|经办人身份证',
  拨款: '拨款类型|金额|拨款单位|接受组织|拨款日期',
  处分: '处分时间|单位|姓名|性别|处分单位|处分名称|处分文号|处分级别',
  手册奖惩: '奖惩对象|时间|内容',
  家访: '时间|单位|家访形式|家访人|家访对象|简要内容|家访结果',
  走访: '时间|走访人|单位|职务|走访情况',
  帮扶: '序号|帮扶人姓名|职务|被帮扶姓名|标题|单位|单位职务|被帮扶人情况|被帮扶人住址|慰问金额|联系电话',
  村走访: '走访对象|走访时间|走访人员|群众诉求|整改措施|办结状态|回访情况|备注',
  留守儿童:
    '村民组|户号|姓名|性别|身份证号码|出生日期|年龄|就读学校|年级|监护人姓名|监护关系|监护人电话|外出务工家长|家长电话|务工地址|留守类型|关爱级别|最近走访|走访记录|备注',
  补助: '时间|单位|姓名|身份证号|性别|补助类型|补助机构|补助金额 |困难情况',
  助学: '单位|资助类别|顺号|职工\n姓名|医保号|子女\n姓名|性\n别|就读学校|学校类别\n（小学、初中高中、…）|专业|学年制|就读年级|资助金额\n（元）|备注',
  岗位: '企业名称|岗位名称|专业要求|经验要求|学历要求|薪资待遇|工作地区|联系人|联系电话',
  求职: '姓名|性别|民族|出生年月|籍贯|招考年份|学历|学校|学校所在区域|专业|联系方式',
  公益岗: '姓名|身份证号码|联系电话|岗位名称|责任片区|工资（元/年）|开户行|社保卡号|备注',
  扶贫导出:
    '序号|数据日期|县(市、区、旗)|乡(镇)|行政村|自然村|户编号|人编号|姓名|证件号码|与户主关系|民族|文化程度|在校生状况',
}

describe('header rows of real templates', () => {
  test.each(Object.entries(HEADERS))(
    '%s',
    async (name, { header, kind, target, maps, unknown = '', ...dressing }) => {
      const { rows, merges, headerRow } = dressed(header.split('|'), dressing)
      const reading = await readRows(rows, {
        ...(target ? { targets: target } : {}),
        book: { merges, sheetName: name },
      })
      expect(reading.headerRows).toEqual([headerRow])
      if (kind) expect(reading.kind).toBe(kind)
      expect(mapping(reading)).toEqual(maps)
      expect(reading.unmapped).toEqual(unknown.split(' ').filter(Boolean))
      expect(blockers(reading)).toEqual([])
      expect(reading.rows).toHaveLength(5)
      expect(reading.totals.every((total) => total.equal)).toBe(true)
      expect(reading.totals).toHaveLength(dressing.total?.length ?? 0)
    },
  )

  test.each(Object.entries(LATER))('%s: found, and every column accounted for', async (_, header) => {
    const { rows, merges, headerRow } = dressed(header.split('|'), {
      title: '登记表',
      letterhead: true,
      footer: true,
    })
    const reading = await readRows(rows, { book: { merges, bookType: 'biff8' } })
    expect(reading.headerRows).toEqual([headerRow])
    for (const column of reading.columns) {
      const listed =
        column.field !== null || column.sequence === true || reading.unmapped.includes(column.header)
      expect([column.header, listed]).toEqual([column.header, true])
    }
  })
})

const HEADER = ['序号', '姓名', '性别', '身份证号', '出生年月', '入团时间', '团支部']
const person = (i: number, branch: Written = '柳河村团支部'): Written[] => [
  i + 1,
  nameOf(i),
  '女',
  idOf(i * 3),
  '',
  '2019.9',
  branch,
]

describe('the mess', () => {
  test('GB18030 and UTF-8 text files', async () => {
    for (const bookType of ['gb18030', 'csv'] as const) {
      const reading = await readRows([HEADER, person(0), person(1)], { targets: members, book: { bookType } })
      expect(reading.rows.map((row) => row.values.idNumber?.value)).toEqual([idOf(0), idOf(3)])
      expect(reading.rows[0]?.values.joinedLeagueOn).toMatchObject({
        value: '2019-09-01',
        precision: 'month',
      })
    }
  })

  test('sections, blank rows, lone serial numbers, subtotals and signatures', async () => {
    const rows = [
      ['柳河镇团员花名册'],
      HEADER.slice(0, 6),
      ['一、柳河村团支部'],
      person(0).slice(0, 6),
      person(1).slice(0, 6),
      ['小计', '2人'],
      [],
      ['（二）青石村团支部（1人）'],
      person(2).slice(0, 6),
      [4],
      ['合计', 4],
      ['填表人：郑静', null, null, '审核：冯佳'],
      ['注：出生年月以身份证为准'],
    ]
    const reading = await readRows(rows, {
      targets: structure,
      book: { merges: ['A1:F1', 'A3:F3', 'A8:F8'] },
    })
    expect(reading.kind).toBe('members')
    expect(reading.rows.map((row) => [row.rowNumber, row.section])).toEqual([
      [4, '柳河村团支部'],
      [5, '柳河村团支部'],
      [9, '青石村团支部'],
    ])
    expect(reading.totals.map(({ row, stated, ours, equal }) => [row, stated, ours, equal])).toEqual([
      [6, 2, 2, true],
      [11, 4, 3, false],
    ])
    expect(reading.skipped.map((one) => one.row)).toEqual([6, 10, 11, 12, 13])
  })

  test('header of three rows with merges, totals directly below it', async () => {
    const rows = [
      ['各个活动受益人数及人次统计表'],
      ['序号', '活动名称', '活动日期', '志愿者服务人数及时长统计', null, null, null, '备注'],
      [null, null, null, '大学生', null, '社会人士', null, null],
      [null, null, null, '人数', '小时', '人数', '小时', null],
      ['合计', null, null, 5, 7.5, 4, 8, null],
      [1, '河道清洁', '2024.3.5', 3, 4.5, 2, 4, null],
      [2, '义务植树', '2024.3.12', 2, 3, 2, 4, '雨'],
    ]
    const merges = ['A1:H1', 'A2:A4', 'B2:B4', 'C2:C4', 'D2:G2', 'D3:E3', 'F3:G3', 'H2:H4']
    const reading = await readRows(rows, { targets: all, book: { merges } })
    expect(reading.kind).toBe('volunteering')
    expect(reading.headerRows).toEqual([2, 3, 4])
    expect(Object.values(mapping(reading))).toEqual([
      'title',
      'day',
      'students',
      'studentHours',
      'workers',
      'workerHours',
      'remark',
    ])
    expect(reading.rows.map((row) => row.values.studentHours?.value)).toEqual([4.5, 3])
    expect(reading.totals.map((total) => [total.field, total.equal])).toEqual([
      ['students', true],
      ['studentHours', true],
      ['workers', true],
      ['workerHours', true],
    ])
  })

  test('a header of two rows without merges', async () => {
    const rows = [
      ['姓名', '性别', '入团', '', '联系方式'],
      ['', '', '时间', '地点', ''],
      [nameOf(1), '男', '2019.9', '柳河中学', '19900000001'],
    ]
    const reading = await readRows(rows, { targets: members })
    expect(mapping(reading)).toEqual({
      姓名: 'name',
      性别: 'sex',
      '入团/时间': 'joinedLeagueOn',
      联系方式: 'phone',
    })
    expect(reading.unmapped).toEqual(['入团/地点'])
    expect(reading.rows).toHaveLength(1)
  })

  test('whose name, whose phone: 监护人 and 介绍人 are not the row itself', async () => {
    const rows = [
      ['姓名', '监护人', '', '介绍人姓名'],
      ['', '姓名', '联系电话', ''],
      [nameOf(1), nameOf(2), '19900000001', nameOf(3)],
    ]
    const reading = await readRows(rows, { targets: members, book: { merges: ['A1:A2', 'B1:C1', 'D1:D2'] } })
    expect(mapping(reading)).toEqual({ 姓名: 'name' })
    expect(reading.rows[0]?.values.name?.value).toBe(nameOf(1))
  })

  test('a part is not the whole: 参加人数/团员 and 其中女团员/人数 are left out', async () => {
    const rows = [
      ['活动主题', '活动时间', '参加人数', '', '其中女团员', '活动内容'],
      ['', '', '团员', '群众', '人数', ''],
      ['植树', '2024.3.12', 10, 5, 4, '种了三亩'],
    ]
    const merges = ['A1:A2', 'B1:B2', 'C1:D1', 'F1:F2']
    const reading = await readRows(rows, { targets: themeActivity, book: { merges } })
    expect(Object.values(mapping(reading))).toEqual(['title', 'day', 'content'])
    expect(reading.unmapped).toEqual(['参加人数/团员', '参加人数/群众', '其中女团员/人数'])
  })

  test('an optional choice whose column holds other words is left out, a single odd value is refused', async () => {
    const roster = (words: string[]) => [['姓名', '来源'], ...words.map((word, i) => [nameOf(i), word])]
    const foreign = await readRows(roster(['县城', '乡下', '外省']), { targets: members })
    expect([foreign.unmapped, blockers(foreign)]).toEqual([['来源'], []])
    const odd = await readRows(roster(['转入', '新发展', '外省']), { targets: members })
    expect(odd.rows.map(isClean)).toEqual([true, true, false])
  })

  test('vertical merges are carried; a merged amount is asked about', async () => {
    const rows = [
      ['所在团支部', '姓名', '慰问类别', '慰问时间', '慰问金额（元）'],
      ['柳河村团支部', nameOf(1), '困难', '2024.1.20', 500],
      [null, nameOf(2), '困难', '2024.1.20', null],
      ['青石村团支部', nameOf(3), '重病', '2024.1.21', 300],
    ]
    const merges = ['A2:A3', 'E2:E3']
    const withOrg: Target = {
      ...visit,
      fields: [...visit.fields, { id: 'org', title: '团支部', kind: 'org', synonyms: ['所在团支部'] }],
    }
    const reading = await readRows(rows, { targets: withOrg, book: { merges, bookType: 'biff8' } })
    expect(reading.rows.map((row) => row.values.org?.value)).toEqual([
      '柳河村团支部',
      '柳河村团支部',
      '青石村团支部',
    ])
    expect(reading.rows.map(isClean)).toEqual([false, false, true])
    expect(reading.rows[1]?.problems[0]).toMatchObject({ severity: 'confirm', column: 'E', field: 'amount' })
  })

  test('an activity whose participants stand a row each is one record', async () => {
    const rows = [
      ['活动主题', '活动时间', '参与人次', '主持人'],
      ['义务植树', '2024.3.12', 30, nameOf(1)],
      [null, null, null, nameOf(2)],
      ['河道清洁', '2024.3.20', 12, nameOf(3)],
    ]
    const reading = await readRows(rows, {
      targets: themeActivity,
      book: { merges: ['A2:A3', 'B2:B3', 'C2:C3'] },
    })
    expect(reading.rows.map((row) => [row.rowNumber, row.alsoRows ?? [], row.values.host?.value])).toEqual([
      [2, [3], [nameOf(1), nameOf(2)]],
      [4, [], [nameOf(3)]],
    ])
    expect(reading.rows.map((row) => row.values.personTimes?.value)).toEqual([30, 12])
    expect(blockers(reading)).toEqual([])
  })

  test('an ID number stored as a number is refused with its remedy; the row keeps the rest', async () => {
    const rows = [
      HEADER,
      [
        1,
        nameOf(0),
        '女',
        Number('990101200001011234'),
        { t: 'n', v: 36526, z: 'yyyy-mm-dd' },
        { t: 'n', v: 2019.1 },
        '柳河村',
      ],
    ]
    const reading = await readRows(rows, { targets: members })
    const [row] = reading.rows
    expect(row?.problems.map((one) => [one.column, one.field, one.severity])).toEqual([
      ['D', 'idNumber', 'error'],
      ['F', 'joinedLeagueOn', 'confirm'],
    ])
    expect(row?.problems[0]?.remedy).toContain('文本')
    expect(row?.values.idNumber?.value).toBeNull()
    expect(row?.values.birthDate?.value).toBe('2000-01-01')
  })

  test('sex and birth date are held against the ID number', async () => {
    const rows = [HEADER, [1, nameOf(0), '男', idOf(0), '1990.1', '2019.9', '柳河村']]
    const reading = await readRows(rows, { targets: members })
    expect(reading.rows[0]?.problems.map((one) => [one.field, one.severity])).toEqual([
      ['birthDate', 'warning'],
      ['sex', 'warning'],
    ])
    const before = await readRows([HEADER, [1, nameOf(0), '女', idOf(0), '', '1994.9', '柳河村']], {
      targets: members,
    })
    expect(before.rows[0]?.problems.map((one) => [one.field, one.severity])).toEqual([
      ['joinedLeagueOn', 'error'],
    ])
  })

  test('two equal lists side by side are both read', async () => {
    const rows = [
      ['序号', '姓名', '性别', '序号', '姓名', '性别'],
      [1, nameOf(1), '男', 3, nameOf(3), '女'],
      [2, nameOf(2), '男', null, null, null],
    ]
    const reading = await readRows(rows, { targets: members })
    expect(reading.rows.map((row) => row.values.name?.value)).toEqual([nameOf(1), nameOf(2), nameOf(3)])
    expect(reading.notes.join()).toContain('并排')
  })

  test('a second, different table below is left and said so', async () => {
    const rows = [
      ['姓名', '性别', '出生年月'],
      [nameOf(1), '男', '2000.5'],
      [],
      ['组织名称', '成立时间', '团员人数'],
      ['柳河村团支部', '2019.5', 12],
    ]
    const reading = await readRows(rows)
    expect(reading.rows).toHaveLength(1)
    expect(reading.notes.join()).toContain('第 4 行起是另一张表')
  })

  test('units: of the header, of the whole sheet; a foreign one is left out', async () => {
    const rows = [
      ['2024年走访慰问统计', null, null, '单位：万元'],
      ['姓名', '慰问时间', '慰问金额', '慰问原因（户）'],
      [nameOf(1), '3.18', 0.05, '困难'],
    ]
    const reading = await readRows(rows, { targets: visit })
    expect(reading.rows[0]?.values.amount?.value).toBe(500)
    expect(reading.rows[0]?.values.day?.value).toBe('2024-03-18')
    const wrong = await readRows(
      [
        ['活动主题', '活动时间', '参与人数（户）'],
        ['植树', '2024.3.12', 5],
      ],
      { targets: themeActivity },
    )
    expect(wrong.unmapped).toEqual(['参与人数(户)'])
    const times = await readRows(
      [
        ['活动主题', '活动时间', '参与（人次）'],
        ['植树', '2024.3.12', 5],
      ],
      { targets: themeActivity },
    )
    expect(mapping(times)['参与(人次)']).toBe('personTimes')
  })

  test('a total below with formulas or without a label is compared, not imported; an unequal nameless row is refused', async () => {
    const head = ['姓名', '慰问时间', '慰问金额']
    const data = [nameOf(1), '2024.3.1', 200]
    const more = [nameOf(2), '2024.3.2', 300]
    const summed = await readRows([head, data, more, [null, null, { t: 'n', v: 500, f: 'SUM(C2:C3)' }]], {
      targets: visit,
    })
    expect(summed.totals).toMatchObject([{ stated: 500, ours: 500, equal: true }])
    const bare = await readRows([head, data, more, [null, null, 500]], { targets: visit })
    expect(bare.totals).toMatchObject([{ equal: true }])
    const odd = await readRows([head, data, more, [null, null, 450]], { targets: visit })
    expect(odd.rows[2]?.problems.map((one) => one.reason)).toEqual(['没有填姓名'])
  })

  test('hints, examples, column numbers and hidden rows', async () => {
    const rows = [
      ['姓名*', '性别（男/女）', '出生年月（如1998.06）', '手机号（11位）'],
      ['必填', '下拉选择', '格式：yyyy.mm', '选填'],
      [1, 2, 3, 4],
      [nameOf(1), '男', '1998.06', '19900000001'],
      [nameOf(2), '女', '1999.07', '19900000002'],
    ]
    const reading = await readRows(rows, { targets: members, book: { hiddenRows: [5] } })
    expect(Object.values(mapping(reading))).toEqual(['name', 'sex', 'birthDate', 'phone'])
    expect(reading.rows.map((row) => row.rowNumber)).toEqual([4, 5])
    expect(reading.notes.join()).toContain('隐藏')
  })

  test('what was confirmed before is used again, also to leave a column out', async () => {
    const rows = [
      ['甲', '性别', '乙'],
      [nameOf(1), '男', '19900000001'],
    ]
    const reading = await readRows(rows, {
      targets: members,
      options: { remembered: { 甲: 'name', 性别: '', 乙: 'phone' } },
    })
    expect(mapping(reading)).toEqual({ 甲: 'name', 乙: 'phone' })
  })

  test('a column shows whether 3.5 is a day or a month', async () => {
    const days = [
      ['活动主题', '活动时间'],
      ['植树', '3.5'],
      ['清洁', '3.20'],
      ['宣讲', 4.1],
    ]
    const reading = await readRows([['2024年活动台账'], ...days], { targets: themeActivity })
    expect(reading.rows.map((row) => row.values.day?.value)).toEqual(['2024-03-05', '2024-03-20', null])
    const births = [
      ['姓名', '出生年月'],
      [nameOf(1), '98.6'],
      [nameOf(2), '05.3'],
      [nameOf(3), '12/11/23'],
    ]
    const roster = await readRows([['2024年花名册'], ...births], { targets: members })
    expect(roster.rows.map((row) => row.values.birthDate?.value)).toEqual(['1998-06-01', '2005-03-01', null])
  })

  test('page marks, repeated titles and signatures without colons are no rows; a dated 合计 title is', async () => {
    const title = '柳河镇团员花名册'
    const rows = [
      [title],
      ['姓名', '性别'],
      [nameOf(1), '男'],
      ['第 1 页'],
      [title],
      ['姓名', '性别'],
      [nameOf(2), '女'],
      ['制表人', nameOf(3)],
      ['2024年6月20日'],
    ]
    const reading = await readRows(rows, { targets: members, book: { merges: ['A1:B1', 'A5:B5'] } })
    expect(reading.rows.map((row) => [row.rowNumber, row.section])).toEqual([
      [3, undefined],
      [7, undefined],
    ])
    const event = await readRows(
      [
        ['活动主题', '活动时间'],
        ['年终总计', '2024.3.12'],
      ],
      { targets: themeActivity },
    )
    expect(event.rows).toHaveLength(1)
  })

  test('nothing to read says so', async () => {
    const reading = await readRows([['只有一句话']], { targets: members })
    expect(reading).toMatchObject({ headerRows: [], rows: [], kind: '' })
    expect(reading.notes.join()).toContain('没有找到表头')
  })

  test('10,000 rows of 15 columns within 10 s, also on a busy machine', async () => {
    const headers =
      '序号|姓名|性别|民族|出生日期|身份证号|手机号码|学历|政治面貌|籍贯|职业|入团时间|所在团支部|是否流动|备注'.split(
        '|',
      )
    const { rows } = dressed(headers, { rows: 10_000 })
    rows.slice(1).forEach((row) => {
      row[13] = '否'
    })
    const bytes = book(rows)
    const started = performance.now()
    const { sheets } = await readWorkbook(bytes, { fileName: 'a.xlsx' })
    const reading = sheets[0] && readSheet(sheets[0], all, { today: '2024-06-30' })
    const took = performance.now() - started
    expect(reading?.rows).toHaveLength(10_000)
    expect(took).toBeLessThan(10_000)
  }, 30_000)
})
