import { type FieldKit, fault } from './kit.ts'
import { checkWords, words } from './words.ts'

const LIMIT = 1000

export const link: FieldKit = {
  ...words,
  title: '网址',
  widget: 'address',
  check: (_field, given) => {
    const checked = checkWords(given, LIMIT)
    return 'fault' in checked || /^https?:\/\/\S+$/.test(String(given))
      ? checked
      : fault(`的“${given}”不是网址`, '网址以 http:// 或 https:// 开头')
  },
  sheet: { kind: 'text', endings: ['链接', '网址'] },
}
