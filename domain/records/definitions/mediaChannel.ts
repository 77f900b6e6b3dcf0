import type { LedgerDefinition } from '../ledgers/definition.ts'
import { note, other } from '../ledgers/options.ts'

/** A reading of an account on a day. Growth is the difference of two readings; nobody types it. */
export const definition: LedgerDefinition = {
  id: 'mediaChannel',
  title: '新媒体账号',
  line: '思想引领',
  order: 235,
  about: '公众号、抖音号、视频号某一天的关注数，隔一段抄一次；新增关注由系统相减，不用填。',
  sheetTitles: ['新媒体', '新媒体账号', '公众号运营', '账号运营', '粉丝数', '关注用户', '新媒体矩阵'],
  measureWord: '次',
  name: {
    label: '账号名称',
    synonyms: ['公众号名称', '账号', '新媒体名称', '平台账号', '媒体账号', '账户名称'],
  },
  org: { synonyms: ['运营单位', '主办单位', '账号主体', '所属单位'] },
  day: {
    label: '读数日期',
    synonyms: ['统计日期', '统计时间', '抄录日期', '数据日期', '截至日期', '登记日期', '时间', '日期'],
  },
  roles: [],
  fields: [
    {
      id: 'platform',
      title: '平台',
      type: 'choice',
      usedBy: '总结按平台统计',
      synonyms: ['平台类型', '账号类型', '媒体平台', '新媒体类型', '渠道'],
      options: [
        { value: 'wechat', title: '微信公众号', synonyms: ['公众号', '微信', '订阅号', '服务号'] },
        { value: 'channels', title: '微信视频号', synonyms: ['视频号'] },
        { value: 'douyin', title: '抖音', synonyms: ['抖音号', '抖音短视频'] },
        { value: 'kuaishou', title: '快手', synonyms: ['快手号'] },
        { value: 'weibo', title: '微博', synonyms: ['新浪微博'] },
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
      synonyms: ['关注数', '粉丝数', '粉丝量', '关注人数', '用户数', '累计关注', '总粉丝数'],
    },
    {
      id: 'opened',
      title: '新开通',
      type: 'yesNo',
      usedBy: '总结写新开通几个账号',
      synonyms: ['是否新开通', '新开账号', '本期开通'],
    },
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
