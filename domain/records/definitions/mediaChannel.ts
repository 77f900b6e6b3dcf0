import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

/** A reading of an account on a day. Growth is the difference of two readings; nobody types it. */
export const definition: LedgerDeclaration = {
  id: 'mediaChannel',
  title: '新媒体账号',
  line: '思想引领',
  order: 235,
  about: '公众号、抖音号、视频号某一天的关注数，隔一段抄一次；新增关注由系统相减，不用填。',
  measureWord: '次',
  name: { label: '账号名称' },
  day: { label: '读数日期' },
  roles: [],
  fields: [
    {
      id: 'platform',
      title: '平台',
      type: 'choice',
      usedBy: '总结按平台统计',
      options: [
        { value: 'wechat', title: '微信公众号' },
        { value: 'channels', title: '微信视频号' },
        { value: 'douyin', title: '抖音' },
        { value: 'kuaishou', title: '快手' },
        { value: 'weibo', title: '微博' },
        other,
      ],
    },
    {
      id: 'followers',
      title: '关注用户数',
      type: 'integer',
      unit: '人',
      required: true,
      usedBy: '总结写关注和新增关注多少人',
    },
    { id: 'opened', title: '新开通', type: 'yesNo', usedBy: '总结写新开通几个账号' },
    note,
  ],
  measures: [
    {
      id: 'followers',
      title: '关注用户',
      unit: '人',
      kind: 'reading',
      field: 'followers',
      definition: '各账号在截止日或之前最后一次读数相加；同一个人关注几个账号算几次。',
    },
    {
      id: 'newFollowers',
      title: '新增关注用户',
      unit: '人',
      kind: 'growth',
      field: 'followers',
      definition: '期末读数减期初读数；时段开始以前没有读数的账号不计入，取消关注的已经抵减。',
    },
    {
      id: 'channels',
      title: '新媒体账号',
      unit: '个',
      kind: 'distinct',
      field: 'title',
      per: 'org',
      definition: '时段内有读数的不同账号。',
    },
    {
      id: 'opened',
      title: '新开通账号',
      unit: '个',
      kind: 'count',
      where: { opened: '是' },
      definition: '时段内注明新开通的账号。',
    },
  ],
  sentences: [
    { id: 'record', of: 'record', listed: true, text: '{day}，{org}{title}{platform}[关注用户{followers}]' },
    {
      id: 'period',
      of: 'period',
      text: '运营新媒体账号{channels}[，新开通{opened}][，关注用户{followers}][，新增关注{newFollowers}]',
    },
  ],
}
