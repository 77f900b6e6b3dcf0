import fc from 'fast-check'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../../kernel/context.ts'
import type { Endpoint, Output } from '../../../kernel/endpoint.ts'
import { type Call, type Route, run } from '../../../kernel/route.ts'
import { plantRecordWorld, type RecordBody, type RecordWorld } from '../../../test/worlds/records.ts'
import { everywhere, inTransaction, type TreeName } from '../../../test/worlds/tree.ts'
import { routes } from '../../index.ts'
import { askFigures } from '../../indicators/contract.ts'
import { enterMembers } from '../../structure/memberships/enter.ts'
import { addAttachments, changeRecord, createRecord, getRecord, restoreRecord } from '../ledgers/contract.ts'
import * as contract from './contract.ts'
import { bareTitle, likeness, similarity } from './rules.ts'

let w: RecordWorld

beforeAll(async () => {
  w = await plantRecordWorld()
})
afterAll(() => w.world.close())

function call<E extends Endpoint>(actor: Actor, endpoint: E, input: Partial<Call<E>>): Promise<Output<E>> {
  const found = routes.find((r) => r.endpoint.id === endpoint.id) as Route<E>
  return run(w.world.services, actor, found, input)
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

async function record(org: TreeName, body: Partial<RecordBody>, ledger = 'themeActivity'): Promise<string> {
  const whole = { day: '2024-03-12', title: '植树活动', ...body, orgId: w.tree[org].id }
  return (await call(everywhere(), createRecord, { params: { ledger }, body: whole })).id
}
const picture = (id: string, bytes: Buffer = PNG) =>
  call(everywhere(), addAttachments, {
    params: { id },
    uploads: [{ name: '现场.png', mediaType: 'image/png', bytes }],
  })
const member = (org: TreeName, name: string) =>
  inTransaction(w.world.services, async (ctx) => {
    const entry = { person: { orgId: w.tree[org].id, name }, from: '2022-01-01' }
    const [answer] = await enterMembers(ctx, [entry], { statedOn: '2024-06-01' })
    return answer?.person?.personId ?? ''
  })

const pairs = async (actor: Actor, org: TreeName, more: object = {}) =>
  (await call(actor, contract.listRecordPairs, { query: { org: w.tree[org].id, ...more } })).pairs
const between = (found: contract.RecordPair[], ids: string[]) =>
  found.find((p) => ids.includes(p.one.id) && ids.includes(p.other.id))
const compare = (actor: Actor, one: string, other: string) =>
  call(actor, contract.compareRecords, { params: { one, other } })

type Choices = Omit<Call<typeof contract.mergeRecords>['body'], 'seen' | 'keep'> & { keep?: 'one' | 'other' }

async function merge(actor: Actor, [one, other]: [string, string], choices: Choices = {}) {
  const { seen, keep } = await compare(actor, one, other)
  return call(actor, contract.mergeRecords, { params: { one, other }, body: { seen, keep, ...choices } })
}
const undo = (actor: Actor, id: string) => call(actor, contract.undoRecordMerge, { params: { id } })

async function figure(measure: string, org: TreeName, depth: '0' | 'all' = 'all') {
  const question = { org: w.tree[org].id, measure, depth, from: '2024-01-01', to: '2024-06-18' }
  const { answers } = await call(everywhere(), askFigures, { body: { questions: [question] } })
  return answers[0]?.value ?? null
}

/** Every row of every table that a merge may touch, as PostgreSQL writes it. */
async function everyRow(): Promise<string[]> {
  const found: string[] = []
  for (const table of ['record', 'record_host', 'participation', 'attachment']) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.id('public', table)} t order by 1`.execute(w.world.owner)
    found.push(...rows.map((r) => `${table} ${r.row}`))
  }
  return found.sort()
}

describe('how alike two are', () => {
  test('titles are bare of organisations, numbers and marks', () => {
    expect(bareTitle('柳河村2024年“学雷锋”志愿服务（第3次）', ['柳河村团支部'])).toBe('年学雷锋志愿服务第次')
    expect(similarity('学雷锋志愿服务', '学雷锋志愿服务')).toBe(1)
    expect(similarity('学雷锋志愿服务', '学雷锋青年志愿服务活动')).toBeGreaterThan(0.6)
    expect(similarity('学雷锋志愿服务', '清明祭英烈')).toBe(0)
  })

  test('is the same whoever stands left, and never beyond its bounds', () => {
    const activity = fc.record({
      orgId: fc.constantFrom('a', 'b', 'c'),
      orgName: fc.constantFrom('柳河村团支部', '青石镇团委'),
      path: fc.constantFrom('/1/2/', '/1/2/3/', '/1/2/4/'),
      day: fc.constantFrom('2024-03-12', '2024-03-13', '2024-04-01'),
      exact: fc.boolean(),
      title: fc.constantFrom('植树', '植树活动', '第3期团课', '第4期团课', '青石镇植树', '1'),
      personTimes: fc.option(fc.integer({ min: 0, max: 60 })),
      place: fc.option(fc.constantFrom('河滩', '柳河村河滩', '广场')),
      hosts: fc.subarray(['a', 'b', 'c']),
    })
    const shared = fc
      .record({ people: fc.nat(9), more: fc.nat(9), photos: fc.nat(3), joint: fc.boolean() })
      .map(({ more, ...s }) => ({ ...s, fewest: s.people + more }))
    fc.assert(
      fc.property(activity, activity, shared, (a, b, s) => {
        const [one, other] = [likeness(a, b, s), likeness(b, a, s)]
        expect(one.score).toBe(other.score)
        expect(one.score >= 0 && one.score <= 99).toBe(true)
      }),
    )
  })
})

describe('finding', () => {
  test('superior and branch, one organisation twice, a shared picture; not neighbours on one day', async () => {
    const [town, village] = [
      await record('north', { title: '“春风行动”志愿植树', personTimes: 40, fields: { place: '柳河滩' } }),
      await record('willow', { title: '柳河村春风行动植树', personTimes: 40, fields: { place: '柳河滩' } }),
    ]
    const twice = [await record('peach', { title: '慰问老人' }), await record('peach', { title: '慰问老人' })]
    const apart = [
      await record('peach', { title: '学雷锋', day: '2024-03-05' }),
      await record('plum', { title: '学雷锋', day: '2024-03-05' }),
    ]
    const shot = [
      await record('peach', { title: '夏日露天电影', day: '2024-05-02' }),
      await record('plum', { title: '放映晚会', day: '2024-05-02' }),
    ]
    for (const id of shot) await picture(id)
    const found = await pairs(everywhere(), 'county')
    expect(between(found, [town, village])?.reasons.map((r) => r.code)).toEqual(
      expect.arrayContaining(['sameDay', 'superior', 'samePlace', 'samePersonTimes']),
    )
    expect(between(found, twice)).toBeDefined()
    expect(between(found, shot)?.reasons.map((r) => r.words)).toContain('有 1 张相同的照片')
    expect(between(found, apart)).toBeUndefined()
    const mine = await pairs(w.secretary, 'north')
    expect([between(mine, [town, village]) !== undefined, between(mine, twice)]).toEqual([true, undefined])
    await expect(pairs(w.secretary, 'south')).rejects.toMatchObject({ kind: 'notFound' })
    expect(await pairs(everywhere(), 'county', { from: '2024-06-01' })).toEqual([])
    // As a desk does: it is answered at once, and asks again while it is being counted.
    const asked = { query: { org: w.tree.county.id } }
    const counts = { people: 0, records: found.length, at: expect.stringMatching(/^\d{4}-\d\d-\d\d /) }
    const uncounted = { people: null, records: null, at: null }
    let answer = await call(everywhere(), contract.countDuplicates, asked)
    while (answer.at === null) {
      expect(answer).toEqual(uncounted)
      answer = await call(everywhere(), contract.countDuplicates, asked)
    }
    expect(answer).toEqual(counts)
    await expect(
      call(w.secretary, contract.countDuplicates, { query: { org: w.tree.south.id } }),
    ).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('before a record is written, those that look the same are told: readable ones, not itself', async () => {
    const id = await record('willow', { title: '禁毒宣传进校园', day: '2024-04-10' })
    const like = async (actor: Actor, more: object = {}) => {
      const draft = {
        ledger: 'themeActivity',
        orgId: w.tree.willow.id,
        day: '2024-04-10',
        title: '禁毒宣传进校园',
      }
      const { records } = await call(actor, contract.likeRecords, { body: { ...draft, ...more } })
      return records.map((r) => r.record.id)
    }
    expect(await like(w.secretary)).toEqual([id])
    expect(await like(w.secretary, { id })).toEqual([])
    expect(await like(w.secretary, { title: '防溺水演练' })).toEqual([])
    expect(await like(w.secretary, { day: '2024-04-20' })).toEqual([])
    expect(await like(w.neighbour, { orgId: w.tree.peach.id })).toEqual([])
    await expect(like(w.neighbour)).rejects.toMatchObject({ kind: 'notFound' })
  })

  test('“两场不同的活动” is remembered; a reader may not say so', async () => {
    const [one, other] = [
      await record('willow', { title: '清河行动', day: '2024-02-02' }),
      await record('north', { title: '清河行动', day: '2024-02-02' }),
    ]
    const judged = (actor: Actor, verdict: 'distinct' | 'none') =>
      call(actor, contract.judgeRecords, { params: { one, other }, body: { verdict } })
    expect(between(await pairs(w.secretary, 'north'), [one, other])).toBeDefined()
    await expect(judged(w.reader, 'distinct')).rejects.toMatchObject({ kind: 'forbidden' })
    await judged(w.secretary, 'distinct')
    expect(between(await pairs(w.secretary, 'north'), [one, other])).toBeUndefined()
    expect(between(await pairs(w.secretary, 'north', { state: 'distinct' }), [one, other])).toBeDefined()
    await judged(w.secretary, 'none')
    expect(between(await pairs(w.secretary, 'north'), [one, other])).toBeDefined()
  })
})

describe('merging', () => {
  test('one joint record: in each host’s figures, once above both; people and pictures united; undone exactly', async () => {
    const who = await member('willow', '岑一舟')
    const before0 = await figure('volunteering.count', 'north')
    const town = await record(
      'north',
      {
        title: '河滩清理',
        day: '2024-04-22',
        personTimes: 30,
        participants: [{ personId: who }, { name: '外来人' }],
      },
      'volunteering',
    )
    const village = await record(
      'willow',
      {
        title: '清理河滩',
        day: '2024-04-22',
        personTimes: 12,
        fields: { hours: 24 },
        participants: [{ name: '岑一舟' }, { name: '第三人' }],
      },
      'volunteering',
    )
    await picture(town)
    await picture(village)
    await picture(village, await sharp(PNG).negate({ alpha: false }).png().toBuffer())
    const before = await everyRow()
    const figures = () =>
      Promise.all([
        figure('volunteering.count', 'north'),
        figure('volunteering.count', 'north', '0'),
        figure('volunteering.count', 'willow'),
        figure('volunteering.personTimes', 'north'),
        figure('volunteering.people', 'north'),
      ])
    const was = await figures()
    const seen = await compare(w.secretary, town, village)
    expect(seen).toMatchObject({ way: 'joint', keep: 'one', sameFiles: 1, proposedPersonTimes: 30 })
    expect(seen.personTimes.map((o) => o.value)).toEqual([3, 12, 30, 42])
    expect(seen.people.map((p) => [p.name, p.one, p.other])).toEqual([
      ['岑一舟', true, true],
      ['外来人', true, false],
      ['第三人', false, true],
    ])
    const done = await merge(w.secretary, [town, village], { personTimes: 42 })
    const now = await call(w.secretary, getRecord, { params: { id: town } })
    expect(now).toMatchObject({ personTimes: 42, fields: { hours: 24 }, version: 2 })
    expect([now.hosts.map((h) => h.id), now.participants.length, now.attachments.length]).toEqual([
      [w.tree.willow.id],
      3,
      2,
    ])
    const gone = await call(w.secretary, getRecord, { params: { id: village } })
    expect([gone.voidReason, gone.attachments.length]).toEqual(['重复，并入青石镇 2024-04-22 河滩清理', 2])
    const [count = 0, own, below, times] = was.map(Number)
    expect(await figures()).toEqual([count - 1, own, below, Number(times), was[4]])
    expect(count - 1).toBe(Number(before0 ?? 0) + 1)
    expect((await call(w.secretary, contract.mergesOfRecord, { params: { id: village } })).into?.keptId).toBe(
      town,
    )
    const alone = call(w.secretary, restoreRecord, { params: { id: village } })
    await expect(alone).rejects.toMatchObject({ code: 'merged' })
    await undo(w.secretary, done.merge)
    expect(await everyRow()).toEqual(before)
    expect(await figures()).toEqual(was)
  })

  test('a number below the names is refused, and what was seen must still be so', async () => {
    const people = (names: string) => names.split(' ').map((name) => ({ name }))
    const [one, other] = [
      await record('willow', { title: '打扫广场', day: '2024-01-20', participants: people('甲一 乙二') }),
      await record('north', { title: '打扫广场', day: '2024-01-20', participants: people('丙三 丁四') }),
    ]
    await expect(merge(w.secretary, [one, other], { personTimes: 2 })).rejects.toMatchObject({
      code: 'record',
    })
    const { seen } = await compare(w.secretary, one, other)
    await call(w.secretary, changeRecord, {
      params: { id: one },
      body: { version: 1, title: '打扫文化广场' },
    })
    const stale = call(w.secretary, contract.mergeRecords, {
      params: { one, other },
      body: { seen, keep: 'one' },
    })
    await expect(stale).rejects.toMatchObject({ code: 'changedMeanwhile' })
  })

  test('a ledger without joint records keeps one; the other is void and points to it', async () => {
    const [one, other] = [
      await record('willow', { title: '全县优秀团支部', fields: { level: 'county' } }, 'award'),
      await record('north', { title: '全县优秀团支部', fields: { level: 'county' } }, 'award'),
    ]
    const { way } = await compare(w.secretary, one, other)
    expect(way).toBe('single')
    const done = await merge(w.secretary, [one, other], { keep: 'one' })
    const now = await call(w.secretary, getRecord, { params: { id: one } })
    expect([now.hosts, done.recordId]).toEqual([[], one])
    expect((await call(w.secretary, getRecord, { params: { id: other } })).voidedAt).not.toBeNull()
  })

  test('across counties the merged record has its mirror, and the undo takes it away', async () => {
    const [here, there] = [
      await record('north', { title: '两地青年联谊', day: '2024-05-20' }),
      await record('district', { title: '两地青年联谊', day: '2024-05-20' }),
    ]
    const before = await everyRow()
    await expect(compare(w.secretary, here, there)).rejects.toMatchObject({ kind: 'notFound' })
    const city = w.at('city', 'manager')
    const all = { ...city, grants: city.grants.map((g) => ({ ...g, countyId: null })) }
    const done = await merge(all, [here, there], { keep: 'one' })
    expect(await figure('themeActivity.count', 'district')).toBe(1)
    await undo(all, done.merge)
    expect(await everyRow()).toEqual(before)
  })

  test('whoever may not write on one side is told who can, and may ask for it', async () => {
    const [one, other] = [
      await record('willow', { title: '防汛巡堤', day: '2024-06-02' }),
      await record('north', { title: '防汛巡堤', day: '2024-06-02' }),
    ]
    const own = w.at('willow', 'manager').grants
    const branch = { ...w.reader, grants: [...own, ...w.reader.grants] }
    const { may } = await compare(branch, one, other)
    expect(may.why).toContain('要由青石镇来合并')
    await expect(merge(branch, [one, other])).rejects.toMatchObject({ kind: 'forbidden' })
    await call(branch, contract.judgeRecords, {
      params: { one, other },
      body: { verdict: 'proposed', note: '是同一场' },
    })
    const [first] = await pairs(w.secretary, 'north', { state: 'proposed' })
    expect(first?.verdict).toMatchObject({ verdict: 'proposed', note: '是同一场' })
  })

  test('later work stands in the way of an undo, in words', async () => {
    const [one, other] = [
      await record('willow', { title: '读书会', day: '2024-03-30' }),
      await record('willow', { title: '读书会', day: '2024-03-30' }),
    ]
    const done = await merge(w.secretary, [one, other], { keep: 'one' })
    await call(w.secretary, changeRecord, { params: { id: one }, body: { version: 2, personTimes: 9 } })
    const { obstacles } = await call(w.secretary, contract.getRecordMerge, { params: { id: done.merge } })
    expect(obstacles).toEqual([expect.stringMatching(/读书会”的内容后来又改过$/)])
    await expect(undo(w.secretary, done.merge)).rejects.toMatchObject({ code: 'dependsOn' })
    await expect(undo(w.neighbour, done.merge)).rejects.toMatchObject({ kind: 'notFound' })
  })
})

describe('merge, then undo', () => {
  const body = fc.record(
    {
      title: fc.constantFrom('植树', '春季植树', '植树（第二场）'),
      personTimes: fc.integer({ min: 6, max: 50 }),
      participants: fc
        .uniqueArray(fc.constantFrom('甲', '乙', '丙', '丁', '戊'), { maxLength: 5 })
        .map((names) => names.map((name) => ({ name }))),
      fields: fc.record({ place: fc.constantFrom('河滩', '学校') }, { requiredKeys: [] }),
      dayTo: fc.constantFrom('2024-04-03', '2024-04-04'),
    },
    { requiredKeys: ['title'] },
  )
  const org = fc.constantFrom('north' as const, 'willow' as const, 'class1' as const)
  const side = fc.constantFrom('one' as const, 'other' as const)
  const given = fc.record({
    bodies: fc.tuple(body, body),
    orgs: fc.tuple(org, org),
    ledger: fc.constantFrom('themeActivity', 'volunteering'),
    keep: side,
    fields: fc.dictionary(fc.constantFrom('title', 'day', 'place'), side),
    pictures: fc.subarray([0, 1]),
  })

  test('is as if nothing had been', async () => {
    let merged = 0
    await fc.assert(
      fc.asyncProperty(given, async ({ bodies, orgs, ledger, keep, fields, pictures }) => {
        const at = (n: 0 | 1) =>
          record(orgs[n], { day: '2024-04-02', ...bodies[n] }, ledger).catch(() => null)
        const [one, other] = [await at(0), await at(1)]
        if (!one || !other) return
        for (const n of pictures) await picture([one, other][n] ?? '')
        const before = await everyRow()
        const done = await merge(w.secretary, [one, other], { keep, fields }).catch(() => null)
        if (done) {
          merged++
          expect(await everyRow()).not.toEqual(before)
          await undo(w.secretary, done.merge)
        }
        expect(await everyRow()).toEqual(before)
      }),
      { numRuns: 25 },
    )
    expect(merged).toBeGreaterThan(5)
  }, 60_000)
})
