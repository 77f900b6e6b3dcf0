import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import * as contract from './contract.ts'
import { routes } from './handlers.ts'
import { findOrg, orgAt, pathOn, pathsDuring, treeAt } from './queries.ts'

let world: TestWorld
let tree: Tree
let actor = everywhere()

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

function call<E extends Endpoint>(endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}

const find = (reference: string, asOf?: string) =>
  inTransaction(world.services, (ctx) => findOrg(ctx, reference, { asOf }))

describe('opening', () => {
  test('codes count on below the parent, and county ids come from the county', async () => {
    expect(tree.north.code).toBe('990100001001')
    expect(tree.class1.path).toBe('/990100/990100001/990100001001/990100001001001/990100001001001001/')
    expect(tree.class1.fullName).toBe('云州市/云溪县/青石镇/青石中学团总支/一班团支部')
    expect([tree.city.countyId, tree.county.countyId, tree.class1.countyId]).toEqual([
      tree.city.id,
      tree.county.id,
      tree.county.id,
    ])
  })

  test('an unknown opening counts as always, one known to the month from its first day', async () => {
    const body = { parent: tree.south.code, type: 'branch' as const, sector: 'village' as const }
    const month = await call(contract.openOrganisation, { body: { ...body, name: '月支部', on: '2024-03' } })
    expect(month.organisation).toMatchObject({ openedAt: '2024-03-01 00:00:00', openedPrecision: 'month' })
    const unknown = await call(contract.openOrganisation, { body: { ...body, name: '老支部' } })
    expect(unknown.organisation).toMatchObject({
      openedAt: '2020-01-01 00:00:00',
      openedPrecision: 'unknown',
    })
  })

  test.each([
    ['under a branch', { parent: '柳河村团支部', name: '甲', type: 'branch' }, /下面不能设团支部/],
    ['before its parent', { parent: '青石镇', name: '甲', type: 'branch', on: '2019-12-31' }, /才设立/],
    ['with a name in use', { parent: '青石镇', name: '柳河村 团支部', type: 'branch' }, /已有/],
    ['with a code in use', { parent: '青石镇', name: '甲', type: 'branch', code: '990100' }, /已被/],
    [
      'as a joint committee',
      { parent: '青石镇', name: '甲', type: 'committee', kind: 'joint' },
      /只有团支部/,
    ],
  ])('is refused %s', async (_what, body, message) => {
    const wanted = { sector: 'village', on: '2024-01-01', ...body } as never
    await expect(call(contract.openOrganisation, { body: wanted })).rejects.toThrow(message)
  })
})

