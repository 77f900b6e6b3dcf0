/** Numbers that cannot lie: what a blank, an unnamed person, an unpaired side and a half-declared 本期无 come to. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, run } from '../../kernel/route.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { factsOfTree, H1 } from '../../test/worlds/facts.ts'
import { everywhere, inTransaction, plantTree, type Tree, type TreeName } from '../../test/worlds/tree.ts'
import { declareNil } from '../records/ledgers/contract.ts'
import { routes } from '../records/ledgers/handlers.ts'
import { addHolder } from '../structure/accounts/setup.ts'
import { enterMembers } from '../structure/memberships/enter.ts'
import { moveOrg, openOrg } from '../structure/organisations/operations.ts'
import type { Org } from '../structure/organisations/queries.ts'
import type { FigureAnswer, FigureQuestion } from './contract.ts'

let world: TestWorld
let tree: Tree

const { record, figure } = factsOfTree(() => ({ world, tree }))

/** How the number reads, and why it is missing. */
const said = ({ display, missingReason, note }: FigureAnswer) =>
  [display, missingReason ?? note].filter((part) => part !== undefined).join(' ')
const reads = async (measure: string, org?: TreeName, more?: Partial<FigureQuestion>) =>
  said(await figure(measure, org, more))

const declare = (at: TreeName | Org, ledger: string, { from, to } = H1) => {
  const org = typeof at === 'string' ? tree[at] : at
  return world.owner
    .insertInto('nilDeclaration')
    .values({
      countyId: org.countyId,
      id: crypto.randomUUID(),
      ledger,
      orgId: org.id,
      path: org.path,
      fromDay: from,
      toDay: to,
      recordedBy: org.id,
      recordedAt: '2024-06-18 09:00:00',
      voidedAt: null,
    })
    .execute()
}

beforeAll(async () => {
  world = await openWorld(migrations)
  tree = await plantTree(world.services)
  await inTransaction(world.services, (ctx) =>
    enterMembers(
      ctx,
      [
        {
          person: { orgId: tree.willow.id, name: '林一舟', sex: 'male', birth: '2003-04' },
          from: '2021-01-01',
        },
        {
          person: { orgId: tree.willow.id, name: '苏小棠', sex: 'female', birth: '2003-04' },
          from: '2021-01-01',
        },
        { person: { orgId: tree.peach.id, name: '陆星河', birth: '2003-04' }, from: '2021-01-01' },
      ],
      { statedOn: '2024-06-01' },
    ),
  )
})
afterAll(() => world.close())

describe('a blank is not 0', () => {
  test('nobody wrote hours: missing; some did: at least', async () => {
    await record('volunteering', [{ personTimes: 5 }, { personTimes: 6 }])
    expect(await reads('volunteering.hours')).toBe('— 有记录，但都没有填这一项')
    await record('volunteering', [{ at: 'peach', personTimes: 3, fields: { hours: 9 } }, { at: 'peach' }])
    expect(await reads('volunteering.hours', 'south')).toBe('至少9小时 2条中1条填了')
    expect(await reads('volunteering.hours', 'county')).toBe('至少9小时 4条中1条填了')
  })

  test('where a field does not apply, its blank is no gap; where it does, it is', async () => {
    await record('volunteering', [
      { at: 'plum', fields: { kind: 'environment' } },
      { at: 'plum', fields: { kind: 'treePlanting', trees: 30 } },
    ])
    expect(await reads('volunteering.trees', 'plum')).toBe('30棵')
    await record('volunteering', [{ at: 'plum', fields: { kind: 'treePlanting' } }])
    expect(await reads('volunteering.trees', 'plum')).toBe('至少30棵 2条中1条填了')
  })

  test('what may be left out adds nothing, and never makes a number out of nothing', async () => {
    await record('visit', [{ title: '走访甲' }, { title: '走访乙', fields: { money: 500 } }])
    expect(await reads('visit.money')).toBe('500元')
    await record('visit', [{ at: 'peach', title: '走访丙' }])
    expect(await reads('visit.money', 'south')).toBe('— 有记录，但都没有填这一项')
  })

  test('issues are counted that are stated; a post without one is none', async () => {
    await record('jobPost', [{ fields: { issue: '第1期' } }, {}, { at: 'peach', fields: { issue: '第1期' } }])
    expect(await reads('jobPost.issues', 'county')).toBe('2期')
    expect(await reads('jobPost.issues', 'willow')).toBe('1期')
  })

  test('after two trainings of which one says how many found work, it is at least these', async () => {
    await record('training', [
      { personTimes: 20, fields: { kind: 'skills', employed: 7 } },
      { personTimes: 20, fields: { kind: 'skills' } },
    ])
    expect(await reads('training.employed')).toBe('至少7人 2条中1条填了')
  })
})

