import type { LedgerField } from '../definition.ts'
import { type Checked, type FieldKit, fault } from './kit.ts'

export const TWO = [
  { value: 'o1', title: '第一项' },
  { value: 'o2', title: '第二项' },
]

export const optionTitle = (field: LedgerField, value: unknown): string =>
  field.options?.find((o) => o.value === value)?.title ?? String(value)

/** By its value, title or a synonym, in this order. */
export function checkOption(field: LedgerField, given: unknown): Checked {
  const text = String(given)
  const options = field.options ?? []
  const found =
    options.find((o) => o.value === text || o.title === text) ??
    options.find((o) => o.synonyms?.includes(text))
  if (found) return { value: found.value }
  return fault(`没有“${text}”这个选项`, `可选：${options.map((o) => o.title).join('、')}`)
}

export const choice: FieldKit = {
  title: '单选',
  holds: 'option',
  widget: 'oneOf',
  check: checkOption,
  show: optionTitle,
  sheet: { kind: 'choice' },
  begins: { options: TWO },
  usual: true,
}
