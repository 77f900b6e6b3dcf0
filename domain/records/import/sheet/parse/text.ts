/** Noise that office texts carry: full-width forms, odd spaces, tokens that say nothing. */

/** Full-width ASCII and the ideographic space; other characters stay, so that rare names are not altered. */
export const halfWidth = (text: string) =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')

const INVISIBLE = /[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]/g

/** Most cells carry no noise. */
const CLEAN = /^[\x21-\x7e\u4e00-\u9fff]*$/

export const tidy = (text: string) =>
  CLEAN.test(text)
    ? text
    : halfWidth(text)
        .replace(INVISIBLE, '')
        .replace(/\u00a0/g, ' ')
        .trim()

/** As written, its own marks included: 八（2）班 keeps its brackets; only digits and letters are made one. */
export const plainText = (text: string) =>
  text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, halfWidth)
    .replace(INVISIBLE, '')
    .replace(/[\u00a0\u3000]/g, ' ')
    .trim()

export const squash = (text: string) => tidy(text).replace(/\s+/g, '')

const EMPTY_TOKENS = new Set([
  '',
  '无',
  '暂无',
  'N/A',
  'NA',
  'NULL',
  '没有',
  '空',
  '不详',
  '未知',
  '未填',
  '待补',
  '待定',
])

/** Dashes, slashes, 无, 暂无 and the like mean that nothing is stated. */
export function isEmptyToken(text: string): boolean {
  const bare = squash(text).toUpperCase()
  return EMPTY_TOKENS.has(bare) || /^[-/\\—–―_.·、…*]+$/.test(bare)
}

const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  两: 2,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
}
const POWERS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 }
const MYRIADS: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

/** 五十 → 50, 一千二百 → 1200, 二〇二三 → 2023; null when it is no well-formed number. */
export function chineseNumber(text: string): number | null {
  if (text === '' || [...text].some((char) => !(char in DIGITS || char in POWERS || char in MYRIADS)))
    return null
  if ([...text].every((char) => char in DIGITS)) return Number([...text].map((char) => DIGITS[char]).join(''))
  return withPowers(text)
}

/** Powers must fall from left to right; 一百五 (150 or 105) is refused. */
function withPowers(text: string): number | null {
  let total = 0
  let section = 0
  let digit: number | null = null
  let lastPower = Number.POSITIVE_INFINITY
  let zero = false
  for (const char of text) {
    const power = POWERS[char]
    const myriad = MYRIADS[char]
    if (power !== undefined) {
      if (power >= lastPower || (digit === null && !(power === 10 && section === 0))) return null
      section += (digit ?? 1) * power
      lastPower = power
      digit = null
      zero = false
    } else if (myriad !== undefined) {
      if (section + (digit ?? 0) === 0 || (total > 0 && total % 100_000_000 >= myriad)) return null
      total = (total + section + (digit ?? 0)) * myriad
      section = 0
      digit = null
      lastPower = Number.POSITIVE_INFINITY
    } else if (DIGITS[char] === 0) {
      zero = true
    } else {
      if (digit !== null) return null
      digit = DIGITS[char] ?? null
    }
  }
  const right = lastPower === Number.POSITIVE_INFINITY ? total > 0 : lastPower > 10
  const loose = digit !== null && !zero && right
  return loose ? null : total + section + (digit ?? 0)
}