describe('a share divides only rows that carry both sides', () => {
  test('of elections, dues, surveys; it says of how many, and is no bound', async () => {
    await record('electionResult', [
      { fields: { due: 50, present: 45 } },
      { at: 'class1', fields: { present: 30 } },
    ])
    expect(await reads('electionResult.turnout')).toBe('90% 按填全的1条算，共2条')
    await record('dues', [
      { fields: { owedAmount: 100, paidAmount: 100 } },
      { day: '2024-04-01', fields: { paidAmount: 40 } },
    ])
    expect(await figure('dues.paidRate')).toMatchObject({ display: '100%', exact: '100/100' })
    expect((await figure('dues.paidRate')).bound).toBeUndefined()
    await record('survey', [{ fields: { methods: ['form'], issued: 100, returned: 80 } }])
    expect(await reads('survey.validRate')).toBe('— 有记录，但没有一条填全了这个比例的两边')
  })

  test('whose rows know the attribute that it asks for', async () => {
    const share = await figure('members.femaleShare', 'county', { asOf: '2024-06-30' })
    expect([share.exact, share.note]).toEqual(['1/2', '按填全的2条算，共3条'])
  })

  test('whose state is known at all, and of which it speaks', async () => {
    await record('loan', [
      { at: 'class1', fields: { state: [{ state: 'applied' }] as never } },
      { at: 'class1', fields: { state: [{ state: 'granted', on: '2024-04-02' }] as never } },
      { at: 'class1' },
    ])
    const share = await figure('loan.grantedShare', 'class1')
    expect([share.exact, share.note]).toEqual(['1/2', '按填全的2条算，共3条'])
  })

  test('a part larger than its whole is said, and never believed', async () => {
    await record('electionResult', [{ at: 'plum', fields: { due: 20, present: 18 } }])
    await world.owner
      .updateTable('record')
      .set({ fields: JSON.stringify({ due: 20, present: 30 }) })
      .where('ledger', '=', 'electionResult')
      .where('orgId', '=', tree.plum.id)
      .execute()
    expect(await figure('electionResult.turnout', 'plum')).toMatchObject({
      display: '150%',
      doubtful: true,
      note: '部分大于全体，请核对背后的记录',
    })
  })
})

describe('the unnamed stay unknown', () => {
  test('loans without names have nobody who is known; with one named of two, at least one', async () => {
    const granted = [{ state: 'granted', on: '2024-03-20' }]
    await record('loan', [{ at: 'peach', fields: { state: granted, amount: 1000 } }])
    expect(await reads('loan.borrowers', 'peach')).toBe('— 有记录，但没有登记姓名')
    await record('loan', [
      { at: 'peach', fields: { state: granted, amount: 1000 }, participants: [{ name: '陆星河' }] },
    ])
    expect(await reads('loan.borrowers', 'peach')).toBe('至少1人')
  })

  test('how many of the unnamed are women cannot be told; of whom all are known, it can', async () => {
    await record('themeActivity', [{ at: 'plum', personTimes: 30 }])
    expect(await reads('themeActivity.people', 'plum', { where: { sex: '女' } })).toBe(
      '— 有记录，但没有登记姓名',
    )
    await record('themeActivity', [{ at: 'willow', participants: [{ name: '林一舟' }, { name: '苏小棠' }] }])
    expect(await reads('themeActivity.people', 'willow', { where: { sex: '女' } })).toBe('1人')
    expect(await reads('themeActivity.people', 'willow', { where: { sex: '男' } })).toBe('1人')
  })

  test('who owes is not nobody because nobody is named', async () => {
    await record('dues', [{ at: 'plum', fields: { owedPeople: 22, paidPeople: 18 } }])
    expect(await reads('dues.arrearsPeople', 'plum')).toBe('— 有记录，但没有登记姓名')
    await record('dues', [{ at: 'peach', fields: { owedPeople: 18, paidPeople: 18 } }])
    expect(await reads('dues.arrearsPeople', 'peach')).toBe('0人')
  })
})

describe('names are people', () => {
  const students = ['甲一', '乙二', '丙三', '丁四', '戊五', '己六', '庚七', '辛八', '壬九', '癸十']

  test('exact within one record, at least over several, each once', async () => {
    await record('training', [{ at: 'class1', participants: students.map((name) => ({ name })) }])
    expect(await reads('training.people', 'class1')).toBe('10人')
    await record('training', [{ at: 'class1', participants: [{ name: '甲一' }, { name: '某人' }] }])
    expect(await reads('training.people', 'class1')).toBe('至少11人')
  })

  test('a name that a counted person bears is no second person', async () => {
    await record('lecture', [
      { at: 'north', participants: [{ name: '林一舟' }] },
      { at: 'peach', title: '外村', participants: [{ name: '林一舟' }] },
    ])
    expect(await reads('lecture.people', 'county')).toBe('至少1人')
  })
})

