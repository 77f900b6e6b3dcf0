/** Units of measure: which words are the same unit, and by what they scale. 人 and 人次 never meet. */

/** family, factor to the family's base. */
const UNITS: Record<string, readonly [string, number]> = {
  元: ['money', 1],
  块: ['money', 1],
  块钱: ['money', 1],
  百元: ['money', 100],
  千元: ['money', 1000],
  万元: ['money', 10_000],
  百万元: ['money', 1e6],
  亿元: ['money', 1e8],
  '元/人': ['moneyEach', 1],
  '元/月': ['moneyMonthly', 1],
  '元/年': ['moneyYearly', 1],
  人: ['people', 1],
  名: ['people', 1],
  位: ['people', 1],
  个人: ['people', 1],
  万人: ['people', 10_000],
  人次: ['personTimes', 1],
  万人次: ['personTimes', 10_000],
  小时: ['hours', 1],
  个小时: ['hours', 1],
  h: ['hours', 1],
  H: ['hours', 1],
  分钟: ['hours', 1 / 60],
  学时: ['classHours', 1],
  课时: ['classHours', 1],
  岁: ['age', 1],
  周岁: ['age', 1],
  场: ['sessions', 1],
  场次: ['sessions', 1],
  次: ['times', 1],
  个: ['items', 1],
  家: ['houses', 1],
  户: ['households', 1],
  期: ['issues', 1],
  篇: ['articles', 1],
  条: ['entries', 1],
  份: ['copies', 1],
  册: ['volumes', 1],
  本: ['volumes', 1],
  件: ['pieces', 1],
  张: ['sheets', 1],
  辆: ['vehicles', 1],
  对: ['pairs', 1],
  所: ['schools', 1],
  间: ['rooms', 1],
  天: ['days', 1],
  日: ['days', 1],
  年: ['years', 1],
  月: ['months', 1],
  个月: ['months', 1],
  分: ['points', 1],
  亩: ['mu', 1],
  棵: ['trees', 1],
  株: ['trees', 1],
  公里: ['kilometres', 1],
  斤: ['jin', 1],
  公斤: ['jin', 2],
  千克: ['jin', 2],
  吨: ['jin', 2000],
  平方米: ['area', 1],
  平米: ['area', 1],
  'm²': ['area', 1],
  '㎡': ['area', 1],
  '%': ['share', 1],
  套: ['pieces', 1],
  把: ['pieces', 1],
  副: ['pieces', 1],
  支: ['teams', 1],
  台: ['pieces', 1],
  阅读量: ['reads', 1],
}

/** Things are counted each by its own word: 300册 of books in a column of 件 are 300. */
const THINGS = new Set(['volumes', 'sheets', 'vehicles', 'items', 'copies', 'pairs'])

/** The word as a unit, or null when it is none: 必填 in a header's brackets is no unit. */
export const knownUnit = (word: string): string | null => (word in UNITS ? word : null)

/** Multiply by this to go from one unit to the other; null when they measure different things. */
export function unitFactor(from: string, to: string | undefined): number | null {
  if (from === to) return 1
  const source = UNITS[from]
  const target = to === undefined ? undefined : UNITS[to]
  // So many people at one occasion are so many person-times; the other way round it does not hold.
  const attending = source?.[0] === 'people' && target?.[0] === 'personTimes'
  if (!source || !target) return null
  if (target[0] === 'pieces' && THINGS.has(source[0])) return source[1]
  if (source[0] !== target[0] && !attending) return null
  return source[1] / target[1]
}

/** 0"人" and #,##0.00"万元" state the unit of the stored number; formats that divide while showing do not. */
export function unitInFormat(format: string): string | undefined {
  if (/[0#?],+(?![0#?])|!\./.test(format)) return undefined
  const literals = [...format.matchAll(/"([^"]*)"/g)].map((found) => (found[1] ?? '').trim())
  return literals.find((literal) => knownUnit(literal) !== null)
}
