import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990102001': [
      {
        day: '2022-04-10',
        title: '镇家长学校挂牌',
        fields: { station: '穗汀镇家长学校', stationKind: 'parentsSchool', kind: 'opened' },
      },
      {
        day: '2022-04-23',
        title: '怎样陪孩子写作业',
        personTimes: 46,
        fields: { station: '穗汀镇家长学校', stationKind: 'parentsSchool', kind: 'lesson', hours: 2 },
      },
      {
        day: '2022-11-05',
        title: '和青春期的孩子说话',
        personTimes: 39,
        fields: { station: '穗汀镇家长学校', stationKind: 'parentsSchool', kind: 'lesson', hours: 2 },
      },
    ],
    '990101001': [
      {
        day: '2024-04-20',
        title: '联青服务站开放日',
        personTimes: 58,
        fields: { station: '栗岚联青服务站', stationKind: 'youthStation', kind: 'activity', hours: 3 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇家长学校授课记录',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇家长学校授课记录（2024年春季）'],
      ['家长学校名称', '主管单位', '授课时间', '授课题目', '授课人', '听课家长（人）'],
      ['枫坳家长学校', '枫坳村团支部', '2024.4.13', '网络安全', '徐老师', 31],
      ['枫坳家长学校', '枫坳村团支部', '5月11日', '防溺水', '徐老师', '28人'],
      ['砻坪家长学校', '砻坪村团支部', '2024.5.18', '家风家教', '何老师', '一屋子'],
    ],
    taken: 2,
    refused: { 5: '单位' },
  },
}