describe('nobody in that state', () => {
  test('is 0 where all are known, whatever they leave blank', async () => {
    await record('rightsPost', [
      { at: 'plum', fields: { state: [{ state: 'named' }] as never, sector: 'police' } },
    ])
    expect(await reads('rightsPost.sectors', 'plum', { where: { state: 'removed' } })).toBe('0个')
    expect(await reads('rightsPost.sectors', 'plum', { where: { state: 'named' } })).toBe('1个')
  })
})

describe('本期无', () => {
  test('of one village is not that of those above it, until all below have declared', async () => {
    await declare('peach', 'award')
    expect(await reads('award.count', 'peach')).toBe('0项')
    expect(await reads('award.count', 'south')).toBe(
      '— 这段时间还没有表彰奖励的记录，2个团支部中1个声明本期无',
    )
    expect((await figure('award.count', 'county')).missing).toBe(true)
    await declare('plum', 'award')
    expect(await reads('award.count', 'south')).toBe('0项')
    const { groups } = await figure('award.count', 'county', { group: 'org' })
    expect(groups?.map((g) => g.display)).toEqual(['—', '0项'])
  })

  test('of a committee is that of its subtree', async () => {
    await declare('north', 'contest')
    expect(await reads('contest.count', 'north')).toMatch(/^0/)
    expect(await reads('contest.count', 'class1')).toMatch(/^0/)
    expect((await figure('contest.count', 'county')).missing).toBe(true)
  })

  test('of a committee speaks for nobody silent beside one that records after all; void again, it does', async () => {
    await declare('south', 'graduateHandover')
    expect([
      await reads('graduateHandover.count', 'peach'),
      await reads('graduateHandover.count', 'plum'),
    ]).toEqual(['0批', '0批'])
    const [id = ''] = await record('graduateHandover', [
      { at: 'plum', day: '2024-05-06', fields: { kind: 'study', due: 3 } },
    ])
    expect(await reads('graduateHandover.count', 'peach')).toMatch(/^—/)
    expect(await reads('graduateHandover.count', 'south')).toBe('1批')
    expect(await reads('graduateHandover.count', 'south', { depth: '0' })).toBe('0批')
    // Of a part of its days it is no truer than of all.
    expect(await reads('graduateHandover.count', 'south', { to: '2024-03-31' })).toMatch(/^—/)
    const { groups } = await figure('graduateHandover.count', 'south', { group: 'org' })
    expect(groups?.map((g) => g.display)).toEqual(['—', '1批'])
    await declare('peach', 'graduateHandover')
    expect(await reads('graduateHandover.count', 'peach')).toBe('0批')
    expect(await reads('graduateHandover.count', 'south', { to: '2024-03-31' })).toMatch(
      /2个团支部中1个声明本期无/,
    )
    await world.owner
      .updateTable('record')
      .set({ voidedAt: '2024-06-18 09:00:00' })
      .where('id', '=', id)
      .execute()
    expect(await reads('graduateHandover.count', 'plum')).toBe('0批')
  })

  test('is no truer where the record is held together with somebody below, or by the committee itself', async () => {
    await declare('south', 'visit')
    await declare('north', 'visit')
    await record('visit', [{ at: 'north', hosts: [tree.peach.id] }])
    expect(await reads('visit.count', 'plum')).toMatch(/^—/)
    expect(await reads('visit.count', 'class1')).toMatch(/^—/)
  })

  test('of periods that follow each other adds up; with a day between them it does not', async () => {
    await declare('peach', 'publicity', { from: '2024-01-01', to: '2024-03-31' })
    await declare('peach', 'publicity', { from: '2024-04-01', to: '2024-06-30' })
    await declare('plum', 'publicity', { from: '2024-01-01', to: '2024-03-31' })
    await declare('plum', 'publicity', { from: '2024-04-02', to: '2024-06-30' })
    expect(await reads('publicity.count', 'peach')).toMatch(/^0/)
    expect(await reads('publicity.count', 'plum')).toMatch(/^—/)
    expect(await reads('publicity.count', 'south')).toMatch(/2个团支部中1个声明本期无/)
  })
})

describe('unrecorded is not vacant', () => {
  test('who never registered an officer has no vacancy; who registered one and lost it has', async () => {
    expect(await reads('org.withoutSecretary')).toBe('— 4个从没登记过团干部')
    const personId = await inTransaction(world.services, (ctx) =>
      addHolder(ctx, tree.willow, { name: '何一', post: 'secretary', postTitle: '书记' }),
    )
    await world.owner
      .updateTable('appointment')
      .set({ validFrom: '2023-01-01', validTo: '2024-01-01' })
      .where('personId', '=', personId)
      .execute()
    expect(await reads('org.withoutSecretary')).toBe('1个 另有3个从没登记过团干部，不算在内')
  })
})

