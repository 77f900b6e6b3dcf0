/** Every word that a question may use, with what it may mean: from the catalogue, the ledgers, the tree and the offices. */
import { measure } from '../../../kernel/measureId.ts'
import type { Catalogue, Dimension, Measure, Source } from '../../../kernel/measures.ts'
import { termKey } from '../../../kernel/pinyin.ts'
import type { LedgerDefinition } from '../../records/ledgers/definition.ts'
import type { Span } from './periods.ts'
import {
  AGAINST,
  AMONG,
  type AmongKind,
  ANY_UNIT,
  ASKED,
  CHANGED,
  EACH_BELOW,
  FILLERS,
  FILTER_WORDS,
  JOINING,
  LACKING,
  LEAST,
  MOST,
  NEGATIONS,
  NO_FILTERS,
  OCCASIONS,
  OWN,
  OWN_ONLY,
  type OwnKind,
  RANKING,
  REACHES,
  UNITS,
  VERBS,
  WHICH,
} from './words.ts'

export type Meaning =
  | { is: 'measure'; id: string; score: number; where?: Record<string, string> }
  /** A ledger by its name: which of its measures, the unit tells. */
  | { is: 'topic'; ledger: string; score: number }
  | { is: 'filter'; key: string; value: string; weight: number }
  | { is: 'org'; id: string; name: string; path: string; fullName: string }
  | { is: 'reach'; level: string }
  | { is: 'own'; only: boolean; kind: OwnKind }
  | { is: 'each' }
  | { is: 'by'; title: string }
  | { is: 'time'; span: Span }
  /** 去年同期 */
  | { is: 'yearBefore' }
  | { is: 'unit'; units: string[] }
  | { is: 'occasions' }
  | { is: 'not' }
  /** Joins two questions. */
  | { is: 'and' }
  /** What is done with the figure; with which figures it goes. */
  | { is: 'verb'; fits: string }
  /** 村, 支部: of which of them it is asked. */
  | { is: 'among'; kind: AmongKind; which?: true }
  | { is: 'most' }
  | { is: 'least' }
  | { is: 'rank'; top?: number }
  | { is: 'which' }
  | { is: 'lacks' }
  /** 超过20人, 3次以上; ends included unless `beyond`. */
  | { is: 'than'; bounds: Bounds; unit: string }
  | { is: 'against' }
  | { is: 'changed' }
  | { is: 'filler' }

/** Between which values; `beyond`: the bound itself is outside. */
export interface Bounds {
  from?: number
  to?: number
  beyond?: true
}

export interface Lexicon {
  words: Map<string, Meaning[]>
  longest: number
  /** Latin letters: syllables or initials. */
  spelt: Map<string, Meaning[]>
  /** The same by how it sounds, without 翘舌 and 后鼻音: for words written wrongly. */
  sounds: Map<string, Meaning[]>
}

export interface NamedPlace {
  id: string
  name: string
  path: string
  fullName: string
}

/** A thing that free quantities count: 清理垃圾 in 吨. */
export interface Thing {
  what: string
  unit: string
}

export function lexiconOf(
  all: Catalogue,
  definitions: readonly LedgerDefinition[],
  local: { places: NamedPlace[]; things: Thing[] },
): Lexicon {
  const fixed = fixedWords(all, definitions)
  const words = new Map([...fixed.words].map(([word, meanings]) => [word, [...meanings]]))
  for (const place of local.places)
    for (const word of placeWords(place.name)) add(words, word, { is: 'org', ...place })
  for (const { what, unit } of local.things) {
    add(words, what, { is: 'measure', id: measure('record.quantity'), score: 75, where: { what } })
    add(words, unit, { is: 'unit', units: [unit] })
  }
  return {
    words,
    longest: Math.max(...[...words.keys()].map((word) => word.length)),
    spelt: fixed.spelt,
    sounds: fixed.sounds,
  }
}

type Fixed = Pick<Lexicon, 'words' | 'spelt' | 'sounds'>

