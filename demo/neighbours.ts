/** The townships around: each shows something that offices know. All names are invented. */
import type { Situation } from './ordinary.ts'
import type { Planned } from './towns.ts'

export interface Neighbour {
  name: string
  code: string
  type: 'committee' | 'workCommittee'
  units: Planned[]
  situation: Situation
}

const year2023 = { year: 2023, through: 12, dues: 12 }
const year2024 = { year: 2024, through: 6, dues: 5 }

const villages = (names: string, members: number, mobile: number): Planned[] =>
  names.split(' ').map((name, i) => ({
    name: `${name}村团支部`,
    type: 'branch' as const,
    sector: 'village',
    members: members + ((i * 3) % 5),
    mobile,
  }))

const branch = (name: string, sector: string, members: number, more: Partial<Planned> = {}): Planned => ({
  name: `${name}团支部`,
  type: 'branch',
  sector,
  members,
  ...more,
})

const school = (name: string, classes: string[]): Planned => ({
  name: `${name}团总支`,
  type: 'generalBranch',
  sector: 'school',
  members: 0,
  below: classes.map((one) => branch(one, 'school', 12, { partyLink: null })),
})

const office = (name: string) => branch(name, 'townshipOffice', 9)

/** Of the county, beside 栗岚镇. The first lost a village to it; the last has its tree, but nobody in it yet. */
export const COUNTY: Neighbour[] = [
  {
    name: '砚汀镇团委',
    code: '990101002',
    type: 'committee',
    units: [
      ...villages('岫溪 槿坡 菖塘 芷湾 樾岭 砻口', 11, 3),
      office('镇直机关'),
      school('砚汀中学', ['八（1）班', '九（1）班']),
    ],
    situation: {
      vacant: 0,
      years: [year2023, year2024],
      ages: { secretary: 27, heads: [40, 39, 41, 40, 38, 41] },
    },
  },
  {
    name: '苔屿乡团委',
    code: '990101003',
    type: 'committee',
    units: [...villages('苔湾 藜坳 荻洲 楮坝 杼岸', 9, 4), office('乡直机关')],
    situation: {
      ages: { secretary: 29, heads: [39, 40, 41, 38, 40] },
      overdue: 3,
      silent: 2,
      without: ['training', 'award', 'funding'],
      years: [year2023, year2024],
    },
  },
  {
    name: '榛澜镇团委',
    code: '990101004',
    type: 'committee',
    units: [
      ...villages('榛垄 蓼坪 枳湾 茜岭 桕坡 梓浦 蘅坞', 10, 5),
      school('榛澜中学', ['八（1）班', '九（1）班']),
    ],
    situation: {
      vacant: 3,
      overdue: 1,
      silent: 1,
      without: ['publicity'],
      years: [year2024],
      ages: { secretary: 28, heads: [40, 39, 41, 38, 38] },
    },
  },
]

/** Has its branches and not one member: for trying the import of rosters. */
export const EMPTY: Neighbour = {
  name: '枫砻镇团委',
  code: '990101005',
  type: 'committee',
  units: [...villages('枫坳 砻坪 桤湾 楠垭 柞塘', 0, 0), office('镇直机关')],
  situation: { years: [] },
}

/** Of the district, beside 穗汀镇. */
export const DISTRICT: Neighbour[] = [
  {
    name: '梧霜镇团委',
    code: '990102002',
    type: 'committee',
    units: [
      ...villages('梧岸 霜塘 楠岫 柘湾', 10, 3),
      branch('驻外务工', 'other', 16, { kind: 'mobile', mobile: 16 }),
      branch('霜塘果业', 'coOperative', 8),
    ],
    situation: { overdue: 1, years: [year2023, year2024] },
  },
  {
    name: '菱霁街道团工委',
    code: '990102003',
    type: 'workCommittee',
    units: [
      branch('菱塘社区', 'community', 18, { mobile: 4 }),
      branch('霁桥社区', 'community', 15, { mobile: 3 }),
      branch('菱霁步行街', 'market', 11),
      branch('澜泊快递联合', 'newEconomic', 13, { kind: 'joint' }),
      branch('青禾社工服务中心', 'newSocial', 6),
    ],
    situation: { vacant: 1, silent: 1, years: [year2024] },
  },
]
