import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const month = (n: number, times: number): DemoRow => ({
  day: `2024-0${n}-20`,
  title: `“学团章”第${n}期接力打卡`,
  personTimes: times,
  members: 6,
  fields: { platform: 'app', campaign: '学团章接力' },
})

export const demo: LedgerDemo = {
  rows: {
    '990101001/霁塘村团支部': [2, 3, 4, 5].map((n) => month(n, 8 + n)),
    '990101001/镇直机关团支部': [3, 4, 5].map((n) => month(n, 12)),
  },
  sheet: {
    name: '枫砻镇学习打卡统计',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇“学思想”线上学习打卡统计表（2024年5月）'],
      ['序号', '单位', '打卡内容', '打卡时间', '打卡人数（人次）', '打卡平台'],
      [1, '枫坳村团支部', '读原著学原文', '2024.5.6-5.10', 37, '小打卡'],
      [2, '砻坪村团支部', '读原著学原文', '5月6日—10日', '29人次', '微信群'],
      [3, '桤湾村团支部', '读原著学原文', '2024/5/6', '未统计', '微信群'],
      ['', '合计', '', '', 66, ''],
    ],
    taken: 2,
    refused: { 5: '不是数' },
  },
}
