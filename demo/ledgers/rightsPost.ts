import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990102': [
      {
        day: '2021-11-12',
        title: '槿台区法院少年法庭',
        fields: { level: 'county', state: 'named', sector: 'court' },
      },
      {
        day: '2021-11-12',
        title: '槿台区公安分局菱霁派出所',
        fields: { level: 'county', state: 'named', sector: 'police' },
      },
      {
        day: '2021-10-08',
        title: '槿台区法律援助中心',
        fields: { level: 'city', state: 'creating', sector: 'justice' },
      },
    ],
  },
  sheet: {
    name: '霁原县青少年维权岗创建情况',
    desk: 'county',
    merges: ['A1:E1'],
    rows: [
      ['霁原县青少年维权岗创建情况表'],
      ['维权岗名称', '所属系统', '命名级别', '创建情况', '命名时间'],
      ['县检察院未检办', '检察院', '市级', '认定', '2023.12'],
      ['城关派出所', '公安', '县级', '申报', '2024年3月1日'],
      ['县救助站', '民政', '县级', '申报', '待定'],
    ],
    taken: 2,
    refused: { 5: '没有填命名日期' },
  },
}
