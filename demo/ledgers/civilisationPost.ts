import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2024-05-04',
        title: '县政务服务大厅综合窗口',
        fields: { kind: 'post', level: 'city', state: 'named', industry: '政务服务', members: 18, youth: 14 },
      },
      {
        day: '2024-05-04',
        title: '县医院急诊科',
        fields: { kind: 'post', level: 'county', state: 'named', industry: '医疗', members: 26, youth: 19 },
      },
      {
        day: '2024-04-10',
        title: '供电所抢修班',
        fields: { kind: 'post', level: 'county', state: 'creating', industry: '电力', members: 12, youth: 8 },
      },
      {
        day: '2023-11-20',
        title: '县法院诉讼服务中心',
        fields: { kind: 'post', level: 'province', state: 'kept', industry: '司法', members: 15, youth: 11 },
      },
    ],
  },
  sheet: {
    name: '霁原县青年文明号创建集体名单',
    desk: 'county',
    merges: ['A1:G1'],
    rows: [
      ['霁原县2024年度青年文明号集体名单'],
      ['序号', '集体名称', '创建级别', '创建状态', '命名时间', '所属行业', '35岁以下人数'],
      [1, '县图书馆借阅部', '县级', '认定', '2024.5.4', '文化', 9],
      [2, '客运站售票班', '市级', '创建', '2024年5月', '交通', '7人'],
      [3, '县烟草配送组', '县级', '创建', '2024.5.4', '商贸', '全是'],
    ],
    taken: 2,
    refused: { 5: '不是数' },
  },
}
