/** The demo: an invented city with a county and a district, at work in June 2024. */

import { createSummary } from '../domain/reports/summaries/contract.ts'
import { usualSettings } from '../domain/reports/summaries/model.ts'
import { keepUsual } from '../domain/reports/summaries/settings.ts'
import { openTop } from '../domain/structure/accounts/setup.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Context, Services } from '../kernel/context.ts'
import { nobody } from '../kernel/serve.ts'
import { chanceFrom } from './chance.ts'
import { peopleLilan } from './lilan/people.ts'
import { lilanRecords } from './lilan/records.ts'
import { openLilan, restructureLilan } from './lilan/tree.ts'
import { makerIn } from './people.ts'
import { type NewRole, openRoles } from './roles.ts'
import { appoint, call, instantOf, MORNING, record, type Stage, stageOn } from './stage.ts'
import type { Crowd } from './towns.ts'

const SEED = 20240618

const founder = {
  ...nobody,
  name: '演示',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' as const }],
}

/** Fills an empty deployment, whole or not at all. `tell` hears how far it is. */
export async function loadDemo(
  services: Services,
  tell: (words: string) => void = () => undefined,
): Promise<void> {
  await services.db.transaction().execute(async (db) => {
    const stage = stageOn(services, db, founder)
    await build(stage, tell)
    await setClock(services, db)
  })
}

/** The clock of the demo stands on its day now, and goes on from there. */
async function setClock(services: Services, db: Context['db']): Promise<void> {
  const offset = instantOf(MORNING).getTime() - services.clock.now().getTime()
  const value = JSON.stringify(offset)
  await db
    .insertInto('setting')
    .values({ key: 'clockOffsetMs', value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute()
}

async function build(stage: Stage, tell: (words: string) => void): Promise<void> {
  const chance = chanceFrom(SEED)
  tell('设立组织')
  const tops = await openTops(stage)
  const crowd: Crowd = { chance, maker: makerIn('990101', chance) }
  const lilan = await openLilan(stage, tops.lilan, tops.yanting)
  tell('登记团员和团干部')
  const people = await peopleLilan(stage, crowd, lilan)
  await restructureLilan(stage, lilan)
  const hands = await openRoles(
    stage.at('2024-01-02 08:30:00'),
    await rolesOf(stage, crowd, { tops, people }),
  )
  tell('记台账')
  await record(stage, hands.get('townshipSecretary'), lilanRecords(crowd, lilan, people))
  tell('起草总结')
  const ctx = stage.at(MORNING, hands.get('townshipSecretary'))
  await keepUsual(ctx, lilan.org.id, { ...usualSettings, percent: 'cut' })
  await call(ctx, createSummary, { body: { org: lilan.org.id, period: '2024H1', cutOff: '2024-06-15' } })
}

interface Tops {
  city: Org
  county: Org
  district: Org
  lilan: Org
  yanting: Org
}

async function openTops(stage: Stage): Promise<Tops> {
  const ctx = stage.at('2020-01-02 08:30:00')
  const city = await openTop(ctx, { name: '共青团澜泊市委员会', level: 'city', code: '9901' })
  const open = (parent: Org, name: string, level: string, code: string) =>
    openOrg(ctx, { parent, name, type: 'committee', sector: 'territory', level, code })
  const county = await open(city, '共青团霁原县委员会', 'county', '990101')
  const district = await open(city, '共青团槿台区委员会', 'county', '990102')
  const lilan = await open(county, '栗岚镇团委', 'township', '990101001')
  const yanting = await open(county, '砚汀镇团委', 'township', '990101002')
  return { city, county, district, lilan, yanting }
}

async function rolesOf(
  stage: Stage,
  { maker }: Crowd,
  { tops, people }: { tops: Tops; people: Awaited<ReturnType<typeof peopleLilan>> },
): Promise<NewRole[]> {
  const ctx = stage.at('2022-01-05 09:00:00')
  const born: [string, string] = ['1988-01-01', '1995-12-31']
  const holder = async (org: Org, name: string, post: string, postTitle: string) => {
    const person = maker.make({ orgId: org.id, born, name, education: 'bachelor', politics: 'partyMember' })
    const [id = ''] = await appoint(ctx, org, [
      { person, post, postTitle, from: '2022-01-05', mode: 'appointed' },
    ])
    return id
  }
  const nameOf = async (id: string) =>
    (await ctx.db.selectFrom('person').select('name').where('id', '=', id).executeTakeFirstOrThrow()).name
  const staff = await holder(tops.county, '陈思远', 'staff', '干事')
  const reviewer = await holder(tops.city, '苏婉清', 'reviewer', '审阅人')
  const { branchSecretary, secretary, member } = people
  return [
    {
      id: 'branchSecretary',
      title: '村团支部书记',
      name: await nameOf(branchSecretary),
      personId: branchSecretary,
      errand: '用手机记活动、收团费',
      start: '/m',
    },
    {
      id: 'townshipSecretary',
      title: '镇团委书记',
      name: await nameOf(secretary),
      personId: secretary,
      errand: '记一笔、导入表格、写半年总结',
      start: '/',
    },
    {
      id: 'countyStaff',
      title: '团县委干事',
      name: '陈思远',
      personId: staff,
      errand: '看各乡镇的进度和上报',
      start: '/',
    },
    {
      id: 'member',
      title: '团员',
      name: await nameOf(member),
      personId: member,
      errand: '在手机上看自己的团籍和活动',
      start: '/m',
    },
    {
      id: 'reviewer',
      title: '市级审阅人',
      name: '苏婉清',
      personId: reviewer,
      errand: '比较、核对各县上报的数据',
      start: '/',
    },
  ]
}
