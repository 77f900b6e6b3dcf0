/** A small tree for tests: one city, two counties, townships, branches. Everything opened on 2020-01-01. */
import '../../domain/index.ts'

import { type NewOrg, openOrg } from '../../domain/structure/organisations/operations.ts'
import type { Org } from '../../domain/structure/organisations/queries.ts'
import { type Actor, type Context, contextOf, type Services } from '../../kernel/context.ts'
import { actorWith } from '../../kernel/testing.ts'

export type TreeName =
  | 'city'
  | 'county'
  | 'district'
  | 'north'
  | 'south'
  | 'school'
  | 'willow'
  | 'peach'
  | 'plum'
  | 'class1'
export type Tree = Record<TreeName, Org>

/** May do everything everywhere. */
export const everywhere = (): Actor =>
  actorWith([{ orgId: '', countyId: null, path: '/', role: 'administrator' }])

export const inTransaction = <T>(services: Services, work: (ctx: Context) => Promise<T>): Promise<T> =>
  services.db.transaction().execute((db) => work(contextOf(services, db, everywhere())))

/** 云州市 over 云溪县 (青石镇 with 柳河村, 镇中学总支 over 一班; 白鹭镇 with 桃源村, 李家村) and 江北区. */
export async function plantTree(services: Services): Promise<Tree> {
  return inTransaction(services, async (ctx) => {
    const open = (parent: Org | null, name: string, type: string, more: Partial<NewOrg> = {}) =>
      openOrg(ctx, { parent, name, type, sector: 'territory', on: '2020-01-01', ...more })
    const city = await open(null, '云州市', 'committee', { level: 'city', code: '990100' })
    const county = await open(city, '云溪县', 'committee', { level: 'county' })
    const district = await open(city, '江北区', 'committee', { level: 'county' })
    const north = await open(county, '青石镇', 'committee', { level: 'township' })
    const south = await open(county, '白鹭镇', 'committee', { level: 'township' })
    const school = await open(north, '青石中学团总支', 'generalBranch', { sector: 'school' })
    const willow = await open(north, '柳河村团支部', 'branch', { sector: 'village' })
    const peach = await open(south, '桃源村团支部', 'branch', { sector: 'village' })
    const plum = await open(south, '李家村团支部', 'branch', { sector: 'village' })
    const class1 = await open(school, '一班团支部', 'branch', { sector: 'school' })
    return { city, county, district, north, south, school, willow, peach, plum, class1 }
  })
}
