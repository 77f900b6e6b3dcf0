import { describe, expect, test } from 'vitest'
import { dressed } from './fixtures/build.ts'
import { HEADERS, LATER } from './fixtures/headerRows.ts'
import { blockers, mapping, readRows } from './fixtures/reading.ts'

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
