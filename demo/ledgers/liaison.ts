import { DEPUTY, SECRETARY } from '../campaign.ts'
import type { LedgerDemo } from '../ledgers.ts'

const guided = (name: string, post: string) => [
  {
    day: '2023-09-25',
    title: '全镇新建团组织工作',
    participants: [{ name, role: 'officer' }],
    fields: { kind: 'guide', post, areaKind: 'town' },
  },
]

const contracted = (name: string, areas: [string, string][]) =>
  areas.map(([title, areaKind]) => ({
    day: '2023-10-08',
    title,
    participants: [{ name, role: 'officer' }],
    fields: { kind: 'contract', post: 'committeeMember', areaKind },
  }))

export const demo: LedgerDemo = {
  rows: {
    '990103001': [
      ...guided(SECRETARY, 'secretary'),
      ...contracted('卢春', [
        ['澄塘步行街', 'street'],
        ['澄塘农贸市场', 'market'],
        ['塘西工业点', 'enterprise'],
      ]),
    ],
    '990103002': [
      ...guided(SECRETARY, 'secretary'),
      ...contracted('魏海', [
        ['芜溪夜市', 'market'],
        ['溪口茶叶基地', 'farmBase'],
        ['芜溪建材城', 'market'],
      ]),
    ],
    '990103003': guided(DEPUTY, 'deputySecretary'),
    '990103004': guided(DEPUTY, 'deputySecretary'),
    '990103005': guided(DEPUTY, 'deputySecretary'),
  },
  sheet: {
    name: '枫砻镇团委班子成员挂点包干安排表',
    merges: ['A1:F1', 'A3:A4'],
    rows: [
      ['枫砻镇团委班子成员挂点包干安排表'],
      ['包干人', '职务', '联系单位', '包干区域', '区域类别', '分工日期'],
      ['李岚', '镇团委书记', '枫坳村团支部', '枫坳集市', '集贸市场', '2024.3.1'],
      [null, '镇团委书记', '砻坪村团支部', '砻坪果园', '合作社', '2024-03-01'],
      ['高景', '委员', '柞塘村团支部', '柞塘砖厂', '企业', '三月'],
    ],
    taken: 2,
    refused: { 5: '没有年份' },
  },
}
