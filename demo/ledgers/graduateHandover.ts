import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990102001': [
      {
        day: '2022-09-30',
        title: '2022届初中毕业团员',
        fields: { kind: 'study', due: 18, done: 18 },
      },
      {
        day: '2022-10-20',
        title: '2022届回村毕业团员',
        fields: { kind: 'society', due: 7, done: 6, lost: 1 },
      },
    ],
  },
  sheet: {
    name: '霁原县2023年毕业学生团员衔接情况统计表',
    desk: 'county',
    merges: ['A1:F1'],
    rows: [
      ['霁原县2023年毕业学生团员学社衔接情况统计表'],
      ['届别', '统计时间', '衔接类别', '应转接人数', '已转接人数', '失联团员数'],
      ['2023届高中毕业', '2023.9.30', '升学', 126, 126, 0],
      ['2023届职高毕业', '2023年10月15日', '就业', '83人', 79, 4],
      ['2023届初中毕业', '2023.9.30', '升学', '九十余', 96, ''],
    ],
    taken: 2,
    refused: { 5: '约数' },
  },
}
