/** 栗岚镇: sixteen villages, the township's own offices, three schools with class branches below them. */
import { changeOrg, moveOrg } from '../../domain/structure/organisations/operations.ts'
import type { Org } from '../../domain/structure/organisations/queries.ts'
import { mergeOrganisation } from '../../domain/structure/restructuring/contract.ts'
import { call, type Stage } from '../stage.ts'
import { branchesOf, openUnit, type Planned, type Unit } from '../towns.ts'

/** Name, members, of them mobile. */
const VILLAGES: [string, number, number][] = [
  ['霁塘村', 16, 6],
  ['槿湾村', 20, 7],
  ['砚坞村', 19, 7],
  ['蓼汀村', 18, 6],
  ['樾溪村', 18, 6],
  ['荻浦村', 17, 6],
  ['楮岭村', 17, 6],
  ['茜坪村', 17, 6],
  ['藜洼村', 16, 5],
  ['菖岸村', 16, 5],
  ['蘅垄村', 16, 5],
  ['榛子沟村', 15, 5],
  ['桕堰村', 15, 5],
  ['梓垭村', 14, 4],
  ['苔岩村', 14, 4],
  ['枳塬村', 12, 4],
]
/** Merged into 霁塘村. */
const MERGED: [string, number, number] = ['石皋村', 6, 0]
export const MERGED_ON = '2023-10-01'
/** Came over from the neighbouring township in March 2024. */
const MOVED = '蘅垄村'
const RENAMED = '榛子沟村'
/** Record nothing this half-year. */
export const SILENT = ['梓垭村', '苔岩村', '枳塬村']
const CLASS_MEMBERS = 15
const SCHOOLS: [string, string[]][] = [
  ['栗岚中学', ['八（1）班', '八（2）班', '九（1）班', '九（2）班']],
  ['栗岚第二中学', ['八（1）班', '九（1）班', '九（2）班']],
  ['栗岚职业高中', ['农机班', '电商班', '护理班']],
]

export interface Lilan {
  org: Org
  office: Unit
  /** In the order above; each by its name of today. */
  villages: Unit[]
  merged: Unit
  schools: Unit[]
  classes: Unit[]
}

const villagePlan = ([name, members, mobile]: [string, number, number]): Planned => ({
  name: `${name}团支部`,
  type: 'branch',
  sector: 'village',
  members,
  mobile,
  ...(name === '枳塬村' && { partyLink: null }),
})

const schoolPlan = ([name, classes]: [string, string[]]): Planned => ({
  name: `${name}团总支`,
  type: 'generalBranch',
  sector: 'school',
  members: 0,
  on: '2012',
  below: classes.map((one) => ({
    name: `${one}团支部`,
    type: 'branch',
    sector: 'school',
    members: CLASS_MEMBERS,
    on: '2022-09-01',
    partyLink: null,
  })),
})

const OFFICE: Planned = { name: '镇直机关团支部', type: 'branch', sector: 'townshipOffice', members: 14 }

/** `neighbour` is where the village that came over stood before. */
export async function openLilan(stage: Stage, org: Org, neighbour: Org): Promise<Lilan> {
  const ctx = stage.at('2020-01-02 09:00:00')
  const villages: Unit[] = []
  for (const village of VILLAGES) {
    const parent = village[0] === MOVED ? neighbour : org
    villages.push(await openUnit(ctx, parent, villagePlan(village)))
  }
  const merged = await openUnit(ctx, org, villagePlan(MERGED))
  const office = await openUnit(ctx, org, OFFICE)
  const schools: Unit[] = []
  for (const school of SCHOOLS) schools.push(await openUnit(ctx, org, schoolPlan(school)))
  return { org, office, villages, merged, schools, classes: branchesOf(schools) }
}

/** A village gets another name, two become one, one comes over: after the people stand where they stood. */
export async function restructureLilan(stage: Stage, { org, villages, merged }: Lilan): Promise<void> {
  const named = (name: string) => villages.find((v) => v.plan.name === `${name}团支部`)?.org
  const [renamed, moved, first] = [named(RENAMED), named(MOVED), villages[0]?.org]
  if (!renamed || !moved || !first) throw new Error('the tree lacks a village of the plan')
  await changeOrg(stage.at('2022-09-01 10:00:00'), renamed, '2022-09-01', { name: '榛寨村团支部' })
  const body = { into: first.id, on: MERGED_ON }
  await call(stage.at(`${MERGED_ON} 10:00:00`), mergeOrganisation, { params: { id: merged.org.id }, body })
  await moveOrg(stage.at('2024-03-01 10:00:00'), moved, org, '2024-03-01')
}
