import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'studyCheckIn',
  title: '学习打卡',
  line: '思想引领',
  order: 202,
  about: '接力打卡、跟读跟学这类学习：学什么，在哪个平台，多少人次打了卡。',
  measureWord: '次',
  name: { label: '打卡内容' },
  day: { label: '打卡日期', span: true },
  personTimes: { label: '打卡人次' },
  roles: [{ id: 'learner', title: '打卡' }],
  fields: [
    {
      id: 'platform',
      title: '平台',
      type: 'choice',
      usedBy: '看用什么平台学',
      options: [
        { value: 'league', title: '团属平台' },
        { value: 'xuexi', title: '学习强国' },
        { value: 'chat', title: '微信群' },
        { value: 'app', title: '小程序' },
        other,
      ],
    },
    { id: 'campaign', title: '所属专项', type: 'text', usedBy: '专项行动汇总' },
    note,
  ],
  measures: [
    {
      id: 'orgs',
      title: '有打卡记录的组织',
      unit: '个',
      kind: 'distinct',
      field: 'org',
      definition: '时段内自己记过打卡的组织。',
    },
    {
      id: 'monthsInARow',
      title: '连续打卡月数',
      unit: '个月',
      kind: 'streak',
      field: 'month',
      definition: '从最近有打卡记录的月份往回数，一个月也没断的月数；可跨越时段的开头。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      listed: true,
      text: '{day}，{org}组织{title}打卡[，{personTimes}人次参加]',
    },
    { id: 'period', of: 'period', text: '组织学习打卡{count}次[，{personTimes}人次参加]' },
  ],
}
