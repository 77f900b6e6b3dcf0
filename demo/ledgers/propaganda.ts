import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101001': [
      {
        day: '2024-06-07',
        title: '暑期防溺水',
        personTimes: 18,
        members: 12,
        fields: { topic: 'drowning', place: '栗岚镇集市', copies: 460, banners: 6, consulted: 130 },
      },
    ],
    '990101002': [
      {
        day: '2024-04-15',
        title: '国家安全教育日',
        personTimes: 14,
        fields: { topic: 'law', place: '砚汀镇农贸市场', copies: 300, banners: 4 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇集中宣传活动统计表',
    merges: ['A1:H1'],
    rows: [
      ['枫砻镇2024年上半年集中宣传活动统计表'],
      ['序号', '宣传单位', '宣传主题', '宣传时间', '内容类别', '发放宣传单（份）', '横幅（条）', '咨询人次'],
      [1, '枫坳村团支部', '防诈进万家', '2024.4.12', '反电诈', 180, 2, '35人次'],
      [2, '砻坪村团支部', '珍爱生命', '2024年6月25日', '防溺水', '200余份', 1, 40],
      [3, '桤湾村团支部', '普法赶集', '2024/5/8', '民法典', 150, '3条', ''],
      ['合计', '', '', '', '', 530, 6, 75],
    ],
    taken: 2,
    refused: { 4: '约数' },
  },
}
