import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import { newId } from '../../../kernel/id.ts'
import type { Frame, Measure } from '../../../kernel/measures.ts'
import { type Download, type Route, run } from '../../../kernel/route.ts'
import { readWorkbook } from '../../../kernel/spreadsheet/read.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { moveOrg } from '../organisations/operations.ts'
import { orgAt } from '../organisations/queries.ts'
import { undoHeld, undoPeople, workedOnSince } from '../people/undo.ts'
import * as contract from './contract.ts'
import { enterMembers, type MemberEntry } from './enter.ts'
import { routes } from './handlers.ts'
import { measures, sources } from './measures.ts'

let world: TestWorld
let tree: Tree

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
})
afterAll(() => world.close())

const at = (path: string, role: 'manager' | 'staff' = 'manager'): Actor =>
  actorWith([{ orgId: '', countyId: tree.county.id, path, role }])

function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}
const working = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(world.services, work)
const enter = (entries: MemberEntry[]) =>
  working((ctx) => enterMembers(ctx, entries, { statedOn: '2024-06-01' }))

interface Asked {
  path: string
  countyId?: string | null
  asOf: string
  from?: string
}

/** Distinct people behind a measure of this slice, filters left out. */
async function count(id: string, { path, countyId = null, asOf, from = asOf }: Asked): Promise<number> {
  const measure = measures.find((m) => m.id === id) as Measure
  const source = sources.find((s) => s.id === measure.source)
  if (!source) throw new Error(id)
  const frame: Frame = {
    org: { id: '', code: '', countyId },
    scopes: [{ countyId, path }],
    depth: 'all',
    from,
    to: asOf,
    asOf: `${asOf} 23:59:59`,
  }
  const { rows } = await sql<{ n: number }>`
    select count(distinct ${source.person}) as n from ${source.from(frame)}
    where ${source.where(frame)}`.execute(world.services.db)
  return rows[0]?.n ?? 0
}

describe('entering members', () => {
  test('a member stands in a branch that is open; the same roster again changes nothing', async () => {
    const person = { orgId: tree.willow.id, name: '韩一', birth: '2004-05-06', phone: '19900001111' }
    const entry = { person, from: '2023-05-04' }
    const [first] = await enter([entry])
    const [again, committee, early] = await enter([
      entry,
      { person: { ...person, orgId: tree.north.id } },
      { person: { ...person, orgId: tree.plum.id }, from: '2019-01-01' },
    ])
    expect([first?.state, again?.state, again?.membershipId]).toEqual([
      'entered',
      'unchanged',
      first?.membershipId,
    ])
    expect(committee).toMatchObject({ state: 'refused', person: null })
    expect(committee?.message).toMatch(/不是团支部/)
    expect(early?.message).toMatch(/早于“李家村团支部”的设立日期 2020-01-01/)
  })

  test('nobody is a member of two branches at the same time', async () => {
    const person = { orgId: tree.willow.id, name: '杨二', phone: '19900001112' }
    await enter([{ person, from: '2022-01-01' }])
    const [other] = await enter([{ person: { ...person, orgId: tree.peach.id }, from: '2023-01-01' }])
    expect(other).toMatchObject({ state: 'elsewhere', elsewhere: { orgName: '柳河村团支部' } })
    expect(other?.message).toMatch(/请先从“柳河村团支部”转出/)
  })

  test('without a start, the day of joining the League; else after the membership before', async () => {
    const joined = { orgId: tree.willow.id, name: '朱三', joinedLeague: '2021-05' }
    const moved = { orgId: tree.willow.id, name: '秦四', phone: '19900001113' }
    await enter([
      { person: joined },
      { person: moved, from: '2021-01-01', to: '2023-09-01', endReason: 'transferOut' },
      { person: { ...moved, orgId: tree.peach.id } },
    ])
    const { rows } = await call(everywhere(), contract.listMembers, {
      query: { org: tree.county.id, q: '秦四' },
    })
    expect(rows).toMatchObject([{ orgName: '桃源村团支部', from: '2023-09-01', fromPrecision: 'unknown' }])
    const asked = { org: tree.willow.id, q: '朱三' }
    const before = await call(everywhere(), contract.listMembers, { query: { ...asked, asOf: '2021-04-30' } })
    const after = await call(everywhere(), contract.listMembers, { query: { ...asked, asOf: '2021-05-01' } })
    expect([before.total, after.total]).toEqual([0, 1])
  })

  test('by form: allowed to the manager of that branch, refused to others, to children and to the grown unless confirmed', async () => {
    const body = {
      orgId: tree.class1.id,
      person: { name: '尤小', birth: '2011-01-01', sex: '女' },
      startReason: 'admission',
      from: '2024-05-04',
    }
    const enterAs = (actor: Actor, more: object = {}) =>
      call(actor, contract.enterMember, { body: { ...body, ...more } })
    await expect(enterAs(at(tree.south.path))).rejects.toMatchObject({ kind: 'notFound' })
    await expect(enterAs(at(tree.north.path, 'staff'))).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(enterAs(at(tree.north.path))).rejects.toMatchObject({ code: 'confirm:young' })
    const { id, personId, warnings } = await enterAs(at(tree.north.path), { confirmed: ['young'] })
    expect(warnings.map((w) => w.code)).toEqual(['young'])
    const aged = (birth: string) =>
      enterAs(at(tree.north.path), { person: { name: '尤大', birth, sex: '男' } })
    await expect(aged('1979-06-01')).rejects.toMatchObject({
      code: 'confirm:old',
      message: '入团时已有 44 周岁，超过 28 周岁。请核对出生日期和入团日期；无误的话，确认后登记。',
    })
    await expect(aged('1995-05-04')).rejects.toMatchObject({ code: 'confirm:old' })
    expect((await aged('1995-05-05')).warnings).toEqual([])
    await expect(enterAs(at(tree.north.path), { personId, person: undefined })).rejects.toMatchObject({
      code: 'alreadyMember',
    })
    const { rows } = await call(at(tree.north.path), contract.listMembers, {
      query: { org: tree.class1.id, q: '尤小' },
    })
    expect(rows).toMatchObject([
      { id, sex: 'female', age: 13, startReason: 'admission', politics: 'leagueMember' },
    ])
  })
})

