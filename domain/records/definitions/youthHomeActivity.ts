import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'youthHomeActivity',
  title: '青年之家活动',
  line: '服务青年',
  order: 421,
  about: '在青年之家、联青服务站办的活动和开放：哪一处，做什么，多少人次来。',
  measureWord: '次',
  name: { label: '活动名称' },
  day: { label: '活动日期', span: true },
  personTimes: { label: '参加人次' },
  roles: [{ id: 'participant', title: '参加' }],
  joint: true,
  photos: true,
  fields: [
    { id: 'home', title: '活动阵地', type: 'record', ledger: 'youthHome', usedBy: '看哪几处用起来了' },
    {
      id: 'kind',
      title: '类型',
      type: 'choice',
      usedBy: '总结分类统计',
      options: [
        { value: 'activity', title: '主题活动' },
        { value: 'open', title: '日常开放' },
        { value: 'class', title: '兴趣课堂' },
        other,
      ],
    },
    { id: 'unified', title: '集中统一开展', type: 'yesNo', usedBy: '总结写集中统一活动几次' },
    note,
  ],
  measures: [
    {
      id: 'unified',
      title: '青年之家集中统一活动',
      unit: '次',
      kind: 'count',
      where: { unified: '是' },
      definition: '注明集中统一开展的活动；几处同时办、记成一条的算一次。',
    },
    {
      id: 'homes',
      title: '用起来的青年之家',
      unit: '个',
      kind: 'distinct',
      field: 'home',
      per: 'org',
      definition: '时段内记过活动或开放的不同阵地。',
    },
    {
      id: 'monthsInARow',
      title: '青年之家连续活动月数',
      unit: '个月',
      kind: 'streak',
      field: 'month',
      definition: '从最近有记录的月份往回数，一个月也没断的月数；可跨越时段的开头。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}[联合{hosts}][在{home}]开展{title}[，{personTimes}人次参加]',
    },
    {
      id: 'period',
      of: 'period',
      text: '在{homes}青年之家开展活动{count}次[，其中集中统一活动{unified}][，参加{personTimes}人次]',
    },
  ],
}
