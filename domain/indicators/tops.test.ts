/** Answers that a row says in its own words: which edition was the last, the best prize, a plan in its own unit. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../kernel/id.ts'
import { openWorld, type TestWorld } from '../../kernel/testing.ts'
import { migrations } from '../../migrations/index.ts'
import { factsOfTownship } from '../../test/worlds/facts.ts'
import { plantTownship, type Township } from '../../test/worlds/township.ts'
import { voidOne } from '../records/ledgers/change.ts'
import { enterRecords } from '../records/ledgers/enter.ts'
import type { RecordDraft } from '../records/ledgers/rules.ts'
import { evidence } from './query.ts'

let world: TestWorld
let town: Township

beforeAll(async () => {
  world = await openWorld(migrations)
  town = await plantTownship(world)
})
afterAll(() => world.close())

const { inWorld, asking, asked, enter } = factsOfTownship(() => ({ world, town }), '一项')

describe('the last edition', () => {
  const where = { contest: '菁菁杯' }
  const held = (day: string, edition?: number, orgId = town.willow.id): Partial<RecordDraft> => ({
    day,
    orgId,
    title: '“菁菁杯”大赛',
    fields: { contest: '菁菁杯', ...(edition && { edition }) },
  })

  test('is missing where nothing is recorded, and where no row says which', async () => {
    expect(await asked('contest.latestEdition', { where })).toMatchObject({ value: null, display: '—' })
    await enter('contest', [held('2024-01-10')])
    expect(await asked('contest.latestEdition', { where })).toMatchObject({
      value: null,
      missingReason: '有记录，但都没有填这一项',
    })
  })

  test('is that of the last day, said as an ordinal, with its rows', async () => {
    await enter('contest', [held('2024-02-10', 3), held('2024-03-10', 2, town.peach.id)])
    expect(await asked('contest.latestEdition', { where })).toMatchObject({
      value: 2,
      display: '第二届',
      note: '3条中2条填了',
      evidence: { count: 3 },
    })
    expect(await asked('contest.latestEdition', { where, to: '2024-02-29' })).toMatchObject({
      display: '第三届',
    })
    expect(await asked('contest.edition', { where, to: '2024-02-29' })).toMatchObject({ display: '第三届' })
    const { total } = await inWorld((ctx) =>
      evidence(ctx, asking('contest.latestEdition', { where }), { page: 1, size: 10 }),
    )
    expect(total).toBe(3)
    const { groups } = await asked('contest.latestEdition', { where, group: 'org' })
    expect(groups?.filter((g) => g.count > 0).map((g) => [g.label, g.display])).toEqual([
      ['柳河村团支部', '第三届'],
      ['桃源村团支部', '第二届'],
    ])
  })

  test('is not chosen between two of one day; a voided row is none', async () => {
    const [other = ''] = await enter('contest', [held('2024-03-10', 4)])
    await expect(asked('contest.latestEdition', { where })).rejects.toMatchObject({ code: 'severalValues' })
    await inWorld((ctx) => voidOne(ctx, { params: { id: other }, body: { reason: '录错了' }, query: {} }))
    expect(await asked('contest.latestEdition', { where })).toMatchObject({ display: '第二届' })
  })
})

describe('the best', () => {
  test('prize is the first of the list that somebody got, whenever it was', async () => {
    expect(await asked('award.highestGrade')).toMatchObject({ value: null })
    await enter('award', [
      { day: '2024-01-05', title: '先进', fields: { level: 'province' } },
      { day: '2024-02-05', title: '诵读', fields: { grade: 'first', level: 'city' } },
      { day: '2024-03-05', title: '演讲', fields: { grade: 'third', level: 'county' } },
      { day: '2024-03-06', title: '征文', fields: { grade: 'first', level: 'county' } },
    ])
    expect(await asked('award.highestGrade')).toMatchObject({ value: '一等奖', display: '一等奖' })
    expect(await asked('award.highestGrade', { where: { level: '县级', title: '演讲' } })).toMatchObject({
      value: '三等奖',
    })
    expect(await asked('award.highestLevel')).toMatchObject({ value: '省级', display: '省级' })
    expect(await asked('award.highestLevel', { where: { grade: '*' } })).toMatchObject({ value: '市级' })
  })
})

describe('a plan', () => {
  const plan = (title: string, value: number, unit?: string): Partial<RecordDraft> => ({
    title,
    fields: { value, ...(unit && { unit }) },
  })

  test('is said in the unit that its record says, and never across units', async () => {
    await enter('target', [plan('新建', 20, '个'), plan('走访', 30, '户'), plan('覆盖', 50)])
    const of = (title: string) => asked('target.value', { where: { title } })
    expect(await of('新建')).toMatchObject({ value: 20, unit: '个', display: '20个' })
    expect(await of('走访')).toMatchObject({ value: 30, unit: '户', display: '30户' })
    expect(await of('覆盖')).toMatchObject({ value: 50, unit: '', display: '50' })
    await expect(asked('target.value', { where: { title: '新建,走访' } })).rejects.toMatchObject({
      code: 'severalUnits',
      message: expect.stringContaining('请加条件“计量单位”'),
    })
    // One that says no unit may mean any.
    await expect(asked('target.value', { where: { title: '新建,覆盖' } })).rejects.toMatchObject({
      message: expect.stringContaining('没写单位'),
    })
    const apart = await asked('target.value', { group: 'unit' })
    expect(apart.groups?.map((g) => [g.label, g.display])).toEqual(
      expect.arrayContaining([
        ['个', '20个'],
        ['户', '30户'],
      ]),
    )
  })
})

describe('groups of people and of land', () => {
  test('are what records say, and no more of them than there are', async () => {
    await enter('electionResult', [
      { fields: { kind: 'delegates', delegates: 12, womenDelegates: 5, minorityDelegates: 2 } },
      { fields: { kind: 'term', seats: 5 } },
    ])
    expect(await asked('electionResult.womenDelegates')).toMatchObject({ display: '5人' })
    expect(await asked('electionResult.frontlineDelegates')).toMatchObject({ value: null })
    expect(await asked('electionResult.orgs')).toMatchObject({ value: 1 })
    const { problems } = await inWorld((ctx) =>
      enterRecords(ctx, 'electionResult', [
        {
          id: newId(),
          orgId: town.willow.id,
          day: '2024-04-02',
          title: '选举',
          fields: { kind: 'delegates', delegates: 4, womenDelegates: 5 },
        },
      ]),
    )
    expect(problems).toHaveLength(1)
  })

  test('an appraisal gives its results; a meeting of another kind has none to give', async () => {
    await enter('meeting', [
      { fields: { kind: 'appraisal', excellent: 3, qualified: 8, unqualified: 0 } },
      { fields: { kind: 'branchMeeting' } },
    ])
    expect(await asked('meeting.excellent')).toMatchObject({ display: '3人' })
    expect(await asked('meeting.unqualified')).toMatchObject({ value: 0 })
    expect(await asked('meeting.nearlyQualified')).toMatchObject({ value: null })
    await enter('meeting', [{ orgId: town.peach.id, fields: { kind: 'appraisal' } }])
    expect(await asked('meeting.excellent')).toMatchObject({ bound: 'atLeast', display: '至少3人' })
  })

  test('a place has people and an area, known for as many as stated them', async () => {
    await enter('youthPopulation', [
      { day: '2024-01-01', dayPrecision: 'year', fields: { youth: 162, population: 1240, area: 6.8 } },
    ])
    expect(await asked('youthPopulation.population')).toMatchObject({ display: '1240人', stated: { by: 1 } })
    expect(await asked('youthPopulation.area')).toMatchObject({ display: '6.8平方公里' })
    expect(await asked('youthPopulation.youthShare')).toMatchObject({ display: '13.1%' })
  })
})
