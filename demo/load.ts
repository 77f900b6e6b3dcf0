/** The demo: an invented city with a county and a district, at work in June 2024. */
import { declareNil } from '../domain/records/ledgers/contract.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Actor, Context, Services } from '../kernel/context.ts'
import { nobody } from '../kernel/serve.ts'
import { campaignRecords, openCampaign } from './campaign.ts'
import { chanceFrom } from './chance.ts'
import { enterTwice } from './duplicates.ts'
import { receiveForms } from './forms.ts'
import { holdTogether } from './hosts.ts'
import { openSchools, precede } from './jiyuan.ts'
import { jiyuanRecords } from './jiyuanRecords.ts'
import { recordLedgers } from './ledgers.ts'
import { peopleLilan } from './lilan/people.ts'
import { lilanRecords } from './lilan/records.ts'
import { type Lilan, openLilan, restructureLilan } from './lilan/tree.ts'
import { COUNTY, DISTRICT, EMPTY, type Neighbour } from './neighbours.ts'
import { peopleOf, recordsIn, type Town } from './ordinary.ts'
import { makerIn } from './people.ts'
import { photograph } from './photos.ts'
import { stateRegisters } from './registers.ts'
import { openRoles } from './roles.ts'
import { call, instantOf, MORNING, type Records, record, type Stage, stageOn } from './stage.ts'
import { admitFour, foundPioneers, SUITING, SUITING_SITUATION } from './suiting.ts'
import { CUT_OFF, correctLastYear, cutShares, draftSummary, handIn } from './summaries.ts'
import { openTops, openTownship, peopleOfTops, recordsOfTops, type Tops } from './tops.ts'
import { type Crowd, openUnit, type Planned, type Unit } from './towns.ts'

const SEED = 20240618
/** ID numbers of the district are counted from another number, and so are telephones. */
const DISTRICT_NUMBERS = 5000

const founder: Actor = {
  ...nobody,
  name: '演示',
  grants: [{ orgId: '', countyId: null, path: '/', role: 'administrator' }],
}

