import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const CAMPAIGN = '团干部上讲台'
const PLACES = [
  '岫溪村',
  '菖塘村',
  '苔湾村',
  '荻洲村',
  '榛垄村',
  '茜岭村',
  '霁塘村',
  '樾溪村',
  '石皋村',
  '桕坡村',
]

/** Thirty talks of officers: ten by those of the county, the others in the towns. */
const onStage = (count: number, level: string, first: number): DemoRow[] =>
  Array.from({ length: count }, (_, i) => ({
    day: `2023-${i % 2 === 0 ? '03' : '04'}-${String(first + i).padStart(2, '0')}`,
    title: ['学党史、强信念', '从党史中汲取力量', '青春心向党'][i % 3] ?? '',
    personTimes: 38 + ((i * 7) % 23),
    fields: {
      kind: 'talk',
      topic: 'partyHistory',
      lecturerLevel: level,
      campaign: CAMPAIGN,
      sessions: 1,
      place: PLACES[i % PLACES.length] ?? '',
    },
    participants: [{ name: ['陈书远', '苏映初', '周明朗'][i % 3] ?? '', role: 'lecturer' }],
  }))

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      ...onStage(10, 'county', 3),
      {
        day: '2023-05-09',
        title: '在新征程上绽放青春光彩',
        personTimes: 210,
        fields: { kind: 'partyLecture', topic: 'theory', lecturerLevel: 'city', sessions: 1 },
        participants: [{ name: '张向阳', role: 'lecturer' }],
      },
    ],
    '990101001': [
      ...onStage(7, 'township', 4),
      {
        day: '2024-04-25',
        title: '团史里的青春',
        personTimes: 52,
        members: 30,
        fields: { kind: 'leagueLecture', topic: 'leagueHistory', lecturerLevel: 'township', sessions: 1 },
        participants: [{ name: '林岚舟', role: 'lecturer' }],
      },
    ],
    '990101002': onStage(7, 'township', 5),
    '990101004': onStage(6, 'township', 6),
  },
  sheet: {
    name: '枫砻镇团干部宣讲台账',
    merges: ['A1:H1', 'B4:B5'],
    rows: [
      ['枫砻镇“团干部上讲台”宣讲活动台账'],
      ['填报单位：枫砻镇团委', '', '', '', '', '填报时间：2024年6月10日'],
      ['序号', '组织单位', '宣讲题目', '宣讲时间', '宣讲人', '宣讲形式', '听讲人数（人）', '场次（场次）'],
      [1, '枫坳村团支部', '学党纪 明规矩', '2024.5.8', '程映川', '宣讲', 42, 1],
      [2, null, '我身边的英雄', '2024年5月20日', '程映川、苏予安', '微团课', 35, 1],
      [3, '砻坪村团支部', '家乡的变化', '5.30', '许青禾', '宣讲会', '26人', '1场次'],
      [4, '楠垭村团支部', '家乡的变化', '6月31日', '许青禾', '宣讲会', 20, 1],
      ['合计', '', '', '', '', '', 103, 3],
    ],
    taken: 3,
    refused: { 7: '6月31日' },
  },
}
