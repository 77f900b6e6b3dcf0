/**
 * What the types that name a thing have in common. What was written stays in the record's values; which thing it means
 * stands beside them (`references.ts`), where that is known.
 */
import { type Checked, type FieldKit, fault } from './kit.ts'
import { checkWords } from './words.ts'

/** A thing chosen, under the name that is to be written; without an id, a name that is meant as nothing but words. */
export interface Given {
  id?: string
  name?: string
}

/** A text may be an id, a code or a name; what it means is found within the caller's reach. */
export const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([key, of]) => (key === 'id' || key === 'name') && typeof of === 'string')

/** The words of what was given. */
export const writtenIn = (given: unknown): string =>
  isGiven(given) ? (given.name ?? '').trim() : String(given ?? '').trim()

function check(_field: unknown, given: unknown): Checked {
  if (typeof given === 'object' && !isGiven(given))
    return fault('应是名称，或从列表里选的一项', '请重新选择，或直接写名称')
  const written = writtenIn(given)
  return written === '' ? { value: null } : checkWords(written)
}

export const referring = {
  holds: 'reference',
  widget: 'reference',
  check,
  show: (_field, value) => writtenIn(value),
  sheet: { kind: 'text' },
} satisfies Partial<FieldKit>
