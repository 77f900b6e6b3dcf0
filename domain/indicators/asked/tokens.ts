/** A sentence cut into words: as few unknown characters as can be, then as few words. */
import { termKey } from '../../../kernel/pinyin.ts'
import { type Bounds, type Lexicon, type Meaning, soundOf } from './lexicon.ts'
import { timeAt } from './periods.ts'
import { WEAK } from './words.ts'

/** Without meanings: not understood. */
export interface Token {
  text: string
  meanings: Meaning[]
}

const UNKNOWN_COST = 10
const FILLER_COST = 1.3
/** One strange word is likelier than two. */
const APART_COST = 0.5

interface Step {
  cost: number
  length: number
  meanings: Meaning[]
}

export function tokensOf(text: string, lexicon: Lexicon, today: string): Token[] {
  const best: Step[] = Array.from({ length: text.length + 1 }, () => ({ cost: 0, length: 0, meanings: [] }))
  for (let at = text.length - 1; at >= 0; at--) {
    const rest = (length: number) => best[at + length]?.cost ?? 0
    const alone = best[at + 1]?.length === 1 && best[at + 1]?.meanings.length === 0 ? 0 : APART_COST
    let chosen: Step = { cost: UNKNOWN_COST + alone + rest(1), length: 1, meanings: [] }
    for (const { length, meanings } of wordsAt(text.slice(at), lexicon, today)) {
      const only = meanings.every((one) => one.is === 'filler')
      const cost = (only ? FILLER_COST : 1) + rest(length)
      if (cost < chosen.cost) chosen = { cost, length, meanings }
    }
    best[at] = chosen
  }
  const tokens: Token[] = []
  for (let at = 0; at < text.length; at += best[at]?.length || 1) {
    const { length = 1, meanings = [] } = best[at] ?? {}
    tokens.push({ text: text.slice(at, at + length), meanings })
  }
  return joinUnknown(tokens)
}

type Word = { length: number; meanings: Meaning[] }

function wordsAt(text: string, lexicon: Lexicon, today: string): Word[] {
  const found: Word[] = []
  const latin = /^[a-z]+/.exec(text)?.[0] ?? ''
  if (latin.length >= 2) {
    const meanings = speltAs(latin, lexicon)
    if (meanings.length > 0) found.push({ length: latin.length, meanings })
  }
  const time = timeAt(text, today)
  if (time) found.push({ length: time.length, meanings: [{ is: 'time', span: time.span }] })
  for (const word of [ageAt(text), bornAt(text), schoolingAt(text), thanAt(text), topAt(text)])
    if (word) found.push(word)
  for (let length = Math.min(lexicon.longest, text.length); length > 0; length--) {
    const meanings = lexicon.words.get(text.slice(0, length))
    if (meanings) found.push({ length, meanings })
  }
  return found
}

const MOST_SPELT = 6

/** Initials or syllables as a whole; else what begins so, if it is not too much. */
function speltAs(latin: string, { spelt }: Lexicon): Meaning[] {
  const whole = spelt.get(latin)
  if (whole) return whole
  if (latin.length < 3) return []
  const begun = [...spelt].flatMap(([key, meanings]) => (key.startsWith(latin) ? meanings : []))
  const distinct = [...new Map(begun.map((one) => [JSON.stringify(one), one])).values()]
  return distinct.length <= MOST_SPELT ? distinct : []
}

/** A word that nobody knows, as the one that it sounds like. */
export function soundingLike(token: Token, { sounds }: Lexicon): Token {
  const [syllables = ''] = termKey(token.text).split('/')
  const meanings = token.text.length < 2 ? undefined : sounds.get(soundOf(syllables.replaceAll(' ', '')))
  return meanings ? { text: token.text, meanings } : token
}

const age = (value: string): Meaning => ({ is: 'filter', key: 'age', value, weight: 3 })

/** 14到28岁, 35岁以下, 不满18岁: both ends included. */
function ageAt(text: string): Word | null {
  const between = /^(\d{1,2})周?岁?[-~—到至](\d{1,2})周?岁(之间|的)?/.exec(text)
  if (between) return { length: between[0].length, meanings: [age(`${between[1]}..${between[2]}`)] }
  const under = /^(?:不满|未满|不到|小于)(\d{1,2})周?岁(的)?/.exec(text)
  if (under) return { length: under[0].length, meanings: [age(`..${Number(under[1]) - 1}`)] }
  const bound = /^(\d{1,2})周?岁(?:及)?(以上|以下|以内)(的)?/.exec(text)
  if (bound)
    return {
      length: bound[0].length,
      meanings: [age(bound[2] === '以上' ? `${bound[1]}..` : `..${bound[1]}`)],
    }
  const exact = /^(\d{1,2})周?岁的/.exec(text)
  return exact ? { length: exact[0].length, meanings: [age(exact[1] ?? '')] } : null
}

/** 00后, 八零后, 95后: ten years from there, or five where 5 is said. */
function bornAt(text: string): Word | null {
  const found = /^(\d)([05])后(的)?/.exec(text)
  if (!found) return null
  const decade = Number(found[1])
  const year = (decade >= 5 ? 1900 : 2000) + decade * 10 + Number(found[2])
  const value = `${year}..${year + (found[2] === '5' ? 4 : 9)}`
  return { length: found[0].length, meanings: [{ is: 'filter', key: 'birthYear', value, weight: 3 }] }
}

const COUNT = '(\\d+(?:\\.\\d+)?|[一二两三四五六七八九十]|十[一二三四五六七八九]|[二三四五六七八九]十)(万)?'
const OF =
  '(个人|人次|人|名|个|次|场|期|元|块钱|块|小时|棵|株|户|份|件|篇|项|笔|条|岁|%)?(?![日号年月周岁天])'
