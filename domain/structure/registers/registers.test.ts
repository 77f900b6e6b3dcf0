/** Since when registers are complete, and what a count of an earlier day may still say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OwnWorld, plantOwnWorld } from '../../../test/worlds/ownLedgers.ts'
import { inTransaction, type TreeName } from '../../../test/worlds/tree.ts'
import { getFigure } from '../../indicators/contract.ts'
import { enterMembers } from '../memberships/enter.ts'
import { undoHeld } from '../people/undo.ts'
import * as contract from './contract.ts'
import { undoStatements } from './registers.ts'

let w: OwnWorld
const BATCH = '018f0000-0000-7000-8000-000000000009'

/** The tests' clock stands at 18 June 2024: willow entered one by one today, peach by a roster of 1 March. */
beforeAll(async () => {
  w = await plantOwnWorld()
  const member = (at: TreeName, name: string, more: object = {}) => ({
    person: { orgId: w.tree[at].id, name, sex: 'female' },
    ...more,
  })
  await inTransaction(w.world.services, async (ctx) => {
    const byHand = [
      member('willow', '林一舟', { from: '2021-01-01' }),
      member('willow', '苏小棠', { from: '2022-01-01' }),
      member('willow', '夏知秋'),
    ]
    await enterMembers(ctx, byHand, { statedOn: ctx.today })
    const roster = [
      member('peach', '陆星河', { from: '2021-01-01' }),
      member('peach', '白露', { from: '2023-05-01' }),
    ]
    await enterMembers(ctx, roster, { statedOn: '2024-03-01', batchId: BATCH })
  })
})
afterAll(() => w.world.close())

const reads = async (measure: string, org: TreeName, when: object, more: object = {}) => {
  const query = { org: w.tree[org].id, measure, ...when, ...more }
  const { display, note, missingReason, groups } = await w.call(w.at('county'), getFigure, { query })
  return groups
    ? groups.map((g) => `${g.label} ${g.display}`)
    : [display, note ?? missingReason].filter(Boolean).join(' ')
}
const on = (asOf: string) => ({ asOf })
const during = (from: string, to: string) => ({ from, to })
const TODAY = '2024-06-18'
const sinceMay = '名册从2024年5月1日起才齐全，这以前的不全'
const SINCE_TODAY = '名册从2024年6月18日起才齐全，这以前的不全'

const state = (org: TreeName, completeFrom: string, by = w.at('county')) =>
  w.call(by, contract.stateRegister, { body: { orgId: w.tree[org].id, register: 'members', completeFrom } })
const seen = async (org: TreeName) => {
  const { registers, may } = await w.call(w.at('county'), contract.getRegisters, {
    query: { org: w.tree[org].id },
  })
  const [{ completeFrom, statedBy, of, kept } = { completeFrom: null, statedBy: null, of: 0, kept: 0 }] =
    registers
  return { completeFrom, statedBy, of, kept, may: may.state }
}

describe('a count of people', () => {
  test('is exact from the day on which its registers are complete', async () => {
    expect(await reads('members.count', 'willow', on(TODAY))).toBe('3人')
    expect(await reads('members.count', 'peach', on('2024-03-01'))).toBe('2人')
    expect(await reads('members.count', 'county', on(TODAY))).toBe('5人')
  })

  test('of an earlier day is a lower bound of those known to have been there, or nothing at all', async () => {
    expect(await reads('members.count', 'willow', on('2023-06-30'))).toBe(`至少2人 ${SINCE_TODAY}`)
    expect(await reads('members.count', 'peach', on('2024-02-29'))).toBe(
      '至少2人 名册从2024年3月1日起才齐全，这以前的不全',
    )
    expect(await reads('members.count', 'county', on('2023-06-30'))).toBe(`至少4人 ${SINCE_TODAY}`)
    expect(await reads('members.count', 'willow', on('2020-06-30'))).toBe(`— ${SINCE_TODAY}`)
  })

  test('says the same group by group', async () => {
    const byOrg = { group: 'org' }
    expect(await reads('members.count', 'county', on('2024-03-01'), byOrg)).toEqual([
      '青石镇 至少2人',
      '白鹭镇 2人',
    ])
    expect(await reads('members.count', 'south', on('2024-02-01'), byOrg)).toEqual([
      '桃源村团支部 至少2人',
      '李家村团支部 —',
    ])
    expect(await reads('members.count', 'willow', on('2023-06-30'), { group: 'sex' })).toEqual(['女 至少2人'])
  })

  test('of what happened speaks of the whole period', async () => {
    expect(await reads('members.left', 'peach', during('2024-03-01', TODAY))).toBe('0人')
    expect(await reads('members.left', 'peach', during('2024-02-29', TODAY))).toBe(
      '— 名册从2024年3月1日起才齐全，这以前的不全',
    )
  })

  test('makes no quotient and no growth where a side is incomplete', async () => {
    const share = { query: { org: w.tree.willow.id, measure: 'members.femaleShare', asOf: '2023-06-30' } }
    expect(await w.call(w.at('county'), getFigure, share)).toMatchObject({ doubtful: true })
    const today = { query: { org: w.tree.willow.id, measure: 'members.femaleShare', asOf: TODAY } }
    expect(await w.call(w.at('county'), getFigure, today)).not.toHaveProperty('doubtful')
  })
})

