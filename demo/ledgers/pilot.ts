import type { LedgerDemo } from '../ledgers.ts'

const PROGRAMME = ['organisation', 'members', 'activities', 'business', 'aid']

const mode = (day: string, title: string, sites: number) => ({
  day,
  title,
  fields: { kind: 'mode', line: 'organisation', state: 'running', sites },
})

export const demo: LedgerDemo = {
  rows: {
    '990102': [
      {
        day: '2021-06-01',
        dayPrecision: 'month',
        title: '五个一体化',
        fields: { kind: 'programme', aspects: PROGRAMME, state: 'running' },
      },
      mode('2021-06-18', '以企带村、村企联建', 3),
      mode('2021-07-09', '以街带村、街村共建', 2),
      mode('2021-09-15', '行业联建、跨域覆盖', 4),
      {
        day: '2021-03-12',
        title: '保护母亲河',
        fields: { kind: 'oldBrand', line: 'environment', state: 'spread' },
      },
      {
        day: '2021-04-20',
        title: '农村改厕青年行动',
        fields: { kind: 'brand', line: 'environment', state: 'running' },
      },
    ],
    '990101': [
      {
        day: '2023-02-14',
        title: '县域共青团基层组织改革',
        fields: {
          kind: 'pilot',
          level: 'national',
          line: 'organisation',
          state: 'running',
          aspects: ['officers', 'organisation', 'members', 'guarantee'],
        },
      },
    ],
  },
  sheet: {
    name: '枫砻镇一团一品工作品牌申报表',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇“一团一品”工作品牌汇总表'],
      ['序号', '品牌名称', '申报单位', '品牌类别', '启动时间', '服务领域'],
      [1, '枫叶助农', '枫坳村团支部', '工作品牌', '2024.3', '创业就业'],
      [2, '小桤课堂', '桤湾村团支部', '新培育品牌', '2024年4月2日', '关爱留守儿童'],
      [3, '楠垭夜跑', '楠垭村团支部', '工作品牌', '近期', '文化'],
    ],
    taken: 2,
    refused: { 5: '日期认不出来' },
  },
}