/** Fills an empty deployment, whole or not at all. `tell` hears how far it is. */
export async function loadDemo(
  services: Services,
  tell: (words: string) => void = () => undefined,
): Promise<void> {
  // Handing in asks for one snapshot, and may not once a transaction has begun otherwise.
  const whole = services.db.transaction().setIsolationLevel('repeatable read')
  await whole.execute(async (db) => {
    await build(stageOn(services, db, founder), tell)
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
  const county: Crowd = { chance, maker: makerIn('990101', chance) }
  const district: Crowd = { chance, maker: makerIn('990102', chance, DISTRICT_NUMBERS) }
  tell('设立组织')
  const tops = await openTops(stage)
  const top = await peopleOfTops(stage, county, tops)
  const lilanOrg = await openTownship(stage, tops.county, { name: '栗岚镇团委', code: '990101001' })
  const around = await openAll(stage, tops.county, COUNTY)
  await openAll(stage, tops.county, [EMPTY])
  const lilan = await openLilan(stage, lilanOrg, around[0]?.org ?? lilanOrg)
  tell('登记团员和团干部')
  const people = await peopleLilan(stage, county, lilan)
  await restructureLilan(stage, lilan)
  const { secretary, branchSecretary, member } = people
  const hands = await openRoles(stage.at('2022-12-05 08:30:00'), {
    ...top,
    townshipSecretary: secretary,
    branchSecretary,
    member,
  })
  const by = hands.townshipSecretary
  tell('记台账')
  const records = lilanRecords(county, lilan, people)
  await record(stage, by, records)
  await photograph(stage.at(MORNING, by), photographed(records, lilan))
  const neighbours = await fillAll(stage, county, around)
  const [, agreeing, holding] = around
  const branch = holding?.units[0]?.org
  if (agreeing && branch) await holdTogether(stage, { branch, asked: lilan.org, agreeing: agreeing.org })
  const suiting = await fillSuiting(stage, district, tops)
  await fillAll(stage, district, await openAll(stage, tops.district, DISTRICT))
  await record(stage, hands.countyStaff, recordsOfTops(tops))
  await openSchools(stage, county, tops.county)
  await precede(stage, county, tops.county)
  const campaigning = await openCampaign(stage, district, tops.city)
  await record(stage, undefined, campaignRecords(campaigning))
  await record(stage, hands.countyStaff, jiyuanRecords(tops.county))
  await recordLedgers(stage, stage.at(MORNING))
  await enterTwice(stage, by, lilan)
  await stateRegisters(stage, [
    [tops.county, '2023-01-01'],
    [tops.district, '2021-01-01'],
    [campaigning, '2023-01-01'],
  ])
  tell('起草和上报总结')
  await summarise(stage, by, { lilan, records, suiting, neighbours })
  await receiveForms(stage, by, lilan.org)
  await draftOthers(stage, tops, campaigning)
}

interface Opened {
  org: Org
  units: Unit[]
  plan: Neighbour
}

async function openAll(stage: Stage, parent: Org, plans: Neighbour[]): Promise<Opened[]> {
  const opened: Opened[] = []
  for (const plan of plans) {
    const org = await openTownship(stage, parent, plan)
    opened.push({ org, plan, units: await openUnits(stage, org, plan.units) })
  }
  return opened
}

async function openUnits(stage: Stage, org: Org, plans: Planned[]): Promise<Unit[]> {
  const units: Unit[] = []
  for (const unit of plans) units.push(await openUnit(stage.at('2020-01-02 08:50:00'), org, unit))
  return units
}

async function fillAll(stage: Stage, crowd: Crowd, opened: Opened[]): Promise<Town[]> {
  const towns: Town[] = []
  for (const { org, units, plan } of opened) {
    const town = await peopleOf(stage, crowd, org, units, plan.situation)
    await record(stage, undefined, recordsIn(crowd, town, plan.situation))
    for (const ledger of (plan.situation.without ?? []).slice(0, 1)) await declare(stage, org, ledger)
    towns.push(town)
  }
  return towns
}

/** Of what a township does not keep, it has declared one: the others are missing. */
const declare = (stage: Stage, org: Org, ledger: string) =>
  call(stage.at('2024-06-14 16:00:00'), declareNil, {
    params: { ledger },
    body: { orgId: org.id, from: '2024-01-01', to: '2024-06-30' },
  })

async function fillSuiting(stage: Stage, crowd: Crowd, tops: Tops): Promise<Town> {
  const org = await openTownship(stage, tops.district, { name: '穗汀镇团委', code: '990102001' })
  const units = await openUnits(stage, org, SUITING)
  const town = await peopleOf(stage, crowd, org, units, SUITING_SITUATION)
  await admitFour(stage, crowd, town)
  await foundPioneers(stage, crowd, org)
  await record(stage, undefined, recordsIn(crowd, town, SUITING_SITUATION))
  return town
}

/** What the township itself did with people there. */
const photographed = ({ themeActivity = [], volunteering = [] }: Records, { org }: Lilan): string[] =>
  [...themeActivity, ...volunteering].flatMap((r) =>
    r.orgId === org.id && r.day > '2024' ? (r.id ?? []) : [],
  )

/** The campaign's report, and the year in which the other district began to pair town and country. */
async function draftOthers(stage: Stage, { county, district }: Tops, campaigning: Org): Promise<void> {
  await draftSummary(stage.at('2023-07-01 09:00:00'), county, '2023H1')
  await draftSummary(stage.at('2023-11-02 09:00:00'), campaigning, '2023', '2023-10-30')
  await draftSummary(stage.at('2022-01-06 09:00:00'), district, '2021')
}

interface Done {
  lilan: Lilan
  records: Records
  suiting: Town
  neighbours: Town[]
}

async function summarise(
  stage: Stage,
  by: Actor,
  { lilan, records, suiting, neighbours }: Done,
): Promise<void> {
  const { org } = lilan
  await cutShares(stage.at('2023-06-27 09:00:00', by), org)
  await handIn(stage.at('2023-06-27 09:30:00', by), org, '2023H1')
  await correctLastYear(stage, by, org, records)
  await draftSummary(stage.at(MORNING, by), org, '2024H1', CUT_OFF)
  await handIn(stage.at('2023-01-06 10:00:00'), suiting.org, '2022')
  const [first] = neighbours
  if (first) await handIn(stage.at('2024-06-17 15:10:00'), first.org, '2024H1', CUT_OFF)
}
