import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2024-03-15',
        title: '抢修工具车改造',
        personTimes: 6,
        fields: { kind: 'small', level: 'county', grade: 'second', benefit: 86000, applied: true },
      },
      {
        day: '2024-05-10',
        title: '降低线损QC小组',
        personTimes: 9,
        fields: { kind: 'qc', level: 'city', grade: 'first', benefit: 230000, applied: true },
      },
    ],
    '990102001/穗汀粮油公司团支部': [
      {
        day: '2022-10-20',
        title: '烘干线节能改造',
        personTimes: 5,
        fields: { kind: 'project', benefit: 120000, patents: 1, applied: true },
      },
    ],
  },
  sheet: {
    name: '霁原县青年创新创效成果统计表',
    desk: 'county',
    merges: ['A1:G1', 'A2:G2'],
    rows: [
      ['霁原县青年创新创效成果统计表'],
      ['单位：万元'],
      ['序号', '课题名称', '成果类型', '完成时间', '参与青年（人）', '创造效益', '奖项级别'],
      [1, '灌装线提速', 'QC课题', '2024.3', 7, 18.5, '市级'],
      [2, '仓库防潮', '小改小革', '2024年4月10日', '4人', 2, '县级'],
      [3, '包装减耗', '金点子', '2024.5', 3, '暂未核算', ''],
    ],
    taken: 2,
    refused: { 6: '不是数' },
  },
}
