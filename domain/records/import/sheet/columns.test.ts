import { describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../../kernel/spreadsheet/read.ts'
import { builtIn } from '../../../../test/worlds/builtIn.ts'
import { sheet as members } from '../../../structure/memberships/sheet.ts'
import { targetOf } from '../../ledgers/sheet.ts'
import { book, dressed, nameOf } from './fixtures/build.ts'
import { themeActivity, visit } from './fixtures/ledgerTargets.ts'
import { all, blockers, mapping, readRows } from './fixtures/reading.ts'
import { isClean } from './reading.ts'
import { readSheet } from './readSheet.ts'

const dues = builtIn('dues')
const training = builtIn('training')
const volunteering = builtIn('volunteering')

describe('headers and columns', () => {
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

  test('nothing to read says so', async () => {
    const reading = await readRows([['只有一句话']], { targets: members })
    expect(reading).toMatchObject({ headerRows: [], rows: [], kind: '' })
    expect(reading.notes.join()).toContain('没有找到表头')
  })

  test('10,000 rows of 15 columns take less than 5 s of a processor, however busy the machine is', async () => {
    const headers =
      '序号|姓名|性别|民族|出生日期|身份证号|手机号码|学历|政治面貌|籍贯|职业|入团时间|所在团支部|是否流动|备注'.split(
        '|',
      )
    const { rows } = dressed(headers, { rows: 10_000 })
    rows.slice(1).forEach((row) => {
      row[13] = '否'
    })
    const bytes = book(rows)
    const started = process.cpuUsage()
    const { sheets } = await readWorkbook(bytes, { fileName: 'a.xlsx' })
    const reading = sheets[0] && readSheet(sheets[0], all, { today: '2024-06-30' })
    const { user, system } = process.cpuUsage(started)
    expect(reading?.rows).toHaveLength(10_000)
    expect((user + system) / 1000).toBeLessThan(5_000)
  }, 60_000)

  test('what no header is known for is told by what stands alone: its last word and its values', async () => {
    const rows = [
      ['序号', '宣讲话题名称', '登台时间', '听讲群众人数', '现场听众人数', '计划人数'],
      [1, '宪法进万家', '2024.3.5', 30, 86, 90],
      [2, '农技课堂', '2024.3.12', 20, '近百人', 90],
    ]
    const reading = await readRows(rows, { targets: targetOf(training) })
    expect(mapping(reading)).toEqual({ 宣讲话题名称: 'title', 登台时间: 'day', 现场听众人数: 'personTimes' })
    expect(reading.unmapped).toEqual(['听讲群众人数', '计划人数'])
    expect(blockers(reading)).toEqual(['3E:这是约数'])
    const two = await readRows(
      [
        ['讲题名称', '报名时间段', '开讲的时间', '散场的时间'],
        ['宪法进万家', '一周', '2024.3.5', '2024.3.5'],
      ],
      { targets: targetOf(training) },
    )
    expect(Object.values(mapping(two))).toEqual(['title'])
  })

  test('应收 and 实收 are 应缴 and 实缴; a count under 志愿者（人） is no list of names', async () => {
    const rows = [
      ['支部', '月份', '应收', null, '实收', null],
      [null, null, '人数', '金额', '人数', '金额'],
      ['柳河村团支部', '2024年3月', 8, 24, 7, 21],
    ]
    const merges = ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1']
    const paid = await readRows(rows, { targets: targetOf(dues), book: { merges } })
    expect(Object.values(mapping(paid))).toEqual([
      'org',
      'day',
      'owedPeople',
      'owedAmount',
      'paidPeople',
      'paidAmount',
    ])
    const served = await readRows(
      [
        ['活动名称', '服务日期', '志愿者（人）'],
        ['护河', '2024.3.5', 12],
      ],
      { targets: targetOf(volunteering) },
    )
    expect(Object.values(mapping(served))).toEqual(['title', 'day', 'personTimes'])
  })

  test('texts keep their own marks; digits and letters are made one', async () => {
    const reading = await readRows(
      [
        ['活动名称', '活动日期', '地点'],
        ['　“五四”合唱（第２场）', '2024.5.4', '八(2)班，Ａ楼'],
      ],
      { targets: themeActivity },
    )
    const [row] = reading.rows
    expect(row?.values.title?.value).toBe('“五四”合唱（第2场）')
    expect(row?.values.place?.value).toBe('八(2)班，A楼')
  })
})
