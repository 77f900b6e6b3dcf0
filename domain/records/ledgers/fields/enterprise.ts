import type { FieldKit } from './kit.ts'
import { words } from './words.ts'

export const enterprise: FieldKit = { ...words, title: '企业', names: 'enterprise' }
