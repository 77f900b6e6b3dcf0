import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2023-03-16',
        title: '县青年工作联席会议',
        personTimes: 32,
        fields: { kind: 'founded', units: 26 },
      },
      {
        day: '2024-03-21',
        title: '县青年工作联席会议第二次全体会议',
        personTimes: 34,
        fields: { kind: 'plenary', units: 26, matters: 7, settled: 5 },
      },
    ],
    '990103': [
      {
        day: '2023-09-22',
        title: '“大团委”建设领导协调小组',
        personTimes: 11,
        fields: { kind: 'founded', units: 6 },
      },
    ],
  },
  sheet: {
    name: '霁原县青年工作联席会议情况',
    desk: 'county',
    merges: ['A1:F1'],
    rows: [
      ['霁原县2024年青年工作联席会议召开情况'],
      ['联席会议名称', '会议时间', '会议类型', '参会单位数', '议定事项（件）', '办结事项数'],
      ['青年就业专题会', '2024.4.9', '专题会', 12, 3, 2],
      ['联络员会议', '5月7日', '联络员会', '14个', 2, 2],
      ['未成年人保护专题会', '2024年5月', '专题会', '若干', 4, 1],
    ],
    taken: 2,
    refused: { 5: '不是数' },
  },
}
