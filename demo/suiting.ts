/** 穗汀镇 in the other county: a whole year 2022, with two committees of Young Pioneers outside the schools. */
import type { OfficerEntry } from '../domain/structure/appointments/enter.ts'
import type { MemberEntry } from '../domain/structure/memberships/enter.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import type { Situation, Town } from './ordinary.ts'
import { recordsOf } from './record.ts'
import { appoint, type Records, type Stage, settle } from './stage.ts'
import { branchesOf, type Crowd, type Planned } from './towns.ts'

const branch = (name: string, sector: string, members: number, mobile = 0): Planned => ({
  name: `${name}团支部`,
  type: 'branch',
  sector,
  members,
  mobile,
})

export const SUITING: Planned[] = [
  ...['榆塘', '穗湾', '荻岸', '菱坡', '槿岭', '杼坪', '柘溪'].map((v, i) =>
    branch(`${v}村`, 'village', 12 + (i % 4), 4),
  ),
  branch('穗汀社区', 'community', 20, 5),
  branch('镇直机关', 'townshipOffice', 11),
  branch('穗汀粮油公司', 'enterprise', 9),
  {
    name: '穗汀中学团总支',
    type: 'generalBranch',
    sector: 'school',
    members: 0,
    below: ['八（1）班', '九（1）班'].map((one) => ({ ...branch(one, 'school', 14), partyLink: null })),
  },
]

/** Four members admitted in 2022: three on Youth Day, one in December. */
export async function admitFour(stage: Stage, crowd: Crowd, { org, units }: Town): Promise<void> {
  const homes = branchesOf(units).filter((u) => u.plan.sector === 'village')
  const days = ['2022-05-04', '2022-05-04', '2022-05-04', '2022-12-09']
  const entries = days.flatMap((day, i): MemberEntry[] => {
    const unit = homes[i]
    if (!unit) return []
    const person = crowd.maker.make({
      orgId: unit.org.id,
      born: ['2004-02-01', '2006-12-31'],
      education: 'highSchool',
    })
    return [
      {
        person: { ...person, joinedLeague: day },
        from: day,
        startReason: 'admission',
        memberNo: `99022022000${i + 1}`,
      },
    ]
  })
  await settle(stage.at('2022-12-12 09:00:00'), org, entries)
}

/** The township's committee of Young Pioneers elected its director; that of the village has one appointed. */
export async function foundPioneers(stage: Stage, { maker }: Crowd, org: Org): Promise<void> {
  const ctx = stage.at('2022-06-02 09:00:00')
  const type = 'pioneersCommittee'
  const place = { sector: 'territory', level: 'township', on: '2022-05-28' }
  const town = await openOrg(ctx, { parent: org, name: '穗汀镇校外少工委', type, ...place })
  const village = { sector: 'village', on: '2022-06-01' }
  const below = await openOrg(ctx, { parent: town, name: '榆塘村校外少工委', type, ...village })
  const holder = (at: Org, post: string, mode: string, from: string): OfficerEntry => {
    const person = maker.make({
      orgId: at.id,
      born: ['1984-01-01', '1993-12-31'],
      education: 'bachelor',
      politics: 'partyMember',
    })
    return { person, post, mode, from, officerKind: 'partTime' }
  }
  await appoint(ctx, org, [
    holder(town, 'director', 'elected', '2022-05-28'),
    holder(town, 'deputyDirector', 'elected', '2022-05-28'),
    holder(below, 'director', 'appointed', '2022-06-01'),
  ])
}

/** What its committee did in 2022. */
function year2022({ org, units }: Town): Records {
  const made = recordsOf(org)
  const host = (i: number) => units[i]?.org.id ?? org.id
  return {
    themeActivity: [
      made('2022-05-04', '“百年团史，青春接力”五四主题活动', 96, {
        kind: 'themeDay',
        occasion: 'youthDay',
        anniversary: 100,
        leadersPresent: true,
        place: '镇文化站',
      }),
      made('2022-05-07', '团史党史知识竞赛', 60, { kind: 'contest', place: '镇文化站' }),
      made('2022-05-14', '登穗山健身活动', 48, { kind: 'recreation', place: '穗山' }),
      made('2022-07-16', '快乐阅读活动', 52, { kind: 'reading', place: '镇文化站' }, { hosts: [host(7)] }),
      made('2022-08-20', '爱心助学募捐', 38, { kind: 'fundraising', beneficiaries: 11 }),
      made('2022-09-24', '走访困难青少年家庭', 12, { kind: 'care', beneficiaries: 17 }),
      made('2022-11-18', '学习党的二十大精神座谈会', 45, { kind: 'study', place: '镇政府会议室' }),
      made('2022-12-04', '宪法宣传日普法活动', 66, { kind: 'lawEducation', occasion: 'constitutionDay' }),
    ],
    volunteering: [
      made('2022-02-08', '扫雪清障', 35, { kind: 'disaster', hours: 105 }),
      made('2022-03-12', '义务植树', 41, {
        kind: 'treePlanting',
        occasion: 'treeDay',
        trees: 260,
        hours: 123,
      }),
      made('2022-04-23', '文明用餐劝导', 18, { kind: 'civility', hours: 54 }),
      made(
        '2022-06-11',
        '人居环境整治',
        37,
        { kind: 'environment', hours: 111 },
        { hosts: [host(0), host(1)] },
      ),
    ],
    ...besides(made),
  }
}

const besides = (made: ReturnType<typeof recordsOf>): Records => ({
  training: [
    made('2022-04-15', '“八五”普法讲座', 120, {
      kind: 'lecture',
      topic: 'law',
      audience: 'students',
      sessions: 1,
    }),
    made('2022-06-24', '青少年自护讲座', 140, {
      kind: 'lecture',
      topic: 'selfProtection',
      audience: 'students',
      sessions: 2,
    }),
  ],
  funding: [
    made('2022-09-01', '建成青年之家', null, {
      kind: 'venue',
      functions: ['meeting', 'reading', 'service'],
      place: '镇文化站',
      area: 90,
    }),
  ],
  publicity: [made('2022-05-05', '穗汀青年的五四', null, { channel: 'wechat', kind: 'article', reads: 870 })],
  award: [
    made('2022-05-04', '五四红旗团支部', null, {
      level: 'county',
      recipient: 'org',
      recipientOrg: '榆塘村团支部',
    }),
  ],
  meeting: [
    made('2022-01-14', '部署全年工作', 11, { kind: 'other', due: 12 }),
    made('2022-01-21', '2021年度团员教育评议', 12, {
      kind: 'appraisal',
      due: 12,
      excellent: 3,
      qualified: 8,
      nearlyQualified: 1,
      unqualified: 0,
    }),
  ],
})

export const SUITING_SITUATION: Situation = {
  years: [
    { year: 2022, through: 12, dues: 12 },
    { year: 2023, through: 12, dues: 12 },
    { year: 2024, through: 6, dues: 5 },
  ],
  own: { 2022: year2022 },
}
