/** Which figures a word may mean, narrowed by the other words of its clause, the likeliest first. Pure. */
import { type Catalogue, type Measure, type Source, statesOne } from '../../../kernel/measures.ts'
import { measureOf, sourceOf } from '../catalogue.ts'
import { bare, type Meaning } from './lexicon.ts'
import type { Token } from './tokens.ts'

export type Of<T extends Meaning['is']> = Extract<Meaning, { is: T }>

export const meant = <T extends Meaning['is']>(token: Token, is: T): Of<T>[] =>
  token.meanings.filter((one): one is Of<T> => one.is === is)

/** The unit asked for; `occasions`: how often, in whatever word. */
export type Unit = { units: string[] } | 'occasions' | null

export interface Candidate {
  measure: Measure
  where: Record<string, string>
  score: number
}

export interface Judging {
  all: Catalogue
  unit: Unit
  negated: Set<Token>
}

/** Figures that the word may mean and that every filter narrows, the likeliest first. */
export function candidatesOf(head: Token, filters: Token[], judging: Judging): Candidate[] {
  const { all } = judging
  const named = meant(head, 'measure').map((one) => ({
    measure: measureOf(all, one.id),
    score: one.score,
    where: one.where ?? {},
  }))
  const ofTopic = meant(head, 'topic').flatMap((one) =>
    measuresOfLedger(one.ledger, one.score, all)
      .map((found) => ofKind(head, found, judging))
      .map((found) => ({ ...found, score: found.score + likeness([head, ...filters], found.measure) })),
  )
  return judged([...named, ...ofTopic], filters, judging)
}

const MORE_EXACT = 4

/** 主题团日 names the ledger of 主题活动, and a kind of it: those are asked for, not all. */
function ofKind(head: Token, found: Candidate, { all }: Judging): Candidate {
  const sources = sourcesOf(found.measure, all)
  const [kind] = meant(head, 'filter')
    .filter((one) => one.weight > 0 && sources.every((source) => takes(source, one)))
    .sort((a, b) => b.weight - a.weight)
  if (!kind || found.measure.group === head.text || found.measure.where?.[kind.key] !== undefined)
    return found
  return { ...found, where: { [kind.key]: kind.value }, score: found.score + MORE_EXACT }
}

const MOST_LIKENESS = 6

/** 贷款发放 asks for 发放贷款金额 rather than for 申请贷款金额. */
function likeness(words: Token[], { title, group }: Measure): number {
  const own = new Set([...words.map((one) => one.text).join('')].filter((char) => !group.includes(char)))
  return Math.min(MOST_LIKENESS, [...own].filter((char) => title.includes(char)).length * 2)
}

function judged(all: Candidate[], filters: Token[], judging: Judging): Candidate[] {
  const found = all.flatMap((one) => {
    const wheres = narrowed(withUnit(one, judging.unit), filters, judging)
    return wheres.map((where, rank) => ({
      ...one,
      where,
      score: one.score + unitScore(one.measure, judging.unit) - rank * 3,
    }))
  })
  const best = new Map<string, Candidate>()
  for (const one of found) {
    const key = JSON.stringify([one.measure.id, one.where])
    if ((best.get(key)?.score ?? -1) < one.score) best.set(key, one)
  }
  const fitting = [...best.values()].filter((one) => one.score > 0)
  return fitting.sort((a, b) => b.score - a.score)
}

/** Where the unit stands in the rows, it is a filter. */
const withUnit = (one: Candidate, unit: Unit): Candidate =>
  one.measure.unitOf && unit && unit !== 'occasions'
    ? { ...one, where: { ...one.where, [one.measure.unitOf.apartBy[0] ?? 'unit']: unit.units.join(',') } }
    : one

const IMPLIED = ['count', 'people', 'personTimes']

