/** Many questions at a stretch: each asked once, a refusal kept as words; and how two answers differ. */
import type { Context } from '../../kernel/context.ts'
import { subtract, toDecimals } from '../../kernel/decimal.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Catalogue, Measure } from '../../kernel/measures.ts'
import type { FigureAnswer, FigureQuestion } from './contract.ts'
import { inOneBatch } from './frame.ts'
import { ask } from './query.ts'
import { wordChange } from './wording.ts'

/** An answer, or why the question could not be understood: a measure that is gone, an organisation not in sight. */
export type Answered = { answer: FigureAnswer; measure: Measure } | { refused: string }

/** Asks each question once, however often it is stated. */
export function askerOf(ctx: Context, all: Catalogue): (question: FigureQuestion) => Promise<Answered> {
  const asked = new Map<string, Answered>()
  const batch = inOneBatch(ctx)
  return async (question) => {
    const key = JSON.stringify(question)
    const known = asked.get(key) ?? (await answered(batch, all, question))
    asked.set(key, known)
    return known
  }
}

async function answered(ctx: Context, all: Catalogue, question: FigureQuestion): Promise<Answered> {
  try {
    const answer = await ask(ctx, question, all)
    const measure = all.measures.get(question.measure)
    return measure ? { answer, measure } : { refused: `没有指标“${question.measure}”` }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message.replace(/。$/, '') }
    throw error
  }
}

export type Asker = ReturnType<typeof askerOf>

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
