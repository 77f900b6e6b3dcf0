import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import { addDays } from '../../../kernel/period.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { makeKnown } from '../../../test/worlds/known.ts'
import { everywhere, inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { moveOrganisation, openOrganisation } from '../organisations/contract.ts'
import { routes as treeRoutes } from '../organisations/handlers.ts'
import { openOrg } from '../organisations/operations.ts'
import { type Org, orgAt, treeAt } from '../organisations/queries.ts'
import { closeOrganisation, mergeOrganisation } from './contract.ts'
import { routes as endRoutes } from './handlers.ts'

let world: TestWorld
let tree: Tree
const routes = [...treeRoutes, ...endRoutes]
const actor = everywhere()

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

function call<E extends Endpoint>(endpoint: E, input: Partial<Input<E>>, key?: string): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input, key ?? null)
}

const merge = (id: string, into: string, on: string, key?: string) =>
  call(mergeOrganisation, { params: { id }, body: { into, on } }, key)
const close = (id: string, on: string, endAppointments = false) =>
  call(closeOrganisation, { params: { id }, body: { on, endAppointments } })

/** Rows as the slices to the left would have written them. */
async function join(orgId: string, personId: string, from: string): Promise<void> {
  const common = { countyId: tree.county.countyId, personId, orgId, validFrom: from, fromPrecision: 'day' }
  const made = { batchId: null, version: 1, recordedBy: newId(), recordedAt: from, voidedAt: null }
  const open = { toPrecision: null, endReason: null }
  await makeKnown(world.owner, common.countyId, personId)
  await world.owner
    .insertInto('membership')
    .values({ ...common, ...made, ...open, id: newId(), memberNo: null, startReason: 'roster' })
    .execute()
}

async function appoint(orgId: string): Promise<void> {
  const made = { batchId: null, version: 1, recordedBy: newId(), recordedAt: '2020-01-01', voidedAt: null }
  const personId = newId()
  await makeKnown(world.owner, tree.county.countyId, personId)
  await world.owner
    .insertInto('appointment')
    .values({
      countyId: tree.county.countyId,
      id: newId(),
      personId,
      orgId,
      termId: null,
      post: 'secretary',
      postTitle: '书记',
      officerKind: null,
      mode: null,
      validFrom: '2020-01-01',
      fromPrecision: 'day',
      toPrecision: null,
      endReason: null,
      ...made,
    })
    .execute()
}

const membersOf = (orgId: string, moment: string) =>
  world.owner
    .selectFrom('membership')
    .select('personId')
    .where('orgId', '=', orgId)
    .where('validFrom', '<=', moment)
    .where('validTo', '>', moment)
    .where('voidedAt', 'is', null)
    .execute()
    .then((rows) => rows.map((r) => r.personId).sort())

describe('merging', () => {
  test('carries members over, ends posts, and changes nothing before the day', async () => {
    const { peach, plum } = tree
    const people = Array.from({ length: 4 }, () => newId()).sort()
    for (const [i, person] of people.entries()) await join(i < 3 ? peach.id : plum.id, person, '2021-01-01')
    await join(plum.id, people[2] ?? '', '2021-01-01')
    await join(peach.id, newId(), '2024-05-15')
    await appoint(peach.id)

    const ended = await merge('桃源村团支部', '李家村团支部', '2024-05-01', 'once')
    expect(ended).toMatchObject({ memberships: 3, appointments: 1, subordinates: 0 })
    expect(await merge('桃源村团支部', '李家村团支部', '2024-05-01', 'once')).toEqual(ended)
    expect(ended.organisation).toMatchObject({ state: 'closed', successorId: plum.id })
    expect(await membersOf(peach.id, '2024-04-30 23:59:59')).toEqual(people.slice(0, 3))
    expect(await membersOf(peach.id, '2024-05-01')).toEqual([])
    expect(await membersOf(plum.id, '2024-05-01')).toEqual(people)
    expect(await membersOf(plum.id, '2024-05-15')).toHaveLength(5)
    expect((await orgAt(world.owner, peach.id, '2024-04-30'))?.state).toBe('inForce')
  })

  test('takes subordinates along where the other may hold them', async () => {
    const open = (name: string, parent: string, type: 'generalBranch' | 'branch') =>
      call(openOrganisation, { body: { name, parent, type, sector: 'school', on: '2022-01-01' } })
    const other = await open('白鹭中学团总支', '白鹭镇', 'generalBranch')
    await expect(merge('青石中学团总支', '李家村团支部', '2024-05-01')).rejects.toThrow(
      /下面不能设“一班团支部”/,
    )
    const ended = await merge('青石中学团总支', other.organisation.code, '2024-05-01')
    expect(ended.subordinates).toBe(1)
    expect((await orgAt(world.owner, tree.class1.id, '2024-05-01'))?.parentId).toBe(other.organisation.id)
    expect((await orgAt(world.owner, tree.class1.id, '2024-04-30'))?.parentId).toBe(tree.school.id)
  })

  test.each([
    ['into itself', '柳河村团支部', '柳河村团支部', /自己/],
    ['into another county', '柳河村团支部', '江北区', /不在同一个县/],
    ['into what is below', '青石镇', '柳河村团支部', /是“青石镇”的下级/],
    ['twice', '桃源村团支部', '柳河村团支部', /已于 2024-05-01 撤销/],
    ['of members into a committee', '李家村团支部', '青石镇', /只能并入团支部/],
    ['of the top', '云州市', '江北区', /最上级/],
  ])('is refused %s', async (_what, id, into, message) => {
    await expect(merge(id, into, '2024-06-01')).rejects.toThrow(message)
  })
})