const made = new WeakMap<Catalogue, Fixed>()

function fixedWords(all: Catalogue, definitions: readonly LedgerDefinition[]): Fixed {
  const known = made.get(all)
  if (known) return known
  const words = new Map<string, Meaning[]>()
  for (const [id, measure] of all.measures)
    for (const { word, score } of measureWords(measure)) add(words, word, { is: 'measure', id, score })
  for (const definition of definitions)
    for (const [rank, word] of topicWords(definition).entries())
      add(words, word, { is: 'topic', ledger: definition.id, score: rank === 0 ? 80 : 72 })
  for (const source of all.sources.values()) filterWords(words, source)
  for (const [word, meant] of Object.entries(FILTER_WORDS))
    for (const [rank, [key, value]] of meant.entries())
      add(words, word, { is: 'filter', key, value, weight: 4 - rank })
  officeWords(words)
  for (const { measureWord } of definitions)
    if (!ANY_UNIT.includes(measureWord)) add(words, measureWord, { is: 'occasions' })
  for (const { unit } of all.measures.values())
    if (unit && !words.has(unit)) add(words, unit, { is: 'unit', units: [unit] })
  for (const [word, meanings] of words) words.set(word, settled(meanings))
  const spelt = speltWords(all, definitions)
  const found = {
    words,
    spelt,
    sounds: new Map([...spelt].map(([key, meanings]) => [soundOf(key), meanings])),
  }
  made.set(all, found)
  return found
}

const SETTLING = new Set<Meaning['is']>([
  'reach',
  'own',
  'each',
  'by',
  'not',
  'and',
  'verb',
  'most',
  'least',
  'rank',
  'which',
  'lacks',
  'against',
  'changed',
  'yearBefore',
  'filler',
])

/** 全镇, 按月 and 情况 are words of the question, though some option bears the same name. */
function settled(meanings: Meaning[]): Meaning[] {
  const own = meanings.filter((one) => SETTLING.has(one.is))
  return own.length > 0 ? own : meanings
}

const SHORTEST = 2

function add(words: Map<string, Meaning[]>, word: string, meaning: Meaning): void {
  const known = words.get(word) ?? []
  const same = JSON.stringify(meaning)
  if (!known.some((one) => JSON.stringify(one) === same)) words.set(word, [...known, meaning])
}

/** 团支部 of 团支部（按团员数）. */
export const bare = (title: string): string => title.replace(/[（(][^)）]*[)）]/g, '').replace(/[“”]/g, '')

/** 主题活动场数 is also asked for as 主题活动场. */
function measureWords({ id, title, kind, asked }: Measure): { word: string; score: number }[] {
  if (kind === 'only') return [{ word: bare(title), score: 85 }]
  return [
    { word: title, score: 100 },
    ...(bare(title) === title ? [] : [{ word: bare(title), score: 90 }]),
    ...(asked ?? ASKED[id] ?? []).map((word) => ({ word, score: 92 })),
  ]
}

const FORM = /(登记|统计|汇总|情况|明细|花名|信息)?(表|册|台账|名录|名册|记录)$/

const topicWords = ({ title, sheetTitles }: LedgerDefinition): string[] => [
  ...new Set(
    [title, ...sheetTitles, ...sheetTitles.map((one) => one.replace(FORM, ''))].filter(
      (w) => w.length >= SHORTEST,
    ),
  ),
]

const usable = (word: string) =>
  /^[\u4e00-\u9fff（）()]+$/.test(word) && (word.length >= SHORTEST || word === '男' || word === '女')

function filterWords(words: Map<string, Meaning[]>, { dimensions }: Source): void {
  for (const [key, dimension] of Object.entries(dimensions)) {
    for (const { word, value, weight } of wordsOfDimension(dimension))
      if (usable(word) && !NO_FILTERS.includes(word)) add(words, word, { is: 'filter', key, value, weight })
    for (const word of [`按${dimension.title}`, `分${dimension.title}`])
      add(words, word, { is: 'by', title: dimension.title })
  }
}

