/** From words to questions. A clause without a figure of its own goes on from the one before it. Pure. */
import type { Catalogue } from '../../../kernel/measures.ts'
import { measureOf, sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { shifted } from '../frame.ts'
import { type Against, againstIn, heldAgainst } from './against.ts'
import { candidatesOf, impliedBy, meant, type Unit } from './candidates.ts'
import { type At, type Clause, type Found, type Placed, questionFor } from './framed.ts'
import type { Lexicon } from './lexicon.ts'
import type { Span } from './periods.ts'
import { soundingLike, type Token, tokensOf } from './tokens.ts'
import { type Among, has, turnOf } from './turned.ts'
import { type Left, leftOut, likeliest } from './understood.ts'
import type { OwnKind } from './words.ts'

export interface Ground {
  all: Catalogue
  lexicon: Lexicon
  today: string
  /** The organisation asked about where none is named, and of what level and kind it is. */
  own: string
  ownLevel: string | null
  isOwn: (kind: OwnKind) => boolean
  /** The organisation at this level: the one asked about, or above it. */
  atLevel: (level: string) => string | null
  /** Where no time is said. */
  usual: Span | null
}

export interface ReadClause extends Found {
  words: string
  unknown: string[]
  /** Not the figure is asked for but who has it. */
  among?: Among
  /** By how much it differs from this one. */
  against?: FigureQuestion
}

/** What a clause leaves to the next. */
interface Before {
  heads: Token[]
  filters: Token[]
  places: Placed[] | null
  spans: Span[]
  group: Token | null
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

/** What a clause says, by its roles. */
interface Heard {
  words: string
  tokens: Token[]
  roles: Roles
  unknown: string[]
  said: Places
  spans: Span[]
  /** Somebody said when. */
  timed: boolean
  group: Token | null
  units: Unit[]
}

function readClause(
  words: string,
  all: Token[],
  { ground, before }: Reading,
): { clauses: ReadClause[]; left: Before } {
  const turn = turnOf(all, ground)
  const heard = hear(words, turn?.rest ?? all, { ground, before })
  const clauses = questionsOf(heard, { ground, before }).map((clause): ReadClause => {
    if (!turn || !clause.question) return clause
    const { kind, wish } = turn
    const question = kind === 'month' ? { ...clause.question, group: 'month' } : clause.question
    return { ...clause, question, among: { kind, wish }, choices: [] }
  })
  const nothing = clauses.every((one) => !one.question && one.choices.length === 0)
  if (nothing) return { clauses: misheard(clauses, all, ground), left: leaving(heard, before) }
  return { clauses, left: leaving(heard, before) }
}

/** 团圆有多少: what sounds alike is offered, never taken. */
function misheard(clauses: ReadClause[], tokens: Token[], ground: Ground): ReadClause[] {
  const sounding = tokens.map((token) =>
    token.meanings.length > 0 ? token : soundingLike(token, ground.lexicon),
  )
  if (sounding.every((token, i) => token === tokens[i])) return clauses
  const found = questionsOf(hear('', sounding, { ground, before: null }), { ground, before: null })
  const choices = found.flatMap(({ question, choices }) => [
    ...(question ? [{ title: ground.all.measures.get(question.measure)?.title ?? '', question }] : []),
    ...choices,
  ])
  const [first, ...others] = clauses
  if (!first || choices.length === 0) return clauses
  const [word = ''] = first.unknown
  return [{ ...first, refused: `没有听懂“${word}”。是不是要问下面的？`, choices }, ...others]
}

function leaving({ roles, said, spans, group }: Heard, before: Before | null): Before {
  return {
    heads: roles.heads,
    filters: roles.inherited ? (before?.filters ?? []) : roles.filters,
    places: said.places ?? before?.places ?? null,
    spans,
    group,
  }
}

function hear(words: string, tokens: Token[], { ground, before }: Reading): Heard {
  const unknown = tokens.filter((token) => token.meanings.length === 0).map((token) => token.text)
  const said = placesOf(tokens, ground)
  const times = tokens.flatMap((token) => meant(token, 'time').map((one) => one.span))
  const spans = times.length > 0 ? times : (before?.spans ?? [])
  return {
    words,
    tokens,
    roles: rolesOf(tokens, ground, before),
    unknown: [...unknown, ...said.unknown],
    said,
    spans,
    timed: spans.length > 0,
    group: tokens.find((token) => has(token, 'each', 'by')) ?? null,
    units: unitsOf(tokens),
  }
}

/** Every question that the clause asks: each head, place, time, unit and alternative by itself. */
function questionsOf(heard: Heard, { ground, before }: Reading): ReadClause[] {
  const { words, tokens, roles, unknown, said, timed, group, units } = heard
  const { heads, filters, inherited } = roles
  const places = said.places ?? before?.places ?? [{ org: ground.own }]
  const against = againstIn(tokens, ground.today)
  const spans = against ? [heldAgainst(against, tokens, ground.today)] : heard.spans
  const now = spans.length > 0 ? spans : [ground.usual]
  // Nothing of it was understood: what was asked before is not its answer.
  const lost = inherited && unknown.length > 0 && !said.places && !timed && filters === before?.filters
  const asked = lost || heads.length === 0 ? [null] : heads
  const ways = lost ? [[]] : alternatives(filters, tokens)
  const compared = against !== null && spans[0] !== null
  const yearBefore = !against && tokens.some((one) => has(one, 'yearBefore'))
  const all = asked.flatMap((head) =>
    places.flatMap((place) =>
      now.flatMap((span) => units.flatMap((unit) => ways.map((way) => ({ head, place, span, unit, way })))),
    ),
  )
  const several = all.length > 1 || group !== null || before !== null
  return all.map(({ head, place, span, unit, way }): ReadClause => {
    const clause = { head, filters: way, unit, group, negated: negatedIn(tokens) }
    const at = { place, span, said: timed || compared, yearBefore }
    const found = questionFor(clause, at, ground)
    const part = {
      tokens,
      heads: inherited ? [] : heads,
      filters: way,
      several,
      units: units.length,
      compared,
    }
    const left = leftOut(part, found.question, ground)
    const strange = [...new Set([...said.unknown, ...left.unread])]
    const answer = askedBack(found, { ...left, unread: strange }, ground)
    const then =
      compared && answer.question ? beforeThat(answer.question, against, { clause, at, ground }) : null
    return { words, unknown: strange, ...answer, ...(then && { against: then }) }
  })
}

/** 本科和大专的: two values of one kind, joined, are two questions. */
function alternatives(filters: Token[], tokens: Token[]): Token[][] {
  if (!tokens.some((one) => has(one, 'and'))) return [filters]
  const keys = new Map<string, Token[]>()
  for (const token of filters) {
    const key = likeliest(token)?.key ?? token.text
    keys.set(key, [...(keys.get(key) ?? []), token])
  }
  return [...keys.values()].reduce<Token[][]>(
    (ways, tokens) => ways.flatMap((way) => tokens.map((token) => [...way, token])),
    [[]],
  )
}

/** The question that it is compared with. */
function beforeThat(
  question: FigureQuestion,
  { span }: Against,
  { clause, at, ground }: { clause: Clause; at: At; ground: Ground },
): FigureQuestion | null {
  if (span) return questionFor(clause, { ...at, span }, ground).question
  const measure = measureOf(ground.all, question.measure)
  return shifted(question, 'yearBefore', {
    today: ground.today,
    timing: sourceOf(ground.all, measure).timing,
  })
}

/** No number decorates words that were not understood: what it would have been of is offered instead. */
function askedBack(found: Found, { unread, loose }: Left, { all }: Ground): Found {
  const { question } = found
  if (!question) return found
  const title = all.measures.get(question.measure)?.title ?? question.measure
  const choices = [{ title, question }, ...found.choices]
  const [strange] = unread.filter((word) => !title.includes(word))
  if (strange !== undefined) {
    const refused = `没有听懂“${strange}”，不敢给数。请换个说法，或选下面的一种。`
    return { question: null, refused, choices }
  }
  const [apart] = loose
  if (apart === undefined) return found
  const refused = `不知道“${apart}”和前面的话是什么关系。请分成两句来问，或选下面的一种。`
  return { question: null, refused, choices }
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
    (token) =>
      !named.some(
        (other) => other !== token && (impliedBy([other], token, ground) || isItsLedger(token, other)),
      ),
  )
  const pure = counted.filter((token) => !has(token, 'filter') || isJoined(token, tokens))
  const both = counted.filter((token) => !pure.includes(token))
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

/** 青年大学习 beside 参学率 says of what. */
function isItsLedger(token: Token, other: Token): boolean {
  const ledgers = meant(token, 'topic').map((one) => one.ledger)
  const own = meant(other, 'measure').map((one) => one.id.split('.')[0] ?? '')
  return !has(token, 'measure') && !has(other, 'topic') && own.some((one) => ledgers.includes(one))
}

/** 团员和团干部: joined with another figure it is one itself. */
function isJoined(token: Token, tokens: Token[]): boolean {
  const heard = tokens.filter((one) => !has(one, 'filler'))
  const at = heard.indexOf(token)
  const isFigure = (one: Token | undefined) => has(one, 'measure', 'topic')
  return (
    (has(heard[at + 1], 'and') && isFigure(heard[at + 2])) ||
    (has(heard[at - 1], 'and') && isFigure(heard[at - 2]))
  )
}

/** 几个党员 after 全镇多少团员 narrows what was asked; 多少团干部 asks anew. */
const isOnlyNarrowing = (token: Token, before: Before, ground: Ground): boolean =>
  !meant(token, 'measure').some((one) => one.score >= 92) &&
  before.heads.some(
    (head) => candidatesOf(head, [token], { all: ground.all, unit: null, negated: NONE }).length > 0,
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
    for (const { only, kind } of meant(token, 'own'))
      if (ground.isOwn(kind)) places.push({ org: ground.own, ...(only && { depth: '0' as const }) })
      else unknown.push(token.text)
  }
  return { places: places.length > 0 ? places : null, unknown }
}

/** Each unit that is asked for: 多少次以及多少人次 are two questions. */
function unitsOf(tokens: Token[]): Unit[] {
  const units = new Map<string, Unit>()
  const plain = tokens.filter((one) => has(one, 'unit', 'occasions') && !has(one, 'filter'))
  for (const token of plain.length > 0 ? plain : tokens) {
    const [unit] = meant(token, 'unit')
    const known = units.get(unit?.units[0] ?? '')
    if (unit && !(known && known !== 'occasions' && known.units.length > unit.units.length))
      units.set(unit.units[0] ?? '', { units: unit.units })
    else if (!unit && has(token, 'occasions')) units.set('occasions', 'occasions')
  }
  return units.size > 0 ? [...units.values()] : [null]
}

/** A filter behind 不是, 非, 没有. */
function negatedIn(tokens: Token[]): Set<Token> {
  return new Set(tokens.filter((token, i) => has(token, 'filter') && has(tokens[i - 1], 'not', 'lacks')))
}
