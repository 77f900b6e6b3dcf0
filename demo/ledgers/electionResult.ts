import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const election = (day: string, term: number, due: number, present: number, seats: number): DemoRow => ({
  day,
  fields: {
    kind: 'term',
    term,
    due,
    present,
    ballots: present,
    returned: present,
    valid: present - 1,
    seats,
    women: Math.floor(seats / 3),
  },
})

export const demo: LedgerDemo = {
  rows: {
    '990101001': [
      election('2021-09-10', 9, 68, 63, 5),
      {
        day: '2024-03-08',
        title: '枫砻镇出席县团代会代表选举',
        fields: {
          kind: 'delegates',
          due: 64,
          present: 60,
          delegates: 12,
          womenDelegates: 5,
          minorityDelegates: 2,
          frontlineDelegates: 8,
        },
      },
    ],
    '990101001/霁塘村团支部': [election('2022-11-20', 6, 15, 13, 3)],
    '990101001/槿湾村团支部': [
      election('2022-11-20', 6, 19, 16, 3),
      {
        day: '2024-03-22',
        title: '槿湾村团支部补选',
        fields: { kind: 'byElection', due: 20, present: 15, ballots: 15, returned: 15, valid: 15, seats: 1 },
      },
    ],
    '990101002': [election('2021-09-12', 8, 52, 47, 3)],
    '990101003': [
      {
        ...election('2024-05-16', 7, 40, 35, 5),
        fields: { kind: 'late', term: 7, due: 40, present: 35, seats: 5 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇村团支部换届选举情况统计表',
    merges: ['A1:I1', 'C2:D2', 'E2:F2', 'A2:A3', 'B2:B3', 'G2:G3', 'H2:H3', 'I2:I3'],
    rows: [
      ['枫砻镇2022年村团支部换届选举情况统计表'],
      ['换届支部', '换届时间', '到会情况', '', '选票', '', '当选人数', '女委员', '备注'],
      ['', '', '应到人数', '实到人数', '发出选票', '收回选票', '', '', ''],
      ['枫坳村团支部', '2022.11.18', 16, 14, 14, 14, 3, 1, ''],
      ['砻坪村团支部', '2022年11月19日', '15人', 13, 13, 13, 3, 1, ''],
      ['桤湾村团支部', '20221120', 14, 15, 15, 15, 3, 0, '待核'],
      ['合计', '', 45, 42, 42, 42, 9, 2, ''],
    ],
    taken: 2,
    refused: { 6: '多于' },
  },
}
