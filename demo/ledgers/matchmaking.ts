import type { LedgerDemo } from '../ledgers.ts'

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      {
        day: '2023-04-16',
        title: '“‘驿’路同心‘渔’你有约”单身青年联谊',
        personTimes: 168,
        fields: {
          kind: 'dating',
          invited: 170,
          paired: 42,
          place: '苔屿渔港小镇会客厅',
          partner: '县总工会、县妇联',
        },
      },
      {
        day: '2023-05-13',
        title: '“‘驿’路青春畅想未来”青年团建',
        personTimes: 39,
        fields: { kind: 'teamBuilding', invited: 39, place: '澜泊畅想主题馆' },
      },
      {
        day: '2024-05-18',
        title: '“缘来霁原”青年联谊',
        personTimes: 96,
        fields: { kind: 'dating', invited: 100, paired: 17, place: '霁原县青年之家' },
      },
    ],
    '990101001': [
      {
        day: '2024-05-25',
        title: '栗岚青年沙龙',
        personTimes: 28,
        members: 12,
        fields: { kind: 'salon', invited: 30 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇青年联谊活动统计',
    merges: ['A1:G1'],
    rows: [
      ['枫砻镇单身青年联谊交友活动统计表'],
      [
        '序号',
        '联谊活动名称',
        '活动时间',
        '活动形式',
        '邀请人数（人）',
        '到场人数（人次）',
        '牵手成功（对）',
      ],
      [1, '山茶花开青年联谊', '2024.3.9', '相亲会', 40, 36, 5],
      [2, '枫砻青年拓展', '2024年4月20日', '素质拓展', '25人', '25', ''],
      [3, '端午诗会', '2024-06-08', '茶话会', 30, 27, '2对'],
      [4, '仲夏夜谈', '2024.9.31', '沙龙', 20, 20, 1],
      ['合计', '', '', '', 115, 108, 8],
    ],
    taken: 3,
    refused: { 6: '没有2024年9月31日' },
  },
}
