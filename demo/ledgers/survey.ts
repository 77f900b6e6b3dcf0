import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990102': [
      {
        day: '2021-01-05',
        dayPrecision: 'month',
        title: '团员青年现实状况调研',
        personTimes: 1860,
        fields: {
          topic: 'memberStatus',
          methods: ['form', 'talk'],
          issued: 1900,
          returned: 1860,
          filed: 1860,
        },
      },
      {
        day: '2021-06-01',
        dayPrecision: 'month',
        title: '统筹城乡团建工作专题调研',
        personTimes: 240,
        fields: { topic: 'orgBuilding', methods: ['talk', 'visit'] },
      },
    ],
    '990103001': [
      {
        day: '2023-10-09',
        title: '澄塘镇青年拉网摸底',
        personTimes: 402,
        fields: {
          topic: 'orgBuilding',
          methods: ['form', 'visit', 'talk'],
          issued: 436,
          returned: 402,
          valid: 398,
        },
      },
    ],
    '990103002': [
      {
        day: '2023-10-10',
        title: '芜溪镇青年拉网摸底',
        personTimes: 371,
        fields: { topic: 'orgBuilding', methods: ['form', 'visit'], issued: 410, returned: 371, valid: 371 },
      },
    ],
    '990103003': [
      {
        day: '2023-10-10',
        title: '楝湖镇青年拉网摸底',
        personTimes: 365,
        fields: { topic: 'orgBuilding', methods: ['form', 'visit'], issued: 390, returned: 365, valid: 360 },
      },
    ],
    '990103004': [
      {
        day: '2023-10-11',
        title: '菰汀镇青年拉网摸底',
        personTimes: 350,
        fields: { topic: 'orgBuilding', methods: ['form'], issued: 380, returned: 350, valid: 349 },
      },
    ],
    '990103005': [
      {
        day: '2023-10-12',
        title: '橹洲镇青年拉网摸底',
        personTimes: 388,
        fields: { topic: 'orgBuilding', methods: ['form', 'talk'], issued: 420, returned: 388, valid: 388 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇青年摸底调查情况统计表',
    merges: ['A1:H1', 'A2:H2'],
    rows: [
      ['枫砻镇青年摸底调查情况统计表'],
      ['填报单位：枫砻镇团委　　　　填报时间：2024年5月20日'],
      [
        '序号',
        '村（社区）',
        '调查主题',
        '调查时间',
        '发放问卷（份）',
        '收回问卷（份）',
        '其中有效',
        '摸底人数',
      ],
      [1, '枫坳村团支部', '返乡青年就业意愿', '2024.4.8', 120, 112, 110, 112],
      [2, '砻坪村团支部', '返乡青年就业意愿', '4月9日', '95份', 88, 88, 88],
      [3, '桤湾村团支部', '返乡青年就业意愿', '20240410', '约80', 71, 71, 71],
      ['', '合计', '', '', 295, 271, 269, 271],
    ],
    taken: 2,
    refused: { 6: '约数' },
  },
}
