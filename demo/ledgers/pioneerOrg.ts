import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const brigade = (title: string, squads: number, members: number, hasCommittee = true): DemoRow => ({
  day: '2015-01-01',
  title,
  fields: { kind: 'primary', squads, members, instructors: squads + 1, hasCommittee },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [brigade('霁原县实验小学', 36, 1580), brigade('霁原县第二小学', 30, 1296)],
    '990101001': [
      brigade('栗岚镇中心小学', 18, 702),
      brigade('栗岚第二小学', 8, 268, false),
      {
        ...brigade('栗岚教学点', 2, 31, false),
        fields: { kind: 'primary', squads: 2, members: 31, closedOn: '2023-08-31' },
      },
    ],
    '990101002': [brigade('砚汀镇中心小学', 14, 520)],
    '990101003': [brigade('苔屿乡中心小学', 9, 305, false)],
  },
  sheet: {
    name: '枫砻镇少先队组织统计表',
    merges: ['A1:G1'],
    rows: [
      ['枫砻镇少先队基本情况统计表'],
      ['序号', '学校名称', '类型', '建队时间', '中队数（个）', '少先队员数（人）', '是否建少工委'],
      [1, '枫砻镇中心小学', '中心小学', '1996年', 12, 436, '是'],
      [2, '枫坳小学', '完小', '2001', '6个', '158人', '否'],
      [3, '枫砻中学', '初中', '2008年9月', 9, 330, '√'],
      [4, '柞塘教学点', '完小', '2003', '一二年级', 20, '否'],
      ['合计', '', '', '', 27, 944, ''],
    ],
    taken: 3,
    refused: { 6: '年级' },
  },
}
