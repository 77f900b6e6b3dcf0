/** What the types of numbers have in common. */
import type { LedgerField } from '../definition.ts'
import { type Checked, type FieldKit, fault } from './kit.ts'

const LARGEST = 1e13

/** `alsoNot`: what the type does not take though it is a number. */
export function checkNumber(
  field: LedgerField,
  given: unknown,
  alsoNot: (text: string) => Checked | null = () => null,
): Checked {
  const text = String(given).replaceAll(/[,，\s]/g, '')
  const value = Number(text)
  if (typeof given === 'boolean' || text === '' || !/^[+-]?\d+(\.\d+)?$/.test(text))
    return fault(`的“${given}”不是数字`, `请只写数字${field.unit ? `，单位是${field.unit}` : ''}`)
  const not = alsoNot(text)
  if (not) return not
  if (Math.abs(value) > LARGEST) return fault('的数太大', '请核对位数')
  const minimum = field.minimum ?? 0
  if (value < minimum) return fault(`不能小于 ${minimum}`, '请核对后重填')
  if (field.maximum !== undefined && value > field.maximum)
    return fault(`不能大于 ${field.maximum}`, '请核对后重填')
  return { value: Object.is(value, -0) ? 0 : value }
}

export const numbers = {
  holds: 'number',
  widget: 'number',
  check: (field, given) => checkNumber(field, given),
  show: (_field, value) => String(value),
  sheet: { kind: 'number' },
  usual: true,
} satisfies Partial<FieldKit>
