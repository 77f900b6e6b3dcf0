import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Endpoint, Input, Output } from '../../../kernel/endpoint.ts'
import type { Depth, Frame, Measure } from '../../../kernel/measures.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree } from '../../../test/worlds/tree.ts'
import { openOrg } from '../organisations/operations.ts'
import type { Org } from '../organisations/queries.ts'
import * as contract from './contract.ts'
import { enterOfficers, type OfficerEntry } from './enter.ts'
import { routes } from './handlers.ts'
import { measures, sources } from './measures.ts'

let world: TestWorld
let tree: Tree
let pioneers: Org

/** 青石镇: 书记 甲 (also 柳河村 书记), 组织委员 and 宣传委员 乙, 委员 丙; 一班 and the school's general branch have nobody. */
beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  pioneers = await working((ctx) =>
    openOrg(ctx, {
      parent: tree.north,
      name: '青石镇少工委',
      type: 'pioneersCommittee',
      sector: 'territory',
      on: '2022-01-01',
    }),
  )
  const { north, willow } = tree
  const first = { name: '甲书记', birth: '1990-01-01', sex: 'male', politics: 'partyMember', ethnicity: '01' }
  const second = {
    name: '乙委员',
    birth: '2000-06-30',
    sex: 'female',
    education: 'bachelor',
    ethnicity: '03',
  }
  const third = { name: '丙委员', birth: '1996-06-30', sex: 'female', education: 'college' }
  await enter([
    { person: { orgId: north.id, ...first }, post: '书记', mode: 'elected', from: '2022-03-01' },
    { person: { orgId: willow.id, ...first, graduateVillageOfficial: true }, post: '书记', from: '2022-03' },
    { person: { orgId: north.id, ...second }, post: '组织委员', from: '2022-03-01' },
    { person: { orgId: north.id, ...second }, post: '宣传委员', from: '2024-01-01' },
    { person: { orgId: north.id, ...third }, post: '委员' },
    { person: { orgId: north.id, name: '丁干事' }, post: '干事' },
    { person: { orgId: pioneers.id, name: '戊主任' }, post: '主任', mode: 'elected', from: '2022-06-01' },
  ])
})
afterAll(() => world.close())

const at = (path: string, role: 'manager' | 'staff' = 'manager'): Actor =>
  actorWith([{ orgId: '', countyId: tree.county.id, path, role }])
function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Input<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(world.services, actor, found, input)
}
const working = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(world.services, work)
const enter = (entries: OfficerEntry[]) =>
  working((ctx) => enterOfficers(ctx, entries, { statedOn: '2024-06-01' }))

/** Value of a plain measure with its own filters, which are equalities here. */
async function figure(id: string, org: Org, asked: { asOf?: string; from?: string; depth?: Depth } = {}) {
  const measure = measures.find((m) => m.id === id) as Measure
  const source = sources.find((s) => s.id === measure.source)
  if (!source) throw new Error(id)
  const { asOf = '2024-06-18', from = asOf, depth = measure.depth ?? 'all' } = asked
  const scopes = [{ countyId: org.countyId, path: org.path }]
  const frame: Frame = {
    org: { id: org.id, code: org.code, countyId: org.countyId },
    scopes,
    depth,
    from,
    to: asOf,
    asOf: `${asOf} 23:59:59`,
  }
  const filters = Object.entries(measure.where ?? {}).map(([key, text]) => {
    const dimension = source.dimensions[key]
    if (!dimension) throw new Error(key)
    const value = dimension.sql(frame)
    if (dimension.type === 'yesNo')
      return text === '是' ? sql`(${value}) is true` : sql`(${value}) is not true`
    return sql`(${value})::text = any(${text.split(',')})`
  })
  const value = measure.value?.(frame) ?? source.person ?? source.rowId
  const counted =
    measure.kind === 'count'
      ? sql`count(*)`
      : measure.kind === 'average'
        ? sql`avg(${value})::float8`
        : sql`count(distinct ${value})`
  const { rows } = await sql<{ n: number }>`select ${counted} as n from ${source.from(frame)}
    where ${sql.join([source.where(frame), ...filters], sql` and `)}`.execute(world.services.db)
  return rows[0]?.n
}

