import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDefinition = {
  id: 'matchmaking',
  title: '青年联谊交友',
  line: '服务青年',
  order: 450,
  about: '单身青年联谊、青年团建、沙龙：邀请多少人，来了多少人次，牵手多少对。',
  sheetTitles: ['联谊', '交友', '青年联谊', '单身青年', '相亲', '青年团建', '牵手', '婚恋交友'],
  measureWord: '场',
  name: { label: '联谊名称', synonyms: ['联谊活动名称', '交友活动', '联谊主题', '活动名称', '活动主题'] },
  org: { synonyms: ['举办单位', '主办方', '承办单位'] },
  day: {
    label: '联谊日期',
    synonyms: ['联谊时间', '活动时间', '活动日期', '举办时间', '开展时间', '时间', '日期'],
    span: true,
  },
  personTimes: {
    label: '参加人次',
    synonyms: ['参加人数', '参与人数', '到场人数', '报名到场', '人数', '人次'],
  },
  roles: [{ id: 'participant', title: '参加', synonyms: ['参加人员', '参加青年', '嘉宾', '人员名单'] }],
  joint: true,
  photos: true,
  fields: [
    {
      id: 'kind',
      title: '形式',
      type: 'choice',
      usedBy: '联谊、团建分开统计',
      synonyms: ['活动形式', '活动类型', '类型', '类别'],
      options: [
        {
          value: 'dating',
          title: '单身联谊',
          synonyms: ['相亲', '交友', '婚恋交友', '单身青年联谊', '相亲会'],
        },
        { value: 'teamBuilding', title: '青年团建', synonyms: ['团建', '拓展', '素质拓展'] },
        { value: 'salon', title: '青年沙龙', synonyms: ['沙龙', '读书会', '茶话会'] },
        other,
      ],
    },
    {
      id: 'invited',
      title: '邀请人数',
      type: 'integer',
      unit: '人',
      usedBy: '总结写邀请多少名青年',
      synonyms: ['邀请青年', '邀请青年人数', '受邀人数', '报名人数'],
    },
    {
      id: 'paired',
      title: '牵手对数',
      type: 'integer',
      appliesWhen: { kind: 'dating' },
      unit: '对',
      usedBy: '总结写牵线多少对',
      synonyms: ['牵手成功', '成功牵手', '牵手', '配对', '牵线对数', '成功对数'],
    },
    {
      id: 'place',
      title: '地点',
      type: 'place',
      usedBy: '总结、迎检',
      synonyms: ['活动地点', '联谊地点', '举办地点'],
    },
    {
      id: 'partner',
      title: '合作单位',
      type: 'text',
      usedBy: '总结写联合谁',
      synonyms: ['共办单位', '联谊单位'],
    },
    note,
  ],
  rules: [{ kind: 'atMost', field: 'paired', other: 'personTimes', times: 0.5 }],
  measures: [
    {
      id: 'invited',
      title: '邀请青年',
      unit: '人',
      kind: 'sum',
      field: 'invited',
      definition: '各场邀请人数相加；同一个人受邀几场算几次。',
    },
    {
      id: 'paired',
      title: '牵手青年',
      unit: '对',
      kind: 'sum',
      field: 'paired',
      definition: '各场现场牵手对数相加，两个人算一对。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}[联合{hosts}][在{place}]举办{title}[，邀请青年{invited}][，{personTimes}人次参加][，牵手{paired}]',
    },
    {
      id: 'period',
      of: 'period',
      text: '举办青年联谊交友活动{count}场[，邀请青年{invited}][，参加{personTimes}人次][，牵手{paired}]',
    },
  ],
}