describe('since when a register is complete', () => {
  test('is told for an organisation with all below', async () => {
    expect(await seen('willow')).toEqual({
      completeFrom: TODAY,
      statedBy: 'entry',
      of: 1,
      kept: 1,
      may: true,
    })
    expect(await seen('south')).toEqual({
      completeFrom: '2024-03-01',
      statedBy: 'roster',
      of: 2,
      kept: 1,
      may: true,
    })
    expect(await seen('county')).toMatchObject({ completeFrom: TODAY, of: 4, kept: 2 })
  })

  test('is said by whoever may change the register, of no day to come, and of no strange organisation', async () => {
    await expect(state('south', '2023-01-01', w.at('south', 'reader'))).rejects.toMatchObject({
      kind: 'forbidden',
    })
    await expect(state('south', '2023-01-01', w.at('north'))).rejects.toMatchObject({ kind: 'notFound' })
    await expect(state('south', '2024-06-19')).rejects.toMatchObject({ code: 'completeFrom' })
    await state('south', '2023-01-01', w.at('south'))
    expect(await seen('south')).toEqual({
      completeFrom: '2023-01-01',
      statedBy: 'hand',
      of: 2,
      kept: 2,
      may: true,
    })
    expect(await reads('members.count', 'peach', on('2023-06-30'))).toBe('2人')
    expect(await reads('members.count', 'plum', on('2023-06-30'))).toBe('0人')
    expect(await reads('members.count', 'peach', on('2022-12-31'))).toBe(
      '至少1人 名册从2023年1月1日起才齐全，这以前的不全',
    )
  })

  test('the nearest word of an office holds, and silences those below it', async () => {
    await state('peach', '2024-05-01')
    expect(await reads('members.count', 'peach', on('2024-04-30'))).toBe(`至少2人 ${sinceMay}`)
    expect(await reads('members.count', 'plum', on('2024-04-30'))).toBe('0人')
    await state('south', '2024-02-01')
    expect(await reads('members.count', 'peach', on('2024-04-30'))).toBe('2人')
    await state('county', '2024-05-01')
    expect(await reads('members.count', 'peach', on('2024-04-30'))).toBe(`至少2人 ${sinceMay}`)
    expect(await reads('members.count', 'peach', on('2024-05-01'))).toBe('2人')
  })

  test('an office above the county is heard there as well', async () => {
    await state('city', '2024-05-20', w.at('city'))
    expect(await reads('members.count', 'peach', on('2024-05-19'))).toBe(
      '至少2人 名册从2024年5月20日起才齐全，这以前的不全',
    )
    await state('county', '2024-05-01')
    expect(await reads('members.count', 'peach', on('2024-05-19'))).toBe('2人')
  })

  test('goes with the import that said it, and begins anew with who was entered since', async () => {
    const batchId = '018f0000-0000-7000-8000-00000000000a'
    const person = (name: string) => ({ person: { orgId: w.tree.plum.id, name, sex: 'male' } })
    const said = () =>
      w.world.owner
        .selectFrom('registerStatement')
        .select(['completeFrom', 'statedBy'])
        .where('orgId', '=', w.tree.plum.id)
        .where('voidedAt', 'is', null)
        .execute()
    await inTransaction(w.world.services, async (ctx) => {
      await enterMembers(ctx, [person('顾南')], { statedOn: '2024-03-01', batchId })
      await enterMembers(ctx, [person('叶北')], { statedOn: ctx.today })
    })
    expect(await said()).toEqual([{ completeFrom: '2024-03-01', statedBy: 'roster' }])
    await inTransaction(w.world.services, async (ctx) => {
      await undoHeld(ctx, 'membership', batchId)
      await undoStatements(ctx, batchId)
    })
    expect(await said()).toEqual([{ completeFrom: TODAY, statedBy: 'entry' }])
  })

  test('goes with the import that said it', async () => {
    await inTransaction(w.world.services, (ctx) => undoStatements(ctx, BATCH))
    expect(await seen('south')).toMatchObject({ completeFrom: '2024-05-01', statedBy: 'hand' })
  })
})
