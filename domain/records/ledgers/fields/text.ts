import type { FieldKit } from './kit.ts'
import { words } from './words.ts'

export const text: FieldKit = { ...words, title: '文字' }
