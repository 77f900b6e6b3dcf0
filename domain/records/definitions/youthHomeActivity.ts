import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDefinition = {
  id: 'youthHomeActivity',
  title: '青年之家活动',
  line: '服务青年',
  order: 421,
  about: '在青年之家、联青服务站办的活动和开放：哪一处，做什么，多少人次来。',
  sheetTitles: ['青年之家活动', '阵地活动', '服务站活动', '青年之家开放', '开放记录', '青年之家使用'],
  measureWord: '次',
  name: { label: '活动名称', synonyms: ['活动主题', '活动内容', '服务内容', '开展活动', '主题'] },
  org: { synonyms: ['开展单位', '依托单位', '管理单位'] },
  day: {
    label: '活动日期',
    synonyms: ['活动时间', '开放日期', '开放时间', '开展时间', '时间', '日期'],
    span: true,
  },
  personTimes: {
    label: '参加人次',
    synonyms: ['参加人数', '参与人数', '接待人次', '接待人数', '服务人次', '人次'],
  },
  roles: [{ id: 'participant', title: '参加', synonyms: ['参加人员', '人员名单', '参与人员', '签到名单'] }],
  joint: true,
  photos: true,
  fields: [
    {
      id: 'home',
      title: '活动阵地',
      type: 'text',
      usedBy: '看哪几处用起来了',
      synonyms: ['青年之家名称', '阵地名称', '服务站名称', '活动场所', '活动地点'],
    },
    {
      id: 'kind',
      title: '类型',
      type: 'choice',
      usedBy: '总结分类统计',
      synonyms: ['活动类型', '活动类别', '类别', '服务类型'],
      options: [
        { value: 'activity', title: '主题活动', synonyms: ['活动', '集中活动'] },
        { value: 'open', title: '日常开放', synonyms: ['开放', '接待', '自习', '借阅'] },
        { value: 'class', title: '兴趣课堂', synonyms: ['课堂', '公益课', '夜校', '青年夜校', '托管'] },
        other,
      ],
    },
    {
      id: 'unified',
      title: '集中统一开展',
      type: 'yesNo',
      usedBy: '总结写集中统一活动几次',
      synonyms: ['是否集中统一', '集中统一活动', '统一活动', '是否统一部署'],
    },
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
