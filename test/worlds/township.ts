/** A township with people, posts and records of the first half of 2024, small enough to be counted by hand. */
import { enterRecords } from '../../domain/records/ledgers/enter.ts'
import type { RecordDraft } from '../../domain/records/ledgers/rules.ts'
import { enterMembers } from '../../domain/structure/memberships/enter.ts'
import { type NewOrg, openOrg } from '../../domain/structure/organisations/operations.ts'
import type { Org } from '../../domain/structure/organisations/queries.ts'
import type { PersonEntry } from '../../domain/structure/people/entry.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import type { TestWorld } from '../../kernel/testing.ts'
import { inTransaction } from './tree.ts'

export interface Township {
  county: Org
  town: Org
  office: Org
  willow: Org
  peach: Org
  plum: Org
  school: Org
  class1: Org
  /** Ids of records by what they are. */
  records: Record<'planting' | 'youthDay' | 'funds' | 'dues', string>
}

type Orgs = Omit<Township, 'records'>

/** 青石镇: 3 villages (李家村 without a record), the office branch, a school with one class; 6 members, 2 of them mobile. */
export async function plantTownship(world: TestWorld): Promise<Township> {
  return inTransaction(world.services, async (ctx) => {
    const orgs = await plantOrgs(ctx)
    const people = await plantMembers(ctx, orgs)
    await plantOfficers(ctx, orgs, people)
    return { ...orgs, records: await plantRecords(ctx, orgs, people) }
  })
}

async function plantOrgs(ctx: Context): Promise<Orgs> {
  const open = (parent: Org | null, name: string, type: string, more: Partial<NewOrg> = {}) =>
    openOrg(ctx, { parent, name, type, sector: 'village', on: '2020-01-01', ...more })
  const place = { sector: 'territory' }
  const county = await open(null, '云溪县团委', 'committee', { ...place, level: 'county', code: '990101' })
  const town = await open(county, '青石镇团委', 'committee', { ...place, level: 'township' })
  const office = await open(town, '镇直团支部', 'branch', { sector: 'townshipOffice' })
  const willow = await open(town, '柳河村团支部', 'branch')
  const peach = await open(town, '桃源村团支部', 'branch')
  const plum = await open(town, '李家村团支部', 'branch')
  const school = await open(town, '青石中学团总支', 'generalBranch', { sector: 'school' })
  const class1 = await open(school, '一班团支部', 'branch', { sector: 'school' })
  return { county, town, office, willow, peach, plum, school, class1 }
}

/** Ids in order: 甲 to 己. */
async function plantMembers(ctx: Context, { office, willow, peach, class1 }: Orgs): Promise<string[]> {
  const of = (org: Org, name: string, more: Partial<PersonEntry>) => ({
    person: { orgId: org.id, name, sex: 'male', birth: '2002-03-04', ...more },
    from: '2021-05-04',
  })
  const entered = await enterMembers(
    ctx,
    [
      of(office, '赵甲', { education: 'bachelor', politics: 'partyMember' }),
      of(willow, '钱乙', { education: 'college', sex: 'female', graduateVillageOfficial: true }),
      of(willow, '孙丙', { mobile: { place: '江北区' } }),
      of(peach, '李丁', { mobile: { place: null }, education: 'college' }),
      of(class1, '周戊', { sex: 'female' }),
      of(class1, '吴己', {}),
    ],
    { statedOn: '2024-01-01' },
  )
  return entered.map((e) => e.person?.personId ?? '')
}

/** 甲 heads the township and the office branch, 乙 柳河村; the other posts are vacant. */
async function plantOfficers(ctx: Context, orgs: Orgs, people: string[]): Promise<void> {
  const [first = '', second = ''] = people
  const post = (org: Org, personId: string) => ({
    countyId: org.countyId,
    id: newId(),
    personId,
    orgId: org.id,
    termId: null,
    post: 'secretary',
    postTitle: '书记',
    officerKind: null,
    mode: 'elected',
    validFrom: '2022-01-01',
    fromPrecision: 'day',
    toPrecision: null,
    endReason: null,
    batchId: null,
    version: 1,
    recordedBy: newId(),
    recordedAt: ctx.now,
    voidedAt: null,
  })
  const posts = [post(orgs.town, first), post(orgs.office, first), post(orgs.willow, second)]
  await ctx.db.insertInto('appointment').values(posts).execute()
}

async function plantRecords(ctx: Context, orgs: Orgs, people: string[]): Promise<Township['records']> {
  const { town, willow, peach, school } = orgs
  const records = { planting: newId(), youthDay: newId(), funds: newId(), dues: newId() }
  const enter = async (ledger: string, drafts: RecordDraft[]) => {
    const { problems } = await enterRecords(ctx, ledger, drafts)
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
  }
  await enter('volunteering', [
    {
      id: records.planting,
      orgId: town.id,
      day: '2024-03-12',
      title: '植树',
      personTimes: 40,
      fields: { trees: 200 },
    },
  ])
  await enter('themeActivity', [
    { id: records.youthDay, orgId: town.id, day: '2024-05-04', title: '入团仪式', personTimes: 30 },
    { orgId: willow.id, day: '2024-04-05', title: '清明祭扫', personTimes: 12 },
    { orgId: school.id, day: '2024-06-01', title: '庆六一', personTimes: 60 },
    { orgId: town.id, day: '2023-05-04', title: '上年入团仪式', personTimes: 20 },
  ])
  await enter('training', [{ orgId: town.id, day: '2023-04-12', title: '上年团务培训', personTimes: 18 }])
  await enter('funding', [
    {
      id: records.funds,
      orgId: town.id,
      day: '2024-02-20',
      title: '活动室经费',
      fields: { amount: 52600, source: 'government' },
    },
  ])
  await enter('dues', [
    {
      id: records.dues,
      orgId: peach.id,
      day: '2024-03-01',
      fields: { owedAmount: 3, paidAmount: 0 },
      participants: [{ personId: people[3] ?? '', role: 'arrears', amount: 3 }],
    },
  ])
  return records
}