describe('one question, one answer', () => {
  const children: TreeName[] = ['north', 'south']

  test.each([
    'volunteering.hours',
    'electionResult.turnout',
    'loan.borrowers',
    'themeActivity.people',
    'dues.arrearsPeople',
    'award.count',
    'survey.validRate',
    'lecture.people',
  ])('%s of a group is what the same question alone says', async (measure) => {
    const { groups = [] } = await figure(measure, 'county', { group: 'org' })
    for (const org of children) {
      const group = groups.find((g) => g.orgId === tree[org].id)
      expect([org, group?.display]).toEqual([org, (await figure(measure, org)).display])
    }
  })

  test('how far down it looks stands in its words', async () => {
    const ways = await Promise.all(
      ['0', '1', 'all'].map((depth) => figure('org.below', 'county', { depth: depth as 'all' })),
    )
    expect(new Set(ways.map((w) => w.asked)).size).toBe(3)
  })
})

describe('joint records', () => {
  test('over two counties count of each those who are its own, and of its days in a row', async () => {
    await record('youthHomeActivity', [{ at: 'district', title: '两地联办', hosts: [tree.peach.id] }])
    await record('pairing', [{ at: 'district', title: '两地结对', hosts: [tree.peach.id] }])
    expect(await reads('pairing.orgs', 'county')).toBe('1个')
    expect(await reads('pairing.orgs', 'district')).toBe('1个')
    expect(await reads('pairing.orgs', 'city')).toBe('2个')
    for (const org of ['county', 'south', 'peach', 'district', 'city'] as const)
      expect([org, await reads('youthHomeActivity.monthsInARow', org)]).toEqual([org, '1个月'])
    const { groups } = await figure('youthHomeActivity.monthsInARow', 'county', { group: 'org' })
    expect(groups?.map((g) => g.display)).toEqual(['—', '1个月'])
  })

  test('of another county are not the county itself with those directly below it', async () => {
    await record('propaganda', [
      { at: 'district', title: '两地宣传', hosts: [tree.plum.id], fields: { copies: 9 } },
    ])
    expect(await reads('propaganda.copies', 'county', { depth: '1' })).toMatch(/^—/)
    expect(await reads('propaganda.copies', 'county')).toBe('9份')
  })

  test('know of people of another county only that they were there', async () => {
    const personId = await inTransaction(world.services, (ctx) =>
      addHolder(ctx, tree.district, { name: '江一', post: 'secretary', postTitle: '书记' }),
    )
    await world.owner.updateTable('person').set({ sex: 'female' }).where('id', '=', personId).execute()
    await record('contest', [
      { at: 'district', title: '两地赛事', hosts: [tree.peach.id], participants: [{ personId }] },
    ])
    expect(await reads('contest.people', 'peach')).toBe('1人')
    expect(await reads('contest.people', 'peach', { where: { sex: '女' } })).toMatch(/^—/)
    expect(await reads('contest.people', 'district', { where: { sex: '女' } })).toBe('1人')
  })

  test('of a co-host count the organisations that it covers, and no other', async () => {
    await record('survey', [{ at: 'peach', title: '两村摸底', hosts: [tree.plum.id] }])
    expect([await reads('survey.orgs', 'plum'), await reads('survey.orgs', 'south')]).toEqual(['1个', '2个'])
  })
})

describe('a branch that moved', () => {
  test('declares 本期无 of a time before for where it stood then', async () => {
    await inTransaction(world.services, (ctx) => moveOrg(ctx, tree.willow, tree.south, '2024-05-01'))
    const route = routes.find((r) => r.endpoint.id === declareNil.id) as Route<typeof declareNil>
    const spring = { from: '2024-01-01', to: '2024-03-31' }
    const body = { orgId: tree.willow.id, ...spring }
    await run(world.services, everywhere(), route, { params: { ledger: 'pilot' }, body }, null)
    expect(await reads('pilot.count', 'willow', spring)).toBe('0个')
  })
})

describe('a branch opened within the period', () => {
  test('declares 本期无 for its own days', async () => {
    const opened = await inTransaction(world.services, (ctx) =>
      openOrg(ctx, {
        parent: tree.school,
        name: '二班团支部',
        type: 'branch',
        sector: 'school',
        on: '2024-05-01',
      }),
    )
    await declare('class1', 'incident')
    expect(await reads('incident.count', 'school')).toMatch(/2个团支部中1个声明本期无/)
    await declare(opened, 'incident', { from: '2024-05-01', to: '2024-06-30' })
    expect(await reads('incident.count', 'school')).toMatch(/^0/)
  })
})