describe('finding', () => {
  test('by code, id, name, full path and unique ending', async () => {
    const { willow } = tree
    const references = [
      willow.code,
      willow.id,
      '柳河村团支部',
      '青石镇/柳河村团支部',
      '云州市/云溪县/青石镇/柳河村团支部',
    ]
    for (const reference of references) expect((await find(reference)).id).toBe(willow.id)
  })

  test('two of one name are refused with both full names', async () => {
    const body = {
      parent: tree.peach.parentId ?? '',
      name: '柳河村团支部',
      type: 'branch',
      sector: 'village',
    }
    const twin = await call(contract.openOrganisation, { body: { ...body, on: '2024-01-01' } as never })
    await expect(find('柳河村团支部')).rejects.toThrow(/青石镇\/柳河村团支部.*白鹭镇\/柳河村团支部/)
    expect((await find('白鹭镇/柳河村团支部')).id).toBe(twin.organisation.id)
    await call(contract.changeOrganisation, {
      params: { id: twin.organisation.code },
      body: { on: '2024-01-01', facts: { name: '柳河新村团支部' } },
    })
    expect((await find('柳河村团支部')).id).toBe(tree.willow.id)
  })

  test('what lies outside the grants is not there', async () => {
    actor = actorWith([
      { orgId: tree.north.id, countyId: tree.county.id, path: tree.north.path, role: 'manager' },
    ])
    const get = (id: string) => call(contract.getOrganisation, { params: { id } })
    await expect(get(tree.peach.code)).rejects.toThrow(/没有找到/)
    await expect(get('桃源村团支部')).rejects.toThrow(/没有找到/)
    await expect(get(tree.county.code)).rejects.toThrow(/没有找到/)
    expect((await get('柳河村团支部')).ancestors.map((a) => a.name)).toEqual(['云州市', '云溪县', '青石镇'])
    expect((await call(contract.listOrganisations, {})).organisations.map((o) => o.name)).toEqual([
      '青石镇',
      '青石中学团总支',
      '一班团支部',
      '柳河村团支部',
    ])
    actor = everywhere()
  })

  test('by pinyin, with filters, keeping the way to what fits', async () => {
    const found = await call(contract.searchOrganisations, { query: { q: 'tycun' } })
    expect(found.organisations.map((o) => o.name)).toEqual([])
    const initials = await call(contract.searchOrganisations, { query: { q: 'tyc' } })
    expect(initials.organisations.map((o) => o.name)).toEqual(['桃源村团支部'])
    const shown = await call(contract.organisationTree, { query: { type: 'generalBranch' } })
    expect(shown.organisations.map((o) => [o.name, o.matches])).toEqual([
      ['云州市', false],
      ['云溪县', false],
      ['青石镇', false],
      ['青石中学团总支', true],
    ])
  })
})

describe('changing from a day on', () => {
  test('a back-dated name reaches to the next change already known, and hours count', async () => {
    const id = tree.peach.code
    const rename = (on: string, name: string) =>
      call(contract.changeOrganisation, { params: { id }, body: { on, facts: { name } } })
    await rename('2023-05-01 14:00', '桃花村团支部')
    await rename('2022-01-01', '桃林村团支部')
    const names = await Promise.all(
      ['2021-12-31', '2022-01-01', '2023-05-01 13', '2023-05-01 14:00', '2023-05-01'].map(
        async (asOf) => (await find(id, asOf)).name,
      ),
    )
    expect(names).toEqual(['桃源村团支部', '桃林村团支部', '桃林村团支部', '桃花村团支部', '桃花村团支部'])
    expect((await find('桃源村团支部')).code).toBe(id)
    const { timeline } = await call(contract.getOrganisation, { params: { id }, query: {} })
    expect(timeline.map((t) => t.text)).toEqual([
      '2020年1月1日设立，上级为白鹭镇',
      '由“桃源村团支部”更名为“桃林村团支部”',
      '由“桃林村团支部”更名为“桃花村团支部”',
    ])
    await expect(rename('2019-01-01', '早')).rejects.toThrow(/才设立/)
  })

  test('a correction reaches as far as the wrong value, and leaves its trace', async () => {
    const id = tree.plum.code
    await call(contract.correctOrganisation, {
      params: { id },
      body: { facts: { sector: 'community' }, reason: '领域选错' },
    })
    expect((await find(id, '2020-01-01')).sector).toBe('community')
    const { acts } = await call(contract.getOrganisation, { params: { id } })
    expect(acts[0]).toMatchObject({
      verb: 'correct',
      detail: { before: { sector: 'village' }, reason: '领域选错' },
    })
    const early = { openedOn: '2019-06-01', facts: {}, reason: '设立日期有误' }
    await expect(call(contract.correctOrganisation, { params: { id }, body: early })).rejects.toThrow(
      /才设立/,
    )
    await call(contract.correctOrganisation, { params: { id }, body: { ...early, openedOn: '2020-06-01' } })
    expect((await find(id, '2020-05-31')).state).toBe('notYetOpen')
  })
})

