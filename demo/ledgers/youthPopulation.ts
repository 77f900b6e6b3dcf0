import type { LedgerDemo } from '../ledgers.ts'

const year = (
  youth: number,
  leagueAge: number,
  away: number,
  more: Record<string, number | boolean> = {},
) => [
  {
    day: '2023-12-31',
    dayPrecision: 'year' as const,
    title: '青年底数',
    fields: { youth, leagueAge, away, resident: youth - away, ...more },
  },
]

export const demo: LedgerDemo = {
  rows: {
    '990101001/霁塘村团支部': year(162, 88, 71, { population: 1240, households: 386, area: 6.8 }),
    '990102001/榆塘村团支部': year(148, 80, 66, { population: 1105, households: 342, area: 5.4 }),
    '990102001/柘溪村团支部': year(57, 31, 49, { hollow: true }),
    '990102002/霜塘村团支部': year(131, 74, 52),
  },
  sheet: {
    name: '枫砻镇青年基本情况统计表',
    merges: ['A1:G1', 'A2:A3', 'B2:B3', 'C2:E2', 'F2:F3', 'G2:G3'],
    rows: [
      ['枫砻镇2023年青年基本情况统计表'],
      ['单位', '统计年份', '青年人数（人）', '', '', '是否空心村', '备注'],
      ['', '', '青年总人数', '常住青年', '外出青年', '', ''],
      ['枫坳村团支部', '2023年', 141, 62, 79, '否', ''],
      ['柞塘村团支部', '2023年', '58人', 9, 49, '是', ''],
      ['桤湾村团支部', '2023年', '百余', 40, '', '否', '未核'],
      ['合计', '', 199, 111, 128, '', ''],
    ],
    taken: 2,
    refused: { 6: '约数' },
  },
}
