/** From words to questions. A clause without a figure of its own goes on from the one before it. Pure. */
import type { Catalogue, Source } from '../../../kernel/measures.ts'
import { sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { type Candidate, candidatesOf, countsOf, meant, titleOf, type Unit } from './candidates.ts'
import type { Lexicon, Meaning } from './lexicon.ts'
import type { Span } from './periods.ts'
import { type Token, tokensOf } from './tokens.ts'

export interface Ground {
  all: Catalogue
  lexicon: Lexicon
  today: string
  /** The organisation asked about where none is named. */
  own: string
  /** The organisation at this level: the one asked about, or above it. */
  atLevel: (level: string) => string | null
  /** Where no time is said. */
  usual: Span | null
}

export interface ReadClause {
  words: string
  question: FigureQuestion | null
  refused?: string
  unknown: string[]
  choices: { title: string; question: FigureQuestion }[]
}

const has = (token: Token, ...kinds: Meaning['is'][]): boolean =>
  token.meanings.some((one) => kinds.includes(one.is))

/** What a clause leaves to the next. */
interface Before {
  heads: Token[]
  filters: Token[]
  places: Placed[] | null
  spans: Span[]
  group: Token | null
}

interface Placed {
  org: string
  depth?: '0'
  /** 柳河村 of two townships: has to be chosen. */
  others?: { org: string; title: string }[]
}

const MOST_QUESTIONS = 8

export function readText(text: string, ground: Ground): ReadClause[] {
  const read: ReadClause[] = []
  let before: Before | null = null
  for (const words of clausesOf(text)) {
    const tokens = tokensOf(words, ground.lexicon, ground.today)
    if (tokens.every((token) => has(token, 'filler'))) continue
    const { clauses, left }: { clauses: ReadClause[]; left: Before } = readClause(words, tokens, {
      ground,
      before,
    })
    read.push(...clauses.map((clause) => named(clause, ground)))
    before = left
  }
  return read.slice(0, MOST_QUESTIONS)
}

/** 覆盖 in 青年之家的乡镇覆盖率 is said back in the figure's own title. */
function named(clause: ReadClause, { all }: Ground): ReadClause {
  const title = all.measures.get(clause.question?.measure ?? '')?.title ?? ''
  return { ...clause, unknown: clause.unknown.filter((word) => !title.includes(word)) }
}

const clausesOf = (text: string): string[] =>
  text
    .replace(/[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g, (c) =>
      String.fromCharCode(c.charCodeAt(0) - 0xfee0),
    )
    .toLowerCase()
    .replace(/\s+/g, '')
    .split(/[，,。；;？?！!、\n|]/)
    .filter((part) => part !== '')

interface Reading {
  ground: Ground
  before: Before | null
}

function readClause(
  words: string,
  tokens: Token[],
  { ground, before }: Reading,
): { clauses: ReadClause[]; left: Before } {
  const unknown = tokens.filter((token) => token.meanings.length === 0).map((token) => token.text)
  const { heads, filters, inherited } = rolesOf(tokens, ground, before)
  const said = placesOf(tokens, ground)
  unknown.push(...said.unknown)
  const places = said.places ?? before?.places ?? [{ org: ground.own }]
  const times = tokens.flatMap((token) => meant(token, 'time').map((one) => one.span))
  const spans = times.length > 0 ? times : (before?.spans ?? [])
  const group = tokens.find((token) => has(token, 'each', 'by')) ?? null
  const unit = unitOf(tokens)
  const turned = [...said.unknown, ...turnedBy(tokens)]
  // Nothing of it was understood: what was asked before is not its answer.
  const strange =
    inherited && unknown.length > 0 && !said.places && times.length === 0 && filters === before?.filters
  const asked = strange || heads.length === 0 ? [null] : heads
  const clauses = asked.flatMap((head) =>
    places.flatMap((place) =>
      (spans.length > 0 ? spans : [ground.usual]).map((span): ReadClause => {
        const clause = { head, filters: strange ? [] : filters, unit, group, negated: negatedIn(tokens) }
        const at = { place, span, said: times.length > 0 || spans.length > 0 }
        const found = questionFor(clause, at, ground)
        return { words, unknown, ...askedBack(found, turned, ground) }
      }),
    ),
  )
  const left: Before = {
    heads,
    filters: inherited ? (before?.filters ?? []) : filters,
    places,
    spans,
    group,
  }
  return { clauses, left }
}

/** Words that turn a question into another one; where no rule has read them, any number would be a wrong one. */
const TURNS = /没|未|不|无|非|别|最|比|超|于|除|外|哪|谁|排|差|缺|减|增|涨|降|平均|以上|以下|左右|大概/

/** 哪个村没交团费 asks for names, not for a number. */
const WHICH = /哪|谁/

/** Words of a clause that say something which was not read; unknown words do so, too. */
const turnedBy = (tokens: Token[]): string[] =>
  tokens
    .filter((token, i) => {
      const only = (kind: Meaning['is']) => token.meanings.every((one) => one.is === kind)
      const next = tokens[i + 1]
      if (token.meanings.length === 0 || WHICH.test(token.text)) return true
      return (only('filler') && TURNS.test(token.text)) || (only('not') && !(next && has(next, 'filter')))
    })
    .map((token) => token.text)

/** No number decorates words that were not understood: what it would have been of is offered instead. */
function askedBack(
  found: Pick<ReadClause, 'question' | 'refused' | 'choices'>,
  words: string[],
  { all }: Ground,
): Pick<ReadClause, 'question' | 'refused' | 'choices'> {
  const { question } = found
  if (!question) return found
  const title = all.measures.get(question.measure)?.title ?? question.measure
  const [strange] = words.filter((word) => !title.includes(word))
  if (strange === undefined) return found
  return {
    question: null,
    refused: `没看懂“${strange}”，不敢给数。请换个说法，或选下面的一种。`,
    choices: [{ title, question }, ...found.choices],
  }
}

interface Roles {
  heads: Token[]
  filters: Token[]
  inherited: boolean
}

/**
 * What a figure is of, and what narrows it. 团员 may be either: beside 志愿服务 it narrows, alone it is counted; of
 * several such words the last is counted, as in 党员团干部.
 */
function rolesOf(tokens: Token[], ground: Ground, before: Before | null): Roles {
  const named = tokens.filter((token) => has(token, 'measure', 'topic'))
  const counted = named.filter(
    (token) => !named.some((other) => other !== token && impliedBy([other], token, ground)),
  )
  const pure = counted.filter((token) => !has(token, 'filter'))
  const both = counted.filter((token) => has(token, 'filter'))
  const narrowing = tokens.filter((token) => has(token, 'filter') && !has(token, 'measure', 'topic'))
  if (pure.length > 0) {
    const fits = (token: Token) =>
      pure.some(
        (head) => candidatesOf(head, [token], { all: ground.all, unit: null, negated: NONE }).length > 0,
      )
    const filters = both.filter(fits)
    return {
      heads: [...pure, ...both.filter((token) => !filters.includes(token))],
      filters: [...filters, ...narrowing],
      inherited: false,
    }
  }
  const last = both[both.length - 1]
  if (last && !(before && before.heads.length > 0 && isOnlyNarrowing(last, before, ground))) {
    const rest = both.slice(0, -1)
    const fits = (token: Token) =>
      candidatesOf(last, [token], { all: ground.all, unit: null, negated: NONE }).length > 0
    return {
      heads: [...rest.filter((token) => !fits(token)), last],
      filters: [...rest.filter(fits), ...narrowing],
      inherited: false,
    }
  }
  if (before && before.heads.length > 0)
    return {
      heads: before.heads,
      filters:
        narrowing.length + both.length > 0 ? [...before.filters, ...narrowing, ...both] : before.filters,
      inherited: true,
    }
  return { heads: [], filters: narrowing, inherited: false }
}

const NONE = new Set<Token>()

/** 几个党员 after 全镇多少团员 narrows what was asked; 多少团干部 asks anew. */
const isOnlyNarrowing = (token: Token, before: Before, ground: Ground): boolean =>
  !meant(token, 'measure').some((one) => one.score >= 92) &&
  before.heads.some(
    (head) => candidatesOf(head, [token], { all: ground.all, unit: null, negated: NONE }).length > 0,
  )

/** 发展了几个团员: the word says what the figure says already. */
const impliedBy = (heads: Token[], token: Token, { all }: Ground): boolean =>
  heads.some((head) =>
    meant(head, 'measure').some(({ id }) => all.measures.get(id)?.title.includes(token.text)),
  )

interface Places {
  places: Placed[] | null
  unknown: string[]
}

function placesOf(tokens: Token[], ground: Ground): Places {
  const places: Placed[] = []
  const unknown: string[] = []
  const named = tokens.filter((token) => has(token, 'org') && !has(token, 'measure', 'topic'))
  for (const token of named) {
    const bearers = meant(token, 'org')
    const elsewhere = named.filter((other) => other !== token).flatMap((other) => meant(other, 'org'))
    const above = bearers.every((one) =>
      elsewhere.some((other) => other.path !== one.path && other.path.startsWith(one.path)),
    )
    if (above && elsewhere.length > 0) continue
    const below = bearers.filter((one) => elsewhere.some((other) => one.path.startsWith(other.path)))
    const [first, ...others] = below.length > 0 ? below : bearers
    if (!first) continue
    const choices = [first, ...others].map((one) => ({ org: one.id, title: one.fullName }))
    places.push({ org: first.id, ...(others.length > 0 && { others: choices }) })
  }
  for (const token of tokens) {
    for (const { level } of meant(token, 'reach')) {
      const org = ground.atLevel(level)
      if (org) places.push({ org })
      else unknown.push(token.text)
    }
    for (const { only } of meant(token, 'own'))
      places.push({ org: ground.own, ...(only && { depth: '0' as const }) })
  }
  return { places: places.length > 0 ? places : null, unknown }
}

function unitOf(tokens: Token[]): Unit {
  for (const token of [...tokens].reverse()) {
    const [unit] = meant(token, 'unit')
    if (unit) return { units: unit.units }
    if (has(token, 'occasions')) return 'occasions'
  }
  return null
}

/** A filter behind 不是 or 非. */
function negatedIn(tokens: Token[]): Set<Token> {
  return new Set(
    tokens.filter((token, i) => has(token, 'filter') && tokens[i - 1] && has(tokens[i - 1] as Token, 'not')),
  )
}

interface Clause {
  head: Token | null
  filters: Token[]
  unit: Unit
  group: Token | null
  negated: Set<Token>
}

interface At {
  place: Placed
  span: Span | null
  /** Somebody said when. */
  said: boolean
}

const CLOSE = 8
const MOST_CHOICES = 4

function questionFor(
  clause: Clause,
  at: At,
  ground: Ground,
): Pick<ReadClause, 'question' | 'refused' | 'choices'> {
  const { head, filters, unit, negated } = clause
  if (!head && filters.length === 0) return { question: null, refused: NO_FIGURE, choices: [] }
  const found = head
    ? candidatesOf(
        head,
        filters.filter((one) => !impliedBy([head], one, ground)),
        { all: ground.all, unit, negated },
      )
    : countsOf(filters, { all: ground.all, unit, negated })
  const [first, ...others] = found
  if (!first) return { question: null, refused: cannot(clause), choices: [] }
  const asked = (one: Candidate): FigureQuestion => framed(one, clause.group, { at, ground })
  const near = others.filter((one) => one.score >= first.score - CLOSE).slice(0, MOST_CHOICES)
  const choices = near.map((one) => ({ title: titleOf(one, ground.all), question: asked(one) }))
  if (at.place.others)
    return {
      question: null,
      refused: '同名的组织不止一个，请选是哪一个。',
      choices: at.place.others.map(({ org, title }) => ({ title, question: { ...asked(first), org } })),
    }
  const [next] = near
  // Two figures that fit equally well, or a word that names none: somebody has to say.
  const unsure = next && (!head || (next.measure !== first.measure && next.score === first.score))
  if (unsure)
    return {
      question: null,
      refused: '可以指几种数据，请选一种。',
      choices: [first, ...near].map((one) => ({ title: titleOf(one, ground.all), question: asked(one) })),
    }
  return { question: asked(first), choices }
}

const NO_FIGURE = '没有听出要查哪个数据。请写上指标的名称，如“团员”“志愿服务次数”“团费收缴率”。'

function cannot({ head, filters, unit }: Clause): string {
  const narrowing = filters.map((one) => `“${one.text}”`).join('')
  if (!head) return `没有听出要查${narrowing}的什么数据，请写上指标的名称。`
  if (narrowing) return `“${head.text}”不能按${narrowing}来查，请换个问法。`
  const units = unit === 'occasions' || unit === null ? '次数' : `“${unit.units.join('、')}”`
  return `“${head.text}”没有按${units}统计的数据，请换个问法。`
}

function framed(
  one: Candidate,
  group: Token | null,
  { at, ground }: { at: At; ground: Ground },
): FigureQuestion {
  const { place, span, said } = at
  const { measure, where } = one
  const source = sourceOf(ground.all, measure)
  const by = group ? groupOf(group, source) : undefined
  return {
    org: place.org,
    measure: measure.id,
    ...(place.depth && { depth: place.depth }),
    ...timeOf(source, span, { said, today: ground.today }),
    ...(Object.keys(where).length > 0 && { where }),
    ...(by && { group: by }),
  }
}

function timeOf(source: Source, span: Span | null, { said, today }: { said: boolean; today: string }) {
  if (!span) return {}
  if (source.timing === 'flow') return { from: span.from, to: span.to }
  if (!said) return {}
  return { asOf: span.to < today ? span.to : today }
}

function groupOf(token: Token, source: Source): string | undefined {
  if (has(token, 'each')) return 'org'
  const titles = meant(token, 'by').map((one) => one.title)
  return Object.entries(source.dimensions).find(([, one]) => titles.includes(one.title))?.[0]
}