describe('moving', () => {
  const move = (id: string, to: string, on: string) =>
    call(contract.moveOrganisation, { params: { id }, body: { to, on } })

  test('takes everything below along, and leaves the days before as they were', async () => {
    const { school, class1, north, south } = tree
    await move(school.code, '白鹭镇', '2024-03-01')
    const below = (asOf: string) =>
      inTransaction(world.services, (ctx) =>
        treeAt(ctx, { root: north.id, asOf }).then((all) => all.map((o) => o.name)),
      )
    expect(await below('2024-02-29')).toContain('一班团支部')
    expect(await below('2024-03-01')).not.toContain('一班团支部')
    expect(await pathOn(world.owner, class1.id, '2024-02-29')).toBe(class1.path)
    expect(await pathOn(world.owner, class1.id, '2024-03-01')).toBe(
      `${south.path}${school.code}/${class1.code}/`,
    )
    expect(await pathsDuring(world.owner, school.id, '2024-01-01', '2024-06-30')).toHaveLength(2)
    expect((await orgAt(world.owner, school.id, '2024-03-01'))?.parentName).toBe('白鹭镇')
  })

  test('back-dated before a later move, fills only the time between', async () => {
    const { willow, north, south, school } = tree
    await move(willow.code, '白鹭镇', '2024-05-01')
    const other = await call(contract.openOrganisation, {
      body: {
        parent: '云溪县',
        name: '红枫乡',
        type: 'committee',
        sector: 'territory',
        level: 'township',
        on: '2020-01-01',
      },
    })
    await move(willow.code, '红枫乡', '2024-02-01')
    const parents = await Promise.all(
      ['2024-01-31', '2024-02-01', '2024-04-30', '2024-05-01'].map(
        async (day) => (await orgAt(world.owner, willow.id, day))?.parentId,
      ),
    )
    expect(parents).toEqual([north.id, other.organisation.id, other.organisation.id, south.id])
    expect(school.id).not.toBe(willow.id)
  })

  test.each([
    ['under itself', '青石镇', '青石镇', '2024-06-01', /自己/],
    ['under a branch', '一班团支部', '李家村团支部', '2024-06-01', /下面不能设/],
    ['to another county', '李家村团支部', '江北区', '2024-06-01', /不在同一个县/],
    ['before it was opened', '李家村团支部', '红枫乡', '2020-02-01', /才设立/],
    ['to where it stands', '李家村团支部', '白鹭镇', '2024-06-01', /已经在/],
    ['from the top', '云州市', '云溪县', '2024-06-01', /最上级/],
  ])('is refused %s', async (_what, id, to, on, message) => {
    await expect(move(id, to, on)).rejects.toThrow(message)
  })

  test('needs the right at both ends', async () => {
    actor = actorWith([
      { orgId: tree.south.id, countyId: tree.county.id, path: tree.south.path, role: 'manager' },
    ])
    await expect(move('李家村团支部', tree.north.code, '2024-06-01')).rejects.toThrow(/没有找到/)
    actor = everywhere()
    await move('李家村团支部', tree.north.code, '2024-06-01')
    expect((await find('李家村团支部')).parentId).toBe(tree.north.id)
  })

  test('leaves to those who moved the view of where they stood before', async () => {
    const { north } = tree
    const committee = { name: '新区团工委', type: 'workCommittee' as const, sector: 'territory' as const }
    const made = await call(contract.openOrganisation, {
      body: { ...committee, parent: '云溪县', on: '2020-01-01' },
    })
    const { organisation } = await move(north.code, made.organisation.code, '2024-06-10')
    actor = actorWith([
      { orgId: north.id, countyId: tree.county.id, path: organisation.path, role: 'manager' },
    ])
    const names = async (asOf: string) =>
      (await call(contract.listOrganisations, { query: { asOf } })).organisations.map((o) => o.name)
    expect(await names('2024-02-01')).toContain('青石中学团总支')
    expect(await names('2024-06-10')).toEqual(['青石镇', '李家村团支部'])
    const before = await call(contract.getOrganisation, {
      params: { id: north.code },
      query: { asOf: '2024-02-01' },
    })
    expect(before.organisation.parentName).toBe('云溪县')
    actor = everywhere()
  })
})