describe('what happens to members', () => {
  test('ends, is corrected, is voided; each counts from the day it says', async () => {
    const [entered] = await enter([
      { person: { orgId: tree.plum.id, name: '许五', phone: '19900001115' }, from: '2023-03-01' },
    ])
    const params = { id: entered?.membershipId ?? '' }
    const actor = at(tree.south.path)
    const inPlum = (asOf: string) => count('members.count', { path: tree.plum.path, asOf })
    expect([await inPlum('2023-02-28'), await inPlum('2023-03-01')]).toEqual([0, 1])
    const end = (body: object) =>
      call(actor, contract.endMembership, {
        params,
        body: { version: 1, on: '2024-02-01', reason: 'transferOut', ...body },
      })
    await expect(end({ on: '2023-03-01' })).rejects.toMatchObject({ code: 'on' })
    await expect(end({ reason: '走了' })).rejects.toMatchObject({ code: 'reason' })
    expect(await end({})).toEqual({ version: 2 })
    await expect(end({ version: 2 })).rejects.toMatchObject({ code: 'alreadyEnded' })
    expect([await inPlum('2024-01-31'), await inPlum('2024-02-01')]).toEqual([1, 0])
    const half = { path: tree.plum.path, from: '2024-01-01', asOf: '2024-06-30' }
    expect(await count('members.transferredOut', half)).toBe(1)
    expect(await count('members.transferredOut', { ...half, from: '2024-02-02' })).toBe(0)
    const corrected = await call(actor, contract.correctMembership, {
      params,
      body: { version: 2, to: null },
    })
    expect([corrected.version, await inPlum('2024-02-01')]).toEqual([3, 1])
    const reason = { version: 3, reason: '登记错了人' }
    await call(actor, contract.removeMembership, { params, body: reason })
    expect(await inPlum('2024-02-01')).toBe(0)
    await expect(call(actor, contract.removeMembership, { params, body: reason })).rejects.toMatchObject({
      code: 'changedMeanwhile',
    })
  })

  test('a correction may not make two memberships at one time', async () => {
    const person = { orgId: tree.plum.id, name: '何六', phone: '19900001116' }
    const [first] = await enter([
      { person, from: '2021-01-01', to: '2022-01-01', endReason: 'transferOut' },
      { person: { ...person, orgId: tree.peach.id }, from: '2022-01-01' },
    ])
    const params = { id: first?.membershipId ?? '' }
    const correct = call(at(tree.south.path), contract.correctMembership, {
      params,
      body: { version: 1, to: null },
    })
    await expect(correct).rejects.toMatchObject({ code: 'overlap' })
  })

  test('a batch is undone with its people; memberships worked on since are named', async () => {
    const batchId = newId()
    const [, second] = await working((ctx) =>
      enterMembers(
        ctx,
        [
          { person: { orgId: tree.plum.id, name: '张批' }, from: '2023-01-01' },
          { person: { orgId: tree.plum.id, name: '李批' }, from: '2023-01-01' },
        ],
        { statedOn: '2024-06-01', batchId },
      ),
    )
    const before = await count('members.count', { path: tree.plum.path, asOf: '2024-06-01' })
    await call(at(tree.south.path), contract.endMembership, {
      params: { id: second?.membershipId ?? '' },
      body: { version: 1, on: '2024-06-10', reason: 'ageOut' },
    })
    await working(async (ctx) => {
      expect(await workedOnSince(ctx, 'membership', batchId)).toEqual([
        '李批在“李家村团支部”的团籍后来又改过',
      ])
      expect(await undoHeld(ctx, 'membership', batchId)).toBe(2)
      expect(await undoPeople(ctx, batchId)).toMatchObject({ voided: 2, kept: [] })
    })
    expect(await count('members.count', { path: tree.plum.path, asOf: '2024-06-01' })).toBe(before - 2)
  })

  test('mobile members are marked with where they live', async () => {
    const [entered] = await enter([{ person: { orgId: tree.peach.id, name: '吕七' } }])
    const params = { id: entered?.membershipId ?? '' }
    const mark = (body: Input<typeof contract.setMobile>['body']) =>
      call(at(tree.south.path), contract.setMobile, { params, body })
    const mobile = async () =>
      (
        await call(everywhere(), contract.listMembers, {
          query: { org: tree.peach.id, mobile: 'yes', q: '吕七' },
        })
      ).rows.map((r) => r.mobile)
    await mark({ mobile: true, place: '江北区' })
    expect(await mobile()).toEqual([{ place: '江北区' }])
    await mark({ mobile: false })
    expect(await mobile()).toEqual([])
  })

  test('the roster is filtered, sorted, paged and exported without ID or phone numbers', async () => {
    const list = (query: object) =>
      call(everywhere(), contract.listMembers, { query: { org: tree.north.id, ...query } })
    const all = await list({ sort: 'name' })
    const paged = await list({ sort: 'name', page: 2, size: 2 })
    expect(paged.total).toBe(all.total)
    expect(paged.rows).toEqual(all.rows.slice(2, 4))
    expect((await list({ sex: 'female' })).rows.map((r) => r.name)).toEqual(['尤小'])
    expect((await list({ ageFrom: 14, q: 'hy' })).rows.map((r) => r.name)).toEqual(['韩一'])
    const file = (await call(everywhere(), contract.exportMembers, {
      query: { org: tree.north.id },
    })) as Download
    const book = await readWorkbook(file.body as Uint8Array, { fileName: file.name })
    const text = JSON.stringify(book)
    expect(text).toContain('韩一')
    expect(text).toContain('*********11')
    expect(text).not.toContain('19900001111')
  })
})

