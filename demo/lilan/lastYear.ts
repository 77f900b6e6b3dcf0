/** What the committee of 栗岚镇 recorded in the same half of the year before: something to hold this year against. */
import { recordsOf } from '../record.ts'
import type { Records } from '../stage.ts'
import type { LilanPeople } from './people.ts'
import type { Lilan } from './tree.ts'

export function lastYearRecords({ org, villages }: Lilan, people: LilanPeople): Records {
  const made = recordsOf(org)
  return {
    themeActivity: [
      made('2023-03-12', '团员青年义务植树', 70, {
        kind: 'treePlanting',
        occasion: 'treeDay',
        place: '栗岚河滩林场',
      }),
      made('2023-05-04', '五四入团仪式', 142, {
        kind: 'admissionCeremony',
        occasion: 'youthDay',
        leadersPresent: true,
      }),
      made('2023-05-20', '主题演讲比赛', 80, { kind: 'contest' }),
      made('2023-06-01', '庆六一文艺汇演', 198, {
        kind: 'recreation',
        occasion: 'childrensDay',
        leadersPresent: true,
      }),
    ],
    volunteering: [
      made(
        '2023-03-05',
        '学雷锋义务劳动',
        47,
        { kind: 'convenience', occasion: 'leiFengDay', hours: 94, beneficiaries: 150 },
        {
          participants: people.officers.slice(0, 15).map((personId) => ({ personId })),
        },
      ),
      made(
        '2023-04-15',
        '河道清理',
        31,
        { kind: 'environment', hours: 93 },
        { hosts: villages.slice(1, 3).map((v) => v.org.id) },
      ),
    ],
    training: [
      made('2023-04-21', '农村实用技术培训', 52, {
        kind: 'skills',
        topic: 'skills',
        audience: 'youth',
        sessions: 2,
        hours: 16,
      }),
      made('2023-06-07', '防溺水自护讲座', 280, {
        kind: 'lecture',
        topic: 'selfProtection',
        audience: 'students',
        sessions: 3,
      }),
    ],
    ...besides(made),
  }
}

const besides = (made: ReturnType<typeof recordsOf>): Records => ({
  funding: [
    made('2023-03-15', '争取镇财政活动经费', null, {
      kind: 'money',
      direction: 'income',
      source: 'government',
      use: 'activity',
      amount: 8000,
    }),
  ],
  publicity: [
    made('2023-05-05', '青春的誓言', null, {
      channel: 'wechat',
      kind: 'article',
      media: '霁原青年',
      level: 'county',
      reads: 1720,
    }),
  ],
  award: [
    made('2023-05-04', '五四红旗团支部', null, {
      level: 'county',
      recipient: 'org',
      grantor: '共青团霁原县委员会',
    }),
  ],
  meeting: [made('2023-01-10', '研究全年团的工作', 5, { kind: 'other', due: 5 })],
})
