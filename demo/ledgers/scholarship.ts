import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990102001': [
      {
        day: '2022-08-26',
        title: '“青禾励学金”',
        personTimes: 6,
        fields: {
          kind: 'scholarship',
          stage: 'university',
          nominees: 9,
          amount: 18000,
          programme: '县级励学计划',
        },
      },
      {
        day: '2022-12-15',
        title: '“情暖童心”爱心助学',
        personTimes: 11,
        fields: { kind: 'grant', stage: 'primary', nominees: 14, amount: 5500, sponsor: '穗汀粮油公司' },
      },
    ],
    '990101001': [
      {
        day: '2024-03-20',
        title: '春季爱心助学',
        personTimes: 8,
        fields: { kind: 'grant', stage: 'mixed', nominees: 10, amount: 8000 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇爱心助学资助花名册',
    merges: ['A1:G1', 'A2:G2'],
    rows: [
      ['枫砻镇2023年“金秋助学”资助花名册'],
      ['填报单位：枫砻镇团委'],
      ['序号', '推荐单位', '资助项目', '学生\n姓名', '就读学校', '资助金额\n（元）', '发放时间'],
      [1, '枫坳村团支部', '金秋助学', '程若溪', '市一中', 2000, '2023.8.25'],
      [2, '砻坪村团支部', '金秋助学', '薛子昂', '县职校', '2000元', '2023年8月25日'],
      [3, '楠垭村团支部', '金秋助学', '丁遥', '', '1500-2000', '20230825'],
      ['合计', '', '', '', '', 4000, ''],
    ],
    taken: 2,
    refused: { 6: '范围' },
  },
}
