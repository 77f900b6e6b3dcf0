/**
 * Questions whose answer is not the figure but who has it: 团员最多的村, 没有开展活动的支部, 超过20人的支部有几个. What was
 * heard of them is taken out of the sentence; the rest is read as any other. Pure.
 */
import { candidatesOf, meant } from './candidates.ts'
import type { Bounds, Meaning } from './lexicon.ts'
import type { Ground } from './read.ts'
import type { Token } from './tokens.ts'
import { AMONG, type AmongKind, UNITS } from './words.ts'

export type Wish =
  | { is: 'ranked'; order: 'most' | 'least'; top: number | null }
  | { is: 'than'; bounds: Bounds }
  | { is: 'none' }
  | { is: 'some' }
  | { is: 'each' }

export interface Among {
  kind: AmongKind
  wish: Wish
}

interface Turn extends Among {
  rest: Token[]
}

export const has = (token: Token | undefined, ...kinds: Meaning['is'][]): boolean =>
  token?.meanings.some((one) => kinds.includes(one.is)) ?? false

const TURNING: Meaning['is'][] = ['most', 'least', 'rank', 'lacks', 'which', 'than']

/** Null where the sentence asks for the figure itself, or in a way that no rule reads. */
export function turnOf(tokens: Token[], ground: Ground): Turn | null {
  const at = askedAmong(tokens, ground)
  const token = tokens[at]
  const kind = token && kindOf(token)
  if (!token || !kind) return null
  const rest = tokens.filter((one) => one !== token && !isTurning(one, tokens))
  const wish = wishOf(tokens, { at, rest, ground })
  if (!wish || (kind === 'member' && !tookNoPart(wish, tokens))) return null
  return { kind, wish, rest: [...rest, ...unitSaid(tokens)] }
}

/** 没参加志愿服务的团员 are told by name; who has no arrears is not. */
const tookNoPart = (wish: Wish, tokens: Token[]): boolean =>
  wish.is === 'none' && tokens.some((one) => meant(one, 'verb').some(({ fits }) => fits === '*'))

/** 没有流动的 narrows; 没有团员的村 asks which village has none. */
const isTurning = (token: Token, tokens: Token[]): boolean =>
  has(token, ...TURNING) && !(has(token, 'lacks') && narrows(tokens[tokens.indexOf(token) + 1]))

const narrows = (next: Token | undefined): boolean =>
  has(next, 'filter') && !has(next, 'measure', 'topic', 'among')

/** Of 村, 支部 and the like the one that is asked for: behind 哪个, behind 的, or before a ranking. */
function askedAmong(tokens: Token[], ground: Ground): number {
  const ranked = tokens.some((one) => has(one, 'rank', 'most', 'least'))
  const each = tokens.findIndex((one) => has(one, 'each') && (ranked || reachesDeeper(one, ground)))
  const named = (fits: (token: Token, before: Token | undefined) => boolean) =>
    tokens.findIndex((one, i) => has(one, 'among') && fits(one, tokens[i - 1]))
  const which = named((one, before) => has(before, 'which') || meant(one, 'among').some(({ which }) => which))
  const behind = named((_, before) => before?.text.endsWith('的') ?? false)
  const first = named((_, before) => before === undefined && ranked)
  return [each, which, behind, first].find((at) => at >= 0) ?? -1
}

const EACH = /^(各|每个)/

function kindOf(token: Token): AmongKind | null {
  const [named] = meant(token, 'among')
  if (named) return named.kind
  const word = token.text.replace(EACH, '')
  const found = Object.entries(AMONG).find(([, words]) => words.some((one) => one.startsWith(word)))
  return has(token, 'each') ? ((found?.[0] as AmongKind | undefined) ?? 'unit') : null
}

/** 各村 asked of a county are no direct subordinates. */
function reachesDeeper(token: Token, { ownLevel }: Ground): boolean {
  const kind = kindOf(token)
  if (kind === 'unit' || kind === null) return false
  const direct: Partial<Record<AmongKind, string>> = { town: 'county', county: 'city' }
  return ownLevel !== (direct[kind] ?? 'township')
}

function wishOf(
  tokens: Token[],
  { at, rest, ground }: { at: number; rest: Token[]; ground: Ground },
): Wish | null {
  const token = tokens[at]
  const [than] = tokens.flatMap((one) => meant(one, 'than'))
  const [rank] = tokens.flatMap((one) => meant(one, 'rank'))
  const least = tokens.some((one) => has(one, 'least'))
  const ranked = rank || least || tokens.some((one) => has(one, 'most'))
  const none = tokens.some((one) => has(one, 'lacks') && isTurning(one, tokens))
  if ([than, ranked, none].filter(Boolean).length > 1) return null
  if (than) return { is: 'than', bounds: than.bounds }
  if (ranked) {
    const all = rank && !rank.top && !tokens.some((one) => has(one, 'most', 'least'))
    return { is: 'ranked', order: least ? 'least' : 'most', top: all ? null : (rank?.top ?? 1) }
  }
  if (none) return { is: 'none' }
  if (has(token, 'each')) return { is: 'each' }
  return token && hasIt(token, rest, ground) ? { is: 'some' } : null
}

/** 开展志愿服务的支部, but not 新成立的支部: there the word narrows what is counted. */
const hasIt = (token: Token, rest: Token[], ground: Ground): boolean => {
  const heads = rest.filter((one) => has(one, 'measure', 'topic'))
  const judging = { all: ground.all, unit: null, negated: new Set<Token>() }
  // 没交团费 of a village may be said of all of it or of some in it.
  if (heads.some((head) => /没|未|不/.test(head.text))) return false
  return heads.length > 0 && !heads.some((head) => candidatesOf(head, [token], judging).length > 0)
}

const OF_PEOPLE = ['个人', '人', '名']
const COUNTED = new Set(['次', '场', '期', '件', '份', '篇', '项', '笔', '条'])

/** 超过20人 says the unit as well. */
function unitSaid(tokens: Token[]): Token[] {
  const [unit = ''] = tokens.flatMap((one) => meant(one, 'than')).map((one) => one.unit)
  if (unit === '' || unit === '个') return []
  if (COUNTED.has(unit)) return [{ text: unit, meanings: [{ is: 'occasions' }] }]
  const units = OF_PEOPLE.includes(unit) ? ['人', '名'] : (UNITS[unit] ?? [unit])
  return [{ text: unit, meanings: [{ is: 'unit', units }] }]
}
