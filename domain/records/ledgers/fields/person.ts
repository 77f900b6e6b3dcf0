import type { FieldKit } from './kit.ts'
import { words } from './words.ts'

export const person: FieldKit = { ...words, title: '联系人', sheet: { kind: 'name' }, names: 'person' }
