import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const read = (day: string, title: string, platform: string, followers: number, opened = false): DemoRow => ({
  day,
  title,
  fields: { platform, followers, ...(opened && { opened }) },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      read('2022-12-30', '霁原青年', 'wechat', 21480),
      read('2023-03-31', '霁原青年', 'wechat', 21911),
      read('2023-06-30', '霁原青年', 'wechat', 22326),
      read('2023-04-10', '青春霁原', 'douyin', 0, true),
      read('2023-06-30', '青春霁原', 'douyin', 1260),
      read('2023-04-12', '青春霁原', 'channels', 0, true),
      read('2023-12-29', '霁原青年', 'wechat', 23015),
      read('2024-05-31', '霁原青年', 'wechat', 23872),
      read('2024-05-31', '青春霁原', 'douyin', 4210),
    ],
    '990101001': [
      read('2023-12-29', '栗岚微视', 'channels', 310),
      read('2024-05-31', '栗岚微视', 'channels', 402),
    ],
  },
  sheet: {
    name: '枫砻镇新媒体账号运营情况',
    merges: ['A1:F1', 'B3:B4'],
    rows: [
      ['枫砻镇新媒体账号运营情况统计（截至每月末）'],
      ['序号', '账号名称', '平台类型', '统计日期', '粉丝数（人）', '备注'],
      [1, '枫砻青年', '公众号', '2024.4.30', 1206, ''],
      [2, null, '公众号', '2024.5.31', '1,254', ''],
      [3, '枫砻视界', '抖音号', '2024年5月31日', '2.3万', '以后台为准'],
      [4, '枫砻青年', '视频号', '5月31日', 88, '新开'],
    ],
    taken: 3,
    refused: { 6: '没有年份' },
  },
}
