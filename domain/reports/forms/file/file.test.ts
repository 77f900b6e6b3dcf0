import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun, VerticalMergeType } from 'docx'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { type CellValue, writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { readWorkbook } from '../../../../kernel/spreadsheet/read.ts'
import type { FormFile, FormTable } from './model.ts'
import { openForm } from './open.ts'
import { copied, lettersOf, shiftArea, shiftFormula } from './references.ts'

const at = (table: FormTable | undefined, row: number, column: number) =>
  table?.cells.find((c) => c.row === row && c.column === column)

async function workbook(rows: CellValue[][], merges: [number, number, number, number][] = []) {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '情况表',
        rows,
        merges: merges.map(([startRow, startCol, endRow, endCol]) => ({
          startRow,
          startCol,
          endRow,
          endCol,
        })),
      },
    ],
  })
  return { bytes, form: await openForm({ bytes, fileName: '表.xlsx' }) }
}

const valuesOf = async (bytes: Uint8Array) =>
  (await readWorkbook(bytes, { fileName: '表.xlsx' })).sheets[0]?.rows.map((row) =>
    row.map((cell) => cell?.value ?? null),
  )

const partsThatDiffer = (before: Uint8Array, after: Uint8Array) => {
  const [a, b] = [unzipSync(before), unzipSync(after)]
  return Object.keys(b).filter(
    (name) => Buffer.compare(Buffer.from(a[name] ?? []), Buffer.from(b[name] ?? [])) !== 0,
  )
}

describe('an Excel form', () => {
  const rows = [
    ['共青团基本情况表', null, null],
    ['项目', '人数', '其中：女'],
    ['团员', null, null],
    ['团干部', null, null],
  ]

  test('is shown with its merged cells, each place once', async () => {
    const { form } = await workbook(rows, [[0, 0, 0, 2]])
    const [table] = form.document.tables
    expect(at(table, 0, 0)).toMatchObject({ text: '共青团基本情况表', columnSpan: 3, rowSpan: 1 })
    expect(at(table, 0, 1)).toBeUndefined()
    expect(at(table, 2, 1)).toMatchObject({ text: '' })
    expect([table?.rows, table?.columns]).toEqual([4, 3])
  })

  test('gets numbers and texts where pointed, and changes in no other part', async () => {
    const { bytes, form } = await workbook(rows, [[0, 0, 0, 2]])
    const filled = form.fill([
      { table: 's0', row: 2, column: 1, value: 430 },
      { table: 's0', row: 2, column: 2, value: '无' },
    ])
    expect((await valuesOf(filled))?.[2]).toEqual(['团员', 430, '无'])
    expect(partsThatDiffer(bytes, filled).sort()).toEqual(['xl/worksheets/sheet1.xml'])
    // A second filling starts from the blank again.
    expect((await valuesOf(form.fill([])))?.[2]?.[1] ?? null).toBeNull()
  })

  test('refuses a covered cell and a formula', async () => {
    const { form } = await withSum()
    expect(() => form.fill([{ table: 's0', row: 4, column: 1, value: 3 }])).toThrow('公式')
    const merged = (await workbook(rows, [[0, 0, 0, 2]])).form
    expect(() => merged.fill([{ table: 's0', row: 0, column: 1, value: 3 }])).toThrow('合并的格子')
  })

  /** Two lines for a list, and their sum below. */
  async function withSum() {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: '名单',
          rows: [['名单'], ['姓名', '小时'], [null, null], [null, null], ['合计', null]],
          cells: new Map([['4,1', { formula: 'SUM(B3:B4)' }]]),
        },
      ],
    })
    return { bytes, form: await openForm({ bytes, fileName: '名单.xlsx' }) }
  }

  test('grows by rows for a longer list, and its sum grows with it', async () => {
    const { form } = await withSum()
    const lines: [string, number][] = [
      ['甲', 1],
      ['乙', 2],
      ['丙', 3],
      ['丁', 4],
    ]
    const filled = form.fill([], [{ table: 's0', row: 2, through: 3, columns: [0, 1], lines }])
    const again = (await openForm({ bytes: filled, fileName: '名单.xlsx' })).document.tables[0]
    expect(lines.map((_, i) => at(again, 2 + i, 0)?.text)).toEqual(['甲', '乙', '丙', '丁'])
    expect(at(again, 6, 0)?.text).toBe('合计')
    expect(at(again, 6, 1)?.formula).toBe('SUM(B3:B6)')
  })

  test('that is locked, old, or no form is refused with a remedy', async () => {
    const old = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])
    await expect(openForm({ bytes: old, fileName: '表.xls' })).rejects.toThrow('另存为')
    await expect(openForm({ bytes: new Uint8Array([1, 2, 3]), fileName: '表.xlsx' })).rejects.toThrow(
      '另存为',
    )
  })
})

