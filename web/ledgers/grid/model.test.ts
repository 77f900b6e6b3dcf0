import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gridTarget } from '../../../domain/records/import/typed/read.ts'
import { builtIn } from '../../../test/worlds/builtIn.ts'
import { copiedText, emptyGrid, fillDown, headerOf, isFilled, paste, readBlock, setCell } from './model.ts'

const definition = builtIn('themeActivity')

const target = gridTarget(definition)
const at = (field: string) => target.fields.findIndex((one) => one.id === field)
const area = (top: number, bottom: number, left: number, right = left) => ({ top, bottom, left, right })

describe('a block from a spreadsheet', () => {
  test('may hold line breaks, tabs and quotes in its cells', () => {
    expect(readBlock('a\t"两\n行"\r\nb\t"他说""好"""\r\n')).toEqual([
      ['a', '两\n行'],
      ['b', '他说"好"'],
    ])
    expect(readBlock('只有一格')).toEqual([['只有一格']])
    expect(readBlock('"没有合上')).toEqual([['"没有合上']])
    expect(readBlock('')).toEqual([])
  })

  test('is copied as it was pasted', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'甲a"\t\n ,'), maxLength: 6 }).map((s) => s.trim())
    const block = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 6 }),
      )
    fc.assert(
      fc.property(block, (rows) => {
        fc.pre(rows.every((row) => row.some((one) => one !== '')))
        const { lines, area: where } = paste(emptyGrid(), target, { row: 0, column: 0 }, rows)
        expect(readBlock(copiedText(lines, target, where))).toEqual(rows)
      }),
    )
  })

  test('with its header goes where the words belong', () => {
    const block = [
      ['序号', '活动时间', '活动主题', '天气', '参加人数'],
      ['1', '2024-03-12', '植树', '晴', '32'],
    ]
    const { lines, header, cutRows } = paste(emptyGrid(), target, { row: 2, column: 5 }, block)
    expect(header?.unknown).toEqual(['天气'])
    expect(cutRows).toBe(0)
    expect(lines[2]?.cells).toEqual({ day: '2024-03-12', title: '植树', personTimes: '32' })
    expect(lines.filter(isFilled)).toHaveLength(1)
  })

  test('without a header goes where the cursor stands', () => {
    expect(headerOf(['2024-03-12', '植树', '柳河村'], target)).toBeNull()
    const { lines, cutColumns } = paste(emptyGrid(), target, { row: 0, column: 0 }, [['3.12', '', '植树']])
    expect(lines[0]?.cells).toMatchObject({ day: '3.12', title: '植树' })
    expect(cutColumns).toBe(0)
    const far = paste(emptyGrid(), target, { row: 0, column: target.fields.length - 1 }, [['一', '二', '三']])
    expect(far.cutColumns).toBe(2)
  })

  test('of more lines than a grid holds says how many are left out', () => {
    const rows = Array.from({ length: 600 }, (_, i) => ['2024-03-12', `第${i}场`])
    const { lines, cutRows } = paste(emptyGrid(), target, { row: 10, column: 0 }, rows)
    expect(cutRows).toBe(110)
    expect(lines).toHaveLength(500)
  })
})

describe('filling down', () => {
  test('takes what stands above, or the first line of an area, and leaves the other lines the same', () => {
    const day = at('day')
    const first = setCell(emptyGrid(), { row: 0, field: 'day', text: '2024-03-12' })
    const one = fillDown(first, target, area(1, 1, day))
    expect(one[1]?.cells.day).toBe('2024-03-12')
    const four = fillDown(one, target, area(1, 4, day))
    expect(four.slice(0, 6).map((line) => line.cells.day)).toEqual([
      ...Array(5).fill('2024-03-12'),
      undefined,
    ])
    expect(four[0]).toBe(first[0])
    expect(fillDown(first, target, area(0, 0, day))).toEqual(first)
  })
})
