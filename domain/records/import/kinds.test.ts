import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Target, TargetField } from '../../../kernel/spreadsheet/target.ts'
import { type Cell, EMPTY_CELL, type Sheet } from '../../../kernel/spreadsheet/workbook.ts'
import { sheet as officers } from '../../structure/appointments/sheet.ts'
import { sheet as members } from '../../structure/memberships/sheet.ts'
import { sheet as organisations } from '../../structure/organisations/sheet.ts'
import { builtInLedgers } from '../ledgers/registry.ts'
import { targetOf } from '../ledgers/sheet.ts'
import type { Written } from './sheet/fixtures/build.ts'
import { readSheet } from './sheet/readSheet.ts'
import { isSure } from './understand.ts'

const ledgers = builtInLedgers.map((d) => targetOf(d))
const all = [organisations, members, officers, ...ledgers]

const cellOf = (value: Written): Cell => {
  if (value === null || value === '') return EMPTY_CELL
  const shown = String(value)
  return typeof value === 'number' ? { kind: 'number', value, shown } : { kind: 'text', value: shown, shown }
}

function read(rows: Written[][]) {
  const width = Math.max(...rows.map((row) => row.length))
  const cells = rows.map((row) => Array.from({ length: width }, (_, i) => cellOf(row[i] ?? null)))
  const sheet: Sheet = { name: 'Sheet1', typed: true, rows: cells, merges: [] }
  const reading = readSheet(sheet, all, { today: '2024-06-30' })
  return { kind: reading.kind, sure: isSure(reading) }
}

const COUNTED = new Set(['integer', 'number', 'money'])

/** Something that an office would write there. */
function written(field: TargetField, row: number): Written {
  if (field.kind === 'date' || field.kind === 'month') return `2024.3.${row + 1}`
  if (COUNTED.has(field.kind)) return row + 2
  if (field.options) return field.options[row % field.options.length]?.title ?? ''
  if (field.kind === 'yesNo') return row % 2 === 0 ? '是' : '否'
  if (field.kind === 'people' || field.kind === 'name') return '甄不识'
  return field.id === 'org' ? '柳河村团支部' : `内容${row}`
}

const COLUMNS = new Set(['title', 'day', 'org'])

/** A sheet of the kind: what it must have, some of the rest, in any order and in any of the known words. */
const sheetOf = ({ fields }: Target) =>
  fc
    .record({
      some: fc.subarray(fields.filter((f) => !f.required && !COLUMNS.has(f.id))),
      words: fc.array(fc.nat(), { minLength: fields.length, maxLength: fields.length }),
    })
    .chain(({ some, words }) => {
      const chosen = [...fields.filter((f) => f.required || COLUMNS.has(f.id)), ...some]
      return fc
        .shuffledSubarray(chosen, { minLength: chosen.length })
        .map((order) => [
          [
            '序号',
            ...order.map((f, i) => [f.title, ...f.synonyms][(words[i] ?? 0) % (f.synonyms.length + 1)] ?? ''),
          ],
          ...[0, 1, 2].map((row) => [row + 1, ...order.map((f) => written(f, row))]),
        ])
    })

test.each(ledgers.map((t) => [t.kind, t] as const))(
  'a sheet of %s with its name above is that and nothing else',
  (kind, target) => {
    const title = `柳河镇2024年${target.title}统计表`
    fc.assert(
      fc.property(sheetOf(target), (rows) => {
        expect(read([[title], ...rows])).toEqual({ kind, sure: true })
      }),
      { numRuns: 3 },
    )
  },
)

test.each(ledgers.map((t) => [t.kind, t] as const))(
  'a sheet of %s without a name is that, or is asked about',
  (kind, target) => {
    fc.assert(
      fc.property(sheetOf(target), (rows) => {
        const found = read(rows)
        if (found.sure) expect(found.kind).toBe(kind)
      }),
      { numRuns: 2 },
    )
  },
)

test('of two kinds that a title names, the longer word counts, then the last', () => {
  const rows = [
    ['单位', '时间', '名称'],
    ['柳河村团支部', '2024.3.1', '内容'],
  ]
  const titled = (title: string) => read([[title], ...rows]).kind
  expect(titled('柳河镇青年志愿者走访慰问统计表')).toBe('visit')
  expect(titled('柳河镇家长学校授课登记表')).toBe('serviceStation')
})
