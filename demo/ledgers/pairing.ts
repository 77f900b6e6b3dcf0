import type { LedgerDemo } from '../ledgers.ts'

const ASPECTS = ['organisation', 'members', 'activities', 'business', 'aid']

export const demo: LedgerDemo = {
  rows: {
    '990102': [
      {
        day: '2021-06-01',
        dayPrecision: 'month',
        title: '城乡团组织牵手共建',
        fields: { kind: 'urbanRural', partners: 8, aspects: ASPECTS, activities: 14, projects: 9 },
      },
    ],
    '990102003/澜泊快递联合团支部': [
      {
        day: '2021-09-10',
        title: '与霜塘村青年结对',
        hosts: ['990102002/霜塘村团支部'],
        fields: {
          kind: 'strongWeak',
          partner: '霜塘村团支部',
          partners: 1,
          activities: 3,
          projects: 2,
          amount: 3000,
        },
      },
    ],
    '990102001/穗汀粮油公司团支部': [
      {
        day: '2021-07-20',
        title: '穗汀粮油带三村',
        hosts: ['990102001/榆塘村团支部', '990102001/穗湾村团支部', '990102001/荻岸村团支部'],
        fields: { kind: 'enterpriseVillage', partners: 3, activities: 5, projects: 4, amount: 26000 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇结对共建情况表',
    merges: ['A1:G1', 'A3:A4'],
    rows: [
      ['枫砻镇团组织结对共建情况统计表'],
      [
        '共建单位',
        '结对对象',
        '结对类型',
        '结对时间',
        '开展共建活动（次）',
        '办实事（件）',
        '投入资金（万元）',
      ],
      ['枫坳村团支部', '县供电公司团支部', '以企带村', '2024.3', 2, 3, 0.5],
      [null, '县一中团委', '校地共建', '2024年4月18日', '1次', 1, ''],
      ['楠垭村团支部', '镇卫生院', '机关联村', '2024.5.6', '多次', 2, ''],
    ],
    taken: 2,
    refused: { 5: '约数' },
  },
}
