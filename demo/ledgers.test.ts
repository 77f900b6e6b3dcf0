import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtInLedgers } from '../domain/records/ledgers/registry.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { type Desk, openDesk } from '../test/worlds/importing.ts'
import { inTransaction } from '../test/worlds/tree.ts'
import { bytesOf, ledgerDemos } from './ledgers.ts'
import { EMPTY } from './neighbours.ts'
import { openUnit } from './towns.ts'

let desk: Desk
let county: Org
let town: Org

beforeAll(async () => {
  desk = await openDesk()
  await inTransaction(desk.world.services, async (ctx) => {
    const place = { type: 'committee', sector: 'territory', on: '2020-02-01' }
    const { city } = desk.tree
    county = await openOrg(ctx, { parent: city, name: '共青团霁原县委员会', level: 'county', ...place })
    town = await openOrg(ctx, { parent: county, name: EMPTY.name, level: 'township', ...place })
    for (const unit of EMPTY.units) await openUnit(ctx, town, { ...unit, on: '2020-02-01' })
  })
})
afterAll(() => desk.world.close())

test('every ledger of the folder exists', () => {
  const known = builtInLedgers.map((d) => d.id)
  expect(ledgerDemos.map((d) => d.ledger).filter((id) => !known.includes(id))).toEqual([])
})

describe('a sheet from the desk', () => {
  test.each(ledgerDemos.map(({ ledger, demo }) => [ledger, demo.sheet] as const))(
    'of %s is known for what it is, and taken in',
    async (ledger, sheet) => {
      const org = sheet.desk === 'county' ? county : town
      const report = await desk.take(await bytesOf(sheet), org, { onlyGood: true })
      const failed = report.rows.filter((r) => r.state === 'refused' || r.state === 'confirm')
      const said = failed.map((r) => [r.row, r.problems.map((p) => p.reason).join('；')])
      const taken = report.counts.rows - failed.length
      const refused = Object.entries(sheet.refused ?? {})
      expect({ kind: report.kind, taken, said }).toEqual({
        kind: ledger,
        taken: sheet.taken,
        said: refused.map(([row, words]) => [Number(row), expect.stringContaining(words)]),
      })
    },
  )
})
