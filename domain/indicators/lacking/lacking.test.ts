import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { plantTownship, type Township } from '../../../test/worlds/township.ts'
import { everywhere, inTransaction } from '../../../test/worlds/tree.ts'
import { declareNil } from '../../records/ledgers/contract.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { routes as ledgerRoutes } from '../../records/ledgers/handlers.ts'
import { routes } from '../handlers.ts'
import { getLacking, type LackingAnswer } from './contract.ts'

let world: TestWorld
let town: Township

beforeAll(async () => {
  world = await openWorld(migrations)
  town = await plantTownship(world)
})
afterAll(() => world.close())

const inWorld = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(world.services, work)
const H1 = { from: '2024-01-01', to: '2024-06-30' }

function ask(
  query: Partial<Call<typeof getLacking>['query']>,
  actor: Actor = everywhere(),
): Promise<LackingAnswer> {
  const found = routes.find((r) => r.endpoint.id === getLacking.id) as Route<typeof getLacking>
  const asked = { org: town.town.id, measure: 'themeActivity.count', ...H1, ...query }
  return run(world.services, actor, found, { query: asked } as Partial<Call<typeof getLacking>>)
}
const names = (answer: LackingAnswer) => answer.groups.flatMap((g) => g.items.map((one) => one.name))

describe('organisations that have not', () => {
  test('stand in the order of pinyin, with the moment, ready for a chat', async () => {
    const answer = await ask({})
    expect(names(answer)).toEqual(['李家村团支部', '桃源村团支部', '镇直团支部'])
    expect(answer).toMatchObject({ considered: 5, count: 3, byName: true, asOf: '2024-06-18 09:30' })
    expect(answer.text).toBe(
      '【主题活动，青石镇团委，2024年1月1日至6月30日】截至2024年6月18日09:30\n未完成（3）：李家村团支部、桃源村团支部、镇直团支部',
    )
  })

  test('from the county, branches stand under their township; a record of a class is its school’s as well', async () => {
    const answer = await ask({ org: town.county.id, among: 'branches' })
    expect(answer.groups.map((g) => [g.title, g.items.length])).toEqual([['青石镇团委', 4]])
    expect(answer.text).toContain('\n青石镇团委（4）：李家村团支部、桃源村团支部、')
    expect(names(answer)).toContain('一班团支部')
    const direct = await ask({ org: town.county.id })
    expect(direct).toMatchObject({ count: 0, considered: 1 })
    expect(direct.text).toContain('1 个下级组织都已完成')
  })

  test('a filter, another period and 本期无 change who has not', async () => {
    const filtered = await ask({ where: JSON.stringify({ title: '清明祭扫' }) })
    expect(names(filtered)).toEqual(['李家村团支部', '青石中学团总支', '桃源村团支部', '镇直团支部'])
    expect(names(await ask({ from: '2023-01-01', to: '2023-12-31' }))).toHaveLength(5)
    const nil = ledgerRoutes.find((r) => r.endpoint.id === declareNil.id) as Route<typeof declareNil>
    await run(world.services, everywhere(), nil, {
      params: { ledger: 'themeActivity' },
      body: { orgId: town.plum.id, ...H1 },
    } as Partial<Call<typeof declareNil>>)
    const answer = await ask({})
    expect(names(answer)).toEqual(['桃源村团支部', '镇直团支部'])
    expect(answer.text).toContain('已报本期无（1）：李家村团支部')
  })

  test('outside one’s scope there is no list', async () => {
    const { id, countyId, path } = town.school
    const elsewhere = actorWith([{ orgId: id, countyId, path, role: 'manager' }])
    await expect(ask({}, elsewhere)).rejects.toMatchObject({ kind: 'notFound' })
  })
})

describe('members who have not', () => {
  const people = { measure: 'themeActivity.people', among: 'members' as const }
  const hold = (
    orgId: string,
    title: string,
    personTimes: number | null,
    participants: { name?: string; personId?: string }[],
  ) =>
    inWorld((ctx) =>
      enterRecords(
        ctx,
        'themeActivity',
        [{ id: newId(), orgId, day: '2024-02-03', title, personTimes, participants }],
        {
          recognise: true,
        },
      ),
    )

  test('are members only, by name, under their branch; who is not a member is on no list', async () => {
    const april = { from: '2024-02-01', to: '2024-02-29' }
    await hold(town.peach.id, '扫雪', null, [{ name: '李丁' }, { name: '路人甲' }])
    const answer = await ask({ ...people, ...april })
    expect(answer).toMatchObject({ considered: 6, byName: true })
    expect(answer.groups.map((g) => [g.title, g.items.map((one) => one.name)])).toEqual([
      ['镇直团支部', ['赵甲']],
      ['柳河村团支部', ['钱乙', '孙丙']],
      ['青石中学团总支 一班团支部', ['吴己', '周戊']],
    ])
    expect(JSON.stringify(answer)).not.toContain('路人甲')
    const byCount = await ask({ ...people, ...april, measure: 'themeActivity.count' })
    expect(names(byCount)).toEqual(names(answer))
  })

  test('where a branch counted without naming all, nobody of it is told to lack', async () => {
    const march = { from: '2024-02-01', to: '2024-02-29' }
    await hold(town.willow.id, '开会', 9, [{ name: '钱乙' }])
    const answer = await ask({ ...people, ...march })
    expect(names(answer)).toEqual(['赵甲', '吴己', '周戊'])
    expect(answer.unnamed.map((one) => one.name)).toEqual(['柳河村团支部'])
    expect(answer.text).toContain('没有登记全部姓名，列不出人的（1）：柳河村团支部')
  })

  test('cannot be told by a measure that knows no people', async () => {
    await expect(ask({ measure: 'funding.count', among: 'members' })).rejects.toMatchObject({
      code: 'nobodyNamed',
    })
  })
})
