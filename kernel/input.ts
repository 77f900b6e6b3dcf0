/** What is looked at before any contract: texts that nothing can keep, and shapes that go too deep. */
import { invalid } from './errors.ts'

const DEEPEST = 40

interface Part {
  value: unknown
  field: string
  depth: number
}

/** Not recursive: the depth is what is asked about. @throws invalid `unwritable` or `tooDeep` */
export function refuseUnwritable(input: unknown): void {
  const parts: Part[] = [{ value: input, field: '', depth: 0 }]
  for (let part = parts.pop(); part; part = parts.pop()) {
    const { value, field, depth } = part
    if (typeof value === 'string') refuseText(value, field)
    if (!value || typeof value !== 'object') continue
    if (depth === DEEPEST) throw invalid('tooDeep', '提交的内容套得太深，请检查格式后再提交。')
    for (const [key, inner] of Object.entries(value)) {
      refuseText(key, field)
      parts.push({ value: inner, field: field ? `${field}.${key}` : key, depth: depth + 1 })
    }
  }
}

/** Neither the database nor a document can hold the character NUL or half of a surrogate pair. */
function refuseText(text: string, field: string): void {
  if (!text.includes('\0') && text.isWellFormed()) return
  const reason = '含有不能保存的字符'
  const remedy = '请删去看不见的特殊字符，或重新输入这一项'
  throw invalid('unwritable', `填写的内容${reason}。${remedy}。`, [{ field, reason, remedy }])
}
