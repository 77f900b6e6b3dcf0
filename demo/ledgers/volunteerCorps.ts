import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const corps = (day: string, title: string, kind: string, members: number, more = {}): DemoRow => ({
  day,
  title,
  fields: { kind, members, ...more },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [corps('2023-06-10', '霁原县青年志愿者协会', 'general', 306, { registered: true })],
    '990101001': [corps('2020-03-05', '栗岚青年志愿服务队', 'general', 64, { registered: true })],
    '990101001/荻浦村团支部': [corps('2024-04-02', '荻浦河小青', 'environment', 11)],
    '990101002': [corps('2021-03-05', '砚汀青年志愿服务队', 'general', 41)],
    '990101003': [
      corps('2019-05-04', '苔屿扫雪队', 'safety', 18, { closedOn: '2023-11-30' }),
      corps('2024-01-12', '苔屿防溺水劝导队', 'safety', 16),
    ],
  },
  sheet: {
    name: '枫砻镇志愿服务队名录',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇志愿服务队伍名录'],
      ['序号', '服务队名称', '组建时间', '服务领域', '志愿者人数（人）', '队长'],
      [1, '枫砻青年志愿服务队', '2020.3.5', '综合', 32, '程映川'],
      [2, '枫坳护林队', '2022年4月', '环保', '14人', '谢予青'],
      [3, '砻坪文艺队', '2023/5/4', '文艺', 20, '唐景岚'],
      [4, '桤湾巡河队', '2021', '环保', '村民若干', '罗知远'],
    ],
    taken: 3,
    refused: { 6: '不是数' },
  },
}
