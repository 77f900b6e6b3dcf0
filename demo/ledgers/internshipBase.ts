import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const PROGRAM = '青春留霁原'

const base = (title: string, kind: string, posts: number, more: DemoRow['fields'] = {}): DemoRow => ({
  day: '2023-06-05',
  title,
  fields: { program: PROGRAM, kind, posts, level: 'county', ...more },
})

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      base('霁原县政务服务中心', 'government', 46, { trainees: 38 }),
      base('县直机关见习岗', 'government', 40, { trainees: 31 }),
      base('霁原县图书馆', 'welfare', 28, { trainees: 26 }),
      base('社区儿童之家', 'welfare', 32, { trainees: 30 }),
      base('霁原米业', 'enterprise', 45, { trainees: 22 }),
      base('澜泊新材', 'enterprise', 41, { trainees: 19 }),
      base('霁原旅游集散中心', 'partTime', 26, { trainees: 24 }),
      {
        ...base('老城邮政所', 'partTime', 8),
        day: '2021-07-01',
        fields: { kind: 'partTime', posts: 8, program: '往年见习', closedOn: '2022-08-31' },
      },
    ],
    '990101001': [
      { ...base('栗岚农机厂', 'enterprise', 6), day: '2024-04-08', fields: { kind: 'enterprise', posts: 6 } },
    ],
  },
  sheet: {
    name: '枫砻镇大学生实践岗位统计表',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇2024年大学生暑期实践岗位统计表'],
      ['序号', '接收单位', '岗位类型', '实践岗位数（个）', '设岗时间', '备注'],
      [1, '枫砻镇便民服务中心', '政务实践', 6, '2024.6.1', ''],
      [2, '枫坳村幸福院', '公益服务', '4个', '2024年6月1日', ''],
      [3, '枫砻茶业公司', '企业实践', 5, '6月3日', '包午餐'],
      [4, '楠垭民宿', '勤工助学', 3, '2024-06-05', ''],
      [5, '砻坪小学', '教学辅助', 2, '2024-06-05', ''],
      ['合计', '', '', 20, '', ''],
    ],
    taken: 4,
    refused: { 7: '教学辅助' },
  },
}
