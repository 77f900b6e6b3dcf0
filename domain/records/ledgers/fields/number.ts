import type { FieldKit } from './kit.ts'
import { numbers } from './numbers.ts'

export const number: FieldKit = { ...numbers, title: '小数' }