describe('references', () => {
  test('move with inserted rows, and only those they mean', () => {
    const into = { after: 3, count: 2 }
    const sheets = { home: '表一', changed: '表一' }
    expect(shiftFormula('SUM(B2:B4)+C9*LOG10(A1)&"A9"', sheets, into)).toBe('SUM(B2:B6)+C11*LOG10(A1)&"A9"')
    expect(shiftFormula("'表 二'!A9+表一!A9", sheets, into)).toBe("'表 二'!A9+表一!A11")
    expect(shiftArea('A4:C4', into, false)).toBe('A4:C4')
    expect(copied('B3*$C$1+SUM(D3:E3)', 2, 0)).toBe('B5*$C$1+SUM(D5:E5)')
  })

  test('of any column are written as they are read', () => {
    fc.assert(
      fc.property(fc.nat(16_000), fc.nat(9999), (column, row) => {
        const reference = `${lettersOf(column)}${row + 1}`
        expect(shiftArea(reference, { after: row, count: 5 })).toBe(reference)
        expect(copied(copied(reference, 3, 2), -3, -2)).toBe(reference)
      }),
    )
  })
})

describe('a Word form', () => {
  const cell = (text: string, more: object = {}) =>
    new TableCell({
      children: [new Paragraph({ children: [new TextRun({ text, size: 28, font: '仿宋' })] })],
      ...more,
    })

  async function document(): Promise<FormFile> {
    const table = new Table({
      rows: [
        new TableRow({ children: [cell('指标', { columnSpan: 2 }), cell('数量')] }),
        new TableRow({
          children: [cell('团员', { verticalMerge: VerticalMergeType.RESTART }), cell('男'), cell('')],
        }),
        new TableRow({
          children: [cell('', { verticalMerge: VerticalMergeType.CONTINUE }), cell('女'), cell('')],
        }),
      ],
    })
    const file = new Document({ sections: [{ children: [new Paragraph('附件 1　统计表'), table] }] })
    return openForm({ bytes: new Uint8Array(await Packer.toBuffer(file)), fileName: '统计表.docx' })
  }

  test('is shown with spans in both directions and the words before it', async () => {
    const [table] = (await document()).document.tables
    expect(table?.title).toBe('附件 1　统计表')
    expect(at(table, 0, 0)).toMatchObject({ text: '指标', columnSpan: 2 })
    expect(at(table, 1, 0)).toMatchObject({ text: '团员', rowSpan: 2 })
    expect(at(table, 2, 0)).toBeUndefined()
    expect(at(table, 2, 1)).toMatchObject({ text: '女' })
  })

  test('keeps the type of the cell, and repeats the last line of a list', async () => {
    const form = await document()
    const filled = form.fill(
      [{ table: 't0', row: 1, column: 2, value: 12 }],
      [
        {
          table: 't0',
          row: 2,
          through: 2,
          columns: [1, 2],
          lines: [
            ['女', 8],
            ['合计', 20],
          ],
        },
      ],
    )
    const xml = Buffer.from(unzipSync(filled)['word/document.xml'] ?? []).toString()
    expect(xml).toMatch(/仿宋[^<]*"[\s\S]{0,200}<w:t xml:space="preserve">12<\/w:t>/)
    const [again] = (await openForm({ bytes: filled, fileName: '统计表.docx' })).document.tables
    expect([again?.rows, at(again, 1, 2)?.text, at(again, 3, 1)?.text, at(again, 3, 2)?.text]).toEqual([
      4,
      '12',
      '合计',
      '20',
    ])
  })
})