test('people are not posts; system posts and Young Pioneers’ posts are no officers', async () => {
  expect(await figure('officers.people', tree.north)).toBe(3)
  expect(await figure('officers.posts', tree.north)).toBe(5)
  expect(await figure('officers.seats', tree.north)).toBe(3)
  expect(await figure('officers.people', tree.north, { depth: 0 })).toBe(3)
  expect(await figure('officers.people', tree.willow)).toBe(1)
  expect(await figure('officers.posts', tree.north, { asOf: '2023-12-31' })).toBe(4)
  expect(await figure('officers.party', tree.north)).toBe(1)
  expect(await figure('officers.minority', tree.north)).toBe(1)
  expect(await figure('officers.female', tree.north)).toBe(2)
  expect(await figure('officers.villageOfficialSecretaries', tree.north)).toBe(1)
})

test('an average weighs nobody twice; vacancies and elections are counted', async () => {
  expect(await figure('officers.averageAge', tree.north)).toBeCloseTo((34 + 23 + 27) / 3)
  expect(await figure('org.withoutSecretary', tree.north)).toBe(2)
  expect(
    await figure('pioneers.directorsElected', tree.north, { from: '2022-01-01', asOf: '2022-12-31' }),
  ).toBe(1)
  expect(await figure('officers.elected', tree.north, { from: '2022-01-01', asOf: '2022-12-31' })).toBe(2)
  expect(
    await figure('pioneers.directorsElected', tree.north, { from: '2023-01-01', asOf: '2023-12-31' }),
  ).toBe(0)
})

test('a predecessor held the same post last before the present holder, and is as old as on leaving', async () => {
  const orgId = tree.south.id
  const of = (name: string, birth: string, from: string, to?: string, post = '书记'): OfficerEntry => ({
    person: { orgId, name, birth },
    post,
    from,
    to,
  })
  await enter([
    of('庚一', '1980-03-02', '2020-03-01', '2021-03-01'),
    of('庚二', '1985-06-01', '2021-03-01', '2022-03-01'),
    of('庚三', '1990-03-03', '2022-03-01'),
    of('庚四', '1970-01-01', '2020-03-01', '2022-02-01', '副书记'),
    of('庚五', '1991-01-01', '2022-02-15', undefined, '副书记'),
  ])
  const age = (asOf: string) => figure('officers.predecessorAge', tree.south, { asOf })
  expect(await age('2020-06-30')).toBeNull()
  expect(await age('2021-02-28')).toBeNull()
  expect(await age('2021-03-01')).toBe(40)
  expect(await age('2022-02-28')).toBe(40)
  expect(await age('2022-03-01')).toBe(36)
  expect(await age('2024-06-18')).toBe(36)
  expect(await figure('officers.predecessorAge', tree.north)).toBeNull()
})

describe('entering officers', () => {
  test('the same roster again changes nothing; a post must suit its body', async () => {
    const [again, director, early] = await enter([
      {
        person: { orgId: tree.north.id, name: '甲书记', birth: '1990-01' },
        post: '书记',
        from: '2022-03-01',
      },
      { person: { orgId: tree.north.id, name: '己主任' }, post: '主任' },
      { person: { orgId: pioneers.id, name: '戊主任' }, post: '副主任', from: '2021-01-01' },
    ])
    expect(again?.state).toBe('unchanged')
    expect(director).toMatchObject({ state: 'refused', person: null })
    expect(director?.message).toMatch(/不是少工委/)
    expect(early?.message).toMatch(/早于“青石镇少工委”的设立日期/)
  })

  test('by form: concurrent posts allowed, the same post twice refused, a second secretary confirmed', async () => {
    const { rows } = await call(everywhere(), contract.listOfficers, {
      query: { org: tree.north.id, q: '丙' },
    })
    const personId = rows[0]?.personId ?? ''
    const appoint = (actor: Actor, more: object) =>
      call(actor, contract.appoint, {
        body: { orgId: tree.willow.id, personId, post: 'committeeMember', from: '2024-02-01', ...more },
      })
    await expect(appoint(at(tree.south.path), {})).rejects.toMatchObject({ kind: 'notFound' })
    await expect(appoint(at(tree.north.path, 'staff'), {})).rejects.toMatchObject({ kind: 'forbidden' })
    const { id } = await appoint(at(tree.north.path), { mode: '增补' })
    await expect(appoint(at(tree.north.path), {})).rejects.toMatchObject({ code: 'alreadyHeld' })
    await expect(appoint(at(tree.north.path), { post: '书记' })).rejects.toMatchObject({
      code: 'confirm:secretaryHeld',
    })
    await expect(appoint(at(tree.north.path), { post: 'administrator' })).rejects.toMatchObject({
      code: 'post',
    })
    const dismiss = (on: string) =>
      call(at(tree.north.path), contract.dismiss, {
        params: { id },
        body: { version: 1, on, reason: '辞职' },
      })
    await expect(dismiss('2024-02-01')).rejects.toMatchObject({ code: 'on' })
    expect(await dismiss('2024-05-01')).toEqual({ version: 2 })
    expect(await figure('officers.posts', tree.willow, { asOf: '2024-04-30' })).toBe(2)
    expect(await figure('officers.posts', tree.willow, { asOf: '2024-05-01' })).toBe(1)
  })
})

