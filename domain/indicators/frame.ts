/** From a question as asked to the frame in which SQL answers it: whose paths, which days, which moment. */
import type { Context } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import type { Depth, Frame, Measure, Part, Source } from '../../kernel/measures.ts'
import {
  addDays,
  dateInWords,
  dayRange,
  isDay,
  parsePeriod,
  periodOf,
  rangeInWords,
  yearEarlier,
} from '../../kernel/period.ts'
import { findOrg, type Org, pathsDuring, requireOrg } from '../structure/organisations/queries.ts'
import { endOf, scopeAt, scopedCounty } from '../structure/organisations/rules.ts'
import type { FigureQuestion } from './contract.ts'
import { type PercentRule, percentRuleOf } from './percentRule.ts'

export interface FramedOrg {
  id: string
  code: string
  name: string
  path: string
  countyId: string | null
}

export interface Framed {
  org: FramedOrg
  frame: Frame
  /** 2024年1月1日至6月30日, 截至2024年6月18日. */
  when: string
  /** As asked, else the organisation's rule. */
  percent: PercentRule
}

const FIRST_DAY = '0001-01-01'

export async function frameOf(
  ctx: Context,
  question: FigureQuestion,
  measure: Measure,
  source: Source,
): Promise<Framed> {
  const time = timeOf(question, source.timing, ctx.today)
  const from = source.timing === 'flow' ? `${time.from} 00:00:00` : time.asOf
  const { found, paths, percent } = await placeOf(ctx, question.org, { from, to: time.asOf })
  requireOrg(ctx, 'figures.read', found)
  const countyId = scopedCounty(found)
  const depth = depthOf(question, measure)
  const org = { id: found.id, code: found.code, name: found.name, path: found.path, countyId }
  const frame: Frame = {
    org: { id: org.id, code: org.code, countyId },
    scopes: paths.map((path) => scopeAt(found, path)),
    depth,
    from: time.from,
    to: time.to,
    asOf: time.asOf,
  }
  return { org, frame, when: time.words, percent: question.percent ?? percent }
}

interface Place {
  found: Org
  paths: string[]
  percent: PercentRule
}

const batches = new WeakMap<Context, Map<string, Promise<Place>>>()

/** The caller's context for questions at a stretch: where an organisation stood is looked up once. Only for reading. */
export function inOneBatch(ctx: Context): Context {
  if (batches.has(ctx)) return ctx
  const batch = { ...ctx }
  batches.set(batch, new Map())
  return batch
}

async function placeOf(
  ctx: Context,
  org: string,
  { from, to }: { from: string; to: string },
): Promise<Place> {
  const batch = batches.get(ctx)
  const key = `${org} ${from} ${to}`
  const place = batch?.get(key) ?? lookUp(ctx, org, { from, to })
  batch?.set(key, place)
  return place
}

async function lookUp(ctx: Context, org: string, { from, to }: { from: string; to: string }): Promise<Place> {
  const found = await findOrg(ctx, org, { asOf: to })
  const paths = await pathsDuring(ctx.db, found.id, from, to)
  return { found, paths, percent: await percentRuleOf(ctx, found.path) }
}

function depthOf(question: FigureQuestion, measure: Measure): Depth {
  const depth = question.depth
  if (depth === undefined) return measure.depth ?? 'all'
  return depth === 'all' ? 'all' : depth === '0' ? 0 : 1
}

interface Time {
  from: string
  to: string
  /** The moment at which stocks are looked at; of a period, the end of its last day. */
  asOf: string
  words: string
}

function timeOf(question: FigureQuestion, timing: 'flow' | 'stock', today: string): Time {
  const { from, to } = question
  // A stock without a date is what it is today; events without one are those of the half-year.
  const asOf = question.asOf ?? (timing === 'stock' && !from && !to ? today : undefined)
  if (asOf !== undefined) {
    const moment = endOf(asOf)
    const day = moment.slice(0, 10)
    const start = from ?? FIRST_DAY
    const said = `截至${dateInWords(day)}${asOf.length > 10 ? asOf.slice(10) : ''}`
    return { from: start, to: day, asOf: moment, words: timing === 'flow' && !from ? `${said}累计` : said }
  }
  const period =
    from || to ? dayRange(checked(from ?? FIRST_DAY), checked(to ?? today)) : parsePeriod(periodOf(today))
  const words =
    timing === 'stock'
      ? `截至${dateInWords(period.to)}`
      : from
        ? rangeInWords(period.from, period.to)
        : period.label
  return { from: period.from, to: period.to, asOf: endOf(period.to), words }
}

function checked(day: string): string {
  if (!isDay(day)) throw invalid('badDay', `“${day}”不是一个日期，请写成 2024-06-18 的样子。`)
  return day
}

/** The days that a question without any looks at. */
function usualDays(
  { from, to, asOf }: FigureQuestion,
  today: string,
  timing: Source['timing'],
): Pick<FigureQuestion, 'from' | 'to' | 'asOf'> {
  if (from || to || asOf) return {}
  if (timing === 'stock') return { asOf: today }
  const period = parsePeriod(periodOf(today))
  return { from: period.from, to: period.to }
}

/** The question a year, a period or a day earlier, for differences and comparisons. */
export function shifted(
  asked: FigureQuestion,
  shift: NonNullable<Part['shift']>,
  { today, timing }: { today: string; timing: Source['timing'] },
): FigureQuestion {
  const question = { ...asked, ...usualDays(asked, today, timing) }
  if (shift === 'yearBefore') return yearEarlier(question)
  const { asOf: _asOf, from: _from, to: _to, ...rest } = question
  if (shift === 'beforePeriod')
    return { ...rest, asOf: addDays(question.from ?? parsePeriod(periodOf(today)).from, -1) }
  if (!question.from || !question.to) return shifted(question, 'yearBefore', { today, timing })
  const length = Math.round((Date.parse(question.to) - Date.parse(question.from)) / 86_400_000)
  const to = addDays(question.from, -1)
  return { ...rest, from: addDays(to, -length), to }
}
