import { invalid } from '../../kernel/errors.ts'

/** The filters of a web address, written as JSON. @throws invalid `badFilter` */
export function whereOf(text: string): Record<string, string> {
  try {
    const filters = JSON.parse(text) as Record<string, unknown>
    return Object.fromEntries(Object.entries(filters).map(([key, value]) => [key, String(value)]))
  } catch {
    throw invalid('badFilter', '筛选条件 where 不是 JSON 对象，请写成 {"sex":"female"} 的样子。')
  }
}
