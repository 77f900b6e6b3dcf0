/** What the types of text have in common. */
import { type Checked, type FieldKit, fault } from './kit.ts'

const USUAL_LIMIT = 200

export function checkWords(given: unknown, limit = USUAL_LIMIT): Checked {
  if (typeof given === 'object') return fault('应是一段文字', '请重填这一项')
  const text = String(given)
  if (text.length > limit) return fault(`超过 ${limit} 个字`, '请缩短，详细内容可放在附件里')
  return { value: text }
}

/** A line of text; what it names, or how it is asked, its own type says. */
export const words = {
  holds: 'text',
  widget: 'line',
  check: (_field, given) => checkWords(given),
  show: (_field, value) => String(value),
  sheet: { kind: 'text' },
} satisfies Partial<FieldKit>
