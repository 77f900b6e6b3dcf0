import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'association',
  title: '青年社团',
  line: '服务青年',
  order: 455,
  about: '团组织联系、指导的青年社团和青年社会组织：做什么的，多少人，谁负责；停办的填停办日期。',
  measureWord: '个',
  name: { label: '社团名称' },
  day: { label: '成立日期' },
  standing: { until: 'closedOn' },
  roles: [
    { id: 'member', title: '成员' },
    { id: 'leader', title: '负责人', attends: false },
  ],
  photos: true,
  fields: [
    {
      id: 'kind',
      title: '类型',
      type: 'choice',
      usedBy: '总结分类统计',
      options: [
        { value: 'culture', title: '文化艺术' },
        { value: 'sports', title: '体育健身' },
        { value: 'welfare', title: '公益服务' },
        { value: 'business', title: '创业交流' },
        { value: 'study', title: '学习读书' },
        other,
      ],
    },
    { id: 'members', title: '成员人数', type: 'integer', unit: '人', usedBy: '总结写联系多少青年' },
    { id: 'registered', title: '民政登记', type: 'yesNo', usedBy: '分清登记的和备案的' },
    { id: 'leagueBuilt', title: '已建团', type: 'yesNo', usedBy: '看社会组织建团' },
    { id: 'closedOn', title: '停办日期', type: 'date', usedBy: '停办的不再算' },
    note,
  ],
  rules: [{ kind: 'notBefore', field: 'closedOn', other: 'day' }],
  measures: [
    {
      id: 'members',
      title: '青年社团成员',
      unit: '人',
      kind: 'sum',
      field: 'members',
      definition: '截至时点各社团的成员人数相加；一个人在几个社团里算几次。',
    },
    {
      id: 'leagueBuilt',
      title: '已建团的青年社团',
      unit: '个',
      kind: 'count',
      where: { leagueBuilt: '是' },
      definition: '截至时点注明已建团的社团。',
    },
    {
      id: 'leagueShare',
      title: '青年社团建团率',
      unit: '%',
      kind: 'ratio',
      numerator: 'leagueBuilt',
      denominator: 'count',
      definition: '已建团的社团 ÷ 截至时点在册的全部社团。',
    },
  ],
  sentences: [
    { id: 'record', of: 'record', text: '{day}，{org}联系{title}[，成员{members}][，负责人{leader}]' },
    { id: 'period', of: 'period', text: '联系青年社团{count}个[，成员{members}][，已建团{leagueBuilt}]' },
  ],
}
