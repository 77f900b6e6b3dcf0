import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carry } from './carry.ts'
import type { FormDocument } from './file/model.ts'
import { formOf } from './fixtures.ts'
import { fingerprintOf, labelsOf, openCellsOf } from './labels.ts'
import { cellKey, type Mapped } from './mapping.ts'

const MONTHLY = (month: string, rows: string[] = ['团员总数', '其中：女', '团干部']) =>
  formOf(
    [
      [`共青团基本情况统计表（2024年${month}）`, '', '', ''],
      ['填报单位：', '', '填报日期：', ''],
      ['项目', '本月', '去年同期', '备注'],
      ...rows.map((label) => [label, '', '', '']),
    ],
    [[0, 0, 0, 3]],
  )

const figure = (measure: string): Mapped['entry'] => ({ kind: 'figure', measure, period: 'own', org: 'own' })
const at = (row: number, column: number) => ({ table: 's0', row, column })

describe('the words beside a cell', () => {
  const labels = labelsOf(MONTHLY('5月'))
  const of = (row: number, column: number) => labels.get(cellKey(at(row, column)))

  test('are its row and its column head, and 其中 has its whole before it', () => {
    expect(of(3, 1)).toMatchObject({ row: ['团员总数'], column: ['本月'] })
    expect(of(4, 2)).toMatchObject({ row: ['团员总数', '其中:女'], column: ['去年同期'] })
    expect(of(5, 1)).toMatchObject({ row: ['团干部'], title: '表 共青团基本情况统计表(2024年5月)' })
  })

  test('are the caption alone behind a caption, and reach over merged heads of two rows', () => {
    expect(of(1, 1)).toMatchObject({ row: ['填报单位'], column: [] })
    const merged = labelsOf(
      formOf(
        [
          ['单位', '团员', ''],
          ['', '总数', '其中：女'],
          ['柳河村', '', ''],
        ],
        [
          [0, 0, 1, 0],
          [0, 1, 0, 2],
        ],
      ),
    )
    expect(merged.get(cellKey(at(2, 2)))).toMatchObject({
      row: ['柳河村'],
      column: ['团员', '总数', '其中:女'],
    })
  })

  test('cells that ask for something are open: not heads, not formulas, of blank lines only the first', () => {
    const form = formOf([
      ['序号', '姓名', '性别'],
      ['', '', ''],
      ['', '', ''],
    ])
    expect(openCellsOf(form, [])).toEqual([at(1, 0), at(1, 1), at(1, 2)])
    const card = formOf([['单位名称', '', '团员数', '']])
    expect(openCellsOf(card, [{ ...at(0, 1), entry: { kind: 'blank' } }])).toEqual([at(0, 3)])
  })
})

describe('a form known again', () => {
  const before = MONTHLY('5月')
  const mapping: Mapped[] = [
    { ...at(1, 1), entry: { kind: 'text', what: 'org' } },
    { ...at(3, 1), entry: figure('members.count') },
    { ...at(4, 1), entry: figure('members.female') },
    { ...at(5, 2), entry: figure('officers.people') },
  ]

  test('the month in its title does not matter, a label does', () => {
    expect(fingerprintOf(MONTHLY('6月'))).toBe(fingerprintOf(before))
    expect(fingerprintOf(MONTHLY('12月'))).toBe(fingerprintOf(before))
    expect(fingerprintOf(MONTHLY('5月', ['团员总数', '其中：男', '团干部']))).not.toBe(fingerprintOf(before))
  })

  test('a changed form keeps what stands under the same words, and loses what does not', () => {
    const now = MONTHLY('6月', ['团组织数', '团员总数', '其中：女', '专职团干部'])
    const { mapping: kept, lost, alike } = carry({ document: before, mapping }, now)
    expect(kept.map(({ row, column }) => [row, column])).toEqual([
      [1, 1],
      [4, 1],
      [5, 1],
    ])
    expect(lost.map((m) => m.entry)).toEqual([figure('officers.people')])
    expect(alike).toBeGreaterThan(0.7)
    expect(alike).toBeLessThan(1)
    const strange = formOf([
      ['车辆', '里程'],
      ['公务车', ''],
    ])
    expect(carry({ document: before, mapping }, strange).alike).toBeLessThan(0.2)
  })

  test('a list finds its columns by their heads, and as many blank lines as there are now', () => {
    const roster = (heads: string[], lines: number) =>
      formOf([heads, ...Array.from({ length: lines }, () => heads.map(() => ''))])
    const columns = [
      { column: 0, from: 'name' },
      { column: 1, from: 'sex' },
    ]
    const list: Mapped['entry'] = {
      ...figure('members.count'),
      kind: 'list',
      through: 2,
      columns,
    } as Mapped['entry']
    const old = { document: roster(['姓名', '性别'], 2), mapping: [{ ...at(1, 0), entry: list }] }
    const { mapping: kept } = carry(old, roster(['姓名', '民族', '性别'], 5))
    expect(kept).toEqual([
      {
        ...at(1, 0),
        entry: {
          ...list,
          through: 5,
          columns: [
            { column: 0, from: 'name' },
            { column: 2, from: 'sex' },
          ],
        },
      },
    ])
  })

  test('whatever rows and columns come in, every cell whose words are unchanged keeps its entry', () => {
    const grid = (rows: string[], columns: string[]): FormDocument =>
      formOf([['项目', ...columns], ...rows.map((label) => [label, ...columns.map(() => '')])])
    const words = (prefix: string) =>
      fc
        .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 8 })
        .map((all) => all.map((n) => `${prefix}${letters(n)}`))
    const letters = (n: number) => String.fromCharCode(0x4e00 + n * 7)
    fc.assert(
      fc.property(
        words('甲'),
        words('乙'),
        fc.func(fc.boolean()),
        fc.func(fc.boolean()),
        (rows, columns, r, c) => {
          const [oldRows, oldColumns] = [rows.filter((w) => r(w)), columns.filter((w) => c(w))]
          fc.pre(oldRows.length > 0 && oldColumns.length > 0)
          const cells = oldRows.flatMap((row, i) =>
            oldColumns.map((column, j) => ({ ...at(i + 1, j + 1), row, column, i, j })),
          )
          const mapped = cells.map(
            ({ i, j, row, column }): Mapped => ({ ...at(i + 1, j + 1), entry: figure(`${row}.${column}`) }),
          )
          const { mapping: kept, lost } = carry(
            { document: grid(oldRows, oldColumns), mapping: mapped },
            grid(rows, columns),
          )
          expect(lost).toEqual([])
          for (const { row, column, entry } of kept)
            expect(entry).toEqual(figure(`${rows[row - 1]}.${columns[column - 1]}`))
          expect(kept).toHaveLength(mapped.length)
        },
      ),
    )
  })
})
