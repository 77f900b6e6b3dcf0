import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2024-03-31',
        title: '一季度12355热线',
        personTimes: 143,
        fields: { kind: 'hotline', cases: 143, closed: 139 },
      },
      {
        day: '2024-05-25',
        title: '校园周边排查',
        personTimes: 0,
        fields: { kind: 'inspect', cases: 6, closed: 6 },
      },
    ],
    '990102001': [
      {
        day: '2022-06-24',
        title: '发现报告未成年人线索',
        personTimes: 2,
        fields: { kind: 'report', cases: 2, closed: 2 },
      },
    ],
  },
  sheet: {
    name: '霁原县青少年权益保护工作统计表',
    desk: 'county',
    merges: ['A1:F1'],
    rows: [
      ['霁原县青少年权益保护工作统计表（2024年）'],
      ['服务事项', '服务方式', '统计时间', '受理件数', '办结件数', '服务人次'],
      ['热线咨询', '12355热线', '2024年4月', 48, 47, 48],
      ['法律咨询进校园', '法律咨询', '2024.5.16', '12件', 12, 260],
      ['心理辅导', '心理咨询', '2024.5.20', '十来件', 9, 9],
    ],
    taken: 2,
    refused: { 5: '单位' },
  },
}
