/** Figures of a text answered: value, words, evidence, and the same period a year earlier. */
import { type Catalogue, type Measure, statesOne } from '../../../kernel/measures.ts'
import { previousOf } from '../../../kernel/period.ts'
import { type Asker, changeOf } from '../../indicators/asker.ts'
import { sourceOf } from '../../indicators/catalogue.ts'
import type { FigureAnswer, FigureQuestion } from '../../indicators/contract.ts'
import { type Wording, word } from '../../indicators/wording.ts'
import { isQuotient, precisionOf } from '../../indicators/words.ts'
import type { ResolvedFigure } from './contract.ts'
import { coveredBy, type FigureRun, questionOf, type SummaryFrame, type SummarySettings } from './model.ts'

/** Whose figures they are, of when, and how they are said. */
export interface About {
  frame: SummaryFrame
  settings: SummarySettings
}

export interface Resolving extends About {
  all: Catalogue
  asker: Asker
  /** Asks for the year before, too. */
  compare?: boolean
}

export async function resolve(runs: FigureRun[], how: Resolving): Promise<Map<string, ResolvedFigure>> {
  const found = new Map<string, ResolvedFigure>()
  await how.asker.ahead(runs.map((run) => questionOf(run.question, how.frame)))
  for (const run of runs) found.set(run.ref, await resolveOne(run, how))
  return found
}

async function resolveOne(run: FigureRun, how: Resolving): Promise<ResolvedFigure> {
  const question = questionOf(run.question, how.frame)
  const given = await how.asker(question)
  if ('refused' in given) return unanswered(run, question, given.refused)
  const { answer, measure } = given
  const wording = wordingOf(run.wording, { measure, value: answer.value }, how)
  const comparison = how.compare ? await yearBefore(run, { answer, measure }, how) : undefined
  return {
    ref: run.ref,
    measure: { id: measure.id, title: measure.title, kind: measure.kind },
    question,
    asked: answer.asked,
    display: displayed(answer, measure, wording),
    value: answer.value,
    exact: answer.exact,
    unit: answer.unit,
    missing: answer.missing,
    ...(answer.missingReason && { missingReason: answer.missingReason }),
    ...(answer.bound && { bound: answer.bound }),
    ...(answer.note && { note: answer.note }),
    ...(answer.doubtful && { doubtful: answer.doubtful }),
    evidence: answer.evidence,
    ...(comparison && { comparison }),
  }
}

const unanswered = (run: FigureRun, question: FigureQuestion, reason: string): ResolvedFigure => ({
  ref: run.ref,
  measure: { id: question.measure, title: question.measure, kind: '' },
  question,
  asked: question.measure,
  display: '—',
  value: null,
  exact: '',
  unit: '',
  missing: true,
  missingReason: reason,
  evidence: { count: 0, parts: [] },
})

/** The run's own wording over the summary's settings. What only happened is told in round numbers, never what there is. */
export function wordingOf(
  own: Wording | undefined,
  { measure, value }: { measure: Measure; value: FigureAnswer['value'] },
  how: About & { all: Catalogue },
): Wording {
  const { from, to } = coveredBy(how.frame)
  return {
    percent: how.settings.percent,
    style: styleOf(measure, Number(value), how),
    ...(from.slice(0, 4) === to.slice(0, 4) && { withinYear: Number(to.slice(0, 4)) }),
    ...own,
  }
}

const WAN = 10_000
/** Two decimals of 万. */
const WAN_GRID = 100

/** Sums are told in round numbers; of a single record the amount is known and is said in full. */
function moneyStyle(measure: Measure, value: number, settings: SummarySettings): Wording['style'] {
  if (value < WAN) return 'exact'
  if (statesOne(measure)) return value % WAN_GRID === 0 ? 'wan' : 'exact'
  return settings.money
}

function styleOf(
  measure: Measure,
  value: number,
  { settings, all }: About & { all: Catalogue },
): Wording['style'] {
  if (measure.kind === 'average') return undefined
  if (measure.valueType === 'money' || measure.unit === '元') return moneyStyle(measure, value, settings)
  return sourceOf(all, measure).timing === 'flow' ? settings.counts : 'exact'
}

/** An answer as a document says it. */
export function displayed(
  answer: Pick<FigureAnswer, 'value' | 'exact' | 'unit' | 'bound'>,
  measure: Pick<Measure, 'kind' | 'valueType'>,
  wording: Wording,
): string {
  const { value, unit, exact } = answer
  const { kind, valueType } = measure
  const [numerator = '', denominator] = exact.split('/')
  const fraction =
    value !== null && kind === 'ratio' && denominator
      ? { numerator, denominator }
      : value !== null && isQuotient(measure, value)
        ? { numerator: value, denominator: 1 }
        : undefined
  const bound = answer.bound && !wording.bound ? { bound: answer.bound } : {}
  return word(
    { value, unit, valueType, fraction, precision: precisionOf(value, valueType) },
    { ...wording, ...bound },
  )
}

/** The same period a year earlier, for numbers of the summary's own period that were recorded then, too. */
async function yearBefore(
  run: FigureRun,
  now: { answer: FigureAnswer; measure: Measure },
  how: Resolving,
): Promise<ResolvedFigure['comparison']> {
  const { answer, measure } = now
  if (typeof answer.value !== 'number' || run.question.period || run.question.where?.record) return undefined
  const period = previousOf(coveredBy(how.frame))
  const frame = { org: how.frame.org, period: period.id, cutOff: period.to }
  const before = await how.asker(questionOf(run.question, frame))
  if ('refused' in before || typeof before.answer.value !== 'number') return undefined
  // Of two numbers of which one is no more than a bound, nobody knows the difference.
  if ([answer, before.answer].some((a) => a.bound || a.doubtful)) return undefined
  const wording = wordingOf(run.wording, { measure, value: before.answer.value }, how)
  return {
    value: before.answer.value,
    display: displayed(before.answer, measure, wording),
    change: changeOf(answer, before.answer),
    period: period.label,
  }
}
