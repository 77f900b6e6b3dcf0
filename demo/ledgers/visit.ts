import type { LedgerDemo } from '../ledgers.ts'

const TIMES = [118, 113, 109, 112, 111]

export const demo: LedgerDemo = {
  rows: {
    ...Object.fromEntries(
      TIMES.map((times, i) => [
        `99010300${i + 1}`,
        [
          {
            day: `2023-10-${String(9 + i).padStart(2, '0')}`,
            title: '工作服务队上门摸底',
            fields: { purpose: 'survey', times, households: times - 6 },
          },
        ],
      ]),
    ),
    '990103': [
      {
        day: '2023-10-24',
        title: '到村社企业听青年说',
        personTimes: 136,
        members: { count: 136, role: 'visited' },
        fields: { purpose: 'talk', audience: 'youth', programme: '三进四同一带头' },
      },
    ],
    '990102001': [
      {
        day: '2022-09-24',
        title: '走访困难青少年家庭',
        personTimes: 17,
        fields: { purpose: 'aid', audience: 'needy', times: 12, households: 12, money: 6800 },
      },
    ],
    '990101001': [
      {
        day: '2024-01-30',
        title: '春节前看望孤寡老人',
        personTimes: 23,
        fields: {
          purpose: 'comfort',
          audience: 'elder',
          occasion: 'springFestival',
          times: 21,
          households: 21,
          money: 10500,
        },
      },
    ],
  },
  sheet: {
    name: '枫砻镇走访慰问登记表',
    merges: ['A1:H1', 'B3:B4'],
    rows: [
      ['枫砻镇团委2024年春节走访慰问登记表'],
      ['序号', '走访单位', '走访时间', '走访对象', '走访事由', '慰问金额（元）', '走访人', '备注'],
      [1, '枫坳村团支部', '2024.2.2', '曾念远', '困难家庭学生慰问', 500, '李岚', ''],
      [2, null, '2月2日', '邓青禾', '困难家庭学生慰问', '500元', '李岚', '已到账'],
      [3, '楠垭村团支部', '2024-02-04', '袁立冬', '看望返乡青年', '约三百', '高景', ''],
      ['合计', '', '', '', '', 1000, '', ''],
    ],
    taken: 2,
    refused: { 5: '约数' },
  },
}
