/** A district's programme of pairing town and country, in its first year. */
import { items, type StatedSummary, said } from './quantity.ts'

const FESTIVAL = { title: '乡村青年文化节' }

export const summary: StatedSummary = {
  seed: '004',
  org: '990102',
  period: '2021',
  headings: ['2021年'],
  quantities: {
    5: said('pairing.day', '2021-06', '6月', { kind: 'urbanRural' }),
    6: items('pilot.aspects', 5, undefined, { kind: 'programme' }),
    9: said('survey.day', '2021-06', '6月', { topic: 'orgBuilding' }),
    10: items('pilot.aspects', 5, undefined, { title: '五个一体化' }),
    12: said('pilot.modes', 3, '3种'),
    14: said('survey.month', '1月', '1月', { topic: 'memberStatus' }),
    15: said('target.value', 100, '100%', { title: '青年录入需求数据库' }),
    17: said('themeActivity.recurrence', '每年', '每年', FESTIVAL),
    18: said('themeActivity.occasion', '春节', '春节', FESTIVAL),
    19: said('training.month', '5月', '5月', { audience: 'newOfficers' }),
  },
}
