/** One question of what was heard, or why there is none and what may be meant. Pure. */
import type { Source } from '../../../kernel/measures.ts'
import { sourceOf } from '../catalogue.ts'
import type { FigureQuestion } from '../contract.ts'
import { shifted } from '../frame.ts'
import { type Candidate, candidatesOf, countsOf, impliedBy, meant, titleOf, type Unit } from './candidates.ts'
import type { Span } from './periods.ts'
import type { Ground } from './read.ts'
import type { Token } from './tokens.ts'
import { has } from './turned.ts'

export interface Placed {
  org: string
  depth?: '0'
  /** 柳河村 of two townships: has to be chosen. */
  others?: { org: string; title: string }[]
}

export interface Clause {
  head: Token | null
  filters: Token[]
  unit: Unit
  group: Token | null
  negated: Set<Token>
}

export interface At {
  place: Placed
  span: Span | null
  /** Somebody said when. */
  said: boolean
  /** The same days a year earlier. */
  yearBefore: boolean
}

export interface Found {
  question: FigureQuestion | null
  refused?: string
  choices: { title: string; question: FigureQuestion }[]
}

const CLOSE = 8
const MOST_CHOICES = 4

export function questionFor(clause: Clause, at: At, ground: Ground): Found {
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
  const unsure = next ? !head || fitsAsWell(first, next, unit) : !head && unit === null
  if (unsure)
    return {
      question: null,
      refused: '可以指几种数据，请选一种。',
      choices: [first, ...near].map((one) => ({ title: titleOf(one, ground.all), question: asked(one) })),
    }
  return { question: asked(first), choices }
}

/** 贷款多少钱: that applied for, or that granted? */
function fitsAsWell(first: Candidate, next: Candidate, unit: Unit): boolean {
  if (next.measure === first.measure) return false
  const byUnit = unit !== null && unit !== 'occasions' && !next.measure.where
  return first.score - next.score < (byUnit ? 1 : Number.EPSILON)
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
  const question: FigureQuestion = {
    org: place.org,
    measure: measure.id,
    ...(place.depth && { depth: place.depth }),
    ...timeOf(source, span, { said, today: ground.today }),
    ...(Object.keys(where).length > 0 && { where }),
    ...(by && { group: by }),
  }
  if (!at.yearBefore) return question
  return shifted(question, 'yearBefore', { today: ground.today, timing: source.timing })
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
