import type { FieldKit } from './kit.ts'
import { checkWords, words } from './words.ts'

const LIMIT = 20_000

export const longText: FieldKit = {
  ...words,
  title: '长文字',
  widget: 'area',
  check: (_field, given) => checkWords(given, LIMIT),
  sheet: { kind: 'text', endings: ['内容', '情况', '简介', '概况'] },
  prose: true,
}
