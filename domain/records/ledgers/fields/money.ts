import { type FieldKit, fault } from './kit.ts'
import { checkNumber, numbers } from './numbers.ts'

/** In 元. */
export const money: FieldKit = {
  ...numbers,
  title: '金额',
  check: (field, given) =>
    checkNumber(field, given, (text) =>
      /^[+-]?\d+(\.\d{1,2}0*)?$/.test(text) ? null : fault('最多到分（两位小数）', '请改成两位小数'),
    ),
  sheet: { kind: 'money' },
  unit: '元',
}
