import type { LedgerDemo } from '../ledgers.ts'

const model = (day: string, title: string, kind: string) => ({
  day,
  title,
  members: { count: 1, role: 'person' },
  fields: { kind, level: 'county', publicised: true, media: '澄芜之声' },
})

export const demo: LedgerDemo = {
  rows: {
    '990103001': [model('2023-10-12', '夜校里的年轻支书', 'member')],
    '990103003': [model('2023-10-18', '湖边养鱼的大学生', 'founder')],
    '990103002': [model('2023-10-20', '带出一支志愿队的电工', 'volunteer')],
    '990101001': [
      {
        day: '2024-04-26',
        title: '河滩上的护林青年',
        participants: [{ name: '沈立', role: 'person' }],
        fields: { kind: 'volunteer', level: 'township' },
      },
    ],
  },
  sheet: {
    name: '枫砻镇青年典型推荐表',
    merges: ['A1:F1'],
    rows: [
      ['枫砻镇2024年青年典型推荐汇总表'],
      ['典型姓名', '推荐单位', '典型类型', '事迹标题', '推荐时间', '是否宣传'],
      ['程若溪', '枫坳村团支部', '创业青年', '枫坳果园的年轻人', '2024.4.18', '是'],
      ['薛子昂', '砻坪村团支部', '优秀团员', '伴读三年', '4月20日', '否'],
      ['丁遥', '楠垭村团支部', '优秀志愿者', '巡河记', '五一前', '是'],
    ],
    taken: 2,
    refused: { 5: '不是确定的日期' },
  },
}
