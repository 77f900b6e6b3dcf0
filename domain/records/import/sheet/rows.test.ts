import { describe, expect, test } from 'vitest'
import type { Target } from '../../../../kernel/spreadsheet/target.ts'
import { sheet as members } from '../../../structure/memberships/sheet.ts'
import { idOf, nameOf, type Written } from './fixtures/build.ts'
import { themeActivity, visit } from './fixtures/ledgerTargets.ts'
import { blockers, mapping, readRows, structure } from './fixtures/reading.ts'
import { isClean } from './reading.ts'

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

describe('rows', () => {
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

  test('a branch left blank below a filled one is asked about, not guessed; under a section it is not', async () => {
    const rows = [
      ['团支部', '姓名'],
      ['柳河村', nameOf(1)],
      [null, nameOf(2)],
      ['青石村', nameOf(3)],
    ]
    const reading = await readRows(rows, { targets: members })
    expect(blockers(reading)).toEqual(['3A:没有填，不知是否与上面相同'])
    expect(reading.rows[1]?.problems[0]?.options?.[0]?.value).toBe('柳河村')
    const all = await readRows(
      [
        ['团支部', '姓名'],
        [null, nameOf(1)],
        [null, nameOf(2)],
      ],
      { targets: members },
    )
    expect(blockers(all)).toEqual([])
    const sections = [
      ['姓名', '团支部'],
      ['一、柳河村团支部', null],
      [nameOf(1), '柳河村'],
      [nameOf(2), null],
    ]
    expect(blockers(await readRows(sections, { targets: members, book: { merges: ['A2:B2'] } }))).toEqual([])
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
})

describe('what somebody says about the header', () => {
  const rows = [
    ['柳河镇团员花名册'],
    ['姓名', '性别', '出生年月'],
    ['（按身份证填写）', '男/女', '年.月'],
    ['姓名', '性别', '身份证号', '出生年月', '入团时间', '团支部'],
    person(0).slice(1),
    person(1).slice(1),
  ]

  test('the row that is named is the first of the header; those above are title', async () => {
    const wanted = await readRows(rows, { targets: members, options: { header: { row: 4 } } })
    expect(wanted.headerRows).toEqual([4])
    expect(wanted.title.text).toContain('按身份证填写')
    expect(wanted.rows.map((row) => row.rowNumber)).toEqual([5, 6])
    const other = await readRows(rows, { targets: members, options: { header: { row: 2, rows: 2 } } })
    expect(other.headerRows).toEqual([2, 3])
    expect(other.columns[0]?.header).toBe('姓名/(按身份证填写)')
    const beyond = await readRows(rows, { targets: members, options: { header: { row: 40 } } })
    expect(beyond).toMatchObject({ headerRows: [], rows: [] })
  })

  test('a header of two rows is found from its first', async () => {
    const grouped = [['名册'], ['姓名', '人数', null], [null, '男', '女'], [nameOf(1), 1, 2]]
    const reading = await readRows(grouped, {
      targets: members,
      options: { header: { row: 2 } },
      book: { merges: ['B2:C2', 'A2:A3'] },
    })
    expect(reading.columns.map((column) => column.header)).toEqual(['姓名', '人数/男', '人数/女'])
  })
})

describe('days in the title', () => {
  const title = async (...lines: string[]) => {
    const above = lines.map((line) => [line])
    return (await readRows([...above, HEADER, person(0)], { targets: members })).title
  }

  test('the day for which the sheet speaks', async () => {
    for (const line of [
      '柳河镇团员花名册（截至2024年6月15日）',
      '柳河镇团员花名册（2024年6月15日）',
      '填报时间：2024年6月15日',
      '截至2024年6月15日',
      '2024年6月15日',
    ])
      expect((await title('团员花名册', line)).date).toBe('2024年6月15日')
    expect((await title('填报单位：柳河镇团委    填报时间：2024.6.15')).date).toBe('2024.6.15')
    expect((await title('2024年3月5日学雷锋活动签到表')).date).toBeUndefined()
  })

  test('when what it tells of was, as far as it says', async () => {
    const when = async (...lines: string[]) => (await title(...lines)).when
    expect(await when('2023年度获奖情况')).toEqual({ value: '2023-01-01', precision: 'year' })
    expect(await when('二〇二三年度获奖情况')).toEqual({ value: '2023-01-01', precision: 'year' })
    expect(await when('2024年3月团费收缴表')).toEqual({ value: '2024-03-01', precision: 'month' })
    expect(await when('2024年3月5日学雷锋签到表')).toEqual({ value: '2024-03-05', precision: 'day' })
    expect(await when('2023年度获奖情况', '填报时间：2024年1月5日')).toMatchObject({ value: '2023-01-01' })
    expect(await when('2023年度获奖情况', '2024年1月5日')).toMatchObject({ value: '2023-01-01' })
    expect(await when('获奖情况', '2024年1月')).toMatchObject({ value: '2024-01-01', precision: 'month' })
    expect(await when('2024年3月5日至15日活动')).toMatchObject({ precision: 'year' })
    expect(await when('2024年3月至5月活动')).toMatchObject({ precision: 'year' })
    expect(await when('获奖情况（截至2024年6月15日）')).toBeUndefined()
    expect(await when('2023-2024学年获奖情况')).toBeUndefined()
    expect(await when('2023年、2024年获奖情况')).toBeUndefined()
  })
})
