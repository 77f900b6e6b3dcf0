import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

export const definition: LedgerDeclaration = {
  id: 'matchmaking',
  title: '青年联谊交友',
  line: '服务青年',
  order: 450,
  about: '单身青年联谊、青年团建、沙龙：邀请多少人，来了多少人次，牵手多少对。',
  measureWord: '场',
  name: { label: '联谊名称' },
  day: { label: '联谊日期', span: true },
  personTimes: { label: '参加人次' },
  roles: [{ id: 'participant', title: '参加' }],
  joint: true,
  photos: true,
  fields: [
    {
      id: 'kind',
      title: '形式',
      type: 'choice',
      usedBy: '联谊、团建分开统计',
      options: [
        { value: 'dating', title: '单身联谊' },
        { value: 'teamBuilding', title: '青年团建' },
        { value: 'salon', title: '青年沙龙' },
        other,
      ],
    },
    { id: 'invited', title: '邀请人数', type: 'integer', unit: '人', usedBy: '总结写邀请多少名青年' },
    {
      id: 'paired',
      title: '牵手对数',
      type: 'integer',
      appliesWhen: { kind: 'dating' },
      unit: '对',
      usedBy: '总结写牵线多少对',
    },
    { id: 'place', title: '地点', type: 'place', usedBy: '总结、迎检' },
    { id: 'partner', title: '合作单位', type: 'text', usedBy: '总结写联合谁' },
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
