import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const SEASON = 15

/** Every issue of the county's half-year; half of the schools' pupils and many young people beside them. */
const issues2023: DemoRow[] = [
  ...['02-27', '03-06', '03-13', '03-20', '03-27', '04-10', '04-17', '04-24', '05-08', '05-15'],
  ...['05-22', '05-29', '06-05'],
].map((day, i) => ({
  day: `2023-${day}`,
  title: `青年大学习第${SEASON}季第${i + 1}期`,
  personTimes: 44000,
  fields: { season: SEASON, issue: i + 1, nonMembers: 9800 + i * 100 },
}))

const issue = (day: string, n: number, count: number): DemoRow => ({
  day,
  title: `青年大学习第17季第${n}期`,
  personTimes: count + 4,
  members: count,
  fields: { season: 17, issue: n, nonMembers: 4 },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': issues2023,
    '990101001/霁塘村团支部': [
      issue('2024-04-15', 1, 9),
      issue('2024-04-22', 2, 11),
      issue('2024-05-06', 3, 7),
    ],
    '990101001/镇直机关团支部': [issue('2024-04-15', 1, 8), issue('2024-05-06', 3, 10)],
  },
  sheet: {
    name: '枫砻镇青年大学习参学情况统计表',
    merges: ['A1:F1', 'A2:F2', 'A4:A5'],
    rows: [
      ['枫砻镇2024年“青年大学习”参学情况统计表'],
      ['填报单位：枫砻镇团委　　　　填报时间：2024年6月3日'],
      ['参学单位', '学习期次', '学习时间', '参学人数（人次）', '其中：非团员', '备注'],
      ['枫坳村团支部', '第17季第1期', '2024.4.15', 21, 6, ''],
      [null, '第17季第2期', '4月22日', '19人次', 5, ''],
      ['砻坪村团支部', '第17季第1期', '20240415', 16, '', ''],
      ['桤湾村团支部', '第17季第1期', '2024年4月15日', '约20', '', '人数待核'],
      ['合计', '', '', 76, 11, ''],
    ],
    taken: 3,
    refused: { 7: '约数' },
  },
}
