import type { LedgerDeclaration } from '../ledgers/definition.ts'

/** Parents' schools and the stations where young people are served: one record is one opening or session. */
export const definition: LedgerDeclaration = {
  id: 'serviceStation',
  title: '服务站与家长学校',
  line: '服务青年',
  order: 465,
  about: '联青服务站、家长学校等站点的设立和每次开放、授课、服务。',
  measureWord: '次',
  name: { label: '服务内容', fallback: '{station}[{kind}]' },
  day: { label: '服务日期' },
  personTimes: { label: '服务人次' },
  roles: [
    { id: 'participant', title: '参加' },
    { id: 'keeper', title: '值守', attends: false },
  ],
  photos: true,
  fields: [
    { id: 'station', title: '站点名称', type: 'text', required: true, usedBy: '统计有多少站点在用' },
    {
      id: 'stationKind',
      title: '站点类别',
      type: 'choice',
      usedBy: '家长学校和服务站分开统计',
      options: [
        { value: 'parentsSchool', title: '家长学校' },
        { value: 'youthStation', title: '联青服务站' },
        { value: 'volunteerStation', title: '志愿服务站' },
        { value: 'childHome', title: '希望家园' },
        { value: 'counselling', title: '心理服务站' },
        { value: 'other', title: '其他' },
      ],
    },
    {
      id: 'kind',
      title: '服务形式',
      type: 'choice',
      usedBy: '设立和服务分开统计',
      options: [
        { value: 'opened', title: '设立' },
        { value: 'lesson', title: '授课' },
        { value: 'open', title: '开放接待' },
        { value: 'activity', title: '集中活动' },
        { value: 'counsel', title: '咨询辅导' },
      ],
    },
    {
      id: 'hours',
      title: '开放时长',
      type: 'number',
      appliesWhen: { kind: '!opened' },
      unit: '小时',
      usedBy: '看站点是否真开门',
    },
    { id: 'place', title: '站点地址', type: 'place', usedBy: '青年找得到' },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因' },
  ],
  measures: [
    {
      id: 'stations',
      title: '开展服务的站点',
      unit: '个',
      kind: 'distinct',
      field: 'station',
      where: { kind: '!opened' },
      definition: '时段内至少服务过一次的不同站点，只设立没有服务的不算。',
    },
    {
      id: 'opened',
      title: '新设站点',
      unit: '个',
      kind: 'count',
      where: { kind: 'opened' },
      definition: '时段内登记设立的站点。',
    },
    {
      id: 'hours',
      title: '站点开放时长',
      unit: '小时',
      kind: 'sum',
      field: 'hours',
      definition: '各次开放时长相加。',
    },
  ],
  sentences: [
    { id: 'record', of: 'record', text: '{day}，{org}[在{station}]开展{title}[，服务{personTimes}人次]' },
    {
      id: 'period',
      of: 'period',
      text: '[家长学校授课{count?stationKind=parentsSchool&kind=lesson}次][、{personTimes?stationKind=parentsSchool&kind=lesson}人次][，联青服务站开展服务{count?stationKind=youthStation}次]',
    },
  ],
}
