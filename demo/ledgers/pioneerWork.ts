import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const PROGRAM = '红色教育“五个一”'
const SCHOOLS = ['霁原县实验小学', '霁原县第二小学', '砚汀镇中心小学', '栗岚镇中心小学', '苔屿乡中心小学']

const part = (day: string, title: string, kind: string, more: DemoRow['fields'] = {}): DemoRow => ({
  day,
  title,
  fields: { kind, program: PROGRAM, guided: true, ...more },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      { ...part('2023-04-06', '学习回信精神主题示范队课', 'demoClass'), personTimes: 320 },
      ...SCHOOLS.map((school, i) =>
        part(`2023-04-${10 + i}`, `${school}微队课录制`, 'microClass', { school, classes: 3 }),
      ),
      {
        ...part('2023-05-30', '“红领巾心向党、队旗伴成长”首批少先队员入队仪式', 'practice', {
          school: '霁原县实验小学',
          cohort: 2020,
          intake: 1,
          newPioneers: 286,
        }),
        personTimes: 410,
      },
      part('2023-05-12', '组建红领巾讲师团', 'lecturers', { lecturerCount: 24 }),
      { ...part('2023-05-26', '“诵读学传”系列活动', 'recital'), personTimes: 540 },
    ],
    '990101001': [
      {
        day: '2024-05-31',
        title: '一年级首批入队仪式',
        personTimes: 180,
        fields: {
          kind: 'ceremony',
          school: '栗岚镇中心小学',
          cohort: 2022,
          intake: 1,
          newPioneers: 64,
          guided: true,
        },
      },
    ],
  },
  sheet: {
    name: '枫砻镇少先队工作台账',
    merges: ['A1:G1'],
    rows: [
      ['枫砻镇2024年少先队活动台账'],
      ['序号', '学校名称', '活动名称', '活动时间', '活动类别', '参加队员（人次）', '入队人数（人）'],
      [1, '枫砻镇中心小学', '学雷锋主题队课', '2024.3.5', '队课', 86, ''],
      [2, '枫坳小学', '微队课录制', '2024年4月', '微课', '', ''],
      [3, '枫砻镇中心小学', '首批入队仪式', '5月31日', '入队', 210, '48人'],
      [4, '砻坪小学', '清明网上祭扫', '2024/4/3', '祭扫', 40, ''],
      ['合计', '', '', '', '', 336, 48],
    ],
    taken: 3,
    refused: { 6: '祭扫' },
  },
}
