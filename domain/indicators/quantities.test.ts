import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { factsOfTownship, H1 } from '../../test/worlds/facts.ts'
import { plantTownship, type Township } from '../../test/worlds/township.ts'
import { addQuantities, type Quantity } from '../records/ledgers/quantities.ts'
import type { FigureQuestion } from './contract.ts'
import { evidence } from './query.ts'

let world: TestWorld
let town: Township

beforeAll(async () => {
  world = await openWorld(migrations)
  town = await plantTownship(world)
})
afterAll(() => world.close())

const _PERIOD = H1
const { inWorld, enter, ...facts } = factsOfTownship(() => ({ world, town }), '义务劳动')
const asking = (more: Partial<FigureQuestion> = {}) => facts.asking('record.quantity', more)
const asked = (more: Partial<FigureQuestion>) => facts.asked('record.quantity', more)
const q = (what: string, amount: string, unit: string): Quantity => ({ what, amount, unit })

describe('free quantities', () => {
  test('are missing where nothing is recorded', async () => {
    expect(await asked({})).toMatchObject({ value: null, missing: true })
  })

  test('are summed per unit, and never across units', async () => {
    const [first] = await enter('volunteering', [
      { quantities: [q('义务植树', '400', '株'), q('清理垃圾', '3', '吨')] },
    ])
    await enter('themeActivity', [
      { orgId: town.peach.id, quantities: [q('义务植树', '0.1', '株'), q('慰问', '12', '户')] },
    ])
    await expect(asked({})).rejects.toMatchObject({
      code: 'severalUnits',
      message: expect.stringContaining('吨、户、株'),
    })
    expect(await asked({ where: { unit: '株' } })).toMatchObject({
      value: 400.1,
      unit: '株',
      display: '400.1株',
      missing: false,
    })
    expect(await asked({ where: { what: '清理垃圾' } })).toMatchObject({
      value: 3,
      unit: '吨',
      display: '3吨',
    })
    expect(await asked({ where: { what: '~植树', ledger: '主题活动' } })).toMatchObject({ display: '0.1株' })
    expect(await asked({ where: { what: '清淤' } })).toMatchObject({ value: 0 })
    expect(await asked({ measure: 'volunteering.quantity', where: { unit: '株' } })).toMatchObject({
      value: 400,
    })
    const apart = await asked({ group: 'thing' })
    expect(apart).toMatchObject({ value: null, missingReason: expect.stringContaining('不能相加') })
    expect(apart.groups?.map((g) => [g.key, g.display])).toEqual([
      ['义务植树 株', '400.1株'],
      ['慰问 户', '12户'],
      ['清理垃圾 吨', '3吨'],
    ])
    const below = await asked({ where: { unit: '株' }, group: 'org' })
    expect(below.groups?.filter((g) => g.value).map((g) => [g.label, g.display])).toEqual([
      ['柳河村团支部', '400株'],
      ['桃源村团支部', '0.1株'],
    ])
    const rows = await inWorld((ctx) =>
      evidence(ctx, asking({ where: { unit: '吨' } }), { page: 1, size: 10 }),
    )
    expect(rows.total).toBe(1)
    expect(rows.rows[0]).toMatchObject({
      opens: 'records',
      opensId: first,
      cells: expect.arrayContaining(['清理垃圾', '3', '吨']),
    })
  })

  test('of a joint record count once above its hosts, and not at all once it is voided', async () => {
    const [id = ''] = await enter('themeActivity', [
      {
        orgId: town.peach.id,
        day: '2024-05-05',
        hosts: [town.plum.id],
        quantities: [q('修路', '2', '公里')],
      },
    ])
    const roads = { where: { what: '修路' } }
    expect((await asked(roads)).value).toBe(2)
    expect((await asked({ ...roads, org: town.plum.id })).value).toBe(2)
    expect((await asked({ ...roads, org: town.peach.id })).value).toBe(2)
    const below = await asked({ ...roads, group: 'org' })
    expect(below.overlap).toBe(2)
    await world.owner
      .updateTable('record')
      .set({ voidedAt: '2024-06-01 00:00:00' })
      .where('id', '=', id)
      .execute()
    expect((await asked(roads)).value).toBe(0)
  })

  test('the parts add up to the whole, per thing and unit', async () => {
    const one = fc
      .tuple(
        fc.constantFrom('铺路', '清扫', '帮扶'),
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom('米', '处', '户'),
      )
      .map(([what, n, unit]) => q(what, String(n / 100), unit))
    const records = fc.array(
      fc.record({
        ledger: fc.constantFrom('volunteering', 'themeActivity', 'training'),
        org: fc.constantFrom('willow' as const, 'peach' as const, 'plum' as const, 'town' as const),
        quantities: fc.array(one, { minLength: 1, maxLength: 4 }).map(addQuantities),
      }),
      { minLength: 1, maxLength: 6 },
    )
    let day = Date.parse('2020-01-01')
    await fc.assert(
      fc.asyncProperty(records, async (all) => {
        day += 86_400_000
        const on = new Date(day).toISOString().slice(0, 10)
        for (const { ledger, org, quantities } of all)
          await enter(ledger, [{ orgId: town[org].id, day: on, quantities }])
        const whole = addQuantities(all.flatMap((r) => r.quantities))
        const { groups = [] } = await asked({ from: on, to: on, group: 'thing' })
        expect(new Map(groups.map((g) => [g.key, String(g.value)]))).toEqual(
          new Map(whole.map(({ what, unit, amount }) => [`${what} ${unit}`, amount])),
        )
      }),
      { numRuns: 15 },
    )
  })
})
