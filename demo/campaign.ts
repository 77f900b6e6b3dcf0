/** 澄芜区: its five towns opened more than a hundred organisations of their own in one October. */
import type { MemberEntry } from '../domain/structure/memberships/enter.ts'
import { openOrg } from '../domain/structure/organisations/operations.ts'
import type { Org } from '../domain/structure/organisations/queries.ts'
import { makerIn } from './people.ts'
import { recordsOf } from './record.ts'
import { appoint, type Records, type Stage, settle } from './stage.ts'
import { openTownship } from './tops.ts'
import { branchesOf, type Crowd, crowdOf, openUnit, type Unit } from './towns.ts'

/** ID numbers and telephones of these people begin where those of the district before end. */
const NUMBERS = 6500

const TOWNS: { name: string; villages: string[]; streets: string[]; firms: string[] }[] = [
  {
    name: '澄塘镇',
    villages: ['澄岸', '蓼塘'],
    streets: ['澄塘步行街', '澄塘农贸市场', '北桥商业街'],
    firms: ['澄塘纸品', '塘西家具', '澄塘物流', '朗塘印刷'],
  },
  {
    name: '芜溪镇',
    villages: ['芜岭', '溪口'],
    streets: ['芜溪夜市', '溪口集贸市场', '芜溪建材城'],
    firms: ['芜溪食品', '溪南服装', '芜溪电商', '清芜茶业'],
  },
  {
    name: '楝湖镇',
    villages: ['楝湾', '湖坪'],
    streets: ['楝湖水产市场', '湖滨商业街', '楝湖美食街'],
    firms: ['楝湖渔业', '湖东机械', '楝湖旅游', '沐湖酒店'],
  },
  {
    name: '菰汀镇',
    villages: ['菰洲', '汀岸'],
    streets: ['菰汀花卉市场', '汀南商业街', '菰汀小商品城'],
    firms: ['菰汀园艺', '汀西建筑', '菰汀汽修', '禾汀农机'],
  },
  {
    name: '橹洲镇',
    villages: ['橹坪', '洲尾'],
    streets: ['橹洲码头市场', '洲头商业街', '橹洲二手车市场'],
    firms: ['橹洲船舶', '洲东包装', '橹洲粮油', '远洲家政'],
  },
]

/** Each looks after some of the towns, as the ledger of liaison says. */
export const SECRETARY = '汪远舟'
export const DEPUTY = '汪青禾'

const MEMBERS = 17
const POCKET = 36
const CAMPAIGN = '2023-10-08 09:00:00'

/** The towns with their branches of before, their officers, and what the campaign opened. */
export async function openCampaign(stage: Stage, { chance }: Crowd, city: Org): Promise<Org> {
  const crowd: Crowd = { chance, maker: makerIn('990103', chance, NUMBERS) }
  const district = await openOrg(stage.at('2020-01-02 08:30:00'), {
    parent: city,
    name: '共青团澄芜区委员会',
    code: '990103',
    type: 'committee',
    sector: 'territory',
    level: 'county',
  })
  const towns: Org[] = []
  const villages: Unit[] = []
  for (const [i, plan] of TOWNS.entries()) {
    const town = await openTownship(stage, district, { name: `${plan.name}团委`, code: `99010300${i + 1}` })
    towns.push(town)
    for (const village of plan.villages) villages.push(await openVillage(stage, town, village))
  }
  await appoint(stage.at('2022-12-05 09:00:00'), district, [
    officer(crowd, district, 'secretary', SECRETARY),
    officer(crowd, district, 'deputySecretary', DEPUTY),
    ...towns.map((town) => officer(crowd, town, 'secretary')),
  ])
  await settle(
    stage.at('2023-01-09 09:00:00'),
    district,
    villages.flatMap((unit) => crowdOf(crowd, unit)),
  )
  for (const [i, town] of towns.entries()) await openNew(stage, town, i)
  await settle(stage.at('2023-10-29 16:00:00'), district, declared(crowd, villages))
  return district
}

const openVillage = (stage: Stage, town: Org, village: string) =>
  openUnit(stage.at('2020-01-02 08:50:00'), town, {
    name: `${village}村团支部`,
    type: 'branch',
    sector: 'village',
    members: MEMBERS,
    mobile: 4,
  })

function officer({ maker }: Crowd, org: Org, post: string, name?: string) {
  const wanted = { orgId: org.id, born: ['1988-01-01', '1995-12-31'] as [string, string] }
  const person = maker.make({ ...wanted, education: 'bachelor', ...(name && { name }) })
  return { person, post, mode: 'elected', officerKind: 'fullTime', from: '2022-11-25' }
}

