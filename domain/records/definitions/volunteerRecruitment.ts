import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note } from '../ledgers/options.ts'

export const definition: LedgerDefinition = {
  id: 'volunteerRecruitment',
  title: '志愿者招募',
  line: '服务大局',
  order: 305,
  about: '一次志愿者招募：什么招募，给哪支队伍，报名多少人，吸纳多少人。',
  sheetTitles: ['志愿者招募', '招募', '招募情况', '志愿者报名', '招募令', '志愿招募'],
  measureWord: '次',
  name: { label: '招募名称', synonyms: ['招募活动', '招募主题', '招募批次', '招募项目', '招募公告'] },
  org: { synonyms: ['招募单位', '发起单位', '招募组织'] },
  day: { label: '招募日期', synonyms: ['招募时间', '发布时间', '报名时间', '时间', '日期'], span: true },
  roles: [
    { id: 'recruit', title: '吸纳', synonyms: ['志愿者名单', '吸纳人员', '录用名单', '志愿者姓名', '姓名'] },
  ],
  fields: [
    {
      id: 'campaign',
      title: '招募行动',
      type: 'text',
      usedBy: '一次行动的几批合起来统计',
      synonyms: ['行动名称', '招募口号', '所属行动', '专项行动'],
    },
    {
      id: 'corps',
      title: '招入队伍',
      type: 'text',
      usedBy: '看各队伍添了多少人',
      synonyms: ['志愿服务队', '所属队伍', '队伍名称', '志愿者协会'],
    },
    {
      id: 'applied',
      title: '报名人数',
      type: 'integer',
      unit: '人',
      usedBy: '看报名和吸纳差多少',
      synonyms: ['报名', '报名青年', '申请人数'],
    },
    {
      id: 'recruited',
      title: '吸纳人数',
      type: 'integer',
      unit: '人',
      usedBy: '总结写吸纳多少名志愿者',
      synonyms: ['招募人数', '录用人数', '入队人数', '新增志愿者', '吸纳志愿者', '招募志愿者'],
    },
    {
      id: 'direction',
      title: '服务方向',
      type: 'text',
      usedBy: '看覆盖哪些领域',
      synonyms: ['服务领域', '志愿方向', '服务类别'],
    },
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
