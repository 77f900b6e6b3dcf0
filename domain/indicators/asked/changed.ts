/** By how much a figure differs from that of another time, with both of them behind it. */
import { changeOf } from '../asker.ts'
import type { FigureAnswer, FigureQuestion } from '../contract.ts'
import { ask } from '../query.ts'
import type { Told } from './contract.ts'
import type { Standing } from './who.ts'

/** @throws Refusal as `ask` does */
export async function changeSince(
  { ctx, all }: Standing,
  question: FigureQuestion,
  earlier: FigureQuestion,
): Promise<Told> {
  const now = await ask(ctx, question, all)
  const before = await ask(ctx, earlier, all)
  const why = unsure(now) ?? unsure(before)
  return {
    title: `${now.asked}，与${before.asked.replace(`${now.org.name}，`, '')}相比`,
    said: why ? '—' : changeOf(now, before),
    ...(why && { note: why }),
    items: [
      { title: now.asked, display: now.display, question },
      { title: before.asked, display: before.display, question: earlier },
    ],
  }
}

/** Bounds have no difference. */
function unsure({ value, missingReason, bound, doubtful, note, asked }: FigureAnswer): string | undefined {
  if (value === null) return `${asked}：${missingReason ?? '没有可计算的数据'}`
  if (bound || doubtful) return `${asked}：${note ?? '只知道至少是多少'}，差多少看不出`
  return undefined
}
