import type { LedgerDemo } from '../ledgers.ts'

const report = (day: string, title: string, decisions: number) => ({
  day,
  title,
  fields: { kind: 'report', party: '镇党委', decisions },
})

export const demo: LedgerDemo = {
  rows: {
    '990101001': [
      report('2024-02-20', '全年团的工作安排', 2),
      report('2024-05-28', '上半年团的工作', 1),
      {
        day: '2024-01-12',
        title: '团建纳入党建考核',
        fields: { kind: 'assessment', party: '镇党委', score: 8.5, weight: 10, result: '良好' },
      },
      { day: '2024-02-26', title: '党建团建工作同部署', fields: { kind: 'plan', party: '镇党委' } },
    ],
    '990103001': [report('2023-10-10', '乡镇“大团委”建设', 2)],
    '990103003': [report('2023-10-11', '乡镇“大团委”建设', 1)],
  },
  sheet: {
    name: '枫砻镇党建带团建工作台账',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇2024年党建带团建工作台账'],
      ['序号', '日期', '单位', '带建形式', '议题', '党组织'],
      [1, '2024.3.5', '枫坳村团支部', '听取汇报', '一季度团的工作', '村党支部'],
      [2, '3月6日', '砻坪村团支部', '党委会研究', '活动室经费', '村党支部'],
      [3, '2024-03-40', '桤湾村团支部', '听取汇报', '换届工作', '村党支部'],
    ],
    taken: 2,
    refused: { 5: '没有2024年3月40日' },
  },
}
