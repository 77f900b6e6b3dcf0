import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note } from '../ledgers/options.ts'

/** 期, 岗位 and 招聘人数 are three figures. */
export const definition: LedgerDeclaration = {
  id: 'jobPost',
  title: '岗位信息',
  line: '服务青年',
  order: 430,
  about: '向青年发布的岗位，一期里一家单位的一种岗位一条：第几期，哪家单位，什么岗位，几个岗，招多少人。',
  measureWord: '条',
  name: { label: '岗位名称' },
  day: { label: '发布日期' },
  roles: [],
  fields: [
    {
      id: 'issue',
      title: '期次',
      type: 'text',
      usedBy: '总结写发布几期',
      hint: '如 2023年第3期；招聘会写哪一场',
    },
    {
      id: 'channel',
      title: '发布方式',
      type: 'choice',
      usedBy: '招聘会和网上发布分开统计',
      options: [
        { value: 'fair', title: '招聘会' },
        { value: 'online', title: '网上发布' },
        { value: 'live', title: '直播带岗' },
        { value: 'other', title: '其他' },
      ],
    },
    { id: 'employer', title: '招聘单位', type: 'text', usedBy: '总结写多少家单位' },
    { id: 'posts', title: '岗位数', type: 'integer', unit: '个', usedBy: '总结写发布多少个岗位' },
    { id: 'headcount', title: '招聘人数', type: 'integer', unit: '人', usedBy: '总结写招聘多少人' },
    {
      id: 'base',
      title: '所属基地',
      type: 'record',
      ledger: 'internshipBase',
      usedBy: '看基地提供多少岗位',
    },
    { id: 'program', title: '所属计划', type: 'text', usedBy: '一项就业计划合起来统计' },
    { id: 'education', title: '学历要求', type: 'text', usedBy: '青年找岗位' },
    { id: 'salary', title: '薪资待遇', type: 'text', usedBy: '青年找岗位' },
    { id: 'place', title: '工作地点', type: 'place', usedBy: '青年找岗位' },
    note,
  ],
  measures: [
    {
      id: 'issues',
      title: '岗位信息期数',
      unit: '期',
      kind: 'distinct',
      field: 'issue',
      per: 'org',
      definition: '时段内发布的不同期次，各组织的期次各算各的；没有写期次的不计入。招聘会一场算一期。',
    },
    {
      id: 'posts',
      title: '发布岗位',
      unit: '个',
      kind: 'sum',
      field: 'posts',
      definition: '各条的岗位数相加；一个岗位招几个人也只算一个岗位，同一岗位在几期发布算几次。',
    },
    {
      id: 'headcount',
      title: '招聘人数',
      unit: '人',
      kind: 'sum',
      field: 'headcount',
      definition: '各条的招聘人数相加。',
    },
    {
      id: 'employers',
      title: '招聘单位',
      unit: '家',
      kind: 'distinct',
      field: 'employer',
      definition: '时段内发布过岗位的不同单位。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      listed: true,
      text: '{day}，{org}发布[{employer}]{title}岗位[{posts}][，招聘{headcount}]',
    },
    {
      id: 'period',
      of: 'period',
      text: '发布岗位信息{issues}[，提供{employers}单位的岗位{posts}][，招聘{headcount}]',
    },
  ],
}
