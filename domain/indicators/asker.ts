/** Many questions at a stretch: each asked once, a refusal kept as words; and how two answers differ. */
import type { Context } from '../../kernel/context.ts'
import { subtract, toDecimals } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Catalogue, Measure } from '../../kernel/measures.ts'
import { measureOf } from './catalogue.ts'
import type { FigureAnswer, FigureQuestion } from './contract.ts'
import { inOneBatch } from './frame.ts'
import { type AskOptions, askEach } from './query.ts'
import { wordChange } from './wording.ts'

/** An answer, or why the question could not be understood: a measure that is gone, an organisation not in sight. */
export type Answered = { answer: FigureAnswer; measure: Measure } | { refused: string }

export interface Asker {
  (question: FigureQuestion): Promise<Answered>
  /** Asks in one go what will be wanted singly afterwards. */
  ahead(questions: FigureQuestion[]): Promise<void>
}

/** Asks each question once, however often it is stated. */
export function askerOf(ctx: Context, all: Catalogue, options: AskOptions = {}): Asker {
  const known = new Map<string, Answered>()
  const batch = inOneBatch(ctx)
  const ahead = async (questions: FigureQuestion[]) => {
    const open = new Map(questions.map((q) => [JSON.stringify(q), q]))
    for (const key of known.keys()) open.delete(key)
    const answers = await askEach(batch, [...open.values()], all, options)
    for (const [i, key] of [...open.keys()].entries()) known.set(key, answeredBy(all, answers[i]))
  }
  const asker = async (question: FigureQuestion): Promise<Answered> => {
    await ahead([question])
    return known.get(JSON.stringify(question)) ?? { refused: '没有回答' }
  }
  return Object.assign(asker, { ahead })
}

function answeredBy(all: Catalogue, answer?: FigureAnswer | Refusal): Answered {
  if (!answer || answer instanceof Refusal) return { refused: (answer?.message ?? '').replace(/。$/, '') }
  return { answer, measure: measureOf(all, answer.measure.id) }
}

/** 增加3人, 提高2.1个百分点. */
export function changeOf(
  now: Pick<FigureAnswer, 'value' | 'unit'>,
  before: Pick<FigureAnswer, 'value'>,
): string {
  if (typeof now.value !== 'number' || typeof before.value !== 'number') return ''
  const apart = subtract(now.value, before.value)
  const value = now.unit === '%' ? toDecimals(apart, 1, 'round') : apart
  return wordChange({ value, unit: now.unit })
}
