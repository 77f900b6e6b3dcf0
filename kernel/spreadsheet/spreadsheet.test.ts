import * as xlsx from '@e965/xlsx'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { splitCsv } from './csv.ts'
import { serialToMoment } from './dates.ts'
import { zipOf } from './fixtures/zips.ts'
import { readWorkbook } from './read.ts'
import type { Workbook } from './workbook.ts'
import { writeCsv, writeWorkbook } from './write.ts'

const texts = (book: Workbook, sheet = 0) =>
  book.sheets[sheet]?.rows.map((row) => row.map((cell) => cell.shown))

function bookOf(
  rows: unknown[][],
  bookType: xlsx.BookType,
  options: { date1904?: boolean } = {},
): Uint8Array {
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet(rows), '花名册')
  book.Workbook = { WBProps: { date1904: options.date1904 ?? false } }
  return new Uint8Array(xlsx.write(book, { type: 'buffer', bookType }))
}

describe('readWorkbook', () => {
  test.each(['xlsx', 'biff8'] as const)('%s keeps kinds, shown text and number format', async (bookType) => {
    const month = { t: 'n', v: 45000, z: 'yyyy"年"m"月"' }
    const bytes = bookOf([['姓名', '入团'], ['张三', month], [1.5, true], [{ t: 'e', v: 0x17 }]], bookType)
    const [sheet] = (await readWorkbook(bytes, { fileName: '册.xls' })).sheets
    expect(sheet?.typed).toBe(true)
    expect(sheet?.rows[1]?.[1]).toMatchObject({ kind: 'date', value: '2023-03-15', shown: '2023年3月' })
    expect(sheet?.rows[2]?.map((cell) => cell.value)).toEqual([1.5, true])
    expect(sheet?.rows[3]?.[0]).toMatchObject({ kind: 'error', shown: '#REF!' })
  })

  test('both day systems name the same day', async () => {
    const rows = [[{ t: 'n', v: 36526, z: 'yyyy-mm-dd' }]]
    const plain = await readWorkbook(bookOf(rows, 'xlsx'), { fileName: 'a.xlsx' })
    expect(plain.sheets[0]?.rows[0]?.[0]?.value).toBe('2000-01-01')
    expect(serialToMoment(36526 - 1462, true)).toBe('2000-01-01')
    expect(serialToMoment(45000.5)).toBe('2023-03-15 12:00:00')
    expect(serialToMoment(1)).toBe('1900-01-01')
    expect(serialToMoment(61)).toBe('1900-03-01')
    expect(serialToMoment(-1)).toBeNull()
  })

  test('csv in UTF-8 with and without mark, GB18030 and UTF-16', async () => {
    const gb = Uint8Array.from([
      0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd0, 0xd4, 0xb1, 0xf0, 0x0a, 0xd5, 0xc5, 0xc8, 0xfd, 0x2c, 0xc4, 0xd0,
    ])
    const utf8 = new TextEncoder().encode('姓名,性别\n张三,男')
    const marked = new TextEncoder().encode('\uFEFF姓名,性别\r\n张三,男\r\n')
    const utf16 = Buffer.from('\uFEFF姓名\t性别\n张三\t男', 'utf16le')
    for (const bytes of [gb, utf8, marked, utf16]) {
      const book = await readWorkbook(bytes, { fileName: '册.csv' })
      expect(texts(book)).toEqual([
        ['姓名', '性别'],
        ['张三', '男'],
      ])
      expect(book.sheets[0]?.typed).toBe(false)
    }
  })

  test('a web page named .xls is read as texts, long numbers whole', async () => {
    const html =
      '<html><head><meta charset="utf-8"><style>td{}</style></head><table><tr><td colspan=2>册</td></tr><tr><td>990101200001011234</td><td>2023.10</td></tr></table>'
    const book = await readWorkbook(new TextEncoder().encode(html), { fileName: 'a.xls' })
    expect(book.format).toBe('html')
    expect(book.sheets[0]?.rows[1]?.map((cell) => cell.value)).toEqual(['990101200001011234', '2023.10'])
    expect(book.sheets[0]?.merges).toEqual([{ top: 0, left: 0, bottom: 0, right: 1 }])
  })

  test('refusals say what the file is', async () => {
    const refused = async (bytes: Uint8Array, fileName = 'x.xlsx') =>
      readWorkbook(bytes, { fileName }).then(
        () => 'read',
        (error: { code: string }) => error.code,
      )
    expect(await refused(new Uint8Array())).toBe('emptyFile')
    expect(await refused(new TextEncoder().encode('%PDF-1.7'))).toBe('notSpreadsheet')
    expect(await refused(zipSync({ 'word/document.xml': new Uint8Array(3) }))).toBe('notSpreadsheet')
    expect(await refused(Uint8Array.from([0, 1, 2, 3]))).toBe('notSpreadsheet')
    expect(await refused(bookOf([['a']], 'xlsx').slice(0, 900))).toBe('notSpreadsheet')
    const locked = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ])
    expect(await refused(locked)).toBe('spreadsheetLocked')
    await expect(
      readWorkbook(bookOf([['a']], 'xlsx'), { fileName: 'a', sheet: '没有' }),
    ).rejects.toMatchObject({
      code: 'sheetNotFound',
    })
  })

  test('a bomb is refused by its declared sizes, and a lying one by its real ones', async () => {
    const bomb = zipOf({ 'xl/workbook.xml': 'abc', 'xl/a': new Uint8Array(210 * 1024 * 1024) })
    await expect(readWorkbook(bomb, { fileName: 'a' })).rejects.toMatchObject({ code: 'spreadsheetTooLarge' })
    const liar = { name: 'xl/a', body: new Uint8Array(210 * 1024 * 1024), declared: 10 }
    const lying = zipOf([{ name: 'xl/workbook.xml', body: 'abc' }, liar])
    await expect(readWorkbook(lying, { fileName: 'a' })).rejects.toMatchObject({
      code: 'spreadsheetTooLarge',
    })
  }, 180_000)

  test('a cancelled reading and one over its time end as refusals', async () => {
    const bytes = bookOf([['a']], 'xlsx')
    await expect(readWorkbook(bytes, { fileName: 'a', signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    // Looked at every so often only: what is read in no time is not worth ending.
    const long = bookOf(
      Array.from({ length: 20_000 }, (_, at) => [`第${at}行`, at, '青石镇']),
      'xlsx',
    )
    await expect(readWorkbook(long, { fileName: 'a', milliseconds: 1 })).rejects.toMatchObject({
      code: 'spreadsheetTooLarge',
    })
  })
})

describe('writing', () => {
  const sheet = {
    name: '失败/行',
    title: '团员花名册',
    notes: ['请勿改动表头'],
    columns: [
      { title: '姓名' },
      { title: '身份证号', width: 22 },
      { title: '金额', format: 'money' as const },
      { title: '民族', options: Array.from({ length: 80 }, (_, i) => `第${i}个民族`) },
      { title: '性别', options: ['男', '女'] },
    ],
    rows: [['=1+1', '990101200001011234', 3.5, null, '男']],
  }

  test('a long sheet is written whole, in its order', async () => {
    const rows = Array.from({ length: 1_300 }, (_, row) => [`第 ${row} 行`, row, null])
    const columns = [{ title: '行' }, { title: '数' }, { title: '空' }]
    const bytes = await writeWorkbook([{ name: '长', columns, rows }])
    const [read] = (await readWorkbook(bytes, { fileName: 'a.xlsx' })).sheets
    expect(read?.rows.length).toBe(1_301)
    expect(
      read?.rows
        .at(-1)
        ?.slice(0, 2)
        .map((cell) => cell.shown),
    ).toEqual(['第 1299 行', '1299'])
  })

  test('what is written reads back: texts stay texts, none becomes a formula', async () => {
    const book = await readWorkbook(await writeWorkbook([sheet]), { fileName: 'a.xlsx' })
    expect(book.sheets[0]?.rows[2]?.map((cell) => cell.shown)).toEqual([
      '姓名',
      '身份证号',
      '金额',
      '民族',
      '性别',
    ])
    const row = book.sheets[0]?.rows[3]
    expect(row?.slice(0, 3).map((cell) => [cell.kind, cell.value])).toEqual([
      ['text', '=1+1'],
      ['text', '990101200001011234'],
      ['number', 3.5],
    ])
    expect(row?.[0]?.formula).toBeUndefined()
    expect(book.sheets[1]).toMatchObject({ name: '选项', hidden: true })
  })

  test('csv survives any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1 }),
        (rows) => {
          const columns = [{ title: 'a' }, { title: 'b' }]
          const back = splitCsv(new TextDecoder().decode(writeCsv({ name: 'x', columns, rows })), ',').slice(
            1,
          )
          const disarmed = rows.map((row) =>
            row.map((text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)),
          )
          expect(back).toEqual(disarmed)
        },
      ),
    )
  })
})
