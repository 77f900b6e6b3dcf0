import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2023-09-15',
        title: '苔湾小学希望厨房',
        personTimes: 126,
        fields: { kind: 'kitchen', school: '苔湾小学', amount: 100000, donor: '澜泊市青年企业家协会' },
      },
      {
        day: '2024-03-28',
        title: '榛垄小学希望书屋',
        personTimes: 88,
        fields: { kind: 'reading', school: '榛垄小学', amount: 20000, goodsValue: 12000, donor: '霁原书店' },
      },
    ],
    '990102': [
      {
        day: '2021-08-20',
        title: '城乡贫困大学生圆梦行动',
        personTimes: 22,
        fields: { kind: 'students', amount: 66000 },
      },
    ],
  },
  sheet: {
    name: '霁原县希望工程项目统计表',
    desk: 'county',
    merges: ['A1:F1', 'A2:F2'],
    rows: [
      ['霁原县希望工程项目统计表'],
      ['单位：万元'],
      ['捐建项目', '项目类型', '受益学校', '捐赠时间', '捐赠金额', '捐赠单位'],
      ['快乐体育园地', '体育园地', '岫溪小学', '2024.4', 5, '县工商联'],
      ['电脑教室', '电脑教室', '菖塘小学', '2024年5月20日', '3.6', '某科技公司'],
      ['图书角', '图书角', '芷湾小学', '2024.5', '若干', '热心人士'],
    ],
    taken: 2,
    refused: { 6: '不是数' },
  },
}