function measuresOfLedger(ledger: string, score: number, all: Catalogue): Candidate[] {
  return [...all.measures.values()].flatMap((measure, order) => {
    const [owner, own = ''] = measure.id.split('.')
    if (owner !== ledger || statesOne(measure) || own === 'quantity') return []
    const rank = IMPLIED.indexOf(own)
    const plain = measure.kind === 'count' && !measure.where
    return [
      { measure, where: {}, score: score - (rank === 0 || plain ? 0 : rank > 0 ? 9 : 14) - order / 1000 },
    ]
  })
}

/** The unit asked for is the measure's, or it is another figure. 人 is never answered with 人次. */
function unitScore({ unit, kind, unitOf }: Measure, asked: Unit): number {
  if (asked === null || unitOf) return 0
  if (asked === 'occasions')
    return kind === 'count' || kind === 'distinct' ? (unit === '人' || unit === '人次' ? -200 : 8) : -40
  return asked.units.includes(unit) ? 14 : -200
}

/** Counts of whatever is told apart by these words, where no figure was named. */
export function countsOf(filters: Token[], judging: Judging): Candidate[] {
  const { all } = judging
  const counts = [...all.measures.values()].filter(
    (measure) =>
      !measure.parts &&
      !statesOne(measure) &&
      !measure.where &&
      /\.(count|people|personTimes)$/.test(measure.id),
  )
  return judged(
    counts.map((measure) => ({ measure, where: {}, score: measure.id.endsWith('.count') ? 60 : 50 })),
    filters,
    judging,
  )
}

/** Ways to narrow the measure by all the words, the likeliest first; none where a word narrows it in no way. */
function narrowed(
  { measure, where }: Candidate,
  filters: Token[],
  { all, negated }: Judging,
): Record<string, string>[] {
  let ways: Record<string, string>[] = [where]
  const sources = sourcesOf(measure, all)
  for (const token of filters) {
    const fitting = meant(token, 'filter')
      .filter((one) => sources.every((source) => takes(source, one)))
      .sort((a, b) => b.weight - a.weight)
    const own = fitting.find((one) => measure.where?.[one.key] === one.value)
    if (own || measure.title.includes(token.text)) continue
    const free = fitting.filter((one) => measure.where?.[one.key] === undefined)
    const [first, ...others] = free
    if (!first) return []
    const second = others.find((one) => one.key !== first.key && one.weight >= first.weight - 1)
    const laid = (one: Of<'filter'>) =>
      ways.map((way) => ({ ...way, [one.key]: negated.has(token) ? `!${one.value}` : one.value }))
    ways = [...laid(first), ...(second ? laid(second) : [])]
  }
  return ways
}

function sourcesOf(measure: Measure, all: Catalogue): Source[] {
  if (!measure.parts) return [sourceOf(all, measure)]
  return measure.parts.flatMap((part) => sourcesOf(measureOf(all, part.measure), all))
}

function takes({ dimensions }: Source, { key, value }: Of<'filter'>): boolean {
  const dimension = dimensions[key]
  if (!dimension) return false
  if (dimension.type === 'yesNo') return value === '是' || value === '否'
  if (!dimension.options) return dimension.type === 'number'
  return value.split(',').every((one) => dimension.options?.some((option) => option.value === one))
}

/** 主题活动场数（类型：植树） */
export function titleOf({ measure, where }: Candidate, all: Catalogue): string {
  const source = sourceOf(all, measure)
  const said = Object.entries(where).map(([key, value]) => {
    const dimension = source.dimensions[key]
    const title = dimension?.options?.find((option) => option.value === value)?.title ?? value
    return `${dimension?.title ?? key}：${title}`
  })
  return said.length > 0 ? `${measure.title}（${said.join('；')}）` : measure.title
}

/** 发展了几个团员: the word says what the figure says already. */
export const impliedBy = (heads: Token[], token: Token, { all }: { all: Catalogue }): boolean =>
  heads.some((head) =>
    meant(head, 'measure').some(({ id }) =>
      bare(all.measures.get(id)?.title ?? '').includes(token.text.replace(/(人|总)?数$/, '')),
    ),
  )