test('members follow their branch when it moves, from that day on', async () => {
  await enter([{ person: { orgId: tree.class1.id, name: '施迁' }, from: '2022-01-01' }])
  const under = (path: string, asOf: string) => count('members.count', { path, asOf })
  const before = await under(tree.school.path, '2024-03-31')
  await working(async (ctx) => {
    const now = async (id: string) => (await orgAt(ctx.db, id, ctx.now)) ?? tree.class1
    await moveOrg(ctx, await now(tree.class1.id), await now(tree.south.id), '2024-04-01')
  })
  expect(before).toBe(1)
  expect(await under(tree.school.path, '2024-03-31')).toBe(1)
  expect(await under(tree.school.path, '2024-04-01')).toBe(0)
})

const day = fc.integer({ min: 0, max: 1400 }).map((n) => {
  const at = new Date(Date.UTC(2020, 5, 1) + n * 86_400_000)
  return at.toISOString().slice(0, 10)
})
const span = fc.record({
  branch: fc.nat(2),
  from: day,
  length: fc.integer({ min: 1, max: 900 }),
  open: fc.boolean(),
})

test('as of any day, SQL counts whom a naive count over the spans finds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(span, { minLength: 1, maxLength: 25 }),
      fc.array(day, { minLength: 3, maxLength: 6 }),
      async (spans, days) => {
        await world.owner.deleteFrom('membership').execute()
        await world.owner.deleteFrom('person').execute()
        const branches = [tree.willow, tree.peach, tree.plum]
        const rows = spans.map((s) => ({
          org: branches[s.branch] ?? tree.willow,
          from: s.from,
          to: s.open
            ? undefined
            : new Date(Date.parse(s.from) + s.length * 86_400_000).toISOString().slice(0, 10),
          name: `员${newId().slice(-6)}`,
        }))
        await enter(
          rows.map(({ org, from, to, name }) => ({
            person: { orgId: org.id, name },
            from,
            to,
            endReason: 'transferOut',
          })),
        )
        for (const asOf of days)
          for (const root of [tree.willow, tree.south, tree.county]) {
            const naive = rows.filter(
              (r) =>
                r.org.path.startsWith(root.path) && r.from <= asOf && (r.to === undefined || r.to > asOf),
            )
            expect(await count('members.count', { path: root.path, countyId: tree.county.id, asOf })).toBe(
              naive.length,
            )
          }
      },
    ),
    { numRuns: 12 },
  )
})