const SAID_OF = '^(?:(?:参加|到会|参与)?(?:人数|人次|次数|数量|数)?的?(?:在|有)?)?'
const THAN: [RegExp, (n: number) => Bounds][] = [
  [
    new RegExp(`${SAID_OF}(?:超过|大于|多于|高于|超出)${COUNT}${OF}(?:以上)?的?`),
    (n) => ({ from: n, beyond: true }),
  ],
  [
    new RegExp(`${SAID_OF}(?:至少|不少于|不低于|不小于|达到|达|满)${COUNT}${OF}(?:及?以上)?的?`),
    (n) => ({ from: n }),
  ],
  [
    new RegExp(`${SAID_OF}(?:不到|不足|少于|低于|小于|未满|不满)${COUNT}${OF}的?`),
    (n) => ({ to: n, beyond: true }),
  ],
  [new RegExp(`${SAID_OF}(?:不超过|不多于|不高于|至多|最多)${COUNT}${OF}的?`), (n) => ({ to: n })],
  [new RegExp(`${SAID_OF}${COUNT}${OF}[及或]?以上的?`), (n) => ({ from: n })],
  [new RegExp(`${SAID_OF}${COUNT}${OF}[及或]?(?:以下|以内)的?`), (n) => ({ to: n })],
]
const PERSONS = ['人', '个人', '名', '人次']

/** 超过20人, 不少于3次, 10个以上: of records, how many took part may be asked so. */
function thanAt(text: string): Word | null {
  for (const [pattern, boundsOf] of THAN) {
    const found = pattern.exec(text)
    if (!found) continue
    const [whole, said = '', tenThousand, unit = ''] = found
    const bounds = boundsOf(countOf(said) * (tenThousand ? 10_000 : 1))
    const than: Meaning = { is: 'than', bounds, unit }
    const attended: Meaning = { is: 'filter', key: 'personTimes', value: rangeOf(bounds), weight: 1 }
    return { length: whole.length, meanings: PERSONS.includes(unit) ? [than, attended] : [than] }
  }
  return null
}

/** People are counted in whole numbers. */
function rangeOf({ from, to, beyond }: Bounds): string {
  const step = beyond ? 1 : 0
  return `${from === undefined ? '' : Math.floor(from) + step}..${to === undefined ? '' : Math.ceil(to) - step}`
}

/** 排名前三, 前5名, 前十. */
function topAt(text: string): Word | null {
  const found = new RegExp(`^(?:排名|排行|排在)?(?:最)?前${COUNT}(?:名|位|个)?的?`).exec(text)
  return found ? { length: found[0].length, meanings: [{ is: 'rank', top: countOf(found[1] ?? '') }] } : null
}

const DIGITS = '零一二三四五六七八九'

/** 20, 三, 两, 十五, 二十. */
function countOf(text: string): number {
  if (/^\d/.test(text)) return Number(text)
  if (text === '两') return 2
  const [tens = '', ones = ''] = text.includes('十') ? text.split('十') : ['', text]
  const value = (one: string) => DIGITS.indexOf(one)
  return text.includes('十') ? (tens ? value(tens) : 1) * 10 + (ones ? value(ones) : 0) : value(ones)
}

const SCHOOLING = [
  'postgraduate',
  'bachelor',
  'college',
  'secondaryVocational,highSchool',
  'juniorMiddle',
  'primary',
  'none',
]
const SCHOOLING_WORDS: Record<string, number> = {
  研究生: 0,
  硕士: 0,
  大学本科: 1,
  本科: 1,
  大学专科: 2,
  大专: 2,
  专科: 2,
  高中: 3,
  中专: 3,
  初中: 4,
}

/** 大专及以上学历, 本科以下: the level itself stands with 以上, and with 及以下. */
function schoolingAt(text: string): Word | null {
  const found =
    /^(研究生|硕士|大学本科|本科|大学专科|大专|专科|高中|中专|初中)(?:学历)?(?:(及|或)?(以上|以下))?(学历)?(的)?/.exec(
      text,
    )
  if (!found || (!found[3] && !found[0].includes('学历'))) return null
  const level = SCHOOLING_WORDS[found[1] ?? ''] ?? 0
  const from = found[3] === '以上' ? 0 : found[3] && !found[2] ? level + 1 : level
  const levels = SCHOOLING.slice(from, found[3] === '以下' ? undefined : level + 1)
  return {
    length: found[0].length,
    meanings: [{ is: 'filter', key: 'education', value: levels.join(','), weight: 3 }],
  }
}

const SLIGHT = new Set<Meaning['is']>(['filler', 'unit', 'occasions', 'and', 'among', 'changed'])
const isSlight = (one: Meaning) => SLIGHT.has(one.is)

const isOnlyAmong = (token: Token) => token.meanings.every((one) => one.is === 'among')

/** 中心校, 积极分子: a filler between unknown characters is one of them. */
function joinUnknown(tokens: Token[]): Token[] {
  const joined: Token[] = []
  tokens.forEach((token, i) => {
    const last = joined[joined.length - 1]
    const unknown = token.meanings.length === 0
    const slight = WEAK.has(token.text) || (token.text.length === 1 && token.meanings.every(isSlight))
    const between = slight && (tokens[i + 1]?.meanings.length ?? 1) === 0
    // 上河村 is one unknown place, no 村 that was asked for.
    const kind = !unknown && isOnlyAmong(token)
    if (last && last.meanings.length === 0 && (unknown || between || kind)) last.text += token.text
    else joined.push({ text: token.text, meanings: token.meanings })
  })
  return joined
}
