import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const society = (day: string, title: string, kind: string, members: number, more = {}): DemoRow => ({
  day,
  title,
  fields: { kind, members, ...more },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      society('2019-06-01', '霁原青年骑行协会', 'sports', 86, { registered: true, leagueBuilt: true }),
      society('2021-03-01', '霁原蓝天救援队', 'welfare', 54, { registered: true }),
      society('2016-09-01', '霁原青年书画社', 'culture', 32, { closedOn: '2022-12-31' }),
    ],
    '990101001': [
      { ...society('2023-04-01', '栗岚青年篮球队', 'sports', 18), members: 6 },
      society('2024-02-01', '栗岚电商互助社', 'business', 12),
    ],
  },
  sheet: {
    name: '枫砻镇青年社团名录',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇青年社团（青年社会组织）名录'],
      ['序号', '社团名称', '成立时间', '社团类型', '成员数（人）', '社长'],
      [1, '枫砻龙舟队', '2018.5', '体育', 26, '郑云帆'],
      [2, '枫坳读书会', '2022年3月', '读书', '15人', '苏予安'],
      [3, '砻坪采茶戏社', '2020', '曲艺', 12, '许青禾'],
      [4, '楠垭摄影社', '2023.13', '摄影', 9, '罗知远'],
    ],
    taken: 3,
    refused: { 6: '没有13月' },
  },
}
