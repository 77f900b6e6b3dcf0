/** A township's half-year. */
import { CUT_OFF } from '../summaries.ts'
import { day, items, people, type StatedSummary, share } from './quantity.ts'

const SEATS = 'officers.seats'
const OFFICERS = 'officers.people'
const BELOW = 'org.subordinates'
const ADMISSION = { kind: 'admissionCeremony' }
const CHILDREN = { occasion: 'childrensDay' }

export const summary: StatedSummary = {
  seed: '000',
  org: '990101001',
  period: '2024H1',
  cutOff: CUT_OFF,
  headings: ['2024年上半年'],
  quantities: {
    2: items(BELOW, 20, '下辖团组织20个'),
    3: items(BELOW, 16, '村团支部16个', { sector: 'village' }),
    4: items(BELOW, 1, '镇直团支部1个', { sector: 'townshipOffice' }),
    5: items(BELOW, 3, '学校团总支3个', { sector: 'school', type: 'generalBranch' }),
    6: people('members.count', 430, '现有团员430人'),
    7: people(SEATS, 5, '团委委员5人'),
    8: people(SEATS, 2, '团委委员5人，其中本科2人', { education: 'bachelor' }),
    9: people(SEATS, 3, '大专3人；党员5人', { education: 'college' }),
    10: share('officers.seatsPartyShare', 100, '100%', '党员5人，占100%'),
    11: people(OFFICERS, 39, '团干部39人'),
    12: people(OFFICERS, 12, '团干部39人，其中本科12人', { education: 'bachelor' }),
    13: people(OFFICERS, 16, '大专16人', { education: 'college' }),
    14: people(OFFICERS, 11, '初中11人', { education: 'juniorMiddle' }),
    15: people('officers.female', 8, '女团干部8人'),
    16: share('officers.femaleShare', (100 * 8) / 39, '20.5%', '占团干部人数的20.5%'),
    17: people('officers.minority', 1, '少数民族团干部1人'),
    18: share('officers.minorityShare', 100 / 39, '2.5%', '少数民族团干部1人，占2.5%'),
    19: people('officers.party', 17, '党员17人'),
    20: share('officers.partyShare', (100 * 17) / 39, '43.5%', '党员17人，占43.5%'),
    21: day('themeActivity.day', '2024-03-12', '3月12日，栗岚镇团委在栗岚河滩林场开展', {
      kind: 'treePlanting',
      leadersPresent: 'yes',
    }),
    22: day('themeActivity.day', '2024-05-04', '开展五四入团仪式，党政领导到场', {
      ...ADMISSION,
      leadersPresent: 'yes',
    }),
    23: day('themeActivity.day', '2024-06-01', '开展庆六一系列活动，党政领导到场', {
      ...CHILDREN,
      leadersPresent: 'yes',
    }),
    24: {
      measure: 'volunteering.month',
      where: { occasion: 'leiFengDay' },
      value: '3月',
      display: '3月',
      stated: '3月5日，栗岚镇团委开展学雷锋日',
    },
    25: day('themeActivity.day', '2024-05-04', '5月4日，栗岚镇团委在栗岚中学礼堂开展五四入团仪式', ADMISSION),
    26: day(
      'themeActivity.day',
      '2024-06-01',
      '6月1日，栗岚镇团委在栗岚镇中心小学开展庆六一系列活动',
      CHILDREN,
    ),
    27: {
      measure: 'funding.raised',
      where: { use: 'venue' },
      value: 52600,
      display: '5万余元',
      stated: '用于阵地建设5万余元',
    },
    28: items('funding.venueFunctions', 3, '具备3个方面的功能'),
    29: people('officers.villageOfficialSecretaries', 3, '大学生村官3人担任团支部书记'),
    30: day('volunteering.day', '2024-03-12', '3月12日，栗岚镇团委在栗岚河两岸开展', {
      kind: 'treePlanting',
      withOfficers: 'yes',
    }),
  },
}
