import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AnnexFigure, annexSheets, sheetName } from './annex.ts'

const figure: AnnexFigure = {
  no: 1,
  sentence: '现有团员430人。',
  text: '430人',
  measureTitle: '团员数',
  question: '青山镇团委，2024-06-18，团员数',
  value: 430,
  unit: '人',
  digest: 'ab12',
  parts: [
    {
      role: '',
      count: 2,
      columns: [{ title: '姓名' }, { title: '团费' }],
      rows: [
        ['林晓', 3],
        ['赵山', null],
      ],
    },
  ],
}
const share: AnnexFigure = {
  ...figure,
  no: 2,
  text: '43.5%',
  measureTitle: '党员比例',
  value: '17/39',
  unit: '%',
  parts: [
    { role: 'numerator', title: '党员', count: 1, columns: [{ title: '姓名' }], rows: [['林晓']] },
    {
      role: 'denominator',
      title: '团干部',
      count: 3,
      columns: [{ title: '职务' }, { title: '姓名' }],
      rows: [
        ['书记', '林晓'],
        ['委员', '周远'],
      ],
    },
  ],
}

test('lists every figure and gives each its rows', () => {
  const [list, first, second, ...rest] = annexSheets({ title: '工作总结', figures: [figure, share] })
  expect(rest).toEqual([])
  expect(list?.columns.map((column) => column.title)).toEqual([
    '序号',
    '正文中的句子',
    '写法',
    '准确值',
    '单位',
    '口径',
    '行数',
    '佐证表名',
  ])
  expect(list?.rows[0]).toEqual([1, figure.sentence, '430人', 430, '人', figure.question, 2, '1 团员数'])
  expect(list?.rows[1]?.slice(3)).toEqual(['17/39', '%', figure.question, 4, '2 党员比例'])
  expect(first).toMatchObject({ name: '1 团员数', rows: figure.parts[0]?.rows })
  expect(first?.columns.map((column) => column.format)).toEqual([undefined, 'number'])
  expect(second?.columns.map((column) => column.title)).toEqual(['部分', '姓名', '职务'])
  expect(second?.rows).toEqual([
    ['党员', '林晓', null],
    ['团干部', '林晓', '书记'],
    ['团干部', '周远', '委员'],
  ])
  expect(second?.notes).toContain('团干部：3，以下列出前2行')
})

test('what is missing is listed as missing and has no sheet; zero has one', () => {
  const sheets = annexSheets({
    figures: [
      { ...figure, value: null, parts: [] },
      { ...figure, no: 2, value: 0, parts: [] },
    ],
  })
  expect(sheets.map((sheet) => sheet.name)).toEqual(['佐证目录', '2 团员数'])
  expect(sheets[0]?.rows.map((row) => [row[3], row[7]])).toEqual([
    ['—', '—'],
    [0, '2 团员数'],
  ])
})

test('money is listed as the number that it is, long digits as text', () => {
  const listed = (value: string) => annexSheets({ figures: [{ ...figure, value }] })[0]?.rows[0]?.[3]
  expect([listed('52600.50'), listed('12345678901234567'), listed('2024-03-12')]).toEqual([
    52600.5,
    '12345678901234567',
    '2024-03-12',
  ])
})

test('sheet names are legal and different, whatever the titles', () => {
  const title = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('History', '佐证目录', "'a'", '[]:*?/\\', '𠮷'.repeat(20)),
  )
  fc.assert(
    fc.property(fc.array(title, { maxLength: 12 }), (titles) => {
      const taken = new Set<string>()
      const names = titles.map((each) => sheetName(each, taken))
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
      for (const name of names) {
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(31)
        expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$/i)
      }
    }),
  )
})
