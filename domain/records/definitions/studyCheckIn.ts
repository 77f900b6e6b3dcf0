import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDefinition = {
  id: 'studyCheckIn',
  title: '学习打卡',
  line: '思想引领',
  order: 202,
  about: '接力打卡、跟读跟学这类学习：学什么，在哪个平台，多少人次打了卡。',
  sheetTitles: ['学习打卡', '打卡', '每日打卡', '线上打卡', '接力打卡', '打卡统计'],
  measureWord: '次',
  name: {
    label: '打卡内容',
    synonyms: ['学习内容', '打卡主题', '打卡项目', '打卡名称', '学习专题', '学习篇目'],
  },
  day: {
    label: '打卡日期',
    synonyms: ['打卡时间', '学习时间', '学习日期', '起止时间', '时间', '日期'],
    span: true,
  },
  personTimes: {
    label: '打卡人次',
    synonyms: ['打卡人数', '参与人次', '参与人数', '学习人次', '学习人数', '人次', '人数'],
  },
  roles: [
    { id: 'learner', title: '打卡', synonyms: ['打卡人员', '打卡名单', '参与人员', '学习人员', '人员名单'] },
  ],
  fields: [
    {
      id: 'platform',
      title: '平台',
      type: 'choice',
      usedBy: '看用什么平台学',
      synonyms: ['打卡平台', '学习平台', '使用平台', '渠道'],
      options: [
        { value: 'league', title: '团属平台', synonyms: ['智慧团建', '青年大学习', '团属新媒体'] },
        { value: 'xuexi', title: '学习强国' },
        { value: 'chat', title: '微信群', synonyms: ['QQ群', '工作群', '群接龙'] },
        { value: 'app', title: '小程序', synonyms: ['打卡小程序', '小打卡'] },
        other,
      ],
    },
    {
      id: 'campaign',
      title: '所属专项',
      type: 'text',
      usedBy: '专项行动汇总',
      synonyms: ['专项行动', '学习活动', '所属活动'],
    },
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