function wordsOfDimension({ title, type, options = [] }: Dimension) {
  if (type === 'yesNo') return [{ word: bare(title), value: '是', weight: 3 }]
  if (type !== 'choice') return []
  return options.flatMap((option) => [
    { word: option.title, value: option.value, weight: 2 },
    ...(option.synonyms ?? []).map((word) => ({ word, value: option.value, weight: 1 })),
  ])
}

function officeWords(words: Map<string, Meaning[]>): void {
  for (const word of FILLERS) add(words, word, { is: 'filler' })
  for (const word of ANY_UNIT) add(words, word, { is: 'filler' })
  for (const [word, units] of Object.entries(UNITS)) add(words, word, { is: 'unit', units })
  for (const word of OCCASIONS) add(words, word, { is: 'occasions' })
  for (const [word, level] of Object.entries(REACHES)) add(words, word, { is: 'reach', level })
  for (const [word, kind] of Object.entries(OWN)) add(words, word, { is: 'own', only: false, kind })
  for (const word of OWN_ONLY) add(words, word, { is: 'own', only: true, kind: 'any' })
  for (const word of EACH_BELOW) add(words, word, { is: 'each' })
  turningWords(words)
  add(words, '按月', { is: 'by', title: '月份' })
  add(words, '每月', { is: 'by', title: '月份' })
  add(words, '逐月', { is: 'by', title: '月份' })
}

/** Words that turn a question into another one. */
function turningWords(words: Map<string, Meaning[]>): void {
  const say = (list: string[], meaning: Meaning) => {
    for (const word of list) add(words, word, meaning)
  }
  say(NEGATIONS, { is: 'not' })
  say(JOINING, { is: 'and' })
  say(MOST, { is: 'most' })
  say(LEAST, { is: 'least' })
  say(RANKING, { is: 'rank' })
  say(WHICH, { is: 'which' })
  say(LACKING, { is: 'lacks' })
  say(AGAINST, { is: 'against' })
  say(CHANGED, { is: 'changed' })
  say(['去年同期', '上年同期', '同期'], { is: 'yearBefore' })
  for (const [word, fits] of Object.entries(VERBS)) add(words, word, { is: 'verb', fits })
  for (const [kind, list] of Object.entries(AMONG)) {
    const among = { is: 'among', kind: kind as AmongKind } as const
    say(list, among)
    say(
      WHICH.flatMap((one) => list.map((word) => one + word)),
      { ...among, which: true },
    )
  }
  add(words, '男女', { is: 'by', title: '性别' })
}

/** 自愿 sounds like 志愿, 团圆 is 团员. */
export const soundOf = (syllables: string): string => syllables.replace(/([zcs])h/g, '$1').replace(/ng/g, 'n')

function speltWords(all: Catalogue, definitions: readonly LedgerDefinition[]): Map<string, Meaning[]> {
  const spelt = new Map<string, Meaning[]>()
  const spell = (title: string, meaning: Meaning) => {
    const [syllables = '', initials = ''] = termKey(title).split('/')
    for (const key of [syllables.replaceAll(' ', ''), initials])
      if (key.length >= SHORTEST) add(spelt, key, meaning)
  }
  for (const [id, { title, kind }] of all.measures)
    if (kind !== 'only' && !id.endsWith('.quantity')) spell(bare(title), { is: 'measure', id, score: 90 })
  for (const { id, title } of definitions) spell(title, { is: 'topic', ledger: id, score: 78 })
  return spelt
}

const BODY = /(团支部|团总支|团委|团工委|支部委员会|支部|总支|委员会)$/
const PLACE = /(村|镇|乡|街道|社区|县|区)$/

/** 柳河村团支部 is also 柳河村 and 柳河. */
function placeWords(name: string): string[] {
  const place = name.replace(BODY, '')
  const short = place.replace(PLACE, '')
  return [...new Set([name, place, short])].filter((word) => word.length >= SHORTEST)
}
