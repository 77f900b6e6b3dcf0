import type { FieldKit } from './kit.ts'
import { words } from './words.ts'

export const org: FieldKit = { ...words, title: '单位', names: 'org' }
