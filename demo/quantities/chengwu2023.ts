/** A district's report on its campaign, up to an afternoon in October. */
import { counted, day, items, over, people, type StatedSummary, said } from './quantity.ts'

const NEW = '新建直属团组织'
const DISCUSSION = { kind: 'discussion', campaign: '大团委建设' }
const GUIDED = { kind: 'guide' }
const planned = (value: number, title: string, where: Record<string, string> = {}) =>
  said('target.value', value, `${value}个`, { title, ...where })
const share = (value: number, title: string) => said('target.value', value, `${value}%`, { title })
const due = (value: string, title: string) => day('target.due', value, undefined, { title })

export const summary: StatedSummary = {
  seed: '002',
  org: '990103',
  period: '2023',
  cutOff: '2023-10-30',
  headings: ['2023年'],
  quantities: {
    1: day('publicity.day', '2023-04-18', undefined, { title: '乡镇“大团委”这样建' }),
    4: items('org.openedUnder', 5),
    5: items('org.opened', 104),
    6: planned(20, NEW, { each: '镇' }),
    7: said('target.ahead', 5, '5个月', { setBy: 'national' }),
    8: said('target.ahead', 2, '2个月', { setBy: 'city' }),
    10: counted('次')('meeting.count', 3, '开展座谈讨论3次', DISCUSSION),
    11: counted('条')('suggestion.count', 16, '座谈讨论16条', { source: 'discussion' }),
    12: counted('人次')('meeting.personTimes', 123, '参加123人次', DISCUSSION),
    13: planned(3, '挂点包干区域', { each: '班子成员' }),
    14: items('liaison.orgs', 2, '书记联系2个', { ...GUIDED, post: 'secretary' }),
    15: items('liaison.orgs', 3, '副书记联系3个', { ...GUIDED, post: 'deputySecretary' }),
    16: over(said('survey.issued', 2036, '2000余份')),
    17: over(said('visit.times', 563, '560余次', { purpose: 'survey' })),
    18: counted('条')('suggestion.count', 28, '调查摸底28条', { source: 'survey' }),
    19: planned(100, NEW, { bound: 'exactly' }),
    21: day('target.due', '2023-10-31', undefined, { title: NEW }),
    22: due('2023-10-15', `${NEW}（第一阶段）`),
    23: due('2023-10-25', `${NEW}（第二阶段）`),
    24: due('2023-10-31', `${NEW}（第三阶段）`),
    25: items('target.stages', 3, undefined, { campaign: '大团委建设' }),
    26: share(50, `${NEW}（第一阶段）`),
    27: share(100, `${NEW}（第二阶段）`),
    30: counted('名')('roleModel.publicised', 3, '宣传典型3名'),
    33: counted('场')('themeActivity.count', 5, undefined, { kind: 'reportMeeting' }),
    34: people('visit.people', 136, '走访青年群众136人', { audience: 'youth' }),
    35: counted('人')('members.declared', 36),
    36: share(100, '对口联系覆盖面'),
    37: items('liaison.orgs', 2, undefined, { ...GUIDED, post: 'secretary' }),
    38: items('liaison.orgs', 3, undefined, { ...GUIDED, post: 'deputySecretary' }),
    39: said('meeting.weekday', '周五', '周五', { kind: 'account' }),
    40: said('meeting.recurrence', '每周', '每周', { kind: 'account' }),
    41: planned(24, `下周${NEW}`),
  },
}
