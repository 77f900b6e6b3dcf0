import type { LedgerDemo } from '../ledgers.ts'

const none = (day: string, dayTo: string, title: string) => ({
  day,
  dayTo,
  title,
  fields: { areaKind: 'community', offences: 0, victims: 0, accidents: 0, zero: true, source: '镇派出所' },
})

export const demo: LedgerDemo = {
  rows: {
    '990102001/穗汀社区团支部': [
      none('2022-01-01', '2022-06-30', '穗汀社区'),
      none('2022-07-01', '2022-12-31', '穗汀社区'),
    ],
  },
  sheet: {
    name: '枫砻镇创建零犯罪零受害社区统计表',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇创建青少年零犯罪零受害社区（村）统计表'],
      ['创建村（社区）', '责任单位', '统计时间', '青少年犯罪起数', '青少年受害人数', '是否创建'],
      ['枫坳村', '枫坳村团支部', '2024年3月31日', 0, 0, '是'],
      ['砻坪村', '砻坪村团支部', '2024.3.31', '0起', 0, '√'],
      ['楠垭村', '楠垭村团支部', '2024.3.31', '无', '/', '否'],
    ],
    taken: 2,
    refused: { 5: '没有填犯罪起数' },
  },
}
