import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note } from '../ledgers/options.ts'

/** Money given by the public. What the office itself gets and spends is in `funding`. */
export const definition: LedgerDefinition = {
  id: 'fundraising',
  title: '公益募捐',
  line: '服务青年',
  order: 471,
  about: '线上线下的公益募捐，一次（一个平台）一条：为什么项目募的，募到多少，多少人次捐的。',
  sheetTitles: ['募捐', '募资', '募集', '捐款', '爱心捐款', '公益募捐', '众筹', '捐赠'],
  measureWord: '次',
  name: {
    label: '募捐名称',
    synonyms: ['募资名称', '捐款事由', '募集项目', '捐赠项目', '募捐事项', '活动名称'],
  },
  org: { synonyms: ['募捐单位', '发起单位', '募集单位'] },
  day: {
    label: '募捐日期',
    synonyms: ['募捐时间', '募集时间', '捐款时间', '到账时间', '捐赠日期', '时间', '日期'],
    span: true,
  },
  roles: [],
  photos: true,
  fields: [
    {
      id: 'channel',
      title: '方式',
      type: 'choice',
      usedBy: '线上线下分开统计',
      synonyms: ['募捐方式', '募集方式', '募资渠道', '渠道', '线上线下'],
      options: [
        { value: 'online', title: '线上', synonyms: ['网络', '网上', '平台', '网络募捐'] },
        { value: 'offline', title: '线下', synonyms: ['现场', '单位捐款', '现场募捐'] },
      ],
    },
    {
      id: 'program',
      title: '所属计划',
      type: 'text',
      usedBy: '一项计划的钱合起来统计',
      synonyms: ['计划名称', '公益项目', '所属项目', '募捐项目'],
    },
    {
      id: 'platform',
      title: '募捐平台',
      type: 'text',
      usedBy: '核对平台公示',
      synonyms: ['平台名称', '网络平台', '公募平台'],
    },
    {
      id: 'amount',
      title: '募集金额',
      type: 'money',
      usedBy: '总结写募资多少',
      synonyms: ['募资金额', '捐款金额', '募捐金额', '善款', '金额', '捐赠金额'],
    },
    {
      id: 'donors',
      title: '捐款人次',
      type: 'integer',
      unit: '人次',
      usedBy: '总结写多少人次捐款',
      synonyms: ['捐款人数', '捐赠人次', '捐赠人数', '爱心人士'],
    },
    {
      id: 'purpose',
      title: '用途',
      type: 'text',
      usedBy: '公示去向',
      synonyms: ['款项用途', '资金用途', '使用去向'],
    },
    note,
  ],
  measures: [
    {
      id: 'amount',
      title: '募集资金',
      unit: '元',
      kind: 'sum',
      field: 'amount',
      definition: '各次募集金额相加，线上线下都算。',
    },
    {
      id: 'online',
      title: '线上募集资金',
      unit: '元',
      kind: 'sum',
      field: 'amount',
      where: { channel: 'online' },
      definition: '注明线上的各次募集金额相加。',
    },
    {
      id: 'offline',
      title: '线下募集资金',
      unit: '元',
      kind: 'sum',
      field: 'amount',
      where: { channel: 'offline' },
      definition: '注明线下的各次募集金额相加。',
    },
    {
      id: 'donors',
      title: '募捐参与',
      unit: '人次',
      kind: 'sum',
      field: 'donors',
      definition: '各次捐款人次相加；同一个人捐几次算几次。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}[{channel}]开展{title}[，募集{amount}][，{donors}捐款]',
    },
    {
      id: 'period',
      of: 'period',
      text: '开展公益募捐{count}次，募集资金{amount}[，其中线上{online}][、线下{offline}][，{donors}参与]',
    },
  ],
}
