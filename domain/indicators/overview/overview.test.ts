/** The overview says what the figure query says, of many figures at once, and of siblings no more than their median. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Input } from '../../../kernel/endpoint.ts'
import { addDays, cutAt, parsePeriod } from '../../../kernel/period.ts'
import { type Route, run } from '../../../kernel/route.ts'
import { actorWith, openWorld, type TestWorld } from '../../../kernel/testing.ts'
import { migrations } from '../../../migrations/index.ts'
import { everywhere, inTransaction, plantTree } from '../../../test/worlds/tree.ts'
import { declareNil } from '../../records/ledgers/contract.ts'
import { enterRecords } from '../../records/ledgers/enter.ts'
import { routes as ledgerRoutes } from '../../records/ledgers/handlers.ts'
import { enterMembers } from '../../structure/memberships/enter.ts'
import { moveOrg, openOrg } from '../../structure/organisations/operations.ts'
import type { Org } from '../../structure/organisations/queries.ts'
import type { FigureAnswer } from '../contract.ts'
import { getFigure } from '../contract.ts'
import { routes as figureRoutes } from '../handlers.ts'
import { ask } from '../query.ts'
import { type Coverage, getCoverage, getOverview, type Overview, type OverviewFigure } from './contract.ts'
import { routes } from './handlers.ts'
import { heldAgainst, medianOf } from './rules.ts'

let world: TestWorld
/** 云溪县, four townships, and the branches of each. */
let county: Org
let towns: Org[]
let branches: Org[]

const at = (org: Org, role: 'manager' | 'reader' = 'manager'): Actor =>
  actorWith([{ orgId: org.id, countyId: org.countyId, path: org.path, role }])

async function overview(query: Input<typeof getOverview>['query'], actor = everywhere()): Promise<Overview> {
  const found = routes.find((r) => r.endpoint.id === getOverview.id) as Route<typeof getOverview>
  return run(world.services, actor, found, { query })
}

async function coverage(query: Input<typeof getCoverage>['query'], actor = everywhere()): Promise<Coverage> {
  const found = routes.find((r) => r.endpoint.id === getCoverage.id) as Route<typeof getCoverage>
  return run(world.services, actor, found, { query })
}

const figure = (org: string, measure: string, days: { from: string; to: string }): Promise<FigureAnswer> =>
  inTransaction(world.services, (ctx) => ask(ctx, { org, measure, from: days.from, to: days.to }))

const figuresIn = (found: Overview): OverviewFigure[] =>
  found.lines.flatMap((l) => l.blocks.flatMap((b) => b.figures))
const one = (found: Overview, measure: string) => figuresIn(found).find((f) => f.measure.id === measure)

/** Always the same, and yet no pattern that a wrong formula could share. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
}

const NAMES = ['林一舟', '苏小棠', '何青禾', '陆星河']

/** Records of four ledgers over two years: some joint, some without attendances, some with names. */
async function fill(): Promise<void> {
  const next = chance(7)
  const pick = <T>(list: T[]): T => list[Math.floor(next() * list.length)] as T
  const day = () =>
    new Date(Date.UTC(2023, 0, 1) + Math.floor(next() * 530) * 86_400_000).toISOString().slice(0, 10)
  const draft = (n: number) => {
    const org = pick(branches)
    const host = pick(branches)
    return {
      orgId: org.id,
      day: day(),
      title: `活动${n}`,
      fields: {},
      ...(next() > 0.2 && { personTimes: 10 + Math.floor(next() * 40) }),
      hosts: next() > 0.7 && host.id !== org.id ? [host.id] : [],
      participants: next() > 0.5 ? [{ name: pick(NAMES) }] : [],
    }
  }
  await inTransaction(world.services, async (ctx) => {
    for (const ledger of ['themeActivity', 'volunteering', 'meeting']) {
      const joint = ledger !== 'meeting'
      const drafts = Array.from({ length: 60 }, (_, n) => draft(n)).map((d) =>
        joint ? d : { ...d, hosts: [], fields: { kind: 'branchMeeting' } },
      )
      const { problems } = await enterRecords(ctx, ledger, drafts, { recognise: true })
      expect(problems).toEqual([])
    }
    const funds = Array.from({ length: 12 }, (_, n) => {
      const { personTimes: _p, hosts: _h, participants: _n, ...rest } = draft(n)
      return { ...rest, fields: { amount: String(1000 + n), kind: '资金' } }
    })
    expect((await enterRecords(ctx, 'funding', funds)).problems).toEqual([])
  })
}

