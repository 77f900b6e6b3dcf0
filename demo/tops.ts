/** The city, its county and its district: the committees above the townships, with their people and their own work. */

import { openTop } from '../domain/structure/accounts/setup.ts'
import type { OfficerEntry } from '../domain/structure/appointments/enter.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { recordsOf } from './record.ts'
import { appoint, type Records, type Stage } from './stage.ts'
import type { Crowd } from './towns.ts'

export interface Tops {
  city: Org
  county: Org
  district: Org
}

export async function openTops(stage: Stage): Promise<Tops> {
  const ctx = stage.at('2020-01-02 08:30:00')
  const city = await openTop(ctx, { name: '共青团澜泊市委员会', level: 'city', code: '9901' })
  const open = (name: string, code: string) =>
    openOrg(ctx, { parent: city, name, type: 'committee', sector: 'territory', level: 'county', code })
  const county = await open('共青团霁原县委员会', '990101')
  const district = await open('共青团槿台区委员会', '990102')
  return { city, county, district }
}

/** A township's committee, with the code by which it can be named on the command line. */
export const openTownship = (
  stage: Stage,
  parent: Org,
  { name, code, type = 'committee' }: { name: string; code: string; type?: string },
): Promise<Org> =>
  openOrg(stage.at('2020-01-02 08:40:00'), {
    parent,
    name,
    type,
    sector: 'territory',
    level: 'township',
    code,
  })

export interface TopPeople {
  countyStaff: string
  reviewer: string
}

const COUNTY_STAFF = '陈思远'
const REVIEWER = '苏婉清'

export async function peopleOfTops(
  stage: Stage,
  { maker }: Crowd,
  { city, county, district }: Tops,
): Promise<TopPeople> {
  const post = (org: Org, post: string, postTitle: string, name?: string): OfficerEntry => {
    const stated = { education: 'bachelor', politics: 'partyMember', ...(name && { name }) }
    const person = maker.make({ orgId: org.id, born: ['1985-01-01', '1995-12-31'], ...stated })
    return { person, post, postTitle, officerKind: 'fullTime', mode: 'appointed', from: '2022-01-05' }
  }
  const board = (org: Org) => [post(org, 'secretary', '书记'), post(org, 'deputySecretary', '副书记')]
  const ctx = stage.at('2022-01-05 09:00:00')
  await appoint(ctx, city, board(city))
  await appoint(ctx, county, board(county))
  await appoint(ctx, district, board(district))
  const [countyStaff = ''] = await appoint(ctx, county, [post(county, 'staff', '干事', COUNTY_STAFF)])
  const [reviewer = ''] = await appoint(ctx, city, [post(city, 'reviewer', '审阅人', REVIEWER)])
  return { countyStaff, reviewer }
}

/** One of the records is of both: it counts in each, and once in the city. */
export function recordsOfTops({ county, district }: Tops): Records {
  const [own, theirs] = [recordsOf(county), recordsOf(district)]
  return {
    themeActivity: [
      own(
        '2024-05-03',
        '县区青年“同走振兴路”联合主题团日',
        180,
        { kind: 'themeDay', leadersPresent: true },
        { hosts: [district.id] },
      ),
      own('2024-04-28', '全县新团员集中培训结业仪式', 90, { kind: 'study' }),
      theirs('2024-05-04', '全区五四表彰会', 130, {
        kind: 'study',
        occasion: 'youthDay',
        leadersPresent: true,
      }),
      theirs('2021-02-06', '乡村青年文化节', 420, {
        kind: 'recreation',
        occasion: 'springFestival',
        recurrence: 'yearly',
        beneficiaries: 2600,
      }),
    ],
    training: [
      theirs('2021-05-18', '全区新任职团干部培训班', 68, {
        kind: 'course',
        topic: 'leagueAffairs',
        audience: 'newOfficers',
        sessions: 3,
        hours: 12,
      }),
      own('2024-04-10', '全县团干部业务培训班', 62, {
        kind: 'course',
        topic: 'leagueAffairs',
        audience: 'officers',
        sessions: 4,
        hours: 16,
      }),
    ],
    publicity: [
      own('2024-05-05', '霁原青年在行动', null, {
        channel: 'wechat',
        kind: 'article',
        media: '霁原青年',
        reads: 5210,
      }),
    ],
  }
}