test('the administrator’s post is given and taken by administrators only', async () => {
  const body = { orgId: tree.north.id, person: { name: '庚管' }, post: 'administrator', from: '2024-01-01' }
  await expect(call(at(tree.north.path), contract.appoint, { body })).rejects.toMatchObject({ code: 'post' })
  const { id } = await call(everywhere(), contract.appoint, { body })
  const dismissal = { params: { id }, body: { version: 1, on: '2024-06-01', reason: 'other' } }
  await expect(call(at(tree.north.path), contract.dismiss, dismissal)).rejects.toMatchObject({ code: 'post' })
  expect(await call(everywhere(), contract.dismiss, dismissal)).toEqual({ version: 2 })
  expect(await figure('officers.people', tree.north)).toBe(3)
})

describe('boards', () => {
  const board = (orgId: string, asOf?: string) =>
    call(at(tree.north.path), contract.getBoard, { params: { orgId }, query: { asOf } })

  test('show posts by rank, who is concurrent, what is vacant', async () => {
    const shown = await board(tree.north.id)
    const held = shown.posts.map((p) => `${p.person.name} ${p.postTitle}`)
    expect(held[0]).toBe('甲书记 书记')
    expect(held.slice(1, 4).sort()).toEqual(['丙委员 委员', '乙委员 宣传委员', '乙委员 组织委员'])
    expect(held[4]).toBe('丁干事 干事')
    expect(shown.vacancies.map((v) => v.title)).toEqual(['副书记'])
    expect(shown.concurrent).toMatchObject([{ name: '甲书记', posts: [{ orgName: '柳河村团支部' }] }])
    expect((await board(tree.class1.id)).vacancies.map((v) => v.post)).toEqual(['secretary'])
  })

  test('terms end the one before; past its due day and not re-elected, a body is overdue', async () => {
    const open = (startedOn: string, dueOn: string) =>
      call(at(tree.north.path), contract.openTerm, {
        params: { orgId: tree.north.id },
        body: { startedOn, dueOn, ordinal: 1 },
      })
    expect(await open('2016-03-01', '2021-03-01')).toMatchObject({ overdue: true, endedOn: null })
    expect(await figure('org.termOverdue', tree.north)).toBe(1)
    await expect(open('2015-03-01', '2020-03-01')).rejects.toMatchObject({ code: 'laterTerm' })
    await expect(open('2022-03-01', '2022-03-01')).rejects.toMatchObject({ code: 'dueOn' })
    expect(await open('2022-03-01', '2027-03-01')).toMatchObject({ overdue: false })
    expect(await figure('org.termOverdue', tree.north)).toBe(0)
    expect(await figure('org.termOverdue', tree.north, { asOf: '2022-02-28' })).toBe(1)
    const shown = await board(tree.north.id)
    expect(shown.term).toMatchObject({ startedOn: '2022-03-01', overdue: false })
    expect(shown.terms.map((t) => t.endedOn)).toEqual([null, '2022-03-01'])
  })

  test('are not there for those of another township', async () => {
    const asked = call(at(tree.south.path), contract.getBoard, {
      params: { orgId: tree.north.id },
      query: {},
    })
    await expect(asked).rejects.toMatchObject({ kind: 'notFound' })
  })
})

test('the list has one row a person, filtered and paged', async () => {
  const list = (query: object) =>
    call(at(tree.north.path), contract.listOfficers, { query: { org: tree.north.id, ...query } })
  const all = await list({})
  expect([all.total, all.posts, all.rows.length]).toEqual([3, 5, 3])
  expect(all.rows[0]?.posts.map((p) => p.orgName)).toEqual(['青石镇', '柳河村团支部'])
  expect((await list({ education: 'bachelor,college' })).rows.map((r) => r.name).sort()).toEqual([
    '丙委员',
    '乙委员',
  ])
  expect((await list({ partyMember: 'yes' })).total).toBe(1)
  expect((await list({ post: 'committeeMember', page: 2, size: 1 })).rows).toHaveLength(1)
  expect((await list({ depth: '0', orgType: 'pioneersCommittee' })).total).toBe(0)
  expect((await list({ orgType: 'pioneersCommittee' })).rows.map((r) => r.name)).toEqual(['戊主任'])
})
