import type { DemoRow, LedgerDemo } from '../ledgers.ts'

const PROGRAM = '百校千企万岗'
const EMPLOYERS = [
  '霁原米业',
  '澜泊新材',
  '青禾电商',
  '栗岚农机厂',
  '岫溪食品',
  '芷湾茶业',
  '霁原建工',
  '苔屿渔业',
]
const TITLES = [
  '生产操作工',
  '质检员',
  '新媒体运营',
  '仓储管理',
  '销售专员',
  '设备维护',
  '财务助理',
  '技术研发',
]

/** Five issues of eight firms each; the last issue makes the sum round. */
const issues: DemoRow[] = ['02-10', '03-10', '04-10', '05-12', '06-12'].flatMap((day, i) =>
  EMPLOYERS.map((employer, j) => {
    const posts = i === 4 && j === 7 ? 47 + 15 : 40 + i * 3 + j
    return {
      day: `2023-${day}`,
      title: TITLES[(i + j) % TITLES.length] ?? '',
      fields: {
        issue: `2023年第${i + 1}期`,
        employer,
        program: PROGRAM,
        posts,
        headcount: posts * 3,
        education: j % 2 === 0 ? '大专及以上' : '不限',
        salary: `${4000 + j * 300}元/月`,
        place: '霁原县',
      },
    }
  }),
)

export const demo: LedgerDemo = {
  rows: {
    '990101': [
      ...issues,
      {
        day: '2024-05-20',
        title: '电商客服',
        fields: { issue: '2024年第2期', employer: '青禾电商', posts: 12, headcount: 20, program: PROGRAM },
      },
    ],
    '990101001': [
      {
        day: '2024-05-22',
        title: '农机维修工',
        fields: { issue: '2024年第1期', employer: '栗岚农机厂', posts: 6, headcount: 9 },
      },
    ],
  },
  sheet: {
    name: '枫砻镇企业岗位信息汇总表',
    merges: ['A1:H1', 'A3:A4'],
    rows: [
      ['枫砻镇2024年第二季度青年就业岗位信息汇总表（第2期）'],
      [
        '企业名称',
        '岗位名称',
        '岗位数量（个）',
        '招聘人数（人）',
        '学历要求',
        '薪资待遇',
        '工作地区',
        '发布时间',
      ],
      ['枫砻茶业公司', '采购员', 2, 3, '大专', '4000-5000元', '枫砻镇', '2024.5.10'],
      [null, '茶艺师', 1, '2人', '不限', '面议', '枫砻镇', '2024.5.10'],
      ['枫坳竹艺厂', '学徒', '若干', 5, '初中', '3000元+计件', '枫坳村', '2024年5月10日'],
      ['柞塘石材', '叉车工', 3, 3, '不限', '6000元', '柞塘村', '20240510'],
      ['合计', '', 6, 13, '', '', '', ''],
    ],
    taken: 3,
    refused: { 5: '不是数' },
  },
}
