import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const batch = (day: string, n: number, applied: number, recruited: number): DemoRow => ({
  day,
  title: `“无志愿、不青春”第${n}批招募`,
  fields: { campaign: '无志愿、不青春', corps: '霁原县青年志愿者协会', applied, recruited },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      batch('2023-03-05', 1, 168, 122),
      batch('2023-04-20', 2, 131, 98),
      batch('2023-06-02', 3, 117, 86),
      batch('2024-03-05', 4, 140, 105),
    ],
    '990101001': [
      {
        day: '2024-03-02',
        title: '河小青招募',
        members: 15,
        fields: { applied: 26, recruited: 21, corps: '栗岚青年志愿服务队', direction: '生态环保' },
      },
    ],
  },
  sheet: {
    name: '枫砻镇志愿者招募情况表',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇青年志愿者招募情况表'],
      ['序号', '招募活动', '招募时间', '报名人数（人）', '吸纳志愿者（人）', '服务方向'],
      [1, '春运暖冬志愿者', '2024.1.20', 18, 15, '交通引导'],
      [2, '护河志愿者', '2024年3月', '22人', '20人', '生态环保'],
      [3, '助考志愿者', '2024.6.1', 12, '全部', '教育'],
      ['合计', '', '', 52, 35, ''],
    ],
    taken: 2,
    refused: { 5: '不是数' },
  },
}
