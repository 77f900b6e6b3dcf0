import { afterAll, beforeAll, expect, test } from 'vitest'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { readWorkbook } from '../kernel/spreadsheet/read.ts'
import { type Desk, openDesk } from '../test/worlds/importing.ts'
import { inTransaction } from '../test/worlds/tree.ts'
import { EMPTY } from './neighbours.ts'
import { messySheets } from './sheets.ts'
import { openUnit } from './towns.ts'

let desk: Desk
let town: Org

beforeAll(async () => {
  desk = await openDesk()
  const facts = { type: 'committee', sector: 'territory', level: 'township' }
  await inTransaction(desk.world.services, async (ctx) => {
    town = await openOrg(ctx, { parent: desk.tree.county, name: EMPTY.name, ...facts })
    for (const unit of EMPTY.units) await openUnit(ctx, town, { ...unit, on: '2020-02-01' })
  })
})
afterAll(() => desk.world.close())

/** A workbook's bytes carry the minute of their making; what stands in the cells does not. */
const cellsOf = async () => {
  const files = await messySheets()
  return Promise.all(files.map(({ name, bytes }) => readWorkbook(bytes, { fileName: name })))
}

test('the same every time', async () => {
  const first = await cellsOf()
  expect(first.map((book) => book.sheets.length)).toEqual([1, 1, 1, 1])
  expect(await cellsOf()).toEqual(first)
})

test('taken in but for the one number that lost its digits, and for the total that was added up wrongly', async () => {
  const seen: [string, number, number, boolean[]][] = []
  for (const { name, bytes } of await messySheets()) {
    const more = { onlyGood: true, statementDate: '2024-05-31' }
    const report = await desk.take(bytes, town, more)
    const { rows, refused } = report.counts
    seen.push([`${name} ${report.kind}`, rows, refused, report.totals.map((t) => t.equal)])
  }
  expect(seen).toEqual([
    ['枫砻镇团员花名册.xlsx members', 42, 1, [true]],
    ['枫砻镇团干部名册.xlsx officers', 8, 0, []],
    ['枫砻镇2024年活动台账.xlsx themeActivity', 12, 0, []],
    ['枫砻镇2024年一季度团费收缴表.xlsx dues', 15, 0, [false]],
  ])
})
