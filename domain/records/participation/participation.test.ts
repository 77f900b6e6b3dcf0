import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import { newId } from '../../../kernel/id.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../../test/worlds/tree.ts'
import { enterMember } from '../../structure/memberships/contract.ts'
import { routes as memberRoutes } from '../../structure/memberships/handlers.ts'
import { getMyself } from '../../structure/people/contract.ts'
import { routes as peopleRoutes } from '../../structure/people/handlers.ts'
import { enterRecords } from '../ledgers/enter.ts'
import { routes as ledgerRoutes } from '../ledgers/handlers.ts'
import { getMyParticipation, getParticipation, recogniseNames } from './contract.ts'
import { routes } from './handlers.ts'

let world: TestWorld
let tree: Tree
let known: string

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  known = await admit('willow', '王小禾', '2004-05')
  await admit('willow', '李清溪', '2003-01')
  await admit('class1', '李清溪', '2008-09')
  await admit('peach', '赵望舒', '2002-02')
})
afterAll(() => world.close())

async function admit(at: TreeName, name: string, birth: string): Promise<string> {
  const found = memberRoutes.find((r) => r.endpoint.id === enterMember.id) as Route<typeof enterMember>
  const body = { orgId: tree[at].id, person: { name, birth }, startReason: 'roster', from: '2023-01' }
  return (await run(world.services, everywhere(), found, { body: body as never })).personId
}

const actorAt = (name: TreeName) => {
  const { id, countyId, path } = tree[name]
  return actorWith([{ orgId: id, countyId, path, role: 'manager' }])
}

const recognise = (lines: string[], at: TreeName = 'north') => {
  const found = routes.find((r) => r.endpoint.id === recogniseNames.id) as Route<typeof recogniseNames>
  return run(world.services, actorAt(at), found, { body: { orgId: tree.north.id, lines } })
}

test('a pasted chain becomes people: known, to choose, or kept as names', async () => {
  const answer = await recognise(['#接龙\n周六植树\n\n1. 王小禾\n2. 李清溪 +1\n3. 赵望舒'])
  expect(answer.title).toContain('周六植树')
  expect(answer.personTimes).toBe(4)
  expect(answer.names.map((n) => [n.name, n.state, n.people.map((p) => [p.orgName, p.birthYear])])).toEqual([
    ['王小禾', 'known', [['柳河村团支部', 2004]]],
    [
      '李清溪',
      'ambiguous',
      expect.arrayContaining([
        ['柳河村团支部', 2003],
        ['一班团支部', 2008],
      ]),
    ],
    ['赵望舒', 'unknown', []],
  ])
})

test('names between commas are names too; a neighbour learns nothing', async () => {
  const answer = await recognise(['王小禾、李清溪，周明'])
  expect(answer.names.map((n) => n.name)).toEqual(['王小禾', '李清溪', '周明'])
  await expect(recognise(['王小禾'], 'south')).rejects.toMatchObject({ kind: 'notFound' })
})

test('what a person took part in, as far as one may see', async () => {
  const draft = {
    orgId: tree.willow.id,
    day: '2024-03-12',
    title: '植树',
    participants: [{ name: '王小禾' }, { name: '李清溪' }],
  }
  await inTransaction(world.services, (ctx) =>
    enterRecords(ctx, 'volunteering', [draft], { recognise: true }),
  )
  const found = ledgerRoutes.find((r) => r.endpoint.id === getParticipation.id) as Route<
    typeof getParticipation
  >
  const of = (at: TreeName) => run(world.services, actorAt(at), found, { params: { id: known } })
  expect((await of('north')).entries).toMatchObject([
    { ledgerTitle: '志愿服务', title: '植树', roleTitle: '志愿者', orgName: '柳河村团支部' },
  ])
  await expect(of('south')).rejects.toMatchObject({ kind: 'notFound' })
})

test('oneself needs no post to know one’s own membership and activities, and learns of nobody else', async () => {
  const me: Actor = { accountId: newId(), personId: known, name: '王小禾', grants: [] }
  const mine = ledgerRoutes.find((r) => r.endpoint.id === getMyParticipation.id) as Route<
    typeof getMyParticipation
  >
  const card = peopleRoutes.find((r) => r.endpoint.id === getMyself.id) as Route<typeof getMyself>
  const others = ledgerRoutes.find((r) => r.endpoint.id === getParticipation.id) as Route<
    typeof getParticipation
  >
  expect((await run(world.services, me, mine, {})).entries.map((e) => e.title)).toEqual(['植树'])
  const { person } = await run(world.services, me, card, {})
  expect(person).toMatchObject({ name: '王小禾', memberships: [{ orgName: '柳河村团支部', to: null }] })
  await expect(run(world.services, me, others, { params: { id: known } })).rejects.toThrow('权限')
  const stranger = { ...me, personId: null }
  expect(await run(world.services, stranger, card, {})).toEqual({ person: null })
  expect(await run(world.services, stranger, mine, {})).toEqual({ entries: [] })
})
