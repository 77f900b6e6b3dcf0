import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const raised = (day: string, title: string, channel: string, amount: number, donors: number): DemoRow => ({
  day,
  title,
  fields: { channel, program: '梦想改造+', amount, donors, purpose: '建设梦想小屋' },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      raised('2023-01-16', '“梦想改造+”网络众筹（一期）', 'online', 326500, 5120),
      raised('2023-03-08', '“梦想改造+”网络众筹（二期）', 'online', 281300, 4386),
      raised('2023-05-22', '“梦想改造+”网络众筹（三期）', 'online', 222200, 3907),
      raised('2023-04-15', '青商会爱心认捐', 'offline', 120000, 36),
    ],
    '990101001': [
      {
        day: '2024-05-25',
        title: '六一爱心义卖',
        fields: { channel: 'offline', amount: 3260, donors: 140, purpose: '留守儿童学习用品' },
      },
    ],
  },
  sheet: {
    name: '枫砻镇爱心募捐明细',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇“圆梦助学”爱心募捐明细表'],
      ['序号', '募捐事项', '募捐时间', '募捐方式', '募集金额（元）', '捐款人数（人次）'],
      [1, '圆梦助学网络筹款', '2024.5.1-5.20', '线上', '12,860.50', 320],
      [2, '企业认捐', '2024年5月18日', '线下', '2万', '4人次'],
      [3, '校园义卖', '2024/5/24', '现场', '1560元', ''],
      [4, '返乡人士捐款', '2024.5.28', '线上', '待入账', ''],
      ['合计', '', '', '', 34420.5, 324],
    ],
    taken: 3,
    refused: { 6: '不是数' },
  },
}