beforeAll(async () => {
  world = await openWorld(migrations)
  const tree = await plantTree(world.services)
  county = tree.county
  await inTransaction(world.services, async (ctx) => {
    const open = (parent: Org, name: string, type: string, sector: string) =>
      openOrg(ctx, {
        parent,
        name,
        type,
        sector,
        on: '2020-01-01',
        ...(type === 'committee' && { level: 'township' }),
      })
    const more = [
      await open(county, '望山镇', 'committee', 'territory'),
      await open(county, '临江镇', 'committee', 'territory'),
    ]
    towns = [tree.north, tree.south, ...more]
    const villages: Org[] = []
    for (const town of towns)
      for (const n of [1, 2, 3])
        villages.push(await open(town, `${town.name}第${n}村团支部`, 'branch', 'village'))
    branches = [tree.willow, tree.peach, tree.class1, ...villages]
    const people = NAMES.map((name, i) => ({
      person: { orgId: (branches[i] as Org).id, name, sex: 'female', birth: '2003-04' },
      from: `2023-0${i + 3}-01`,
    }))
    await enterMembers(ctx, people, { statedOn: '2024-06-01' })
  })
  await fill()
  // One branch changed its township in the middle of the spring.
  await inTransaction(world.services, async (ctx) => {
    const [, , , moving] = branches
    await moveOrg(ctx, moving as Org, towns[3] as Org, '2024-03-15')
  })
  const nil = ledgerRoutes.find((r) => r.endpoint.id === declareNil.id) as Route<typeof declareNil>
  await run(world.services, at(towns[2] as Org), nil, {
    params: { ledger: 'award' },
    body: { orgId: (towns[2] as Org).id, from: '2024-01-01', to: '2024-06-30' },
  } as object)
})
afterAll(() => world.close())

const PERIODS = ['2024H1', '2023H2', '2024Q2', '2024', '2023-09']

describe('equality', () => {
  test('every headline figure, and the one it is held against, is what the figure query answers', async () => {
    const orgs = [county, ...towns, ...branches]
    const asked = fc.record({
      org: fc.constantFrom(...orgs),
      period: fc.constantFrom(...PERIODS),
      against: fc.constantFrom('yearBefore' as const, 'preceding' as const),
      until: fc.constantFrom(undefined, '2024-05-04'),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ org, period, against, until }) => {
        const cut = until && until >= parsePeriod(period).from ? until : undefined
        const found = await overview({ org: org.id, period, against, ...(cut && { until: cut }) })
        const now = cutAt(parsePeriod(period), cut)
        const before = heldAgainst(now, against)
        expect(figuresIn(found).length).toBeGreaterThan(1)
        for (const { measure, before: told, siblings: _s, ...said } of figuresIn(found)) {
          const answer = await figure(org.id, measure.id, now)
          const { value, display, missing, missingReason, bound, note } = answer
          const reason = {
            ...(missingReason && { missingReason }),
            ...(bound && { bound }),
            ...(note && { note }),
          }
          expect({ measure: measure.id, ...said }).toEqual({
            measure: measure.id,
            value,
            display,
            missing,
            ...reason,
          })
          const then = await figure(org.id, measure.id, before)
          expect(told).toEqual({ value: then.value, display: then.display, missing: then.missing })
        }
      }),
      { numRuns: 15 },
    )
  })

  test('the median is that of the siblings’ own answers, of those who have one', async () => {
    for (const org of [...towns.slice(0, 2), ...branches.slice(3, 5)])
      for (const period of ['2024H1', '2024Q2']) {
        const found = await overview({ org: org.id, period })
        const [days] = [parsePeriod(period)]
        for (const f of figuresIn(found).filter((x) => x.measure.id !== 'org.subordinates')) {
          const answers = await Promise.all(siblings(org, days.to).map((s) => figure(s, f.measure.id, days)))
          const values = answers.flatMap((a) => (typeof a.value === 'number' ? [a.value] : []))
          const wanted = medianOf(values)
          expect([org.name, f.measure.id, f.siblings?.median ?? null]).toEqual([
            org.name,
            f.measure.id,
            wanted,
          ])
          if (f.siblings) expect(f.siblings.count).toBe(values.length)
        }
      }
  })
})

/** Ids of those under the same superior, of the same type, as the tree stood on a day. */
function siblings(org: Org, day: string): string[] {
  if (towns.includes(org)) return towns.filter((t) => t !== org).map((t) => t.id)
  const [, , , moving] = branches
  const parentOf = (b: Org) => (b === moving && day >= '2024-03-15' ? (towns[3] as Org).id : b.parentId)
  return branches.filter((b) => b !== org && parentOf(b) === parentOf(org)).map((b) => b.id)
}

