import type { LedgerDemo } from '../ledgers.ts'

const RECITAL = { contest: '菁菁杯', kind: 'recital' }

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2023-03-25',
        title: '“菁菁杯”诵读大赛全县遴选',
        personTimes: 86,
        fields: { ...RECITAL, level: 'county', stage: 'selection', entries: 64, selected: 20, groups: 4 },
      },
      {
        day: '2023-04-22',
        title: '全市少先队员“菁菁杯”诵读大赛',
        personTimes: 14,
        fields: { ...RECITAL, level: 'city', stage: 'final', groups: 4 },
      },
      {
        day: '2023-05-20',
        title: '全省少先队员“菁菁杯”诵读大赛',
        personTimes: 6,
        fields: { ...RECITAL, level: 'province', stage: 'final', groups: 4 },
      },
      {
        day: '2023-04-01',
        dayTo: '2023-05-31',
        title: '“爱在霁原”旅投杯抖音短视频挑战赛',
        fields: { contest: '旅投杯', kind: 'video', level: 'county', edition: 1, entries: 213 },
      },
      {
        day: '2024-04-20',
        title: '全县青年创业大赛初赛',
        personTimes: 32,
        fields: { contest: '创青春', kind: 'business', level: 'county', stage: 'preliminary', edition: 3 },
      },
    ],
    '990101001': [
      {
        day: '2024-05-11',
        title: '“创青春”镇级选拔',
        personTimes: 9,
        fields: { contest: '创青春', kind: 'business', level: 'township', stage: 'selection', selected: 3 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇青少年赛事统计表',
    merges: ['A1:H1'],
    rows: [
      ['枫砻镇青少年参加各级赛事情况统计表'],
      ['序号', '赛事名称', '比赛时间', '赛事级别', '参赛人数（人）', '作品数（件）', '选送人数', '轮次'],
      [1, '红领巾讲故事比赛', '2024.4.12', '镇级', 35, '', 6, '选拔赛'],
      [2, '青年短视频征集', '2024年5月', '县级', '', '18件', '', ''],
      [3, '乒乓球友谊赛', '2024/5/25', '镇级', 24, '', '', '决赛'],
      [4, '诵读大赛', '2024-6-1', '国际级', 10, '', 2, '初赛'],
    ],
    taken: 3,
    refused: { 6: '国际级' },
  },
}
