/** Figures over a small tree: the laws of facts and figures, each with a case that fails when it is broken. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Context } from '../../kernel/context.ts'
import { type Route, run } from '../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../test/worlds/tree.ts'
import { enterRecords } from '../records/ledgers/enter.ts'
import { enterMembers } from '../structure/memberships/enter.ts'
import { moveOrg } from '../structure/organisations/operations.ts'
import { orgAt } from '../structure/organisations/queries.ts'
import {
  askFigures,
  type EvidenceRows,
  type FigureAnswer,
  type FigureQuestion,
  getEvidence,
  getFigure,
  getMeasures,
  setPercentRule,
} from './contract.ts'
import { routes } from './handlers.ts'
import { ask } from './query.ts'

let world: TestWorld
let tree: Tree

const H1 = { from: '2024-01-01', to: '2024-06-30' }
const figure = (question: FigureQuestion): Promise<FigureAnswer> =>
  inTransaction(world.services, (ctx) => ask(ctx, question, undefined, { digest: true }))
const value = async (org: TreeName, measure: string, more: Partial<FigureQuestion> = {}) =>
  (await figure({ org: tree[org].code, measure, ...more })).value

function called<T>(
  endpoint: { id: string },
  query: Record<string, unknown>,
  actor = everywhere(),
): Promise<T> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route
  return run(world.services, actor, found, { query } as object) as Promise<T>
}

interface Activity {
  org: TreeName
  day: string
  title: string
  personTimes?: number
  hosts?: TreeName[]
  names?: string[]
  fields?: Record<string, unknown>
}

async function hold(ctx: Context, activities: Activity[]): Promise<string[]> {
  const drafts = activities.map((a) => ({
    orgId: tree[a.org].id,
    day: a.day,
    title: a.title,
    fields: a.fields ?? {},
    ...(a.personTimes !== undefined && { personTimes: a.personTimes }),
    hosts: (a.hosts ?? []).map((name) => tree[name].id),
    participants: (a.names ?? []).map((name) => ({ name })),
  }))
  const entered = await enterRecords(ctx, 'themeActivity', drafts, { recognise: true })
  expect(entered.problems).toEqual([])
  return entered.written.map((w) => w?.id ?? '')
}

const member = (org: TreeName, name: string, sex: string, from: string) => ({
  person: { orgId: tree[org].id, name, sex, birth: '2003-04' },
  from,
})

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  await inTransaction(world.services, async (ctx) => {
    const people = [
      member('willow', '林一舟', 'male', '2021-01-01'),
      member('willow', '苏小棠', 'female', '2023-05-04'),
      member('class1', '何青禾', 'female', '2024-05-04'),
      member('peach', '陆星河', 'male', '2022-01-01'),
    ]
    await enterMembers(ctx, people, { statedOn: '2024-06-01' })
    await hold(ctx, [
      {
        org: 'willow',
        day: '2024-03-12',
        title: '义务植树',
        personTimes: 32,
        fields: { kind: 'treePlanting' },
      },
      {
        org: 'willow',
        day: '2024-05-04',
        title: '主题团日',
        personTimes: 20,
        names: ['林一舟', '苏小棠'],
        fields: { kind: 'themeDay' },
      },
      { org: 'class1', day: '2024-05-04', title: '团课观摩', names: ['何青禾'], fields: { kind: 'study' } },
      {
        org: 'willow',
        day: '2024-04-20',
        title: '两村联谊',
        personTimes: 40,
        hosts: ['peach'],
        fields: { kind: 'social' },
      },
    ])
  })
})
afterAll(() => world.close())

describe('organisations and people', () => {
  test('direct subordinates are not the whole subtree, and never the organisation itself', async () => {
    expect(await value('north', 'org.subordinates')).toBe(2)
    expect(await value('north', 'org.subordinates', { depth: 'all' })).toBe(3)
  })

  test('members are counted as of a day', async () => {
    expect(await value('north', 'members.count', { asOf: '2024-05-03' })).toBe(2)
    expect(await value('north', 'members.count', { asOf: '2024-05-04' })).toBe(3)
    expect(await value('county', 'members.count', { asOf: '2024-05-04', where: { sex: '女' } })).toBe(2)
    expect(await value('county', 'members.count', { asOf: '2024-05-04', where: { sex: '女生' } })).toBe(2)
    expect(await value('north', 'members.count', { asOf: '2024-05-04', depth: '1' })).toBe(2)
  })

  test('a share names its denominator and opens both of its sides', async () => {
    const share = await figure({
      org: tree.county.code,
      measure: 'members.femaleShare',
      asOf: '2024-06-30',
      percent: 'cut',
    })
    expect(share.exact).toBe('2/4')
    expect(share.display).toBe('50%')
    expect(share.evidence.parts.map((p) => p.count)).toEqual([2, 4])
  })
})

describe('joint records', () => {
  test('count for each host, and once above both', async () => {
    expect(await value('willow', 'themeActivity.count', H1)).toBe(3)
    expect(await value('peach', 'themeActivity.count', H1)).toBe(1)
    expect(await value('county', 'themeActivity.count', H1)).toBe(4)
  })

  test('the sum over children exceeds the figure by what is joint, and says so', async () => {
    const answer = await figure({
      org: tree.county.code,
      measure: 'themeActivity.count',
      ...H1,
      group: 'org',
    })
    expect(answer.groups?.map((g) => [g.label, g.value])).toEqual([
      ['青石镇', 4],
      ['白鹭镇', 1],
    ])
    expect(answer.overlap).toBe(1)
  })
})

describe('people and attendances', () => {
  test('are two figures, and people are a lower bound where some are not named', async () => {
    expect(await value('north', 'themeActivity.personTimes', H1)).toBe(93)
    const people = await figure({ org: tree.north.code, measure: 'themeActivity.people', ...H1 })
    expect(people.value).toBe(3)
    expect(people.bound).toBe('atLeast')
    expect(people.display).toBe('至少3人')
  })

  test('people are missing where nobody is named', async () => {
    const answer = await figure({ org: tree.peach.code, measure: 'themeActivity.people', ...H1 })
    expect(answer.value).toBeNull()
    expect(answer.missing).toBe(true)
    expect(answer.display).toBe('—')
  })
})

describe('zero and missing', () => {
  test('an empty filter over recorded work is zero; nothing recorded at all is missing', async () => {
    expect(await value('willow', 'themeActivity.count', { ...H1, where: { kind: '竞赛' } })).toBe(0)
    const none = await figure({ org: tree.plum.code, measure: 'themeActivity.count', ...H1 })
    expect(none).toMatchObject({ value: null, missing: true, display: '—' })
    expect(none.missingReason).toContain('还没有')
  })

  test('"nothing this period", once declared, is zero', async () => {
    const { plum } = tree
    await world.owner
      .insertInto('nilDeclaration')
      .values({
        countyId: plum.countyId,
        id: plum.id,
        ledger: 'training',
        orgId: plum.id,
        path: plum.path,
        fromDay: H1.from,
        toDay: H1.to,
        recordedBy: plum.id,
        recordedAt: '2024-06-18 09:00:00',
        voidedAt: null,
      })
      .execute()
    expect(await value('plum', 'training.count', H1)).toBe(0)
    expect(await value('plum', 'training.count', { from: '2023-01-01', to: '2023-06-30' })).toBeNull()
    const { groups } = await figure({ org: tree.south.code, measure: 'training.count', ...H1, group: 'org' })
    expect(groups?.map((g) => [g.label, g.value])).toEqual([
      ['桃源村团支部', null],
      ['李家村团支部', 0],
    ])
  })
})

describe('evidence', () => {
  test('is the very rows, page by page, and its digest changes with any of them', async () => {
    const question = { org: tree.north.code, measure: 'themeActivity.count', ...H1 }
    const before = await figure(question)
    const rows = await called<EvidenceRows>(getEvidence, { ...question, page: 1, size: 2 })
    expect(rows.total).toBe(4)
    expect(before.evidence.count).toBe(4)
    expect(rows.rows).toHaveLength(2)
    const [first] = rows.rows
    const set = (version: number) =>
      world.owner
        .updateTable('record')
        .set({ version })
        .where('id', '=', first?.id ?? '')
        .execute()
    await set(9)
    expect((await figure(question)).evidence.digest).not.toBe(before.evidence.digest)
    await set(first?.version ?? 1)
    expect((await figure(question)).evidence.digest).toBe(before.evidence.digest)
  })

  test('voiding a row changes the figures it is in, by its share, and no other', async () => {
    const questions: FigureQuestion[] = [
      { org: tree.north.code, measure: 'themeActivity.count', ...H1 },
      { org: tree.north.code, measure: 'themeActivity.personTimes', ...H1 },
      { org: tree.peach.code, measure: 'themeActivity.count', ...H1 },
      { org: tree.north.code, measure: 'members.count', asOf: '2024-06-30' },
    ]
    const values = async () => (await Promise.all(questions.map(figure))).map((a) => a.value)
    const before = await values()
    const planting = world.owner.updateTable('record').where('title', '=', '义务植树')
    await planting.set({ voidedAt: '2024-06-18 10:00:00' }).execute()
    expect(await values()).toEqual([Number(before[0]) - 1, Number(before[1]) - 32, before[2], before[3]])
    await planting.set({ voidedAt: null }).execute()
    expect(await values()).toEqual(before)
  })
})

describe('a tree that changes', () => {
  test('a record stays where it happened; an organisation keeps its own when it moves', async () => {
    await inTransaction(world.services, async (ctx) => {
      const school = await orgAt(ctx.db, tree.school.id, '2024-05-20')
      const south = await orgAt(ctx.db, tree.south.id, '2024-05-20')
      if (!school || !south) throw new Error('the tree was planted')
      await moveOrg(ctx, school, south, '2024-05-20')
    })
    expect(await value('north', 'themeActivity.count', H1)).toBe(4)
    expect(await value('school', 'themeActivity.count', H1)).toBe(1)
    expect(await value('south', 'themeActivity.count', H1)).toBe(1)
    expect(await value('south', 'members.count', { asOf: '2024-05-19' })).toBe(1)
    expect(await value('south', 'members.count', { asOf: '2024-05-20' })).toBe(2)
    expect(await value('north', 'members.count', { asOf: '2024-05-20' })).toBe(2)
  })
})

describe('asking', () => {
  test('the same question has the same answer as data, by address and in bulk', async () => {
    const question = { org: tree.county.code, measure: 'themeActivity.personTimes', ...H1 }
    const filters = { kind: 'themeDay,treePlanting' }
    const direct = await figure({ ...question, where: filters })
    const byAddress = { ...question, where: JSON.stringify(filters), digest: 'yes' }
    expect(await called(getFigure, byAddress)).toEqual(direct)
    expect(direct.value).toBe(52)
    const found = routes.find((r) => r.endpoint.id === askFigures.id) as Route<typeof askFigures>
    const inBulk = async (digest: { digest?: boolean }) => {
      const body = { questions: [{ ...question, where: filters }], ...digest }
      return (await run(world.services, everywhere(), found, { body }, null)).answers
    }
    expect(await inBulk({ digest: true })).toEqual([direct])
    // Sealed only where it is asked for: it reads every row once more.
    for (const [unsealed] of [await inBulk({}), await inBulk({ digest: false })]) {
      expect(unsealed?.value).toBe(52)
      expect(JSON.stringify(unsealed)).not.toContain('"digest"')
    }
  })

  test('what is not understood is refused with what would be', async () => {
    const ofNorth = { org: tree.north.code, ...H1 }
    await expect(figure({ ...ofNorth, measure: 'themeActivity.cuont' })).rejects.toThrow(
      'themeActivity.count',
    )
    await expect(
      figure({ ...ofNorth, measure: 'themeActivity.count', where: { colour: 'red' } }),
    ).rejects.toThrow('活动类型')
    await expect(
      figure({ ...ofNorth, measure: 'themeActivity.count', where: { kind: '飞行' } }),
    ).rejects.toThrow('主题团日')
    await expect(figure({ ...ofNorth, measure: 'themeActivity.count', from: '2024-13-01' })).rejects.toThrow(
      '日期',
    )
    for (const word of ['constructor', '__proto__', 'toString']) {
      const asked = { ...ofNorth, measure: 'themeActivity.count' }
      const where = Object.fromEntries([[word, '1']])
      await expect(figure({ ...asked, where })).rejects.toMatchObject({ code: 'unknownFilter' })
      await expect(figure({ ...asked, group: word })).rejects.toMatchObject({ code: 'unknownFilter' })
    }
    await expect(figure({ ...ofNorth, org: '没有的镇', measure: 'themeActivity.count' })).rejects.toThrow(
      '没有找到',
    )
  })

  test('outside one’s scope there is nothing to ask', async () => {
    const { willow, north } = tree
    const secretary = actorWith([
      { orgId: willow.id, countyId: willow.countyId, path: willow.path, role: 'manager' },
    ])
    const question = { measure: 'themeActivity.count', ...H1 }
    expect(await called<FigureAnswer>(getFigure, { ...question, org: willow.id }, secretary)).toMatchObject({
      value: 3,
    })
    await expect(called(getFigure, { ...question, org: tree.peach.id }, secretary)).rejects.toThrow(
      '没有找到',
    )
    await expect(called(getFigure, { ...question, org: north.id }, secretary)).rejects.toThrow(/没有/)
  })

  test('the catalogue names filters with their values', async () => {
    const { measures } = await called<{
      measures: { id: string; filters: { key: string; options?: unknown[] }[] }[]
    }>(getMeasures, {})
    const count = measures.find((m) => m.id === 'themeActivity.count')
    expect(count?.filters.find((f) => f.key === 'kind')?.options?.length).toBeGreaterThan(5)
  })

  test('groups of any dimension add up to the whole where nothing overlaps', async () => {
    const months = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('month', 'kind', 'title'),
        fc.constantFrom(...months),
        async (group, month) => {
          const question = {
            org: tree.county.code,
            measure: 'themeActivity.personTimes',
            from: `${month}-01`,
            to: '2024-06-30',
          }
          const whole = await figure({ ...question, group })
          const sum = (whole.groups ?? []).reduce((total, g) => total + Number(g.value ?? 0), 0)
          expect(sum).toBe(Number(whole.value ?? 0))
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('percentages', () => {
  test('follow the rule of the organisation or its superior, which not everybody may set', async () => {
    const { county, north } = tree
    const share = async (percent?: 'cut' | 'round') =>
      (
        await figure({
          org: north.code,
          measure: 'members.femaleShare',
          asOf: '2024-05-10',
          ...(percent && { percent }),
        })
      ).display
    const decide = (grants: Parameters<typeof actorWith>[0]) => {
      const found = routes.find((r) => r.endpoint.id === setPercentRule.id) as Route
      const given = { query: { org: county.code }, body: { percent: 'cut' } } as object
      return run(world.services, actorWith(grants), found, given)
    }
    const at = { orgId: county.id, countyId: county.countyId, path: county.path }
    expect(await share()).toBe('66.7%')
    await expect(decide([{ ...at, role: 'staff' }])).rejects.toThrow('权限')
    await decide([{ ...at, role: 'manager' }])
    expect(await share()).toBe('66.6%')
    expect(await share('round')).toBe('66.7%')
  })
})