describe('rights', () => {
  test('a township learns its siblings’ median, never who they are or what they have', async () => {
    const [own, other] = towns as [Org, Org]
    const found = await overview({ org: own.id, period: '2024H1' }, at(own, 'reader'))
    const compared = figuresIn(found).filter((f) => f.siblings)
    expect(compared.length).toBeGreaterThan(2)
    expect(
      compared.every(
        (f) =>
          Object.keys(f.siblings ?? {})
            .sort()
            .join() === 'count,display,median',
      ),
    ).toBe(true)
    const text = JSON.stringify(found)
    for (const org of [...towns.slice(1), ...branches.filter((b) => !b.path.startsWith(own.path))]) {
      expect(text).not.toContain(org.id)
      expect(text).not.toContain(org.name)
    }
    await expect(overview({ org: other.id }, at(own))).rejects.toMatchObject({ kind: 'notFound' })
    await expect(coverage({ org: county.id, measure: 'record.count' }, at(own))).rejects.toMatchObject({
      kind: 'notFound',
    })
    const rows = figureRoutes.find((r) => r.endpoint.id === getFigure.id) as Route<typeof getFigure>
    const asked = { query: { org: other.id, measure: 'themeActivity.count' } }
    await expect(run(world.services, at(own), rows, asked)).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('of fewer than three siblings with a value there is no median', async () => {
    const found = await overview({ org: county.id, period: '2024H1' })
    expect(figuresIn(found).every((f) => f.siblings === null)).toBe(true)
    const [, , , town] = towns as [Org, Org, Org, Org]
    const quiet = await overview({ org: town.id, period: '2023-01' })
    const scarce = figuresIn(quiet).filter((f) => f.measure.id === 'funding.count')
    expect(scarce.every((f) => f.siblings === null)).toBe(true)
  })
})

describe('missing, zero, joint', () => {
  test('本期无 is 0; a ledger that nobody touched stays quiet', async () => {
    const declared = await overview({ org: (towns[2] as Org).id, period: '2024H1' })
    expect(one(declared, 'award.count')).toMatchObject({ value: 0, missing: false, display: '0项' })
    const silent = await overview({ org: (towns[1] as Org).id, period: '2024H1' })
    expect(one(silent, 'award.count')).toBeUndefined()
    expect(silent.quiet.map((q) => q.id)).toContain('award')
  })

  test('what was held together counts in each, and once above', async () => {
    const days = parsePeriod('2024H1')
    const whole = one(await overview({ org: county.id, period: '2024H1' }), 'themeActivity.count')
    const each = await Promise.all(
      towns.map(async (t) =>
        Number(one(await overview({ org: t.id, period: '2024H1' }), 'themeActivity.count')?.value),
      ),
    )
    expect(each.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(Number(whole?.value))
    expect(whole?.value).toBe((await figure(county.id, 'themeActivity.count', days)).value)
  })

  test('who below recorded in a ledger is counted, of those who stand there', async () => {
    const found = await overview({ org: county.id, period: '2024H1' })
    const block = found.lines.flatMap((l) => l.blocks).find((b) => b.id === 'award')
    expect(block?.recorded).toEqual({ count: 1, of: 4 })
  })
})

describe('coverage', () => {
  const tilesOf = async (measure: string, more: Partial<Input<typeof getCoverage>['query']> = {}) =>
    coverage({ org: county.id, period: '2024H1', measure, ...more })

  test('each tile says what the figure query says of that organisation', async () => {
    const days = parsePeriod('2024H1')
    for (const measure of [
      'themeActivity.count',
      'members.count',
      'meeting.personTimes',
      'members.femaleShare',
      'org.subordinates',
      'themeActivity.people',
    ]) {
      const found = await tilesOf(measure)
      expect(found.tiles.length).toBe(branches.length + 1)
      for (const tile of found.tiles) {
        const { value, display, missing } = await figure(tile.orgId, measure, days)
        expect({
          name: tile.name,
          measure,
          value: tile.value,
          display: tile.display,
          missing: tile.missing,
        }).toEqual({
          name: tile.name,
          measure,
          value,
          display,
          missing,
        })
      }
    }
  })

  test('villages stand under their township; the share is of all, and of each sector', async () => {
    const found = await tilesOf('themeActivity.count')
    expect(new Set(found.tiles.map((t) => t.under))).toEqual(new Set(towns.map((t) => t.name)))
    const [all, villages] = found.shares
    const covered = found.tiles.filter((t) => Number(t.value) > 0).length
    expect(all).toMatchObject({ covered, total: found.tiles.length })
    expect(villages).toMatchObject({ sector: 'village', title: '行政村' })
    const filtered = await tilesOf('themeActivity.count', { where: '{"kind":"treePlanting"}' })
    expect(filtered.shares[0]).toMatchObject({ covered: 0, display: '0%' })
    expect(filtered.asked).toContain('活动类型：植树')
  })

  test('a township sees what stands directly below; the days since its last record are counted to today', async () => {
    const found = await coverage({ org: (towns[0] as Org).id, measure: 'lastRecord' }, at(towns[0] as Org))
    expect(found.question).toBeNull()
    expect(found.tiles.every((t) => t.under === null)).toBe(true)
    for (const { orgId, value } of found.tiles) {
      expect(value).not.toBeNull()
      const day = addDays('2024-06-18', -Number(value))
      const since = { from: day, to: '2024-06-18' }
      expect(Number((await figure(orgId, 'record.count', since)).value)).toBeGreaterThan(0)
      const later = { from: addDays(day, 1), to: '2024-06-19' }
      expect((await figure(orgId, 'record.count', later)).missing).toBe(true)
    }
  })

  test('filters that are no JSON are refused', async () => {
    await expect(tilesOf('themeActivity.count', { where: 'kind=treePlanting' })).rejects.toThrow('JSON')
  })
})
