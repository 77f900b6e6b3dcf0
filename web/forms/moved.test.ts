import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowNow, rowThen } from './moved.ts'

const list = { row: 3, through: 4, lines: 6 }

test('what lies below a list that grew is four rows further down, and every line is of the list', () => {
  expect([2, 3, 5].map((row) => rowNow([list], row))).toEqual([2, 3, 9])
  expect([2, 3, 8, 9].map((row) => rowThen([list], row))).toEqual([2, 3, 3, 5])
  expect(rowNow([{ row: 3, through: 9, lines: 2 }], 12)).toBe(12)
})

test('there and back again, outside of lists', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), fc.nat(60), (lines, more, row) => {
      const lists = [
        { row: 2, through: 4, lines },
        { row: 10, through: 11, lines: more },
      ]
      const inList = lists.some((one) => row >= one.row && row <= one.through)
      expect(inList || rowThen(lists, rowNow(lists, row)) === row).toBe(true)
    }),
  )
})
