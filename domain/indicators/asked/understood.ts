/** Every word of a clause has to be accounted for: what changed nothing would be decorated with another number. Pure. */
import type { Measure } from '../../../kernel/measures.ts'
import { sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { meant } from './candidates.ts'
import type { Meaning } from './lexicon.ts'
import type { Ground } from './read.ts'
import type { Token } from './tokens.ts'
import { has } from './turned.ts'

interface Heard {
  tokens: Token[]
  /** Heads that this clause names itself. */
  heads: Token[]
  filters: Token[]
  /** More than one question was heard, so that a word may join them. */
  several: boolean
  /** More than one unit: of one figure each is a question, of several nobody knows which belongs to which. */
  units: number
  /** A comparison was read. */
  compared: boolean
}

export interface Left {
  /** Words that nothing was made of. */
  unread: string[]
  /** Words that were understood, but not how they belong together. */
  loose: string[]
}

/** Of what the question comes to, the words that it leaves out. */
export function leftOut(heard: Heard, question: FigureQuestion | null, ground: Ground): Left {
  const measure = ground.all.measures.get(question?.measure ?? '')
  const unread = heard.tokens.filter(
    (token, i) => !isRead(token, heard.tokens[i + 1], { heard, question, measure, ground }),
  )
  const mixed =
    heard.units > 1 && heard.heads.length > 1
      ? heard.tokens.filter((one) => has(one, 'unit', 'occasions')).slice(1)
      : []
  const text = (token: Token) => token.text
  return {
    unread: unread.map(text),
    loose: [...unlinked(heard), ...contrary(heard.filters), ...mixed].map(text),
  }
}

interface Asked {
  heard: Heard
  question: FigureQuestion | null
  measure: Measure | undefined
  ground: Ground
}

const ALONE = new Set<Meaning['is']>(['among', 'most', 'least', 'rank', 'which'])

function isRead(token: Token, next: Token | undefined, { heard, question, measure, ground }: Asked): boolean {
  const [first] = token.meanings
  if (!first) return false
  if (token.meanings.every((one) => ALONE.has(one.is))) return false
  if (has(token, 'than')) return heard.filters.includes(token)
  if (first.is === 'lacks' || first.is === 'not') return next !== undefined && heard.filters.includes(next)
  if (first.is === 'against' || first.is === 'changed') return heard.compared
  if (first.is === 'and')
    return heard.several || question === null || heard.tokens.some((one) => has(one, 'not'))
  if (first.is === 'each' || first.is === 'by') return question === null || question.group !== undefined
  if (first.is === 'verb') return measure === undefined || goesWith(first.fits, measure, ground)
  return true
}

/** 发了多少团费 is not what was paid in; 开了几个支部 not how many there are. */
function goesWith(fits: string, measure: Measure, { all }: Ground): boolean {
  if (fits === '') return true
  if (fits === '*')
    return sourceOf(all, measure).timing === 'flow' || sourceOf(all, measure).ledger !== undefined
  const said = [measure.title, measure.group, ...(measure.asked ?? [])].join('')
  return [...fits].some((char) => said.includes(char))
}

/** Two figures side by side are two questions only where a word joins them. */
function unlinked({ tokens, heads }: Heard): Token[] {
  const places = heads.map((one) => tokens.indexOf(one)).sort((a, b) => a - b)
  return places.slice(1).flatMap((at, i) => {
    const between = tokens.slice(places[i], at)
    const head = tokens[at]
    return head && !between.some((one) => has(one, 'and')) ? [head] : []
  })
}

export const likeliest = (token: Token) => meant(token, 'filter').sort((a, b) => b.weight - a.weight)[0]

/** 男 and 女 at once are nobody. */
function contrary(filters: Token[]): Token[] {
  return filters.filter((token, i) => {
    const own = likeliest(token)
    return filters.slice(0, i).some((other) => {
      const before = likeliest(other)
      return own && before && own.key === before.key && own.value !== before.value
    })
  })
}
