import { type FieldKit, fault } from './kit.ts'
import { checkNumber, numbers } from './numbers.ts'

export const integer: FieldKit = {
  ...numbers,
  title: '整数',
  check: (field, given) =>
    checkNumber(field, given, (text) =>
      Number.isInteger(Number(text)) ? null : fault('不能有小数', '请写整数'),
    ),
  sheet: { kind: 'integer' },
}
