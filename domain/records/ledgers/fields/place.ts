import type { FieldKit } from './kit.ts'
import { words } from './words.ts'

export const place: FieldKit = {
  ...words,
  title: '地点',
  sheet: { kind: 'text', endings: ['地点', '地址', '场所', '场地', '位置'] },
  usual: true,
  names: 'place',
}