/** Left their old branch years ago, and nobody knew: they say so, and stand on the roll from that day. */
function declared(crowd: Crowd, villages: Unit[]): MemberEntry[] {
  const homes = branchesOf(villages)
  return Array.from({ length: POCKET }, (_, i) => {
    const home = homes[i % homes.length]
    if (!home) throw new Error('demo: no village to declare in')
    const person = crowd.maker.make({ orgId: home.org.id, born: ['1996-08-01', '2003-12-31'] })
    const from = `2023-10-${String(9 + (i % 20)).padStart(2, '0')}`
    return { person, from, startReason: 'declared' }
  })
}

interface Fresh {
  name: string
  sector: string
  kind?: string
}

/** What one town opened, in this order: streets and markets, firms, co-operatives, bodies, estates, hamlets. */
function freshOf({ name, streets, firms, villages }: (typeof TOWNS)[number], extra: boolean): Fresh[] {
  const town = name.replace('镇', '')
  return [
    ...streets.map((one) => ({ name: one, sector: 'market', kind: 'joint' })),
    ...firms.map((one) => ({ name: `${one}公司`, sector: 'newEconomic' })),
    ...villages.flatMap((one) => [
      { name: `${one}果蔬合作社`, sector: 'coOperative' },
      { name: `${one}养殖合作社`, sector: 'coOperative' },
    ]),
    ...['青年志愿者协会', '篮球协会', '返乡青年联谊会'].map((one) => ({
      name: `${town}${one}`,
      sector: 'newSocial',
    })),
    ...['东苑', '西苑', '南苑'].map((one) => ({ name: `${town}${one}社区`, sector: 'community' })),
    ...['卫生院', '文化站'].map((one) => ({ name: `${town}${one}`, sector: 'governmentBody' })),
    { name: `${town}驻外务工`, sector: 'other', kind: 'mobile' },
    ...(extra ? [{ name: `${town}电商产业园`, sector: 'newEconomic', kind: 'joint' }] : []),
  ]
}

/** Twelve by the first date, the rest by the second; the fourth towns one more, and one a day too late. */
async function openNew(stage: Stage, parent: Org, nth: number): Promise<void> {
  const plan = TOWNS[nth]
  if (!plan) return
  const ctx = stage.at(CAMPAIGN)
  for (const [i, fresh] of freshOf(plan, nth < 4).entries()) {
    const day = i < 12 ? 9 + (i % 6) : i < 20 ? 16 + (i % 10) : 28 + (nth % 2)
    const on = `2023-10-${String(day).padStart(2, '0')}`
    const { name, sector, kind = null } = fresh
    await openOrg(ctx, { parent, name: `${name}团支部`, type: 'branch', sector, kind, on })
  }
  if (nth === 4)
    await openOrg(ctx, {
      parent,
      name: '橹洲港务团支部',
      type: 'branch',
      sector: 'enterprise',
      on: '2023-10-31',
    })
}

/** What the district itself held and published meanwhile. */
export function campaignRecords(district: Org): Records {
  const made = recordsOf(district)
  const campaign = '大团委建设'
  const told: [string, string, number][] = [
    ['2023-10-12', '团组织工作典型经验交流会', 86],
    ['2023-10-14', '澄塘镇先进事迹报告会', 74],
    ['2023-10-19', '楝湖镇先进事迹报告会', 69],
    ['2023-10-23', '商圈建团经验交流会', 58],
    ['2023-10-27', '合作社青年先进事迹报告会', 52],
  ]
  const discussed: [string, string, number][] = [
    ['2023-10-09', '青年在哪里', 46],
    ['2023-10-17', '团组织怎么建', 41],
    ['2023-10-25', '活动怎么开展', 36],
  ]
  return {
    meeting: [
      ...discussed.map(([day, title, present]) =>
        made(day, `“${title}”大讨论`, present, { kind: 'discussion', campaign }),
      ),
      ...['2023-10-13', '2023-10-20', '2023-10-27'].map((day) =>
        made(day, '各镇新建团组织交账', 6, { kind: 'account', campaign, recurrence: 'weekly', due: 6 }),
      ),
    ],
    themeActivity: told.map(([day, title, present]) => made(day, title, present, { kind: 'reportMeeting' })),
    publicity: [
      made('2023-04-18', '乡镇“大团委”这样建', null, { channel: 'website', kind: 'article', reads: 930 }),
      made('2023-10-21', '一周新建三十个团支部', null, {
        channel: 'broadcast',
        kind: 'broadcast',
        media: '澄芜之声',
      }),
    ],
  }
}
