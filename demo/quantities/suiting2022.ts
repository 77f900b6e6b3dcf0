/** A township's year. */
import { day, items, people, type StatedSummary, said } from './quantity.ts'

export const summary: StatedSummary = {
  seed: '003',
  org: '990102001',
  period: '2022',
  headings: ['2022年', '2023年工作打算'],
  quantities: {
    7: day('themeActivity.day', '2022-05-04', '5月4日，穗汀镇团委在镇文化站开展', { occasion: 'youthDay' }),
    8: {
      measure: 'themeActivity.anniversary',
      where: { occasion: 'youthDay' },
      value: 100,
      display: '100周年',
      stated: '纪念100周年',
    },
    14: people('members.admitted', 4, '新发展团员4人'),
    15: items('pioneers.committeesOpened', 2, '成立校外少工委2个', { sector: '!school' }),
    11: said('target.value', 0, '0起', { title: '青少年零犯罪', stage: '2022年' }),
    12: said('target.value', 0, '0人', { title: '青少年零受害', stage: '2022年' }),
    16: people('pioneers.directorsElected', 1, '选举产生少工委主任1人'),
    18: said('target.stage', '2023年', '2023年', { title: '继续开展教育实践活动' }),
    19: said('target.value', 1, '1次', { title: '团干部学习打卡', recurrence: 'monthly' }),
    20: said('target.value', 0, '0起', { title: '青少年零犯罪', stage: '2023年' }),
  },
}
