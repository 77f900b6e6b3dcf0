import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'volunteerRecruitment',
  title: '志愿者招募',
  line: '服务大局',
  order: 305,
  about: '一次志愿者招募：什么招募，给哪支队伍，报名多少人，吸纳多少人。',
  measureWord: '次',
  name: { label: '招募名称' },
  day: { label: '招募日期', span: true },
  roles: [{ id: 'recruit', title: '吸纳' }],
  fields: [
    { id: 'campaign', title: '招募行动', type: 'text', usedBy: '一次行动的几批合起来统计' },
    {
      id: 'corps',
      title: '招入队伍',
      type: 'record',
      ledger: 'volunteerCorps',
      usedBy: '看各队伍添了多少人',
    },
    { id: 'applied', title: '报名人数', type: 'integer', unit: '人', usedBy: '看报名和吸纳差多少' },
    { id: 'recruited', title: '吸纳人数', type: 'integer', unit: '人', usedBy: '总结写吸纳多少名志愿者' },
    { id: 'direction', title: '服务方向', type: 'text', usedBy: '看覆盖哪些领域' },
    note,
  ],
  rules: [{ kind: 'atMost', field: 'recruited', other: 'applied' }],
  measures: [
    {
      id: 'applied',
      title: '志愿者报名',
      unit: '人',
      kind: 'sum',
      field: 'applied',
      definition: '各次报名人数相加。',
    },
    {
      id: 'recruited',
      title: '吸纳志愿者',
      unit: '人',
      kind: 'sum',
      field: 'recruited',
      definition: '各次吸纳人数相加；同一个人在几次招募中入队算几次。',
    },
  ],
  sentences: [
    { id: 'record', of: 'record', text: '{day}，{org}发起{title}[，报名{applied}][，吸纳志愿者{recruited}]' },
    { id: 'period', of: 'period', text: '组织志愿者招募{count}次[，报名{applied}][，吸纳志愿者{recruited}]' },
  ],
}
