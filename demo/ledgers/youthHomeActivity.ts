import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const unified = (day: string, title: string, personTimes: number): DemoRow => ({
  day,
  title,
  personTimes,
  fields: { kind: 'activity', unified: true, home: '联青服务站、青年之家' },
})

const open = (month: number, personTimes: number): DemoRow => ({
  day: `2024-0${month}-16`,
  title: '周末自习和借阅',
  personTimes,
  fields: { kind: 'open', home: '栗岚镇团员活动室' },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      unified('2023-02-25', '暖冬同乐', 320),
      unified('2023-03-18', '学雷锋便民服务日', 410),
      unified('2023-04-23', '全民阅读日', 365),
      unified('2023-05-20', '青年健康日', 298),
      unified('2023-06-17', '粽情端午', 452),
      {
        day: '2024-05-11',
        title: '青年夜校第一课',
        personTimes: 60,
        fields: { kind: 'class', home: '霁原县青年之家' },
      },
    ],
    '990101001': [open(5, 46), open(6, 38)],
  },
  sheet: {
    name: '枫砻镇青年之家活动记录',
    merges: ['A1:F1', 'B3:B4'],
    rows: [
      ['枫砻镇青年之家开展活动记录（2024年上半年）'],
      ['序号', '青年之家名称', '活动主题', '活动时间', '参加人数（人次）', '活动类型'],
      [1, '枫砻镇青年之家', '剪纸课堂', '2024.3.16', 22, '公益课'],
      [2, null, '五四观影', '5月4日', '35', '集中活动'],
      [3, '枫坳村青年之家', '日常借阅', '2024年5月', 18, '借阅'],
      [4, '砻坪活动室', '棋类比赛', '2024/5/32', 16, '活动'],
    ],
    taken: 3,
    refused: { 6: '没有2024年5月32日' },
  },
}
