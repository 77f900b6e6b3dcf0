/** A base that each organisation states for itself, and what may be said of all by it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { factsOfTree } from '../../test/worlds/facts.ts'
import { inTransaction, plantTree, type Tree, type TreeName } from '../../test/worlds/tree.ts'
import { enterMembers } from '../structure/memberships/enter.ts'
import type { FigureAnswer } from './contract.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  await inTransaction(world.services, (ctx) =>
    enterMembers(
      ctx,
      [
        {
          person: { orgId: tree.willow.id, name: '钱乙', sex: 'female', birth: '2004-03-04' },
          from: '2021-05-04',
        },
      ],
      { statedOn: '2024-01-01' },
    ),
  )
})
afterAll(() => world.close())

const { record, figure } = factsOfTree(() => ({ world, tree }))

const said = ({ display, missingReason, note }: FigureAnswer) =>
  [display, missingReason ?? note].filter((part) => part !== undefined).join(' ')

const reads = async (measure: string, org?: TreeName) => said(await figure(measure, org))

describe('a base that each organisation states for itself', () => {
  const base = (at: TreeName, youth: number, leagueAge: number) =>
    record('youthPopulation', [{ at, day: '2024-01-01', fields: { youth, leagueAge } }])

  test('says for how many of them it is known, alone, in groups, and of whoever stated it nothing', async () => {
    await base('willow', 162, 40)
    const { stated } = await figure('youthPopulation.youth')
    const { by = 0, of = 0 } = stated ?? {}
    expect(by).toBe(1)
    expect(of).toBeGreaterThan(1)
    expect(await reads('youthPopulation.youth')).toBe(`162人 已登记1个，共${of}个组织`)
    expect(await reads('youthPopulation.youth', 'willow')).toBe('162人')
    const { groups = [] } = await figure('youthPopulation.youth', 'county', { group: 'org' })
    expect(groups.find((one) => one.orgId === tree.north.id)).toMatchObject({
      display: '162人',
      note: `已登记1个，共${of}个组织`,
    })
  })

  test('and no share is drawn of all by the few that are known', async () => {
    expect(await reads('youthPopulation.memberRatio')).toMatch(
      /^— 底数已登记1个，共\d+个组织，没有登记全，比例不算$/,
    )
    await base('north', 900, 300)
    expect((await figure('youthPopulation.youth')).stated).toBeUndefined()
  })

  test('a rate of nothing is no rate', async () => {
    await record('meeting', [
      { at: 'peach', title: '团课', personTimes: 9, fields: { kind: 'leagueClass', due: 9 } },
    ])
    const where = { kind: 'branchMeeting' }
    expect((await figure('meeting.count', 'peach', { where })).display).toBe('0次')
    expect((await figure('meeting.attendance', 'peach', { where })).value).toBeNull()
    expect((await figure('meeting.attendance', 'peach')).display).toBe('100%')
  })
})
