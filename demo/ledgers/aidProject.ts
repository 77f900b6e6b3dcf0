import type { LedgerDemo } from '../ledgers.ts'

const PROGRAM = '梦想改造+'
const room = (day: string, title: string, rooms: number, amount: number, more = {}) => ({
  day,
  title,
  fields: { program: PROGRAM, kind: 'room', state: 'done', rooms, households: rooms, amount, ...more },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      room('2023-02-18', '第一批梦想小屋', 15, 168000),
      room('2023-03-25', '第二批梦想小屋', 22, 246000),
      room('2023-05-27', '第三批梦想小屋', 26, 291000, { rank: 1, rankScope: 'province' }),
      {
        day: '2023-06-20',
        title: '第四批梦想小屋',
        fields: { program: PROGRAM, kind: 'room', state: 'underway', rooms: 8, households: 8 },
      },
      {
        day: '2023-06-01',
        title: '六一微心愿',
        fields: { kind: 'wish', state: 'done', items: 120, households: 112, amount: 18600 },
      },
    ],
    '990101001': [
      {
        day: '2024-05-30',
        title: '留守儿童学习包',
        fields: { kind: 'goods', state: 'done', items: 38, households: 36, amount: 4560 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇梦想小屋改造进度表',
    merges: ['A1:G1'],
    rows: [
      ['枫砻镇“梦想小屋”改造进度表（截至2024年5月31日）'],
      ['序号', '改造内容', '建成时间', '类别', '间数（间）', '改造资金（元）', '进度'],
      [1, '枫坳村第一批', '2024.4.20', '梦想小屋', 3, 36000, '已建成'],
      [2, '砻坪村第一批', '2024年5月18日', '梦想小屋', '2间', '2.4万', '完成'],
      [3, '桤湾村', '2024/5/20', '梦想小屋', 1, '', '施工中'],
      [4, '楠垭村', '未定', '梦想小屋', 1, '', '未开工'],
      ['合计', '', '', '', 7, '', ''],
    ],
    taken: 3,
    refused: { 6: '日期认不出来' },
  },
}
