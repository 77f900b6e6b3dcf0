/** A county's half-year. The names of programmes (百校千企万岗), slogans and indefinite 一批 are not among its numbers. */
import { items, over, people, type Stated, type StatedSummary, said } from './quantity.ts'

const inWan = (one: Stated): Stated => ({ ...one, wording: { style: 'wan' } })
const stated = (words: string, one: Stated): Stated => ({ ...one, stated: words })

const RECITAL = { contest: '菁菁杯' }
const CHAMBER = { kind: 'chamber' }
const ON_STAGE = { campaign: '团干部上讲台' }
const FIVE = { program: '红色教育“五个一”' }
const OWN = { channel: 'wechat', media: '霁原青年' }

const ideology: Record<number, Stated> = {
  2: items('pioneerWork.kinds', 5, undefined, FIVE),
  3: stated('示范队课1次', said('pioneerWork.count', 1, '1次', { kind: 'demoClass' })),
  5: stated('5所学校录制微队课15堂', said('pioneerWork.schools', 5, '5所', { kind: 'microClass' })),
  6: said('pioneerWork.classes', 15, '15堂', { kind: 'microClass' }),
  7: said('award.edition', 2, '第二届', { level: 'national' }),
  8: said('pioneerWork.count', 1, '1次', { kind: 'practice' }),
  9: said('pioneerWork.cohort', 2020, '2020级', FIVE),
  10: said('pioneerWork.intake', 1, '1批', FIVE),
  13: people('contest.selected', 20, '遴选选手20人', RECITAL),
  14: said('award.count', 1, '1项', { ...RECITAL, level: 'province', group: '小学组', grade: 'first' }),
  15: items('award.groups', 4, undefined, { ...RECITAL, level: 'city', grade: 'special' }),
  16: said('award.topGroupShare', 100, '100%', { ...RECITAL, level: 'city' }),
  17: inWan(said('onlineStudy.personTimes', 572000, '57.2万人次')),
  18: stated('集中统一活动5次', said('youthHomeActivity.unified', 5, '5次')),
  19: stated('党课1次', said('lecture.count', 1, '1次', { kind: 'partyLecture', lecturerLevel: 'city' })),
  20: inWan(said('publicity.reads', 82300, '8.23万人次', { series: '青春向党奋斗强国' })),
  21: { ...said('publicity.count', 161, '161篇', OWN), depth: '0' },
  22: { ...inWan(said('publicity.reads', 142500, '14.25万人次', OWN)), depth: '0' },
  23: people('mediaChannel.newFollowers', 846, undefined, { platform: 'wechat' }),
  24: said('contest.edition', 1, '第一届', { kind: 'video' }),
  25: inWan(said('publicity.reads', 82500, '8.25万人次', { series: '微党课' })),
  26: said('themeActivity.anniversary', 100, '100周年', { occasion: 'partyDay' }),
}

const service: Record<number, Stated> = {
  // The office wrote 5余期, which says nothing true of five.
  32: stated('发布岗位信息5期', said('jobPost.issues', 5, '5期')),
  33: stated('岗位1983个', items('jobPost.posts', 1983)),
  34: items('internshipBase.posts', 258, undefined, { program: '青春留霁原' }),
  35: people('enterprise.newElites', 35, '发掘录入新农菁英35人'),
  36: stated('发放57人次', said('loan.granted', 57, '57人次')),
  37: said('roleModel.individuals', 45, '45名', { kind: 'founder' }),
  38: stated('牵手42对', said('matchmaking.paired', 42, '42对')),
  39: people('matchmaking.invited', 39, undefined, { kind: 'teamBuilding' }),
  40: stated('其中线上83万元', said('fundraising.online', 830000, '83万元', { program: '梦想改造+' })),
  41: over(stated('建成小屋63间', said('aidProject.rooms', 63, '60余间'))),
  42: said('aidProject.rank', 1, '1名', { rankScope: 'province' }),
  45: said('volunteering.year', '2023年', '2023年', { title: '~暖冬行动' }),
}

const organisation: Record<number, Stated> = {
  46: said('officers.secretaryAge', 28.25, '28.3岁', { tier: 'township' }),
  47: said('officers.secretaryAge', 34.6875, '34.7岁', { tier: 'village' }),
  48: said('officers.secretaryAgesFallen', 2, '2项'),
  49: stated('青商会会员单位58家', said('enterprise.count', 58, '58家', CHAMBER)),
  50: items('enterprise.industries', 3, '涉及产业3个', CHAMBER),
  51: said('enterprise.industryCoverage', 100, '100%', CHAMBER),
  52: {
    ...said('enterprise.averageAge', 2083 / 58, '不到36岁', CHAMBER),
    wording: { bound: 'under', decimals: 0 },
  },
  53: over(said('volunteerRecruitment.recruited', 306, '300余人')),
  54: said('lecture.levels', 2, '2级', ON_STAGE),
  55: people('members.admitted', 1269, '新发展团员1269人'),
  57: stated('30场次', said('lecture.sessions', 30, '30场次', ON_STAGE)),
  58: stated('开展座谈讨论2次', said('meeting.count', 2, '2次', { kind: 'discussion' })),
  59: said('training.day', '2023-05-10', '5月10日', { topic: 'integrity' }),
  62: inWan(said('target.value', 10000000, '1000万元', { title: '新农菁英贷发放金额' })),
}

export const summary: StatedSummary = {
  seed: '001',
  org: '990101',
  period: '2023H1',
  headings: ['2023年上半年', '下半年工作打算'],
  quantities: { ...ideology, ...service, ...organisation },
}