describe('closing', () => {
  test('is refused while something stands there, and says what to do', async () => {
    await expect(close('李家村团支部', '2024-06-01')).rejects.toThrow(/还有 5 名团员，请先办理转出/)
    await expect(close('白鹭镇', '2024-06-01')).rejects.toThrow(/下面还有“李家村团支部”、“白鹭中学团总支”/)
    await appoint(tree.willow.id)
    await expect(close('柳河村团支部', '2024-06-01')).rejects.toThrow(/1 个任职/)
    const ended = await close('柳河村团支部', '2024-06-01', true)
    expect(ended).toMatchObject({ appointments: 1, organisation: { state: 'closed' } })
    expect((await orgAt(world.owner, tree.willow.id, '2024-05-31'))?.state).toBe('inForce')
  })
})

describe('any sequence of acts', () => {
  const FIRST = '2022-01-01'
  const step = fc.record({
    act: fc.constantFrom('open', 'open', 'move', 'move', 'move', 'merge', 'close'),
    who: fc.nat(30),
    other: fc.nat(30),
    day: fc.nat(900),
    type: fc.constantFrom('committee', 'generalBranch', 'branch'),
  })

  test('keeps one span at a time, paths that follow the superiors, and all days before', async () => {
    let name = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
        const ids = await startWith(`${++name}`)
        for (const { act, who, other, day, type } of steps) {
          const on = addDays(FIRST, day)
          const id = ids[who % ids.length] ?? ''
          const to = ids[other % ids.length] ?? ''
          const before = await spansOf(ids)
          try {
            if (act === 'open') {
              const body = {
                parent: to,
                name: `试${++name}`,
                type: type as 'branch',
                sector: 'other' as const,
                on,
              }
              ids.push((await call(openOrganisation, { body })).organisation.id)
            } else if (act === 'move') await call(moveOrganisation, { params: { id }, body: { to, on } })
            else if (act === 'merge') await merge(id, to, on)
            else await close(id, on)
          } catch (error) {
            expect((error as Error).name).toBe('Refusal')
          }
          await checkTree(ids)
          await checkUnchanged(before, `${on} 00:00:00`)
        }
      }),
      { numRuns: 25 },
    )
  })

  /** Two committees, each with a branch, so that there is something to move from the start. */
  async function startWith(mark: string): Promise<string[]> {
    return inTransaction(world.services, async (ctx) => {
      const open = (parent: Org, name: string, type: string) =>
        openOrg(ctx, { parent, name: `${name}${mark}`, type, sector: 'other', on: FIRST })
      const committees = [
        await open(tree.district, '甲', 'committee'),
        await open(tree.district, '乙', 'committee'),
      ]
      const below = []
      for (const c of committees)
        below.push(await open(c, '支部', 'branch'), await open(c, '总支', 'generalBranch'))
      return [...committees, ...below].map((o) => o.id)
    })
  }

  type Spans = Awaited<ReturnType<typeof spansOf>>
  const spansOf = (ids: string[]) =>
    world.owner.selectFrom('orgSpan').selectAll().where('orgId', 'in', ids).orderBy('validFrom').execute()

  async function checkTree(ids: string[]): Promise<void> {
    const spans = await spansOf([...ids, tree.city.id, tree.district.id])
    for (const id of ids) {
      const life = spans.filter((s) => s.orgId === id)
      for (const [i, span] of life.entries()) {
        if (i > 0) expect(span.validFrom).toBe(life[i - 1]?.validTo)
        for (const moment of [span.validFrom, ...edgesWithin(spans, span)]) {
          const parent = spans.find(
            (p) => p.orgId === span.parentId && p.validFrom <= moment && moment < p.validTo,
          )
          const code = span.path.split('/').at(-2)
          expect(span.path).toBe(`${parent?.path}${code}/`)
        }
      }
    }
  }

  const edgesWithin = (spans: Spans, { validFrom, validTo }: { validFrom: string; validTo: string }) =>
    spans.map((s) => s.validFrom).filter((at) => validFrom < at && at < validTo)

  async function checkUnchanged(before: Spans, at: string): Promise<void> {
    const told = (spans: Spans) =>
      spans
        .filter((s) => s.validFrom < at)
        .map((s) => `${s.orgId} ${s.validFrom} ${s.validTo < at ? s.validTo : at} ${s.path} ${s.name}`)
    const now = await spansOf([...new Set(before.map((s) => s.orgId))])
    expect(told(now).sort()).toEqual(told(before).sort())
  }
})

test('the tree at a moment lists superiors first', async () => {
  const all = await inTransaction(world.services, (ctx) =>
    treeAt(ctx, { root: tree.county.id, asOf: '2023-01-01' }),
  )
  const places = new Map(all.map((o, i) => [o.id, i]))
  for (const o of all.slice(1)) expect(places.get(o.parentId ?? '')).toBeLessThan(places.get(o.id) ?? -1)
})
