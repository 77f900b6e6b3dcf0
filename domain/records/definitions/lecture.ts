import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { levels, note, other } from '../ledgers/options.ts'

/** Talks given to young people. What a branch holds as one of its regular meetings is in `meeting`. */
export const definition: LedgerDeclaration = {
  id: 'lecture',
  title: '团课党课宣讲',
  line: '思想引领',
  order: 204,
  about: '团干部、党员干部和讲师讲的党课、团课、宣讲：谁讲，讲什么，几场，多少人次听。',
  measureWord: '次',
  name: { label: '课题' },
  day: { label: '宣讲日期', span: true },
  personTimes: { label: '听讲人次' },
  roles: [
    { id: 'listener', title: '听讲' },
    { id: 'lecturer', title: '主讲', attends: false },
  ],
  joint: true,
  photos: true,
  fields: [
    {
      id: 'kind',
      title: '形式',
      type: 'choice',
      usedBy: '党课、团课、宣讲分开统计',
      options: [
        { value: 'partyLecture', title: '党课' },
        { value: 'leagueLecture', title: '团课' },
        { value: 'talk', title: '宣讲' },
        { value: 'micro', title: '微党课微团课' },
        other,
      ],
    },
    {
      id: 'lecturerLevel',
      title: '主讲人级别',
      type: 'choice',
      usedBy: '总结写哪几级干部讲了课',
      options: levels,
    },
    {
      id: 'topic',
      title: '内容类别',
      type: 'choice',
      usedBy: '总结分类统计',
      options: [
        { value: 'theory', title: '理论政策' },
        { value: 'partyHistory', title: '党史' },
        { value: 'leagueHistory', title: '团史团章' },
        { value: 'heroes', title: '英烈典型' },
        { value: 'law', title: '法治廉洁' },
        other,
      ],
    },
    { id: 'campaign', title: '所属活动', type: 'text', usedBy: '一项宣讲活动合起来统计' },
    {
      id: 'sessions',
      title: '场次',
      type: 'integer',
      unit: '场次',
      usedBy: '总结写讲了几场',
      hint: '一场也请填 1，不填算不出合计',
    },
    { id: 'place', title: '地点', type: 'place', usedBy: '总结、迎检' },
    note,
  ],
  inspected: true,
  measures: [
    {
      id: 'sessions',
      title: '宣讲场次',
      unit: '场次',
      kind: 'sum',
      field: 'sessions',
      definition: '各条记录填写的场次相加。',
    },
    {
      id: 'lecturers',
      title: '主讲人',
      unit: '人',
      kind: 'distinct',
      role: 'lecturer',
      definition: '时段内讲过课的不同的人；没有登记姓名的不计入。',
    },
    {
      id: 'levels',
      title: '讲课干部的级别',
      unit: '级',
      kind: 'distinct',
      field: 'lecturerLevel',
      definition: '讲过课的干部属于几个级别；没有注明级别的不计入。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      text: '{day}，{org}[联合{hosts}]开展“{title}”{kind}[，由{lecturer}主讲][，共{sessions}][，{personTimes}人次听讲]',
    },
    {
      id: 'period',
      of: 'period',
      text: '[开展党课{count?kind=partyLecture}次，][开展团课{count?kind=leagueLecture}次，][开展宣讲{sessions?kind=talk}，]听讲{personTimes}人次',
    },
  ],
}
